//! Many opt-outs at once: an outage at a carrier looks like a hundred clients who said STOP. Where error codes say so,
//! and not the clients themselves, people are asked before permission is taken away.

use crate::{phone::Phone, when::When};
use serde::{Deserialize, Serialize};

/// How far back opt-outs are counted, in milliseconds (10 minutes).
pub const WINDOW: i64 = 10 * 60 * 1000;

/// Whether an opt-out by an error code waits for the administrator. `before`: how many came within [`WINDOW`];
/// `waiting`: others wait already.
pub fn is_held(before: i64, waiting: bool, limit: i64) -> bool {
    waiting || before >= limit
}

/// Whether a code that Twilio gave for a text says anything about now: the client may have texted START since.
pub fn still_says(text_written: i64, lifted: Option<i64>) -> bool {
    lifted.is_none_or(|lifted| text_written > lifted)
}

/// What the administrator does with the opt-outs that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are real: permission ends.
    Apply,
    /// They are a mistake of the carrier: permission stands, also where it was taken just before.
    Discard,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 2] = [Self::Apply, Self::Discard];

    /// The name under which it is posted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::Discard => "discard",
        }
    }

    /// The verdict of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.as_str() == name)
    }
}

/// The form, as it is posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VerdictForm {
    /// "apply" or "discard".
    pub verdict: String,
    pub note: String,
}

/// A number that an error code says is blocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOut {
    pub number: Phone,
    /// The clients with this number.
    pub clients: Vec<String>,
    pub at: When,
    /// It waits; otherwise permission was taken before the others came.
    pub held: bool,
}

/// The opt-outs that the administrator is asked about, with those that came just before; none: nothing is to be decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOutsView {
    pub opt_outs: Vec<OptOut>,
    /// How many wait in all; the list may be shorter.
    pub held: i64,
    /// So many are taken as they are within ten minutes.
    pub limit: i64,
    /// The newest live event that this page knows.
    pub event: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_the_limit_codes_are_taken_as_they_are() {
        assert!(!is_held(19, false, 20));
        assert!(is_held(20, false, 20));
    }

    #[test]
    fn while_some_wait_all_wait() {
        assert!(is_held(0, true, 20));
    }

    #[test]
    fn an_old_code_says_nothing_once_the_client_texted_start() {
        assert!(still_says(5, None));
        assert!(still_says(9, Some(5)));
        assert!(!still_says(5, Some(9)));
        assert!(!still_says(5, Some(5)));
    }
}
