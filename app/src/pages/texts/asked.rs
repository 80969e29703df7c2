//! What a page shows of a Message Status that was asked for by a plain form: the answer, or why there is none.

use crate::forms::submitted;
use domain::{answered, ids::TextId, problem::Problem, text::TextRow, words};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The text that was asked about before this page was rendered.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Which text, Twilio's word, and when it was asked.
    answered: Option<(TextId, String, String)>,
    failed: Option<(TextId, Problem)>,
}

impl Asked {
    /// Reads it from the address, or from the form that was posted here.
    pub fn here() -> Self {
        let query = use_query_map();
        let query = query.read_untracked();
        let asked = query.get("asked").and_then(|id| id.parse().ok());
        let said = query.get("said").filter(|said| answered::is_word(said));
        let at = query.get("at").filter(|at| answered::is_time(at));
        let answered = match (asked, said, at) {
            (Some(text), Some(said), Some(at)) => Some((text, said, at)),
            _ => None,
        };
        let failed = submitted().and_then(|form| {
            let text = form.value("text")?.parse().ok()?;
            Some((text, form.problem?))
        });
        Self { answered, failed }
    }

    /// What Twilio said about this text, or why it could not be asked.
    pub fn answer(&self, text: &TextRow) -> Option<String> {
        if let Some((_, problem)) = self.failed.as_ref().filter(|(id, _)| *id == text.id) {
            return Some(words::problem::sentence(problem));
        }
        let (_, said, at) = self.answered.as_ref().filter(|(id, ..)| *id == text.id)?;
        Some(words::texts::answer_at(said, at))
    }
}
