//! The picker of quick entries: a select without WASM, with it a combobox after the ARIA Authoring Practices. The
//! focus stays in the input, the active option moves; Escape closes the list and nothing else.

mod list;

use super::{
    select::{QUICK_ENTRY, SelectEntry},
    writing::Writing,
};
use crate::{
    browser::reveal,
    components::{Icon, focus},
};
use domain::{blanks, quick_entry::QuickEntry, typing, words::compose as words};
use leptos::{ev::KeyboardEvent, html::Input, prelude::*};
use list::List;

/// The id of the list.
const LIST: &str = "quick-entries";

/// The state of the picker.
#[derive(Clone, Copy)]
pub struct Picker {
    entries: StoredValue<Vec<QuickEntry>>,
    input: NodeRef<Input>,
    query: RwSignal<String>,
    open: RwSignal<bool>,
    /// Which of the found is active.
    active: RwSignal<usize>,
    found: Memo<Vec<QuickEntry>>,
    /// Opened by "/" in the text, where the focus belongs afterwards.
    from_text: StoredValue<bool>,
}

impl Picker {
    /// A closed picker.
    pub fn new(entries: Vec<QuickEntry>) -> Self {
        let entries = StoredValue::new(entries);
        let query = RwSignal::new(String::new());
        Self {
            input: NodeRef::new(),
            open: RwSignal::new(false),
            active: RwSignal::new(0),
            found: Memo::new(move |_| {
                entries.with_value(|all| typing::matching(all, &query.read()))
            }),
            from_text: StoredValue::new(false),
            entries,
            query,
        }
    }

    /// Opens the list because "/" was typed in the text. False when there is nothing to pick.
    pub fn open_from_text(self) -> bool {
        if self.entries.with_value(Vec::is_empty) || self.input.get_untracked().is_none() {
            return false;
        }
        focus::by_id(QUICK_ENTRY);
        self.from_text.set_value(true);
        self.show();
        true
    }

    fn show(self) {
        if !self.open.get_untracked() {
            self.active.set(0);
            self.open.set(true);
        }
    }

    fn close(self) {
        self.open.set(false);
    }

    /// Closes, forgets what was typed, and says whether the picker was opened from the text.
    fn leave(self) -> bool {
        self.close();
        if let Some(input) = self.input.get_untracked() {
            input.set_value("");
        }
        self.query.set(String::new());
        let from_text = self.from_text.get_value();
        self.from_text.set_value(false);
        from_text
    }

    fn step(self, by: isize) {
        if !self.open.get_untracked() {
            return self.show();
        }
        let count = self.found.read_untracked().len() as isize;
        if count > 0 {
            self.active
                .update(|active| *active = (*active as isize + by).rem_euclid(count) as usize);
            reveal(&option_id(self.active.get_untracked()));
        }
    }

    /// What a screen reader is told to be active.
    fn active_id(self) -> Option<String> {
        let any = !self.found.read().is_empty();
        (self.open.get() && any).then(|| option_id(self.active.get()))
    }

    fn picked(self) -> Option<QuickEntry> {
        self.found
            .read_untracked()
            .get(self.active.get_untracked())
            .cloned()
    }
}

fn option_id(place: usize) -> String {
    format!("{LIST}-{place}")
}

/// The field of the quick entries.
#[component]
pub fn QuickEntries(writing: Writing, picker: Picker) -> impl IntoView {
    let error = writing
        .problem
        .read_untracked()
        .as_ref()
        .and_then(|p| p.about(QUICK_ENTRY).cloned());
    let control = move || {
        let entries = picker.entries.get_value();
        if entries.is_empty() {
            view! { <p class="hint">{words::NO_PHRASES_YET}</p> }.into_any()
        } else if writing.hydrated.get() {
            view! { <Combobox writing picker /> }.into_any()
        } else {
            view! { <SelectEntry entries chosen=writing.chosen.get_untracked() error=error.clone() /> }.into_any()
        }
    };
    let any = picker.entries.with_value(|all| !all.is_empty());
    let name = match any {
        true => view! { <label for=QUICK_ENTRY>{words::QUICK_ENTRY}</label> }.into_any(),
        false => view! { <span class="legend">{words::QUICK_ENTRY}</span> }.into_any(),
    };
    view! { <div class="field qe">{name} {control}</div> }
}

#[component]
fn Combobox(writing: Writing, picker: Picker) -> impl IntoView {
    let typed = move |_| {
        if let Some(input) = picker.input.get_untracked() {
            picker.query.set(input.value());
            picker.active.set(0);
            picker.open.set(true);
        }
    };
    let expanded = move || if picker.open.get() { "true" } else { "false" };
    view! {
        <span class="pick">
            <input
                class="input"
                id=QUICK_ENTRY
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-autocomplete="list"
                aria-expanded=expanded
                aria-controls=LIST
                aria-activedescendant=move || picker.active_id()
                placeholder=words::FIND_PHRASE
                node_ref=picker.input
                on:input=typed
                on:click=move |_| picker.show()
                on:blur=move |_| picker.close()
                on:keydown=move |event| pressed(&event, writing, picker)
            />
            <Icon name="i-down" />
        </span>
        <List writing picker />
    }
}

fn pressed(event: &KeyboardEvent, writing: Writing, picker: Picker) {
    if event.is_composing() {
        return;
    }
    match event.key().as_str() {
        "ArrowDown" => picker.step(1),
        "ArrowUp" => picker.step(-1),
        // Enter in a field would send the form.
        "Enter" => enter(writing, picker),
        "Escape" => escape(writing, picker),
        "/" if picker.from_text.get_value() && picker.query.read_untracked().is_empty() => {
            slash(writing, picker)
        }
        _ => return,
    }
    event.prevent_default();
}

fn enter(writing: Writing, picker: Picker) {
    match picker.picked() {
        Some(entry) if picker.open.get_untracked() => insert(writing, picker, &entry),
        _ => picker.show(),
    }
}

/// Closes the list; a second time it forgets what was typed here. Never touches the text.
fn escape(writing: Writing, picker: Picker) {
    if picker.from_text.get_value() || !picker.open.get_untracked() {
        if picker.leave() {
            writing.focus();
        }
    } else {
        picker.close();
    }
}

/// Somebody wanted a slash at the beginning of a word after all.
fn slash(writing: Writing, picker: Picker) {
    picker.leave();
    let (start, end) = writing.selection();
    writing.edit(&domain::fixes::Edit {
        start,
        end,
        with: "/".into(),
    });
}

/// Puts a phrase at the caret, and selects its first blank.
fn insert(writing: Writing, picker: Picker, entry: &QuickEntry) {
    picker.leave();
    let (start, end) = writing.selection();
    let edit = typing::insertion(&writing.text.read_untracked(), start, end, &entry.body);
    writing.edit(&edit);
    writing.chosen.set(entry.id.to_string());
    let text = writing.text.get_untracked();
    let inserted = edit.start..edit.start + edit.with.len();
    if let Some(blank) = blanks::find(&text)
        .into_iter()
        .find(|blank| inserted.contains(&blank.start))
    {
        writing.select(blank.start, blank.end);
    }
}
