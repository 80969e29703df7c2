//! The composer: what it shows, what it sends, and the rules that a text must meet.

use crate::{
    author::Author,
    blanks,
    client::CaseView,
    ids::{FormKey, TextId},
    problem::Complaint,
    quick_entry::QuickEntry,
    segments,
    status::Status,
    when::When,
};
use serde::{Deserialize, Serialize};

/// The composer of a case, for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposerView {
    pub case: CaseView,
    pub key: FormKey,
    /// Whose composer this is.
    pub author: Author,
    pub draft: Option<Draft>,
    /// The words of an earlier text, if somebody asked to try it again.
    pub again: Option<String>,
    pub quick_entries: Vec<QuickEntry>,
    /// How many parts the administrator allows.
    pub max_parts: u32,
    /// The newest live event that this page knows.
    pub event: i64,
}

/// What somebody typed and has not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub body: String,
    pub saved: When,
}

/// The composer's form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SendForm {
    pub key: String,
    /// Whose composer this was, or empty.
    pub author: String,
    pub body: String,
    /// The quick entry chosen (an id, or empty).
    pub quick_entry: String,
    /// The button pressed: "send" or "insert" (without WASM).
    pub press: String,
}

/// The box after sending: what Twilio answered, or that it is saved and on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub text: TextId,
    pub status: Status,
    pub error: Option<u32>,
    pub stopped: Option<crate::consent::WhyNot>,
    /// Why it waits, where there is something to say of that.
    #[serde(default)]
    pub waiting: Option<Box<crate::text::Waiting>>,
    pub at: When,
    /// The composer's next key.
    pub next_key: FormKey,
}

/// The body as it will be stored, counted and sent: line ends are LF.
///
/// # Errors
/// The complaint to show at the text box: empty, unstorable, too long, too many parts, blanks left.
pub fn check_body(typed: &str, max_parts: u32) -> Result<String, Complaint> {
    let body = segments::normalize_newlines(typed);
    if body.trim().is_empty() {
        return Err(Complaint::Missing);
    }
    if body.contains('\0') {
        return Err(Complaint::Unstorable);
    }
    let length = body.chars().count();
    if length > segments::MAX_BODY {
        return Err(Complaint::TooLong {
            max: segments::MAX_BODY,
        });
    }
    let parts = segments::measure(&body).parts;
    if parts > max_parts {
        return Err(Complaint::TooManyParts {
            parts,
            allowed: max_parts,
        });
    }
    let blanks = blanks::find(&body);
    if blanks.is_empty() {
        Ok(body.into_owned())
    } else {
        let blanks = blanks
            .iter()
            .map(|b| body[b.start..b.end].to_owned())
            .collect();
        Err(Complaint::UnfilledBlanks { blanks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_made_one_before_counting_and_storing() {
        assert_eq!(check_body("a\r\nb\rc\n", 1), Ok("a\nb\nc\n".to_owned()));
    }

    #[test]
    fn a_text_of_nothing_but_blanks_and_lines_is_empty() {
        assert_eq!(check_body(" \r\n\t", 1), Err(Complaint::Missing));
    }

    #[test]
    fn one_part_is_one_part() {
        assert!(check_body(&"a".repeat(160), 1).is_ok());
        let long = check_body(&"a".repeat(161), 1);
        assert_eq!(
            long,
            Err(Complaint::TooManyParts {
                parts: 2,
                allowed: 1
            })
        );
        assert!(check_body(&"a".repeat(161), 2).is_ok());
    }

    #[test]
    fn over_twilios_limit_is_refused_however_many_parts_are_allowed() {
        assert_eq!(
            check_body(&"a".repeat(1601), 99),
            Err(Complaint::TooLong { max: 1600 })
        );
    }

    #[test]
    fn blanks_must_be_filled() {
        let left = check_body("At ____ in [room]", 1);
        let blanks = vec!["____".to_owned(), "[room]".to_owned()];
        assert_eq!(left, Err(Complaint::UnfilledBlanks { blanks }));
    }

    #[test]
    fn nul_cannot_be_stored() {
        assert_eq!(check_body("a\0b", 1), Err(Complaint::Unstorable));
    }
}
