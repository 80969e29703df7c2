//! Texts that clients write: what each was, how it was answered, and how it is shown.

use crate::{
    ids::IncomingId,
    keywords::{self, Keyword},
    phone::Phone,
    role::{Operation, Role},
    text::TextRow,
    when::When,
    withdrawal,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a text that came in was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words for people.
    Text,
    /// The word that blocks.
    Stop,
    /// The word that lifts the block.
    Start,
    /// The word that asks who this is.
    Help,
    /// Reads as a withdrawal of permission, in other words: people decide.
    Withdrawal,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Text,
        Self::Stop,
        Self::Start,
        Self::Help,
        Self::Withdrawal,
    ];

    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Stop => "stop",
            Self::Start => "start",
            Self::Help => "help",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl From<Keyword> for Kind {
    fn from(keyword: Keyword) -> Self {
        match keyword {
            Keyword::Stop => Self::Stop,
            Keyword::Start => Self::Start,
            Keyword::Help => Self::Help,
        }
    }
}

/// Why a text got no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Twilio answers the words that block and lift itself; ours would be refused.
    Keyword,
    /// Too many texts from this number in a short time: perhaps a machine that answers ours.
    TooMany,
    /// There is no Text Response.
    NothingToSay,
    /// It was fetched later: an answer would have come out of the blue.
    Late,
}

impl Silence {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Keyword, Self::TooMany, Self::NothingToSay, Self::Late];

    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::TooMany => "too_many",
            Self::NothingToSay => "nothing_to_say",
            Self::Late => "late",
        }
    }

    /// The reason of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|silence| silence.as_str() == name)
    }
}

/// What a text is, and the rule by which it reads as a withdrawal, where it does. `opt_out`: Twilio's own word on it,
/// which decides where it is there (OptOutType of Advanced Opt-Out).
pub fn read(text: &str, opt_out: Option<&str>) -> (Kind, Option<&'static str>) {
    let decided = match opt_out {
        Some("STOP") => Some(Keyword::Stop),
        Some("START") => Some(Keyword::Start),
        Some("HELP") => Some(Keyword::Help),
        _ => None,
    };
    if let Some(keyword) = decided.or_else(|| keywords::keyword(text)) {
        return (keyword.into(), None);
    }
    match withdrawal::find(text) {
        Some(rule) => (Kind::Withdrawal, Some(rule)),
        None => (Kind::Text, None),
    }
}

/// A body as it can be shown and stored: what is no UTF-8, and NUL, which no database takes, stand as U+FFFD.
pub fn readable(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).replace('\0', "\u{fffd}")
}

/// How far back texts of one number are counted, in milliseconds (10 minutes).
pub const WINDOW: i64 = 10 * 60 * 1000;

/// The answer to a text, or why there is none. `before`: how many texts came from the number within [`WINDOW`];
/// of those, this one included, `limit` are answered.
///
/// # Errors
/// Why it stays unanswered.
pub fn answer(kind: Kind, response: &str, before: i64, limit: i64) -> Result<&str, Silence> {
    match kind {
        Kind::Stop | Kind::Start => Err(Silence::Keyword),
        _ if before >= limit => Err(Silence::TooMany),
        _ if response.trim().is_empty() => Err(Silence::NothingToSay),
        _ => Ok(response),
    }
}

/// A text that came in, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingRow {
    pub id: IncomingId,
    /// Whom it came from, as people read it. A short code stands as it came.
    pub from: String,
    /// The number, where it is one.
    pub number: Option<Phone>,
    pub body: String,
    pub kind: Kind,
    /// Pictures and other files that came with it. They stay at Twilio.
    pub media: i64,
    /// Some of what came cannot be shown, and stands as U+FFFD.
    pub altered: bool,
    /// What it was answered with.
    pub answer: Option<String>,
    /// Why it was not answered.
    pub silence: Option<Silence>,
    /// It was fetched from Twilio later, and not brought by it.
    pub late: bool,
    pub at: When,
    /// Every client whose number it was, by name; none: unmatched; several: nobody knows who of them wrote.
    pub clients: Vec<String>,
}

/// A line of a case's texts, whichever way it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Out(TextRow),
    In(IncomingRow),
}

impl Entry {
    /// Where it stands among others: moments in UTC are in order as text.
    fn place(&self) -> (&str, Uuid) {
        match self {
            Self::Out(row) => (&row.at.utc, row.id.0),
            Self::In(row) => (&row.at.utc, row.id.0),
        }
    }
}

/// Both ways in one list, the newest first.
pub fn merged(out: Vec<TextRow>, came: Vec<IncomingRow>) -> Vec<Entry> {
    let mut all: Vec<Entry> = out.into_iter().map(Entry::Out).collect();
    all.extend(came.into_iter().map(Entry::In));
    all.sort_by(|a, b| b.place().cmp(&a.place()));
    all
}

