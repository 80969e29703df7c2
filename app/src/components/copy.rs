//! What is to be taken elsewhere.

use crate::browser::{clipboard, hydrated};
use domain::words::common as words;
use leptos::{html, prelude::*};

/// A text to copy: in a field, so that it can be selected without scripts, with a button where they run.
#[component]
pub fn CopyField(
    /// The field's id.
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let runs = hydrated();
    let copied = RwSignal::new(false);
    let press = move |_| {
        if let Some(field) = field.get_untracked() {
            copied.set(clipboard::copy(&field));
        }
    };
    let heard = format!(" {label}");
    let button = move || {
        runs.get().then(|| {
            view! {
                <button type="button" class="btn" on:click=press>
                    {words::COPY}
                    <span class="hide">{heard.clone()}</span>
                </button>
            }
        })
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="copy">
                <input class="input" id=id type="text" readonly value=value dir="ltr" spellcheck="false" node_ref=field />
                {button}
            </div>
            <p class="hush" role="status">
                {move || copied.get().then_some(words::COPIED)}
            </p>
        </div>
    }
    .into_any()
}
