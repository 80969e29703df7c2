//! One line of text.

use super::{Field, described_by};
use domain::problem::Complaint;
use leptos::prelude::*;

/// One line of text with label, hint and error.
#[component]
pub fn TextField(
    /// Name and id.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// What stands in it at first.
    #[prop(into)]
    value: String,
    error: Option<Complaint>,
    /// The kind of input: "text", "email", "tel", "url".
    #[prop(default = "text")]
    kind: &'static str,
    /// HTML's autofill field name; "off" for what is about somebody else than the person typing.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Codes and addresses are not spelled.
    #[prop(optional)]
    code: bool,
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
                type=kind
                value=value
                autocomplete=autocomplete
                autocapitalize=code.then_some("off")
                spellcheck=code.then_some("false")
                dir=(!code).then_some("auto")
                aria-describedby=described_by
                aria-invalid=bad.then_some("true")
            />
        </Field>
    }
    .into_any()
}
