//! The rows of the page, each a signal of its own: what is fetched changes its row in place, and nothing else moves.

use crate::api::load_text_rows;
use domain::{following, ids::TextId, text::TextRow, words::texts as words};
use leptos::{prelude::*, task::spawn_local};

/// A row that changes in place.
pub type Live = ArcRwSignal<TextRow>;

/// The rows of the page.
#[derive(Clone, Copy)]
pub struct Rows {
    pub list: RwSignal<Vec<(TextId, Live)>>,
    /// What is said aloud about one's own last text.
    pub said: RwSignal<String>,
    /// New texts come on top: this is the first page.
    first_page: bool,
}

impl Rows {
    /// The rows as they were loaded, newest first.
    pub fn new(rows: Vec<TextRow>, first_page: bool) -> Self {
        let list = rows
            .into_iter()
            .map(|row| (row.id, ArcRwSignal::new(row)))
            .collect();
        Self {
            list: RwSignal::new(list),
            said: RwSignal::new(String::new()),
            first_page,
        }
    }

    /// Whether there is any.
    pub fn any(self) -> bool {
        !self.list.read().is_empty()
    }

    /// Something happened to these texts.
    pub fn refresh(self, texts: Vec<TextId>) {
        let wanted: Vec<TextId> = texts
            .into_iter()
            .filter(|id| self.first_page || self.has(*id))
            .collect();
        if wanted.is_empty() {
            return;
        }
        spawn_local(async move {
            // The next event brings what this one could not.
            for row in load_text_rows(wanted).await.unwrap_or_default() {
                self.take(row);
            }
        });
    }

    /// Puts a fetched row where it belongs.
    pub fn take(self, row: TextRow) {
        let Some(own_last) = self.list.try_with_untracked(|list| own_last(list)) else {
            return;
        };
        let shown = self
            .list
            .with_untracked(|list| list.iter().find(|(id, _)| *id == row.id).cloned());
        match shown {
            Some((_, shown)) => {
                if own_last == Some(row.id)
                    && following::is_worth_saying(shown.read_untracked().status, row.status)
                {
                    self.said.set(words::news(&row));
                }
                change(&shown, row);
            }
            None if self.first_page && self.is_on_top(&row) => {
                self.list
                    .update(|list| list.insert(0, (row.id, ArcRwSignal::new(row))));
            }
            None => {}
        }
    }

    fn has(self, wanted: TextId) -> bool {
        self.list
            .try_with_untracked(|list| list.iter().any(|(id, _)| *id == wanted))
            .unwrap_or(false)
    }

    fn is_on_top(self, row: &TextRow) -> bool {
        self.list.with_untracked(|list| {
            let first = list.first().map(|(_, first)| first.read_untracked());
            following::is_on_top(first.as_deref(), row)
        })
    }
}

fn own_last(list: &[(TextId, Live)]) -> Option<TextId> {
    list.iter()
        .find(|(_, row)| row.read_untracked().mine)
        .map(|(id, _)| *id)
}

fn change(shown: &Live, row: TextRow) {
    let newer = following::is_newer(&shown.read_untracked(), &row);
    if newer {
        shown.set(row);
    }
}
