//! The step "Account". Tokens are typed, never shown.

use crate::{
    components::{PasswordField, TextField},
    forms::Filled,
};
use domain::{
    setup::SetupView,
    words::{common, setup as words},
};
use leptos::prelude::*;

/// SID and auth token, and below them the way to another token.
#[component]
pub fn Account(setup: SetupView, filled: Filled) -> impl IntoView {
    let token_set = setup.token_set.as_ref().map(common::when);
    let is_set = token_set.is_some();
    let token_hint = token_set.map_or_else(
        || words::TOKEN_HINT.to_owned(),
        |when| words::token_set(&when),
    );
    view! {
        <div class="stack-l">
            <form class="fields" method="post" action="/admin/texting/account" novalidate>
                <TextField
                    name="sid"
                    label=words::SID
                    hint=words::SID_HINT
                    code=true
                    value=filled.value("sid", &setup.account.sid)
                    error=filled.complaint("sid")
                />
                <PasswordField
                    name="token"
                    label=words::TOKEN
                    hint=token_hint
                    autocomplete="off"
                    error=filled.complaint("token")
                />
                <div class="row">
                    <button class="btn btn-main btn-big" name="press" value="save">
                        {words::SAVE_GO_ON}
                    </button>
                </div>
            </form>
            {is_set.then(|| view! { <Rotation setup filled /> })}
        </div>
    }
    .into_any()
}

/// Another token beside the first, until it takes over.
#[component]
fn Rotation(setup: SetupView, filled: Filled) -> impl IntoView {
    let waits = setup.secondary_set.as_ref().map(common::when);
    // What was typed in the other form is that form's; here only what was said about the token counts.
    let error = filled.complaint("secondary");
    let body = match waits {
        None => view! {
            <PasswordField
                name="secondary"
                label=words::SECONDARY
                hint=words::TOKEN_HINT
                autocomplete="off"
                error
            />
            <div class="row">
                <button class="btn" name="press" value="add">
                    {words::ADD}
                </button>
            </div>
        }
        .into_any(),
        Some(when) => view! {
            <p>{words::secondary_set(&when)}</p>
            <div class="row" id="secondary" tabindex="-1">
                <button class="btn" name="press" value="promote">
                    {words::PROMOTE}
                </button>
                <button class="btn btn-risk" name="press" value="remove">
                    {words::REMOVE}
                </button>
            </div>
        }
        .into_any(),
    };
    view! {
        <form
            class="fields part-above"
            method="post"
            action="/admin/texting/account"
            aria-labelledby="rotation-h"
            novalidate
        >
            <h2 id="rotation-h">{words::ROTATION}</h2>
            <p class="hush">{words::ROTATION_LEAD}</p>
            // The SID stays as it is, also where this form could not be taken.
            <input type="hidden" name="sid" value=setup.account.sid />
            {body}
        </form>
    }
    .into_any()
}
