//! After the database moved to another server, which may lack what was done last: texts that look as if they waited may
//! have gone out. Nothing leaves until they were compared with Twilio's list.

use crate::unclear::{self, Candidate, SLACK};

/// Whatever was on its way by what is missing now has ended after so long, and is in Twilio's list if Twilio took it:
/// a minute, in milliseconds. Our request ends after 15 seconds.
pub const SETTLED: i64 = MINUTE;
/// So far before the move Twilio's list is read at least: 10 minutes, in milliseconds.
pub const BACK: i64 = 10 * MINUTE;
const MINUTE: i64 = 60 * 1000;

/// From when on Twilio's list is read: no text that is compared left before it was written.
pub fn since(moved: i64, written: impl IntoIterator<Item = i64>) -> i64 {
    written.into_iter().fold(moved - BACK, i64::min) - SLACK
}

/// The list could not be had for so long that staff are asked instead.
pub fn gives_up(moved: i64, now: i64) -> bool {
    now - moved >= unclear::GRACE
}

/// What Twilio's list says of one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared<'a> {
    /// It went out, and this is its Sid.
    WentOut(&'a str),
    /// One with these words went out that nobody here knows, but before this one was written: perhaps the same person
    /// pressed again because the first answer was lost. Staff decide.
    Alike,
    /// It did not go out.
    NotThere,
}

/// Compares a text that was written, or handed over, at `from` with what Twilio's list has to its number.
pub fn compare<'a>(
    body: &str,
    from: i64,
    listed: &[Candidate<'a>],
    is_taken: impl Fn(&str) -> bool,
) -> Compared<'a> {
    let found = unclear::find(body, (from, i64::MAX), listed.iter().copied(), &is_taken);
    if let Some(sid) = found {
        return Compared::WentOut(sid);
    }
    let alike = |one: &Candidate<'_>| unclear::is_body(body, one.body) && !is_taken(one.sid);
    match listed.iter().any(alike) {
        true => Compared::Alike,
        false => Compared::NotThere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: i64 = 1_765_232_047_000;

    fn one<'a>(sid: &'a str, body: &'a str, at: i64) -> Candidate<'a> {
        let at = Some(at);
        Candidate { sid, body, at }
    }

    fn compared<'a>(listed: &[Candidate<'a>]) -> Compared<'a> {
        compare("Hello", AT, listed, |sid| sid == "SM1")
    }

    #[test]
    fn the_list_is_read_from_ten_minutes_before_the_move_or_from_the_oldest_text_that_waits() {
        assert_eq!(since(AT, []), AT - BACK - SLACK);
        assert_eq!(since(AT, [AT - 1, AT + 1]), AT - BACK - SLACK);
        let hour = 60 * MINUTE;
        assert_eq!(since(AT, [AT - 1, AT - hour]), AT - hour - SLACK);
    }

    #[test]
    fn a_text_that_twilio_has_went_out_however_long_after_it_was_written() {
        let later = AT + 9 * 60 * MINUTE;
        let list = [one("SM2", "Hello", later), one("SM3", "Other", AT)];
        assert_eq!(compared(&list), Compared::WentOut("SM2"));
    }

    #[test]
    fn what_another_text_here_is_known_by_says_nothing_of_this_one() {
        assert_eq!(compared(&[one("SM1", "Hello", AT)]), Compared::NotThere);
        assert_eq!(
            compared(&[one("SM1", "Hello", AT - MINUTE)]),
            Compared::NotThere
        );
    }

    #[test]
    fn the_same_words_from_before_it_was_written_are_a_question_and_no_answer() {
        let before = AT - SLACK - 1;
        assert_eq!(compared(&[one("SM2", "Hello", before)]), Compared::Alike);
        let without_a_time = Candidate {
            at: None,
            ..one("SM2", "Hello", AT)
        };
        assert_eq!(compared(&[without_a_time]), Compared::Alike);
        let both = [one("SM2", "Hello", before), one("SM4", "Hello", AT)];
        assert_eq!(compared(&both), Compared::WentOut("SM4"));
    }

    #[test]
    fn without_a_list_staff_are_asked_after_as_long_as_for_any_other_text() {
        assert!(!gives_up(AT, AT + unclear::GRACE - 1));
        assert!(gives_up(AT, AT + unclear::GRACE));
    }
}
