//! What a page shows of a Message Status that was asked for by a plain form: the answer, or why there is none.

use crate::forms::submitted;
use domain::{ids::TextId, problem::Problem, text::TextRow, words};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The text that was asked about before this page was rendered.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Which text, and Twilio's word.
    answered: Option<(TextId, String)>,
    failed: Option<(TextId, Problem)>,
}

impl Asked {
    /// Reads it from the address, or from the form that was posted here.
    pub fn here() -> Self {
        let query = use_query_map();
        let query = query.read_untracked();
        let asked = query.get("asked").and_then(|id| id.parse().ok());
        let answered = asked.zip(query.get("said").filter(|said| is_word(said)));
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
        let (_, said) = self.answered.as_ref().filter(|(id, _)| *id == text.id)?;
        Some(words::texts::answer(said, &text.status_at))
    }
}

/// A word such as Twilio says, and no sentence that a link could put into Twilio's mouth.
fn is_word(said: &str) -> bool {
    const LONGEST: usize = 20;
    let letters = said
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'));
    letters && !said.is_empty() && said.len() <= LONGEST
}
