//! What one composer knows while somebody writes. Copied freely: every field is a handle.

use super::draft::Keeper;
use crate::{
    browser::{self, area, pause::Pause},
    components::focus,
    forms::Filled,
};
use domain::{
    client::{CaseView, Okay},
    compose::{ComposerView, Sent},
    consent::WhyNot,
    fixes::Edit,
    number_flag::FlagView,
    problem::Problem,
    segments::{self, Measure},
};
use leptos::{html::Textarea, prelude::*};
use std::time::Duration;

/// The id and name of the text box, which the server's complaints know it by.
pub const BODY: &str = "body";
/// A draft is saved this long after the last key.
const SAVE_AFTER: Duration = Duration::from_secs(1);

/// Why a text could not be sent, beyond what is wrong with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No connection: nothing was tried.
    Offline,
    /// The connection broke while sending.
    Unclear,
    /// The session ended.
    SignedOut,
    /// The page is older than the server.
    Outdated,
}

/// The state of a composer.
#[derive(Clone, Copy)]
pub struct Writing {
    pub case: StoredValue<CaseView>,
    /// Parts allowed.
    pub allowed: u32,
    pub hydrated: ReadSignal<bool>,
    pub area: NodeRef<Textarea>,
    /// What stands in the text box.
    pub text: RwSignal<String>,
    pub measure: Memo<Measure>,
    /// The form's key: one press, one text.
    pub key: RwSignal<String>,
    /// Whose composer this is.
    pub author: StoredValue<String>,
    /// The quick entry last inserted: its id, or empty.
    pub chosen: RwSignal<String>,
    pub problem: RwSignal<Option<Problem>>,
    pub trouble: RwSignal<Option<Trouble>>,
    pub why_not: RwSignal<Option<WhyNot>>,
    /// What the strip says of permission.
    pub okay: RwSignal<Okay>,
    /// What our texts say of the client's number.
    pub flag: RwSignal<Option<FlagView>>,
    /// The words of an earlier text that was to be tried again, where a draft stands in the box instead.
    pub earlier: RwSignal<Option<String>>,
    pub sending: RwSignal<bool>,
    pub sent: RwSignal<Option<Sent>>,
    pub keeper: Keeper,
    /// The text box had the focus: its caret means something.
    visited: StoredValue<bool>,
}

impl Writing {
    /// A composer as it was loaded, or as it was posted.
    pub fn new(view: &ComposerView, filled: &Filled, sent: Option<Sent>) -> Self {
        // What was typed and not sent goes before the words of an earlier text.
        let draft = view.draft.as_ref().map(|draft| draft.body.as_str());
        let again = view.again.as_deref();
        let body = filled.value(BODY, draft.or(again).unwrap_or_default());
        let earlier = again.filter(|again| draft.is_some_and(|draft| draft != *again));
        let text = RwSignal::new(segments::normalize_newlines(&body).into_owned());
        let trouble = RwSignal::new(None);
        let sending = RwSignal::new(false);
        let hold =
            Signal::derive(move || sending.get() || trouble.get() == Some(Trouble::SignedOut));
        let key = RwSignal::new(key(view, filled));
        let writing = Self {
            keeper: Keeper::new(view, key, text, hold, Pause::new(SAVE_AFTER)),
            case: StoredValue::new(view.case.clone()),
            earlier: RwSignal::new(earlier.map(str::to_owned)),
            allowed: view.max_parts,
            hydrated: browser::hydrated(),
            area: NodeRef::new(),
            measure: Memo::new(move |_| segments::measure(&text.read())),
            key,
            author: StoredValue::new(view.author.to_string()),
            chosen: RwSignal::new(filled.value("quick_entry", "")),
            problem: RwSignal::new(filled.problem()),
            why_not: RwSignal::new(view.case.why_not),
            okay: RwSignal::new(view.case.client.okay_now()),
            flag: RwSignal::new(view.case.client.flag.clone()),
            sent: RwSignal::new(sent),
            visited: StoredValue::new(false),
            text,
            trouble,
            sending,
        };
        writing.keeper.follow(trouble);
        writing
    }

    /// The address of this composer.
    pub fn address(self) -> String {
        format!("{}/text", self.case_address())
    }

    /// The address of the case.
    pub fn case_address(self) -> String {
        self.case
            .with_value(|case| format!("/cases/{}", case.number.path()))
    }

    /// Takes over what stands in the text box: after every key, and once when WASM arrives, since somebody may have
    /// typed before.
    pub fn read(self) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let value = area.value();
        if value != *self.text.read_untracked() {
            self.text.set(value);
            self.keeper.touched();
        }
    }

    /// The text box has the focus.
    pub fn visit(self) {
        self.visited.set_value(true);
    }

    /// The selection in bytes; the end of the text as long as nobody has been there.
    pub fn selection(self) -> (usize, usize) {
        match self.area.get_untracked() {
            Some(area) if self.visited.get_value() => area::selection(&area),
            Some(area) => (area.value().len(), area.value().len()),
            None => (0, 0),
        }
    }

    /// Edits as if by hand, so that one undo takes it back.
    pub fn edit(self, edit: &Edit) {
        if let Some(area) = self.area.get_untracked() {
            area::edit(&area, edit);
            self.read();
        }
    }

    /// Selects a part of the text, in bytes.
    pub fn select(self, start: usize, end: usize) {
        if let Some(area) = self.area.get_untracked() {
            area::select(&area, start, end);
        }
    }

    /// Moves the focus into the text.
    pub fn focus(self) {
        focus::by_id(BODY);
    }

    /// Posts the form as without WASM. The session has ended: the server answers with "Sign in" and carries the text
    /// through it, sealed for the person who wrote it. Nothing of it stays in the browser.
    pub fn post(self) {
        if let Some(form) = self.area.get_untracked().and_then(|area| area.form()) {
            // Fails only for a form that is not in the page any more.
            let _ = form.submit();
        }
    }

    /// Empties the text box.
    pub fn clear(self) {
        if let Some(area) = self.area.get_untracked() {
            area::clear(&area);
        }
        self.text.set(String::new());
        self.chosen.set(String::new());
    }
}

/// The key that was posted, so that pressing again after an unclear answer cannot send twice. A new one when
/// that key has sent another text.
fn key(view: &ComposerView, filled: &Filled) -> String {
    let fresh = view.key.to_string();
    match filled.problem() {
        Some(Problem::OtherTextSent) => fresh,
        _ => Some(filled.value("key", &fresh))
            .filter(|key| !key.is_empty())
            .unwrap_or(fresh),
    }
}
