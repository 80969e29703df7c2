//! Why an organization's queue stands still, for how long, and what ends it.
//!
//! A halt is of the organization, not of a text: what waits keeps its place, and nobody sends a thousand texts to find
//! out a thousand times what is known.

use serde::{Deserialize, Serialize};
use std::time::Duration;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;

/// So many outcomes in a row of which nobody knows open the breaker.
pub const UNCLEAR_IN_A_ROW: i64 = 5;
/// How often Twilio is asked whether the account is right again, in milliseconds: 5 minutes.
pub const ASK_AGAIN: i64 = 5 * MINUTE;
/// No pause is longer than this, whatever Twilio asks for, in milliseconds.
pub const LONGEST: i64 = 5 * MINUTE;
/// The first pause after Twilio had too many requests or could not be reached, in milliseconds.
const FIRST_PAUSE: i64 = 2 * SECOND;
/// The breaker's first pause, in milliseconds: longer than an answer of Twilio's is waited for.
const FIRST_PROBE: i64 = 30 * SECOND;

/// Why a queue stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A backup was restored: what waits may have gone out. Only an administrator ends it.
    Restored,
    /// The database is another server's: what was done last may be missing in it. It ends once Twilio's list was compared.
    Failover,
    /// Twilio does not accept SID and token.
    Credentials,
    /// The account is suspended or closed.
    Suspended,
    /// What is taken for Twilio sends on to another address.
    Redirected,
    /// US carriers take nothing from the number until it is registered with them. Twilio cannot be asked whether it is, so
    /// only an administrator ends it.
    Unregistered,
    /// Too many outcomes in a row of which nobody knows.
    Breaker,
    /// No connection to Twilio comes about.
    Unreachable,
    /// Twilio has too many requests.
    Busy,
    /// A reason that a newer server knows, and this one does not: nothing leaves for it all the same.
    #[serde(other)]
    Newer,
}

impl Reason {
    /// Every reason that is known here, the one that weighs most first.
    pub const ALL: [Self; 9] = [
        Self::Restored,
        Self::Failover,
        Self::Credentials,
        Self::Suspended,
        Self::Redirected,
        Self::Unregistered,
        Self::Breaker,
        Self::Unreachable,
        Self::Busy,
    ];

    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Restored => "restored",
            Self::Failover => "failover",
            Self::Credentials => "credentials",
            Self::Suspended => "suspended",
            Self::Redirected => "redirected",
            Self::Unregistered => "unregistered",
            Self::Breaker => "breaker",
            Self::Unreachable => "unreachable",
            Self::Busy => "busy",
            Self::Newer => "newer",
        }
    }

    /// The reason of that name.
    pub fn from_name(name: &str) -> Self {
        let known = Self::ALL.into_iter().find(|reason| reason.as_str() == name);
        known.unwrap_or(Self::Newer)
    }

    /// Somebody has to put the account, or the way to it, right, and Twilio can be asked whether it is.
    pub fn is_of_account(self) -> bool {
        matches!(self, Self::Credentials | Self::Suspended | Self::Redirected)
    }

    /// Nothing leaves before somebody has put it right.
    pub fn needs_somebody(self) -> bool {
        self.is_of_account() || self == Self::Unregistered
    }
}

/// What a code of Twilio's says of all texts of the organization, if it does. Where Twilio refused the text with it, nothing
/// was made of the text.
pub fn of_code(code: u32) -> Option<Reason> {
    match code {
        20003 => Some(Reason::Credentials),
        20005 | 30002 => Some(Reason::Suspended),
        30032 | 30034 | 30035 => Some(Reason::Unregistered),
        _ => None,
    }
}

/// Whether the queue is halted now that a text, handed over at `handed`, failed because the number is not registered.
/// `last`: the halt for it, over or not.
///
/// Carriers report late. What was handed over before an administrator said that the number is registered says nothing of
/// how it is since, or each straggler would halt anew. An end that lies ahead is of a clock that was put back since, and
/// counts for nothing.
pub fn is_unregistered_since(handed: i64, last: Option<&Halt>, now: i64) -> bool {
    match last.map(|last| last.until) {
        None => true,
        Some(None) => false,
        Some(Some(ended)) => handed >= ended || now < ended,
    }
}

/// A queue's halt. Times are in milliseconds UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halt {
    pub reason: Reason,
    pub since: i64,
    /// When it is over by itself, or when the breaker lets one text try. Nothing: not by itself.
    pub until: Option<i64>,
    /// When Twilio is asked whether the account is right again.
    pub ask_at: Option<i64>,
    /// How many times in a row.
    pub times: i64,
}

