//! The words by which a phone's owner opts out and in, as Twilio reads them.
//!
//! Twilio, "Default keywords for SMS opt-out": the whole message must be the word, in any case,
//! with blanks around it ignored. "STOP please" is none; it is left to people to read.

/// What a keyword asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyword {
    /// No more texts from this number.
    Stop,
    /// Texts again.
    Start,
    /// Who is this?
    Help,
}

/// Words that block the sender.
pub const STOP: [&str; 8] = [
    "STOP",
    "STOPALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "REVOKE",
    "OPTOUT",
];
/// Words that lift the block.
pub const START: [&str; 3] = ["START", "YES", "UNSTOP"];
/// Words that ask for help.
pub const HELP: [&str; 2] = ["HELP", "INFO"];

/// The keyword that the whole message is, if it is one.
#[must_use]
pub fn keyword(text: &str) -> Option<Keyword> {
    let word = text.trim();
    let among = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    if among(&STOP) {
        Some(Keyword::Stop)
    } else if among(&START) {
        Some(Keyword::Start)
    } else if among(&HELP) {
        Some(Keyword::Help)
    } else {
        None
    }
}
