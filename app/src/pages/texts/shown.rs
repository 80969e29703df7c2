//! A row as it stands in the document, and what may change on it while it is looked at. Only the changed words are
//! exchanged: the button under the finger, an opened time and the scroll position stay.

use super::row;
use crate::components::markup::{Markup, markup};
use domain::{ids::TextId, status::Status, text::TextRow};
use leptos::prelude::*;
use web_sys::Element;

/// The id of the element that holds the rows.
pub const BODY: &str = "texts";

/// A row in the document.
pub struct Shown(Element);

impl Shown {
    /// The row of this text, if it is on the page.
    pub fn find(text: TextId) -> Option<Self> {
        document().get_element_by_id(&row::id_of(&text)).map(Self)
    }

    /// Whether a row of this id is on the page.
    pub fn has(text: &impl std::fmt::Display) -> bool {
        document().get_element_by_id(&row::id_of(text)).is_some()
    }

    /// The first row that answers to the selector.
    pub fn first(selector: &str) -> Option<Self> {
        let body = document().get_element_by_id(BODY)?;
        body.query_selector(selector).ok().flatten().map(Self)
    }

    /// Whose row it is.
    pub fn text(&self) -> Option<TextId> {
        self.0.id().strip_prefix("t-")?.parse().ok()
    }

    /// The status shown.
    pub fn status(&self) -> Option<Status> {
        Status::from_name(&self.0.get_attribute("data-status")?)
    }

    /// Shows what has become of the text.
    pub fn change(&self, text: &TextRow) {
        self.0.set_class_name(row::tone(text.status));
        // Cannot fail for a name of ours.
        let _ = self.0.set_attribute("data-status", text.status.as_str());
        self.exchange(".x-word", |html| row::word(html, text));
        self.exchange(".x-why", |html| row::why(html, text));
        if self.part("button").is_none()
            && let Some(line) = self.part(".x-line")
        {
            let button = markup(0, |html| super::ask::button(html, text));
            let _ = line.insert_adjacent_html("beforeend", &button);
        }
    }

    /// Says what came of Message Status.
    pub fn answer(&self, words: &str) {
        if let Some(answer) = self.part("[role=status]") {
            answer.set_text_content(Some(words));
        }
    }

    fn exchange(&self, selector: &str, draw: impl FnOnce(&mut Markup)) {
        let html = markup(0, draw);
        if let Some(part) = self.part(selector).filter(|part| part.inner_html() != html) {
            part.set_inner_html(&html);
        }
    }

    fn part(&self, selector: &str) -> Option<Element> {
        self.0.query_selector(selector).ok().flatten()
    }
}

/// Puts a new row above all others.
pub fn put_on_top(draw: impl FnOnce(&mut Markup)) {
    if let Some(body) = document().get_element_by_id(BODY) {
        // Cannot fail for an element that has a parent.
        let _ = body.insert_adjacent_html("afterbegin", &markup(row::ROOM, draw));
    }
}
