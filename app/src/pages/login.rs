//! Sign in.

use crate::{
    components::{Door, ErrorSummary, Note, PageTitle, PasswordField, TextField},
    forms::Filled,
};
use domain::{problem::Problem, words::sign_in as words};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Sign in. Afterwards the server leads to `next`, when that is a page of this program.
#[component]
pub fn Login() -> impl IntoView {
    let filled = Filled::here();
    let next = use_query_map()
        .read_untracked()
        .get("next")
        .unwrap_or_default();
    // What somebody wrote while their session ended, sealed by the server: it goes back the way it came.
    // The first time the problem says so; after a mistyped password the note does.
    let kept = filled.value("kept", "");
    view! {
        <Door>
            <PageTitle text=words::SIGN_IN />
            <ErrorSummary filled=filled.clone() />
            <h1 tabindex="-1">{words::SIGN_IN}</h1>
            {(!kept.is_empty() && filled.problem() != Some(Problem::SignedOut))
                .then(|| {
                    view! {
                        <Note>
                            <p>{words::KEPT}</p>
                        </Note>
                    }
                })}
            <form class="fields" method="post" action="/login" novalidate>
                <input type="hidden" name="next" value=filled.value("next", &next) />
                <input type="hidden" name="kept" value=kept />
                <TextField
                    name="email"
                    label=words::EMAIL
                    kind="email"
                    autocomplete="username"
                    code=true
                    value=filled.value("email", "")
                    error=filled.complaint("email")
                />
                <PasswordField
                    name="password"
                    label=words::PASSWORD
                    autocomplete="current-password"
                    error=filled.complaint("password")
                />
                <div class="row">
                    <button class="btn btn-main btn-big">{words::SIGN_IN}</button>
                </div>
            </form>
            <p class="hush">{words::FORGOTTEN}</p>
            <p class="hush">{words::RECORDED}</p>
        </Door>
    }
    .into_any()
}
