//! What our own texts say of a number: in a word beside it, and in sentences for who is about to write.

use crate::{number_flag::NumberFlag, when::When};

/// Beside the number.
pub fn word(flag: NumberFlag) -> &'static str {
    match flag {
        NumberFlag::NotANumber => "Not recognized",
        NumberFlag::OutOfReach => "Out of reach",
        NumberFlag::NoTexts => "Takes no texts",
        NumberFlag::Unknown => "Not in use",
    }
}

/// Who says what, and what to do.
pub fn sentence(flag: NumberFlag) -> &'static str {
    match flag {
        NumberFlag::NotANumber => {
            "Twilio does not recognize this as a phone number. Check it with the client."
        }
        NumberFlag::OutOfReach => {
            "Our number can’t reach this phone. Call instead, or ask for another number."
        }
        NumberFlag::NoTexts => {
            "Carriers say that this is a landline, or takes no texts. Call instead, or ask for a cell number."
        }
        NumberFlag::Unknown => "Carriers do not know this number. Confirm it with the client.",
    }
}

/// What it follows from.
pub fn from_text(at: &When) -> String {
    format!("So it was for the text of {}.", super::common::moment(at))
}

/// In the composer: nothing is forbidden.
pub const STILL: &str = "You can send all the same; once a text arrives, this note goes.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_says_what_to_do_and_none_says_that_nothing_can_be_sent() {
        for flag in [
            NumberFlag::NotANumber,
            NumberFlag::OutOfReach,
            NumberFlag::NoTexts,
            NumberFlag::Unknown,
        ] {
            let said = sentence(flag);
            assert!(
                said.ends_with('.') && said.matches(". ").count() == 1,
                "{said}"
            );
            assert!(!word(flag).ends_with('.') && word(flag).len() <= 16);
        }
        assert!(sentence(NumberFlag::NoTexts).contains("Call instead"));
        assert!(STILL.contains("You can send"));
    }
}
