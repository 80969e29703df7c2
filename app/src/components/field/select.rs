//! One of several.

use super::{Field, described_by};
use crate::components::Icon;
use domain::problem::Complaint;
use leptos::prelude::*;

/// One of several with label, hint and error.
#[component]
pub fn SelectField(
    /// Name and id.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// The value chosen at first.
    #[prop(into)]
    value: String,
    /// Value and words of each choice.
    options: Vec<(String, String)>,
    error: Option<Complaint>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] width: &'static str,
) -> impl IntoView {
    let described_by = described_by(name, hint.is_some(), error.is_some());
    let bad = error.is_some();
    let option = move |(choice, words): (String, String)| {
        let chosen = choice == value;
        view! { <option value=choice selected=chosen>{words}</option> }
    };
    view! {
        <Field name label hint error width>
            <span class="pick">
                <select
                    class="select"
                    id=name
                    name=name
                    autocomplete=autocomplete
                    aria-describedby=described_by
                    aria-invalid=bad.then_some("true")
                >
                    {options.into_iter().map(option).collect_view()}
                </select>
                <Icon name="i-down" />
            </span>
        </Field>
    }
    .into_any()
}
