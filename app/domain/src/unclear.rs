//! Texts of which nobody knows whether they went out: when Twilio's list is looked at for them, which of the listed
//! texts one is, and what staff are asked when the list did not tell.

use crate::{
    ids::TextId,
    phone::Phone,
    problem::{Complaint, Problem},
    when::When,
};
use serde::{Deserialize, Serialize};

/// So long after the text was handed over staff are asked: 15 minutes, in milliseconds.
pub const GRACE: i64 = 15 * MINUTE;
/// Our clock and Twilio's may differ by so much before it is not trusted any more (`crate::clocks`).
pub const SLACK: i64 = crate::check::CLOCK_OFF;
/// Twilio makes a text within this time of our request or not at all: our request ends after 15 seconds.
pub const LATEST: i64 = 5 * MINUTE;
const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// When Twilio's list is looked at next for a text that was handed over at `posted`: soon at first, since nobody knows
/// until then; after five days not any more.
pub fn next_look(posted: i64, now: i64) -> Option<i64> {
    let pause = match now - posted {
        past if past < MINUTE => 10 * SECOND,
        past if past < GRACE + MINUTE => MINUTE,
        past if past < 24 * HOUR => 15 * MINUTE,
        past if past < 5 * 24 * HOUR => 6 * HOUR,
        _ => return None,
    };
    Some(now + pause)
}

/// Until when Twilio can have made a text that was handed over at `posted`. A text that was handed over the moment it was
/// written was not: it waited in a backup that was restored, and may have gone out at any time since. Nor was one that was
/// handed over before it was written: a wrong clock wrote that.
pub fn latest(posted: i64, written: i64) -> i64 {
    match posted <= written {
        true => i64::MAX,
        false => posted + LATEST,
    }
}

/// What counts of a text in Twilio's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    pub sid: &'a str,
    pub body: &'a str,
    /// When Twilio made it, in milliseconds UTC, if the list tells.
    pub at: Option<i64>,
}

/// Which of the listed texts, all between the same two numbers, is the one that was handed over at `posted`: its words,
/// made at that time and not after the [`latest`], and nobody else's. Of several the one that is nearest in time.
pub fn find<'a>(
    body: &str,
    (posted, latest): (i64, i64),
    listed: impl IntoIterator<Item = Candidate<'a>>,
    is_taken: impl Fn(&str) -> bool,
) -> Option<&'a str> {
    let off = |at: i64| (at - posted).abs();
    listed
        .into_iter()
        .filter(|one| is_body(body, one.body) && !is_taken(one.sid))
        .filter_map(|one| Some((one.sid, one.at?)))
        .filter(|(_, at)| (posted - SLACK..=latest).contains(at))
        .min_by_key(|(_, at)| off(*at))
        .map(|(sid, _)| sid)
}

/// A trial account puts a line of Twilio's before the words.
pub(crate) fn is_body(ours: &str, listed: &str) -> bool {
    listed == ours
        || listed
            .strip_suffix(ours)
            .is_some_and(|before| before.starts_with(TRIAL) && before.ends_with("- "))
}

const TRIAL: &str = "Sent from your Twilio trial account";

/// What came of looking at Twilio's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListSaid {
    /// Such a text is not in it.
    NotThere,
    /// It has one with these words that nobody here knows, made before this one was written (`crate::failover`).
    Alike,
    /// Twilio did not answer, or refused to.
    Nothing,
}

impl ListSaid {
    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotThere => "not_there",
            Self::Alike => "alike",
            Self::Nothing => "nothing",
        }
    }

    /// What is stored under this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::NotThere, Self::Alike, Self::Nothing]
            .into_iter()
            .find(|said| said.as_str() == name)
    }
}

/// What somebody decides of such a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It counts as sent; a later word of Twilio's still tells better.
    WentOut,
    /// The same text goes once more: a decision of its own, and a request of its own.
    Again,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::WentOut, Self::Again];

    /// The name under which it is posted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WentOut => "went_out",
            Self::Again => "again",
        }
    }

    /// The choice of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == name)
    }
}

/// The form, as it is posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnclearForm {
    pub text: String,
    /// Which handing over is meant: a text that was sent again and is unclear again is another question.
    pub posted: String,
    /// "went_out" or "again".
    pub choice: String,
    /// "on": the client may get the text twice, and that is meant.
    pub sure: Option<String>,
}

/// The form by which an administrator lets texts leave again, as it is posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReleaseForm {
    /// "on": texts are to leave again, and that is meant.
    pub meant: Option<String>,
}

impl ReleaseForm {
    /// That it is meant.
    ///
    /// # Errors
    /// The box was not ticked.
    pub fn read(&self) -> Result<(), Problem> {
        match self.meant {
            Some(_) => Ok(()),
            None => Err(Problem::field("meant", Complaint::Missing)),
        }
    }
}

/// The name of that form's button.
pub const RELEASE: &str = "release";
/// The name of the button by which an administrator says that the number is registered with US carriers.
pub const REGISTERED: &str = "registered";

