//! The form of a quick entry: a new one, or the one that the address names.

use super::HERE;
use crate::{
    components::{AreaField, ErrorSummary, TextField},
    forms::{Filled, submitted},
    pages::composer::counter::Counter,
};
use domain::{
    problem::Complaint,
    quick_entry::{QuickEntry, QuickEntryTable},
    words::{common, quick_entries as words},
};
use leptos::{html, prelude::*};

/// What could not be done, of the form or of a button in the table.
#[component]
pub fn Problems() -> impl IntoView {
    view! { <ErrorSummary filled=Filled::here() /> }
}

/// The form, filled with the entry of that id, or empty.
#[component]
pub fn EntryForm(table: QuickEntryTable, edited: String) -> impl IntoView {
    let filled = Typed::here();
    let id = filled.value("id", &edited);
    let entry = find(&table, &id);
    let heading = entry
        .as_ref()
        .map_or_else(|| words::ADD.to_owned(), |entry| words::modify(&entry.name));
    let (name, body) = entry
        .map(|entry| (entry.name, entry.body))
        .unwrap_or_default();
    let another = !id.is_empty();
    view! {
        <form class="stack" id="edit" method="post" action=HERE novalidate aria-labelledby="edit-h">
            <h2 id="edit-h">{heading}</h2>
            <input type="hidden" name="id" value=id />
            <TextField
                name="name"
                label=words::NAME
                hint=words::NAME_HINT
                value=filled.value("name", &name)
                error=filled.complaint("name")
            />
            <Phrase
                value=filled.value("body", &body)
                error=filled.complaint("body")
                max_parts=table.max_parts
            />
            <div class="row">
                <button class="btn btn-main" name="press" value="save">
                    {words::SAVE}
                </button>
                {another.then(|| view! { <a class="btn" href=HERE>{common::CANCEL_CLOSE}</a> })}
            </div>
        </form>
    }
    .into_any()
}

/// The phrase with the counter that the composer has.
#[component]
fn Phrase(value: String, error: Option<Complaint>, max_parts: u32) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let text = RwSignal::new(value.clone());
    let read = move || {
        // The form may have given way to another entry's by now.
        if let Some(area) = area.try_get_untracked().flatten() {
            text.try_set(area.value());
        }
    };
    // What was typed before WASM arrived counts too.
    Effect::new(move |_| {
        area.track();
        read();
    });
    view! {
        <AreaField
            name="body"
            label=words::TEXT
            hint=words::TEXT_HINT
            rows=5
            value
            error
            node_ref=area
            on:input=move |_| read()
        >
            <Counter text max_parts />
        </AreaField>
    }
    .into_any()
}

fn find(table: &QuickEntryTable, id: &str) -> Option<QuickEntry> {
    table
        .entries
        .iter()
        .chain(&table.archived)
        .find(|entry| entry.id.to_string() == id)
        .cloned()
}

/// What was typed into this form; nothing when one of the table's buttons was pressed.
struct Typed(Option<Filled>);

impl Typed {
    fn here() -> Self {
        let saved = submitted().is_some_and(|form| form.value("press") == Some("save"));
        Self(saved.then(Filled::here))
    }

    fn value(&self, field: &str, loaded: &str) -> String {
        self.0
            .as_ref()
            .map_or_else(|| loaded.to_owned(), |filled| filled.value(field, loaded))
    }

    fn complaint(&self, field: &str) -> Option<Complaint> {
        self.0.as_ref()?.complaint(field)
    }
}
