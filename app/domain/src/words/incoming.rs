//! Texts that clients write, and the cards that some of them put before staff.

use crate::incoming::{IncomingRow, Kind, Silence};

pub const RECEIVED: &str = "Received";
/// Who wrote, where only one client has the number.
pub const CLIENT_WROTE: &str = "The client wrote";
pub const NOBODYS: &str = "No client has this number";
pub const ANSWERED: &str = "Answered with the Text Response.";
pub const ALTERED: &str = "Some characters cannot be shown.";
pub const LATE: &str = "Arrived late: Twilio could not bring it, and it was fetched afterwards.";
pub const EMPTY: &str = "No words";

pub const TITLE: &str = "Incoming texts";
pub const LEAD: &str = "What staff see of them, and what is done when many come at once.";
pub const UNMATCHED: &str = "From unknown numbers";
pub const UNMATCHED_LEAD: &str =
    "Texts from numbers that no client had when they came. Nobody else sees them.";
pub const NONE: &str = "Nothing from unknown numbers";
pub const NONE_MEANS: &str =
    "When somebody texts the office whose number no client has, their text stands here.";
pub const CAPTION: &str = "Texts from unknown numbers, newest first";
pub const FROM: &str = "From";
pub const HANDLING: &str = "How they are handled";
pub const SHOW: &str = "Staff see what clients write";
pub const SHOW_HINT: &str = "On the Texts page of each of the client’s cases. Unticked, it is as in the manual: incoming texts are answered, not shown; they are kept and counted only.";
pub const ANSWER_LIMIT: &str = "Answers to one number";
pub const ANSWER_LIMIT_HINT: &str = "So many texts of one number are answered within ten minutes, so that two machines do not answer each other for ever. 1 to 100.";
pub const OPT_OUT_LIMIT: &str = "Opt-outs by Twilio’s codes";
pub const OPT_OUT_LIMIT_HINT: &str = "When more than so many come within ten minutes, an administrator is asked before permission is taken. A client’s own STOP always counts at once. 1 to 1000.";
pub const SAVE: &str = "Save";
pub const SAVED: &str = "Saved.";

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

/// Who wrote. Where several clients have the number nobody knows which of them.
pub fn who(clients: &[String]) -> String {
    match clients {
        [] => NOBODYS.into(),
        [_] => CLIENT_WROTE.into(),
        several => format!("From a number of several clients: {}", super::list(several)),
    }
}

/// What is said of it beside "Received": what it was, what came with it, and how it was answered.
pub fn notes(row: &IncomingRow) -> Vec<String> {
    let mut notes: Vec<String> = kind(row.kind).map(str::to_owned).into_iter().collect();
    if row.media > 0 {
        notes.push(media(row.media));
    }
    if row.altered {
        notes.push(ALTERED.into());
    }
    if row.late {
        notes.push(LATE.into());
    }
    match (row.silence, &row.answer) {
        (Some(why), _) => notes.push(silence(why).into()),
        (None, Some(_)) => notes.push(ANSWERED.into()),
        (None, None) => {}
    }
    notes
}

/// Pictures and other files, which stay at Twilio.
pub fn media(n: i64) -> String {
    format!(
        "Came with {}; see Twilio’s console.",
        super::count(n, "file", "files")
    )
}

/// Said aloud when a text comes in. Never its body: others may hear it too.
pub fn news(row: &IncomingRow) -> String {
    format!("A text came in at {}", row.at.time)
}

/// How many texts came in that are kept but not shown.
pub fn not_shown(n: i64) -> String {
    format!(
        "{} came in and {} answered; incoming texts are not shown.",
        super::count(n, "text", "texts"),
        if n == 1 { "was" } else { "were" }
    )
}
