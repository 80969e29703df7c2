//! The form of Texting Setup.

use crate::{
    components::{AreaField, PasswordField, SelectField, TextField},
    forms::Filled,
};
use domain::{
    limits,
    setup::{SetupForm, SetupView},
    words::{common, setup as words},
};
use leptos::prelude::*;

/// All that is set for texting.
#[component]
pub fn SetupFields(setup: SetupView, filled: Filled) -> impl IntoView {
    let token_set = setup.token_set.as_ref().map(common::when);
    let form = setup.form;
    view! {
        <form class="fields setupform" method="post" action="/admin/texting" novalidate>
            <Account form=form.clone() token_set filled=filled.clone() />
            <hr />
            <Responses form=form.clone() filled=filled.clone() />
            <hr />
            <Reports form filled />
            <div class="row">
                <button class="btn btn-main btn-big">{words::SAVE}</button>
            </div>
        </form>
    }
    .into_any()
}

/// What Twilio gave the office. The token is typed, never shown.
#[component]
fn Account(form: SetupForm, token_set: Option<String>, filled: Filled) -> impl IntoView {
    let token_hint = token_set.map_or_else(
        || words::TOKEN_HINT.to_owned(),
        |when| words::token_set(&when),
    );
    view! {
        <h2>{words::FROM_TWILIO}</h2>
        <p class="hush">{words::FROM_TWILIO_LEAD}</p>
        <TextField
            name="number"
            label=words::NUMBER
            hint=words::NUMBER_HINT
            kind="tel"
            code=true
            width="w-m"
            value=filled.value("number", &form.number)
            error=filled.complaint("number")
        />
        <TextField
            name="sid"
            label=words::SID
            hint=words::SID_HINT
            code=true
            value=filled.value("sid", &form.sid)
            error=filled.complaint("sid")
        />
        <PasswordField
            name="token"
            label=words::TOKEN
            hint=token_hint
            autocomplete="off"
            error=filled.complaint("token")
        />
    }
    .into_any()
}

/// What clients hear who text or call the number.
#[component]
fn Responses(form: SetupForm, filled: Filled) -> impl IntoView {
    view! {
        <h2>{words::HEARD_BACK}</h2>
        <AreaField
            name="text_response"
            label=words::TEXT_RESPONSE
            hint=words::TEXT_RESPONSE_HINT
            value=filled.value("text_response", &form.text_response)
            error=filled.complaint("text_response")
        />
        <AreaField
            name="call_response"
            label=words::CALL_RESPONSE
            hint=words::CALL_RESPONSE_HINT
            rows=3
            value=filled.value("call_response", &form.call_response)
            error=filled.complaint("call_response")
        />
    }
    .into_any()
}

/// Where Twilio reports to, and how long a text may get.
#[component]
fn Reports(form: SetupForm, filled: Filled) -> impl IntoView {
    let parts: Vec<_> = (1..=limits::PARTS)
        .map(|n| (n.to_string(), words::parts(n)))
        .collect();
    view! {
        <h2>{words::REPORTS}</h2>
        <TextField
            name="status_callback"
            label=words::STATUS_CALLBACK
            hint=words::STATUS_CALLBACK_HINT
            kind="url"
            code=true
            value=filled.value("status_callback", &form.status_callback)
            error=filled.complaint("status_callback")
        />
        <SelectField
            name="max_parts"
            label=words::MAX_PARTS
            hint=words::MAX_PARTS_HINT
            width="w-s"
            value=filled.value("max_parts", &form.max_parts)
            options=parts
            error=filled.complaint("max_parts")
        />
    }
    .into_any()
}