/// A text that staff are asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnclearRow {
    pub text: TextId,
    /// Goes into the form; see [`UnclearForm::posted`].
    pub posted: String,
    pub client: String,
    pub case: crate::case_number::CaseNumber,
    pub to: Phone,
    pub body: String,
    pub by: String,
    /// When it was handed to Twilio.
    pub at: When,
    /// What Twilio's list said, and when.
    pub list: Option<(ListSaid, When)>,
}

/// All of them, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnclearView {
    pub rows: Vec<UnclearRow>,
    /// Since when the queue is held because a backup was restored.
    pub restored: Option<When>,
    /// The reader can let it go on.
    pub may_release: bool,
    /// The newest live event that this page knows.
    pub event: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: i64 = 1_765_232_047_000;

    fn one<'a>(sid: &'a str, body: &'a str, at: i64) -> Candidate<'a> {
        let at = Some(at);
        Candidate { sid, body, at }
    }

    /// Handed over then, a while after it was written.
    fn at(posted: i64) -> (i64, i64) {
        (posted, latest(posted, posted - 1))
    }

    fn nobodys(_: &str) -> bool {
        false
    }

    #[test]
    fn the_list_is_looked_at_within_a_minute_and_ever_less_often() {
        assert_eq!(next_look(AT, AT), Some(AT + 10_000));
        assert_eq!(next_look(AT, AT + GRACE), Some(AT + GRACE + MINUTE));
        assert_eq!(
            next_look(AT, AT + HOUR),
            Some(AT + HOUR + 15 * MINUTE),
            "after staff were asked it goes on"
        );
        assert_eq!(next_look(AT, AT + 5 * 24 * HOUR), None);
    }

    #[test]
    fn a_text_is_known_by_its_words_and_its_time() {
        let list = [
            one("SM3", "Other words", AT),
            one("SM2", "Hello", AT + 900),
            one("SM1", "Hello", AT - SLACK - 1),
        ];
        assert_eq!(find("Hello", at(AT), list, nobodys), Some("SM2"));
        assert_eq!(find("Hello", at(AT + 2 * SLACK), list, nobodys), None);
        assert_eq!(find("hello", at(AT), list, nobodys), None);
    }

    #[test]
    fn nobodys_text_is_taken_from_them_and_each_is_found_once() {
        let list = [one("SM2", "Hello", AT + 900), one("SM1", "Hello", AT + 100)];
        assert_eq!(find("Hello", at(AT), list, nobodys), Some("SM1"));
        assert_eq!(find("Hello", at(AT), list, |sid| sid == "SM1"), Some("SM2"));
        assert_eq!(find("Hello", at(AT), list, |_| true), None);
    }

    #[test]
    fn the_same_words_of_a_later_time_are_another_text() {
        let list = [one("SM9", "Hello", AT + LATEST + 1)];
        assert_eq!(find("Hello", at(AT), list, nobodys), None);
    }

    #[test]
    fn a_text_that_waited_in_a_restored_backup_may_have_gone_out_hours_later() {
        let list = [one("SM9", "Hello", AT + 24 * HOUR)];
        assert_eq!(
            find("Hello", (AT, latest(AT, AT)), list, nobodys),
            Some("SM9")
        );
        assert_eq!(find("Hello", at(AT), list, nobodys), None);
    }

    #[test]
    fn s20_when_a_wrong_clock_wrote_the_time_any_later_one_will_do() {
        let list = [one("SM9", "Hello", AT + 24 * HOUR)];
        let written = AT + 365 * 24 * HOUR;
        assert_eq!(
            find("Hello", (AT, latest(AT, written)), list, nobodys),
            Some("SM9")
        );
    }

    #[test]
    fn s20_as_long_as_a_clock_is_trusted_its_texts_are_found() {
        let off = crate::check::CLOCK_OFF;
        let list = |at| [one("SM1", "Hello", at)];
        assert_eq!(find("Hello", at(AT), list(AT - off), nobodys), Some("SM1"));
        assert_eq!(find("Hello", at(AT), list(AT + off), nobodys), Some("SM1"));
    }

    #[test]
    fn a_trial_accounts_line_before_the_words_does_not_hide_them() {
        let listed = "Sent from your Twilio trial account - Hello";
        let list = [one("SM1", listed, AT)];
        assert_eq!(find("Hello", at(AT), list, nobodys), Some("SM1"));
        let other = [one("SM1", "Say Hello", AT)];
        assert_eq!(find("Hello", at(AT), other, nobodys), None);
    }

    #[test]
    fn a_text_without_a_time_is_not_guessed_at() {
        let list = [Candidate {
            sid: "SM1",
            body: "Hello",
            at: None,
        }];
        assert_eq!(find("Hello", at(AT), list, nobodys), None);
    }

    #[test]
    fn names_are_found_again() {
        for choice in Choice::ALL {
            assert_eq!(Choice::from_name(choice.as_str()), Some(choice));
        }
        for said in [ListSaid::NotThere, ListSaid::Alike, ListSaid::Nothing] {
            assert_eq!(ListSaid::from_name(said.as_str()), Some(said));
        }
    }
}