impl Halt {
    /// Nothing may leave now. A halt for a time that lies wholly ahead is one of a clock that was put back.
    pub fn holds(&self, now: i64) -> bool {
        self.until
            .is_none_or(|until| self.since <= now && now < until)
    }

    /// The account is not right; Twilio is asked about it every five minutes.
    pub fn of_account(reason: Reason, now: i64) -> Self {
        Self {
            reason,
            since: now,
            until: None,
            ask_at: Some(now + ASK_AGAIN),
            times: 1,
        }
    }

    /// The number is not registered; nobody but an administrator can say that it is.
    pub fn of_number(now: i64) -> Self {
        Self {
            ask_at: None,
            ..Self::of_account(Reason::Unregistered, now)
        }
    }

    /// So many unclear outcomes in a row: does the breaker open?
    pub fn of_unclear(in_a_row: i64, now: i64) -> Option<Self> {
        (in_a_row >= UNCLEAR_IN_A_ROW).then(|| Self {
            reason: Reason::Breaker,
            since: now,
            until: Some(now + probe_pause(0)),
            ask_at: None,
            times: 0,
        })
    }

    /// Twilio has too many requests, or cannot be reached: a pause that grows while it goes on, and never less than
    /// Twilio asked for. `before`: the last such pause, if nothing went well since. `chance`: 0 to 999, so that not all
    /// organizations come back at once.
    pub fn of_pause(
        reason: Reason,
        before: Option<&Self>,
        now: i64,
        asked: Option<Duration>,
        chance: i64,
    ) -> Self {
        // Texts that left together are answered together: that is one time.
        let still = before.filter(|halt| halt.holds(now));
        let times = match (still, before) {
            (Some(halt), _) => halt.times,
            (None, Some(halt)) => halt.times + 1,
            (None, None) => 1,
        };
        let own = back_off(reason, times, chance);
        let asked = asked.map_or(0, |asked| {
            i64::try_from(asked.as_millis()).unwrap_or(LONGEST)
        });
        let until = now + own.max(asked.min(LONGEST));
        Self {
            reason,
            since: still.map_or(now, |halt| halt.since),
            until: Some(
                still
                    .and_then(|halt| halt.until)
                    .map_or(until, |was| was.max(until)),
            ),
            ask_at: None,
            times,
        }
    }
}

/// How long the breaker stays shut after so many texts tried in vain, in milliseconds.
pub fn probe_pause(times: i64) -> i64 {
    doubled(FIRST_PROBE, times)
}

fn back_off(reason: Reason, times: i64, chance: i64) -> i64 {
    let longest = match reason {
        // A cable that is plugged in again should not wait for minutes.
        Reason::Unreachable => 30 * SECOND,
        _ => LONGEST,
    };
    let pause = doubled(FIRST_PAUSE, times - 1).min(longest);
    pause + pause * chance.clamp(0, 999) / 4000
}

fn doubled(first: i64, times: i64) -> i64 {
    let times = u32::try_from(times.clamp(0, 20)).unwrap_or(0);
    first.saturating_mul(1 << times).min(LONGEST)
}

