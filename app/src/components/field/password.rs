//! A secret.

use super::{Field, described_by};
use domain::problem::Complaint;
use leptos::prelude::*;

/// A secret with label, hint and error. What was typed never comes back in a page.
#[component]
pub fn PasswordField(
    /// Name and id.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    error: Option<Complaint>,
    /// "current-password", "new-password", or "off" for what is no password of the person typing.
    autocomplete: &'static str,
    #[prop(optional)] width: &'static str,
) -> impl IntoView {
    let described_by = described_by(name, hint.is_some(), error.is_some());
    let bad = error.is_some();
    view! {
        <Field name label hint error width>
            <input
                class="input"
                id=name
                name=name
                type="password"
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-invalid=bad.then_some("true")
            />
        </Field>
    }
    .into_any()
}
