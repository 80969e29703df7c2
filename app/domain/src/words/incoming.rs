//! Texts that clients write, and the cards that some of them put before staff.

use crate::incoming::{Kind, Silence};

/// What a text was, where that is worth a word.
pub fn kind(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Text => None,
        Kind::Stop => Some("Opted out"),
        Kind::Start => Some("Opted in"),
        Kind::Help => Some("Asked for help"),
        Kind::Withdrawal => Some("May want no more texts"),
    }
}

/// Why a text was not answered.
pub fn silence(silence: Silence) -> &'static str {
    match silence {
        Silence::Keyword => "Twilio answered it.",
        Silence::TooMany => "Not answered: too many texts came from this number at once.",
        Silence::NothingToSay => "Not answered: there is no Text Response.",
        Silence::Late => "Not answered: it arrived late.",
    }
}
