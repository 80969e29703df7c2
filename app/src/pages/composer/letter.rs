//! The text box on its paper, with the marks behind it and the counter below.

use super::{
    counter::Counter,
    echo::Echo,
    gaps::Gaps,
    keys,
    picker::Picker,
    writing::{BODY, Writing},
};
use crate::{
    browser::area,
    components::{Area, Spine, field::FieldError},
};
use domain::words::compose as words;
use leptos::{ev::KeyboardEvent, prelude::*};

const HINT: &str = "body-hint";
const HINT_AND_ERROR: &str = "body-hint body-error";

/// The field of the text.
#[component]
pub fn Letter(writing: Writing, picker: Picker) -> impl IntoView {
    let case = writing.case.get_value();
    let phone = case
        .client
        .phone
        .as_ref()
        .map(|phone| phone.display())
        .unwrap_or_default();
    let complaint = Memo::new(move |_| {
        writing
            .problem
            .read()
            .as_ref()
            .and_then(|p| p.about(BODY).cloned())
    });
    let bad = Signal::derive(move || complaint.read().is_some());
    let free = StoredValue::new(false);
    take_over(writing);
    let described_by = move || if bad.get() { HINT_AND_ERROR } else { HINT };
    let key = move |event: KeyboardEvent| keys::pressed(&event, writing, picker, free);
    view! {
        <div class=move || if bad.get() { "field field-bad" } else { "field" }>
            <label for=BODY>
                {words::TEXT} <span class="hide">{words::text_to(&case.client.name, &phone)}</span>
            </label>
            <p class="hint" id=HINT>
                {words::HINT}
            </p>
            {move || view! { <FieldError name=BODY error=complaint.get() /> }}
            <div class=move || if bad.get() { "paper bad" } else { "paper" }>
                <Spine number=case.number.clone() />
                <Echo writing />
                <Area
                    name=BODY
                    value=writing.text.get_untracked()
                    node_ref=writing.area
                    attr:autocomplete="off"
                    attr:aria-describedby=described_by
                    attr:aria-invalid=move || bad.get().then_some("true")
                    on:input=move |_| writing.read()
                    on:focus=move |_| writing.visit()
                    on:keydown=key
                />
            </div>
            <Counter text=writing.text max_parts=writing.allowed />
            <Gaps writing />
        </div>
    }
}

/// Reads what was typed before WASM came, and what the browser put back after Back.
fn take_over(writing: Writing) {
    Effect::new(move |_| {
        let Some(area) = writing.area.get() else {
            return;
        };
        writing.read();
        // What a text that is tried again brought along is a draft from here on.
        writing.keeper.save();
        // Who types already has been there.
        let caret = area::selection(&area);
        if caret != (0, 0) {
            writing.visit();
        }
    });
    Effect::new(move |_| {
        let shown = window_event_listener_untyped("pageshow", move |_| writing.read());
        on_cleanup(move || shown.remove());
    });
}
