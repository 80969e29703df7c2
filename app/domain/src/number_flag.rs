//! What our own texts say of a number: that none of them will arrive there as it is. Nothing is forbidden by it, since
//! numbers are corrected and move from carrier to carrier.
//!
//! It is not stored: it follows from the newest text of the client to that number that says something of the number. So a
//! text that arrives takes it away, and so does another number.

use crate::{status::Status, when::When};
use serde::{Deserialize, Serialize};

/// Why texts do not arrive at a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberFlag {
    /// Twilio does not recognize it as a phone number.
    NotANumber,
    /// Our number cannot reach it.
    OutOfReach,
    /// A landline, or another phone that takes no texts.
    NoTexts,
    /// The carrier does not know it.
    Unknown,
}

/// A flag, and when the text was written that it follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagView {
    pub flag: NumberFlag,
    pub at: When,
}

/// What a code of Twilio's says of the number that the text went to, if it does.
pub fn of_code(code: u32) -> Option<NumberFlag> {
    match code {
        21211 | 21217 | 21421 => Some(NumberFlag::NotANumber),
        21612 => Some(NumberFlag::OutOfReach),
        21614 | 21635 | 30006 => Some(NumberFlag::NoTexts),
        30005 => Some(NumberFlag::Unknown),
        _ => None,
    }
}

/// What the end of a text says of its number: nothing, that texts arrive (`None` within), or why they do not. A text that
/// did not arrive for another reason says nothing: of a phone that is off, of our own number, of its words.
pub fn said(status: Status, error: Option<u32>) -> Option<Option<NumberFlag>> {
    match status {
        // A part of it may have failed; the others arrived.
        Status::Delivered | Status::Read => Some(None),
        status if status.is_final() => error.and_then(of_code).map(Some),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{Effect, all};

    #[test]
    fn the_codes_that_flag_a_number_are_those_of_the_table() {
        for code in all() {
            let flags = code.has(Effect::FlagsNumber);
            assert_eq!(flags, of_code(code.code).is_some(), "{}", code.code);
        }
    }

    #[test]
    fn a_landline_is_told_by_the_text_that_ended_there() {
        let landline = Some(Some(NumberFlag::NoTexts));
        assert_eq!(said(Status::Refused, Some(21614)), landline);
        assert_eq!(said(Status::Undelivered, Some(30006)), landline);
        assert_eq!(said(Status::Sent, Some(30006)), None, "not its last word");
    }

    #[test]
    fn what_arrives_says_that_texts_do() {
        assert_eq!(said(Status::Delivered, None), Some(None));
        assert_eq!(said(Status::Read, Some(30006)), Some(None));
    }

    #[test]
    fn a_phone_that_is_off_or_a_number_of_ours_that_is_not_registered_says_nothing() {
        for code in [30003, 30008, 30034, 30007, 21610, 99999] {
            assert_eq!(said(Status::Undelivered, Some(code)), None, "{code}");
        }
        assert_eq!(said(Status::Stopped, None), None);
        assert_eq!(said(Status::Canceled, None), None);
    }
}
