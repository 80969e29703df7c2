//! Sign in.

use crate::{
    components::{
        Area, Door, ErrorSummary, Note, PageTitle, PasswordField, TextField, field::Field,
    },
    context::Training,
    forms::Filled,
};
use domain::{
    problem::Problem,
    words::{sign_in as words, training},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The field of what nobody can claim: a text posted without any session, shown for copying.
const WRITTEN: &str = "written";

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
            {(!kept.is_empty() && !says_kept(filled.problem()))
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
                {written(&filled)}
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
            <TrainingPeople />
        </Door>
    }
    .into_any()
}

/// Whom one can sign in as, in the training program alone.
#[component]
fn TrainingPeople() -> impl IntoView {
    let person = |(who, email): (&'static str, &'static str)| {
        view! {
            <div>
                <dt>{who}</dt>
                <dd>
                    <code>{email}</code>
                </dd>
            </div>
        }
    };
    use_context::<Training>().unwrap_or_default().0.then(|| {
        view! {
            <section class="stack-s training-people" aria-labelledby="people-h">
                <h2 id="people-h">{training::HEADING}</h2>
                <dl>{training::PEOPLE.map(person).collect_view()}</dl>
                <p class="hush">
                    {training::PASSWORD_LEAD} " " <code>{training::PASSWORD}</code>
                </p>
            </section>
        }
    })
}

/// Whether the problem at the top of the page says already that a text is kept.
fn says_kept(problem: Option<Problem>) -> bool {
    matches!(problem, Some(Problem::SignedOut | Problem::OtherPerson))
}

/// What was written, where nobody knows by whom. It stays through a mistyped password and goes nowhere.
fn written(filled: &Filled) -> Option<impl IntoView + use<>> {
    let text = filled.value(WRITTEN, "");
    (!text.is_empty()).then(|| {
        view! {
            <Field
                name=WRITTEN
                label=words::WRITTEN.to_owned()
                hint=Some(words::WRITTEN_HINT.to_owned())
                error=None
            >
                <Area
                    name=WRITTEN
                    value=text
                    rows=6
                    class="area"
                    described_by=Some(format!("{WRITTEN}-hint"))
                    attr:readonly="readonly"
                />
            </Field>
        }
    })
}
