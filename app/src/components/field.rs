//! Fields: label, hint, error, control. Checked by the server when they are sent, so never `required`,
//! never `maxlength`: what was typed is not cut, and what is wrong is said in words. Uncontrolled: only
//! attributes are rendered, so that what was typed before WASM arrived stays.

mod password;
mod select;
mod text;
mod tick;

use domain::{problem::Complaint, words};
use leptos::prelude::*;
pub use password::PasswordField;
pub use select::SelectField;
pub use text::TextField;
pub use tick::Tick;

/// The frame of a field: everything but its control, which stands below and refers to these by [`described_by`].
#[component]
pub fn Field(
    /// Name of the field and id of its control.
    name: &'static str,
    #[prop(into)] label: String,
    hint: Option<String>,
    error: Option<Complaint>,
    /// How wide it gets: "w-s", "w-m", "w-l", or as wide as there is room.
    #[prop(optional)]
    width: &'static str,
    children: Children,
) -> impl IntoView {
    let bad = if error.is_some() { "field-bad" } else { "" };
    view! {
        <div class=format!("field {width} {bad}").trim_end().to_owned()>
            <label for=name>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id(name)>{hint}</p> })}
            <FieldError name error />
            {children()}
        </div>
    }
    .into_any()
}

/// The complaint about a field, beside it.
#[component]
pub fn FieldError(name: &'static str, error: Option<Complaint>) -> impl IntoView {
    error.map(|complaint| {
        view! {
            <p class="error" id=error_id(name)>
                <span class="hide">{words::problem::ERROR}</span>
                {words::problem::complaint(name, &complaint)}
            </p>
        }
    })
}

/// The value of `aria-describedby` for a control that stands in a [`Field`].
pub fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(hint_id(name)),
        (false, true) => Some(error_id(name)),
        (true, true) => Some(format!("{} {}", hint_id(name), error_id(name))),
    }
}

fn hint_id(name: &str) -> String {
    format!("{name}-hint")
}

fn error_id(name: &str) -> String {
    format!("{name}-error")
}
