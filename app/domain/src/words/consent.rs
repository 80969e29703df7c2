//! Permission to text.

use crate::consent::{ConsentEvent, WhyNot};

pub const OKAY_TO_TEXT: &str = "Okay to Text";
pub const NOT_OKAY: &str = "Not okay to text";

/// The heading where texting is not possible.
pub fn heading(why: WhyNot) -> &'static str {
    match why {
        WhyNot::NoNumber => "There is no cell number",
        WhyNot::NotOkay => "Okay to Text is not ticked",
        WhyNot::NotSetUp => "Texting is not set up",
    }
}

/// What to do about it.
pub fn remedy(why: WhyNot) -> &'static str {
    match why {
        WhyNot::NoNumber => "Ask the client for their cell number and add it to the client record.",
        WhyNot::NotOkay => {
            "Ask the client whether you may text this number. When they say yes, tick Okay to Text on the client record."
        }
        WhyNot::NotSetUp => {
            "An administrator connects the office's Twilio account under Setup Functions, Texting Setup."
        }
    }
}

/// A line of the ledger.
pub fn event(event: ConsentEvent) -> &'static str {
    match event {
        ConsentEvent::Given => "Permission given",
        ConsentEvent::Withdrawn => "Permission withdrawn",
        ConsentEvent::NumberChanged => "Number changed; permission ended",
    }
}
