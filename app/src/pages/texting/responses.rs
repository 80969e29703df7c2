//! The step of the responses: what clients who text or call get back, and how long a text may be.

use crate::{
    components::{AreaField, SelectField},
    forms::Filled,
};
use domain::{limits, pace, setup::SetupView, voice::VOICES, words::setup as words};
use leptos::prelude::*;

/// What is answered.
#[component]
pub fn Responses(setup: SetupView, filled: Filled) -> impl IntoView {
    let form = setup.responses;
    let voices = || {
        VOICES
            .iter()
            .map(|v| (v.key(), v.shown.to_owned()))
            .collect::<Vec<_>>()
    };
    let parts: Vec<_> = (1..=limits::PARTS)
        .map(|n| (n.to_string(), words::parts(n)))
        .collect();
    let paces: Vec<_> = pace::CHOICES
        .iter()
        .map(|n| (n.to_string(), words::pace(*n)))
        .collect();
    view! {
        <form class="fields" method="post" action="/admin/texting/responses" novalidate>
            <AreaField
                name="text_response"
                label=words::TEXT_RESPONSE
                hint=words::TEXT_RESPONSE_HINT
                value=filled.value("text_response", &form.text_response)
                error=filled.complaint("text_response")
            />
            <hr />
            <AreaField
                name="call_response"
                label=words::CALL_RESPONSE
                hint=words::CALL_RESPONSE_HINT
                rows=3
                value=filled.value("call_response", &form.call_response)
                error=filled.complaint("call_response")
            />
            <SelectField
                name="call_voice"
                label=words::CALL_VOICE
                width="w-m"
                value=filled.value("call_voice", &form.call_voice)
                options=voices()
                error=filled.complaint("call_voice")
            />
            <AreaField
                name="second_response"
                label=words::SECOND_RESPONSE
                hint=words::SECOND_RESPONSE_HINT
                rows=3
                value=filled.value("second_response", &form.second_response)
                error=filled.complaint("second_response")
            />
            <SelectField
                name="second_voice"
                label=words::SECOND_VOICE
                width="w-m"
                value=filled.value("second_voice", &form.second_voice)
                options=voices()
                error=filled.complaint("second_voice")
            />
            <hr />
            <SelectField
                name="max_parts"
                label=words::MAX_PARTS
                hint=words::MAX_PARTS_HINT
                width="w-s"
                value=filled.value("max_parts", &form.max_parts)
                options=parts
                error=filled.complaint("max_parts")
            />
            <SelectField
                name="pace"
                label=words::PACE
                hint=words::PACE_HINT
                width="w-m"
                value=filled.value("pace", &form.pace)
                options=paces
                error=filled.complaint("pace")
            />
            <div class="row">
                <button class="btn btn-main btn-big">{words::SAVE_GO_ON}</button>
            </div>
        </form>
    }
    .into_any()
}
