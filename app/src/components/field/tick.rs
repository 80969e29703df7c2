//! A box to tick.

use super::{FieldError, described_by};
use domain::problem::Complaint;
use leptos::prelude::*;

/// A box to tick, with what it says, a hint and an error. Ticked, it is sent as "on".
#[component]
pub fn Tick(
    /// Name and id.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    ticked: bool,
    error: Option<Complaint>,
) -> impl IntoView {
    let described_by = described_by(name, hint.is_some(), error.is_some());
    let bad = error.is_some();
    let class = if bad { "field field-bad" } else { "field" };
    view! {
        <div class=class>
            <FieldError name error />
            <label class="tick" for=name>
                <input
                    type="checkbox"
                    id=name
                    name=name
                    value="on"
                    checked=ticked
                    aria-describedby=described_by
                    aria-invalid=bad.then_some("true")
                />
                <strong>{label}</strong>
            </label>
            // Beside the label, or it would be a part of the box's name.
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
        </div>
    }
    .into_any()
}
