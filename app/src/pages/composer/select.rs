//! The quick entries without WASM: a list to choose from, and a button that has the server insert.

use crate::components::{Icon, field::FieldError};
use domain::{problem::Complaint, quick_entry::QuickEntry, words::compose as words};
use leptos::prelude::*;

/// Name and id of the choice.
pub const QUICK_ENTRY: &str = "quick_entry";

/// Chooses a phrase; "Insert" posts the form, which comes back with the phrase at the end of the text.
#[component]
pub fn SelectEntry(
    entries: Vec<QuickEntry>,
    chosen: String,
    error: Option<Complaint>,
) -> impl IntoView {
    let bad = error.is_some();
    let option = move |entry: QuickEntry| {
        let id = entry.id.to_string();
        let chosen = id == chosen;
        view! { <option value=id selected=chosen>{entry.name}</option> }
    };
    view! {
        <FieldError name=QUICK_ENTRY error />
        <div class="qe-row">
            <span class="pick">
                <select
                    class="select"
                    id=QUICK_ENTRY
                    name=QUICK_ENTRY
                    aria-describedby=bad.then_some("quick_entry-error")
                    aria-invalid=bad.then_some("true")
                >
                    <option value="">{words::CHOOSE_PHRASE}</option>
                    {entries.into_iter().map(option).collect_view()}
                </select>
                <Icon name="i-down" />
            </span>
            <button class="btn" name="press" value="insert">
                {words::INSERT}
            </button>
        </div>
    }
}
