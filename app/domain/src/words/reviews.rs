//! Review cards: somebody decides what a client meant.

use super::count;
use crate::review::{Decision, Due};

pub const REVIEWS: &str = "Reviews";
pub const LEAD: &str = "These clients wrote what may mean that they want no more texts. Nothing is sent to their numbers until somebody decides.";
pub const OPEN: &str = "To decide";
pub const DECIDED: &str = "Decided lately";
pub const NONE: &str = "Nothing to decide";
pub const NONE_MEANS: &str = "When a client writes in their own words that they want no more texts, a card stands here, and sending to their number waits for it.";
pub const WROTE: &str = "They wrote";
pub const FOUND: &str = "Why it was found";
pub const CLIENTS: &str = "Clients with this number";
pub const NOBODY: &str = "No client has this number now.";
pub const DUE: &str = "Decide by";
pub const WITHDRAWN: &str = "They want no more texts";
pub const OTHER: &str = "They meant something else";
pub const NOTE: &str = "Note";
pub const NOTE_HINT: &str = "Kept in the record of permission.";
pub const MEANS: &str = "“They want no more texts” unticks Okay to Text on every client record with this number. “They meant something else” changes no permission; sending goes on.";

/// What was decided.
pub fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Withdrawal => WITHDRAWN,
        Decision::Other => OTHER,
    }
}

/// How much time is left.
pub fn left(due: &Due) -> String {
    match (due.overdue, due.left) {
        (true, _) => format!("{}: overdue", due.day),
        (false, 1) => format!("{}, the last business day", due.day),
        (false, left) => format!(
            "{}, {} left",
            due.day,
            count(i64::from(left), "business day", "business days")
        ),
    }
}

/// Why a text was found, in words; a rule that is not known any more by its name.
pub fn rule(rule: &str) -> String {
    match rule {
        "almost_a_keyword" => "Nearly one of the words that block, but not to the letter".into(),
        "wrong_number" => "Says that this is the wrong number or person".into(),
        other => format!(
            "Reads as a wish for no more texts ({})",
            other.replace('_', " ")
        ),
    }
}

/// The navigation's number, for those who hear it.
pub fn open(n: i64) -> String {
    format!(" ({n} to decide)")
}

/// What a button adds for those who hear it.
pub fn about(number: &str) -> String {
    format!(" (card of {number})")
}