/// How many of each belong to a page of so many lines, the newest first. Both lists are in that order.
pub fn share(out: &[(i64, Uuid)], came: &[(i64, Uuid)], lines: usize) -> (usize, usize) {
    let (mut sent, mut received) = (0, 0);
    while sent + received < lines {
        match (out.get(sent), came.get(received)) {
            (Some(one), Some(other)) if other > one => received += 1,
            (Some(_), _) => sent += 1,
            (None, Some(_)) => received += 1,
            (None, None) => break,
        }
    }
    (sent, received)
}

/// Texts from numbers that no client has, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnmatchedView {
    pub rows: Vec<IncomingRow>,
    /// Where the next page begins, if there is one: put it into `before`.
    pub next: Option<String>,
    /// The newest live event that this page knows.
    pub event: i64,
}

/// How incoming texts are handled, as the administrator set it. In the form all are text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IncomingForm {
    /// "on" when staff see what clients write.
    pub show_incoming: Option<String>,
    /// So many texts of one number are answered within ten minutes.
    pub answer_limit: String,
    /// So many opt-outs by error codes are taken as they are within ten minutes.
    pub opt_out_limit: String,
}

/// What waits for somebody: said at the top of every page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Cards that nobody has decided.
    pub reviews: i64,
    /// Opt-outs that the administrator is asked about.
    pub held: i64,
    /// Texts of which nobody knows whether they went out.
    #[serde(default)]
    pub unclear: i64,
    /// The newest live event that this knows.
    #[serde(default)]
    pub event: i64,
}

impl Waiting {
    /// What somebody of this role sees of it: opt-outs are the administrator's to decide.
    pub fn shown_to(self, role: Role) -> Self {
        match role.may(Operation::DecideOptOuts) {
            true => self,
            false => Self { held: 0, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opt_outs_that_are_held_are_shown_to_administrators_alone() {
        let waiting = Waiting {
            reviews: 1,
            held: 2,
            unclear: 3,
            event: 4,
        };
        assert_eq!(waiting.shown_to(Role::Administrator), waiting);
        let of_staff = Waiting { held: 0, ..waiting };
        assert_eq!(waiting.shown_to(Role::Staff), of_staff);
    }

    #[test]
    fn a_text_is_answered_with_the_text_response() {
        assert_eq!(answer(Kind::Text, "Call us.", 0, 10), Ok("Call us."));
        assert_eq!(answer(Kind::Help, "Call us.", 9, 10), Ok("Call us."));
        assert_eq!(answer(Kind::Withdrawal, "Call us.", 0, 10), Ok("Call us."));
    }

    #[test]
    fn the_words_that_block_and_lift_get_nothing_since_twilio_answers_them() {
        for kind in [Kind::Stop, Kind::Start] {
            assert_eq!(answer(kind, "Call us.", 0, 10), Err(Silence::Keyword));
        }
    }

    #[test]
    fn two_machines_do_not_answer_each_other_for_ever() {
        assert_eq!(answer(Kind::Text, "Call us.", 9, 10), Ok("Call us."));
        assert_eq!(
            answer(Kind::Text, "Call us.", 10, 10),
            Err(Silence::TooMany)
        );
        assert_eq!(answer(Kind::Text, "Call us.", 0, 0), Err(Silence::TooMany));
    }

    #[test]
    fn without_a_text_response_there_is_nothing_to_say() {
        assert_eq!(answer(Kind::Text, " ", 0, 10), Err(Silence::NothingToSay));
    }

    #[test]
    fn twilios_own_word_decides_where_there_is_one() {
        assert_eq!(read("No gracias", Some("STOP")), (Kind::Stop, None));
        assert_eq!(read("STOP", Some("HELP")), (Kind::Help, None));
        assert_eq!(read("stop", None), (Kind::Stop, None));
        assert_eq!(read("stop", Some("")), (Kind::Stop, None));
        assert_eq!(
            read("S\u{200b}TOP", None),
            (Kind::Withdrawal, Some(withdrawal::ALMOST_A_KEYWORD))
        );
        assert_eq!(read("Yesterday I called", None), (Kind::Text, None));
    }

    #[test]
    fn what_no_database_takes_stands_as_a_mark() {
        assert_eq!(readable("Sí 👍".as_bytes()), "Sí 👍");
        assert_eq!(readable(b"a\0b\xffc"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(read(&readable(b"STOP\0"), None).0, Kind::Withdrawal);
    }

    #[test]
    fn a_page_has_the_newest_of_both() {
        let at = |n: i64| (n, Uuid::nil());
        let (out, came) = ([at(9), at(5), at(1)], [at(8), at(7), at(2)]);
        assert_eq!(share(&out, &came, 4), (2, 2));
        assert_eq!(share(&out, &came, 1), (1, 0));
        assert_eq!(share(&out, &[], 9), (3, 0));
        assert_eq!(share(&[], &came, 2), (0, 2));
        assert_eq!(share(&out, &came, 9), (3, 3));
    }

    #[test]
    fn names_are_found_again() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.as_str()), Some(kind));
        }
        for silence in Silence::ALL {
            assert_eq!(Silence::from_name(silence.as_str()), Some(silence));
        }
    }
}
