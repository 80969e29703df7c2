//! The rows of the page while it is open: what is fetched changes its row in place, and nothing else moves.

use super::{
    asked::Asked,
    incoming_row::incoming_row,
    row,
    shown::{Shown, put_on_top},
};
use crate::api::{load_incoming_rows, load_text_rows};
use domain::{
    following,
    ids::{IncomingId, TextId},
    incoming::IncomingRow,
    phone::Phone,
    text::TextRow,
    words::{incoming, texts as words},
};
use leptos::{prelude::*, task::spawn_local};

/// The rows of the page.
#[derive(Clone, Copy)]
pub struct Rows {
    /// Whether there is any.
    pub any: RwSignal<bool>,
    /// What is said aloud about one's own last text.
    pub said: RwSignal<String>,
    /// The client's number.
    phone: StoredValue<Option<Phone>>,
    /// New texts come on top: this is the first page.
    first_page: bool,
}

impl Rows {
    /// The rows that are drawn, newest first.
    pub fn new(any: bool, phone: Option<Phone>, first_page: bool) -> Self {
        Self {
            any: RwSignal::new(any),
            said: RwSignal::new(String::new()),
            phone: StoredValue::new(phone),
            first_page,
        }
    }

    /// Something happened to these texts.
    pub fn refresh(self, texts: Vec<TextId>) {
        let wanted: Vec<TextId> = texts
            .into_iter()
            .filter(|id| self.first_page || Shown::find(*id).is_some())
            .collect();
        if wanted.is_empty() {
            return;
        }
        spawn_local(async move {
            // The next event brings what this one could not.
            for row in load_text_rows(wanted).await.unwrap_or_default() {
                self.take(&row);
            }
        });
    }

    /// These texts came in.
    pub fn receive(self, texts: Vec<IncomingId>) {
        if texts.is_empty() || !self.first_page {
            return;
        }
        spawn_local(async move {
            // The next event brings what this one could not.
            for row in load_incoming_rows(texts).await.unwrap_or_default() {
                self.put(&row);
            }
        });
    }

    /// The client's number, while this page is open: what was fetched for it does not belong on the next one, which may
    /// be another client's.
    fn phone_while_open(self) -> Option<Option<Phone>> {
        self.phone.try_get_value()
    }

    /// Puts a text that came in on top, and says once that it came.
    fn put(self, text: &IncomingRow) {
        let Some(phone) = self.phone_while_open().filter(|_| !Shown::has(&text.id)) else {
            return;
        };
        put_on_top(|html| incoming_row(html, text, phone.as_ref()));
        self.any.try_set(true);
        self.said.try_set(incoming::news(text));
    }

    /// Puts a fetched row where it belongs.
    pub fn take(self, text: &TextRow) {
        let Some(phone) = self.phone_while_open() else {
            return;
        };
        match Shown::find(text.id) {
            Some(shown) => self.change(&shown, text),
            None if self.first_page && is_on_top(text) => self.add(text, phone.as_ref()),
            None => {}
        }
    }

    fn change(self, shown: &Shown, text: &TextRow) {
        let Some(before) = shown.status() else {
            return;
        };
        if is_own_last(text) && following::is_worth_saying(before, text.status) {
            self.said.try_set(words::news(text));
        }
        if following::may_follow(before, text.status) {
            shown.change(text);
        }
    }

    fn add(self, text: &TextRow, phone: Option<&Phone>) {
        put_on_top(|html| row::row(html, text, phone, &Asked::default()));
        self.any.try_set(true);
    }
}

fn is_on_top(text: &TextRow) -> bool {
    let first = Shown::first("[data-status]").and_then(|first| first.text());
    following::is_on_top(first, text.id)
}

fn is_own_last(text: &TextRow) -> bool {
    let own_last = Shown::first("[data-mine]").and_then(|own| own.text());
    own_last == Some(text.id)
}
