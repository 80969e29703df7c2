//! The form by which an administrator lets texts leave again: a box that is ticked by whoever means it, and a button.

use super::field::FieldError;
use crate::forms::Filled;
use leptos::prelude::*;

/// The form. `press`: the name of its button, by which the page tells it from its other forms.
#[component]
pub fn Release(
    action: &'static str,
    press: &'static str,
    meant: &'static str,
    hint: &'static str,
    label: &'static str,
) -> impl IntoView {
    let filled = Filled::by(press);
    let bad = filled.complaint("meant").is_some();
    view! {
        <form class="stack" method="post" action=action novalidate>
            <div class="field" class:field-bad=bad>
                <FieldError name="meant" error=filled.complaint("meant") />
                <label class="tick" for="meant">
                    <input
                        type="checkbox"
                        id="meant"
                        name="meant"
                        aria-describedby=if bad { "meant-hint meant-error" } else { "meant-hint" }
                        aria-invalid=bad.then_some("true")
                    />
                    {meant}
                </label>
                <p class="hint" id="meant-hint">
                    {hint}
                </p>
            </div>
            <div class="row">
                <button class="btn" name="press" value=press>
                    {label}
                </button>
            </div>
        </form>
    }
    .into_any()
}