/// The halt that counts of several: the one that lasts longest decides, and of those without an end the weightiest.
pub fn first_of(halts: &[Halt], now: i64) -> Option<Halt> {
    let holding = halts.iter().filter(|halt| halt.holds(now));
    holding
        .min_by_key(|halt| {
            let last = halt.until.unwrap_or(i64::MAX);
            (std::cmp::Reverse(last), halt.reason)
        })
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_765_232_047_000;

    fn pause(before: Option<&Halt>, now: i64, asked: Option<u64>) -> Halt {
        Halt::of_pause(Reason::Busy, before, now, asked.map(Duration::from_secs), 0)
    }

    #[test]
    fn refused_credentials_hold_until_somebody_or_twilio_says_otherwise() {
        let halt = Halt::of_account(Reason::Credentials, NOW);
        assert!(halt.holds(NOW) && halt.holds(i64::MAX));
        assert_eq!(halt.ask_at, Some(NOW + 5 * 60_000));
    }

    #[test]
    fn a_pause_is_as_long_as_twilio_asks_for_and_no_longer_than_five_minutes() {
        assert_eq!(pause(None, NOW, Some(60)).until, Some(NOW + 60_000));
        assert_eq!(pause(None, NOW, Some(86_400)).until, Some(NOW + 300_000));
        assert_eq!(pause(None, NOW, Some(0)).until, Some(NOW + 2_000));
        assert_eq!(pause(None, NOW, None).until, Some(NOW + 2_000));
    }

    #[test]
    fn a_pause_grows_while_it_goes_on_and_texts_that_left_together_count_once() {
        let first = pause(None, NOW, None);
        let together = pause(Some(&first), NOW + 100, None);
        assert_eq!((together.times, together.since), (1, NOW));
        let mut last = together;
        let mut pauses = vec![];
        for _ in 0..9 {
            let now = last.until.expect("a time");
            assert!(!last.holds(now));
            last = pause(Some(&last), now, None);
            pauses.push((last.until.expect("a time") - now) / 1000);
        }
        assert_eq!(pauses, [4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    #[test]
    fn chance_lengthens_a_pause_by_a_quarter_at_most() {
        let with = |chance| Halt::of_pause(Reason::Busy, None, NOW, None, chance).until;
        assert!(with(999) > with(0));
        assert!(with(5_000).is_some_and(|until| until <= NOW + 2_500));
    }

    #[test]
    fn five_unclear_outcomes_in_a_row_open_the_breaker_and_each_vain_try_makes_the_pause_longer() {
        assert_eq!(Halt::of_unclear(4, NOW), None);
        let halt = Halt::of_unclear(5, NOW).expect("opens");
        assert!(halt.holds(NOW + 29_999) && !halt.holds(NOW + 30_000));
        let pauses: Vec<_> = (0..5).map(|times| probe_pause(times) / 1000).collect();
        assert_eq!(pauses, [30, 60, 120, 240, 300]);
    }

    #[test]
    fn a_clock_that_is_put_back_does_not_halt_for_a_year() {
        let halt = pause(None, NOW, None);
        assert!(!halt.holds(NOW - 365 * 24 * 60 * MINUTE));
        assert!(Halt::of_account(Reason::Credentials, NOW).holds(NOW - 1));
    }

    #[test]
    fn of_several_halts_the_one_that_lasts_longest_is_told() {
        let busy = pause(None, NOW, None);
        let refused = Halt::of_account(Reason::Credentials, NOW);
        let restored = Halt {
            reason: Reason::Restored,
            ..refused
        };
        assert_eq!(first_of(&[busy, refused], NOW), Some(refused));
        assert_eq!(first_of(&[refused, restored], NOW), Some(restored));
        assert_eq!(first_of(&[busy], NOW + 60_000), None);
    }

    #[test]
    fn every_reason_is_found_by_its_name() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_name(reason.as_str()), reason);
        }
    }

    #[test]
    fn a_reason_of_a_newer_server_is_read_and_its_queue_stands_still() {
        let reason = Reason::from_name("volcano");
        assert_eq!(reason, Reason::Newer);
        assert!(Halt::of_account(reason, NOW).holds(i64::MAX));
        // A page that is open while the server is replaced hears of it, too.
        let heard: Reason = serde_json::from_str("\"volcano\"").expect("any reason");
        assert_eq!(heard, Reason::Newer);
        let known: Reason = serde_json::from_str("\"unregistered\"").expect("a reason");
        assert_eq!(known, Reason::Unregistered);
    }

    #[test]
    fn the_first_text_that_carriers_refuse_as_unregistered_halts_and_those_beside_it_change_nothing()
     {
        assert!(is_unregistered_since(NOW, None, NOW + 1));
        let halt = Halt::of_number(NOW + 1);
        assert!(halt.holds(i64::MAX) && halt.ask_at.is_none());
        assert!(!is_unregistered_since(NOW, Some(&halt), NOW + 2));
    }

    /// The halt as it is after an administrator said at this time that the number is registered.
    fn ended(at: i64) -> Halt {
        Halt {
            since: at,
            until: Some(at),
            ..Halt::of_number(NOW)
        }
    }

    #[test]
    fn a_late_report_on_what_left_before_the_number_was_registered_does_not_halt_again() {
        let days = 3 * 24 * 60 * MINUTE;
        let last = ended(NOW);
        assert!(!last.holds(NOW - 1) && !last.holds(NOW) && !last.holds(NOW + 1));
        assert!(!is_unregistered_since(NOW - 1, Some(&last), NOW + 1));
        assert!(!is_unregistered_since(NOW - days, Some(&last), NOW + days));
    }

    #[test]
    fn what_left_after_the_number_was_called_registered_and_failed_all_the_same_halts_again() {
        let last = ended(NOW);
        assert!(is_unregistered_since(NOW, Some(&last), NOW));
        assert!(is_unregistered_since(NOW + 1, Some(&last), NOW + MINUTE));
    }

    #[test]
    fn an_end_that_a_clock_put_back_has_left_ahead_keeps_no_halt_away() {
        let last = ended(NOW + 60 * MINUTE);
        assert!(!last.holds(NOW));
        assert!(is_unregistered_since(NOW, Some(&last), NOW));
    }
}
