//! What a page shows of a Message Status that was asked for by a plain form: the answer, or why there is none.

use crate::forms::submitted;
use domain::{ids::TextId, problem::Problem, text::TextRow, words};
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
        let said = query.get("said").filter(|said| is_word(said));
        let at = query.get("at").filter(|at| is_time(at));
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

/// A word such as Twilio says, and no sentence that a link could put into Twilio's mouth.
fn is_word(said: &str) -> bool {
    const LONGEST: usize = 20;
    let letters = said
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'));
    letters && !said.is_empty() && said.len() <= LONGEST
}

/// A time such as the server writes it, "2:14 PM PST", and nothing else.
fn is_time(at: &str) -> bool {
    const LONGEST: usize = 6;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = at.split(' ').collect();
    let &[clock, half, zone] = parts.as_slice() else {
        return false;
    };
    let hours = clock.len() <= 5
        && clock
            .split_once(':')
            .is_some_and(|(hour, minute)| digits(hour) && digits(minute));
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b':');
    hours && matches!(half, "AM" | "PM") && zone.len() <= LONGEST && zone.bytes().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_can_hold_a_time_and_no_sentence() {
        for at in ["2:14 PM PST", "11:05 AM GMT+5", "12:00 AM -03"] {
            assert!(is_time(at), "{at}");
        }
        for at in [
            "",
            "2:14 PM",
            "2:14 PM PST. Call 900",
            "Call PM now",
            "214 PM PST",
            "2:14 XX PST",
            "2:14 PM <b>",
        ] {
            assert!(!is_time(at), "{at}");
        }
    }
}
