//! When a check runs by itself: once a night.

/// A check that was cut off is begun again after this time: 5 minutes, in milliseconds.
const AGAIN: i64 = 5 * 60 * 1000;
/// What lies further ahead a wrong clock wrote: an hour, in milliseconds.
const AHEAD: i64 = 60 * 60 * 1000;

/// What is known of an organization's checks. Times are in milliseconds UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nightly {
    /// When the last nightly check was taken up.
    pub taken_at: Option<i64>,
    /// When the last check began, whoever asked for it.
    pub began_at: Option<i64>,
    /// When it ended. Nothing: it runs, or was cut off.
    pub ended_at: Option<i64>,
}

impl Nightly {
    /// Whether the check of the night that began at `night` is to be done now: it was not taken up, or was cut off.
    pub fn is_due(&self, night: i64, now: i64) -> bool {
        let Some(taken) = self.taken_at.filter(|at| *at <= now + AHEAD) else {
            return true;
        };
        let ended = self.ended_at.is_some_and(|ended| ended > taken);
        let quiet = |at: Option<i64>| at.is_none_or(|at| (now - at).abs() >= AGAIN);
        taken < night || (!ended && quiet(Some(taken)) && quiet(self.began_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NIGHT: i64 = 1_765_232_047_000;
    const MINUTE: i64 = 60 * 1000;

    fn taken(at: i64, ended_at: Option<i64>) -> Nightly {
        Nightly {
            taken_at: Some(at),
            began_at: Some(at + 1),
            ended_at,
        }
    }

    #[test]
    fn a_night_is_checked_once() {
        assert!(Nightly::default().is_due(NIGHT, NIGHT));
        let done = taken(NIGHT, Some(NIGHT + 9));
        assert!(!done.is_due(NIGHT, NIGHT + 10));
        assert!(!done.is_due(NIGHT, NIGHT + 23 * 60 * MINUTE));
        let next = NIGHT + 24 * 60 * MINUTE;
        assert!(done.is_due(next, next));
    }

    #[test]
    fn a_check_that_was_cut_off_is_begun_again_in_the_same_night_after_five_minutes() {
        for ended in [None, Some(NIGHT), Some(NIGHT - 24 * 60 * MINUTE)] {
            let cut_off = taken(NIGHT, ended);
            assert!(!cut_off.is_due(NIGHT, NIGHT + 4 * MINUTE));
            assert!(cut_off.is_due(NIGHT, NIGHT + 6 * MINUTE));
        }
    }

    #[test]
    fn a_check_that_somebody_just_began_is_not_overtaken() {
        let noon = NIGHT + 9 * 60 * MINUTE;
        let running = Nightly {
            taken_at: Some(NIGHT),
            began_at: Some(noon),
            ended_at: None,
        };
        assert!(!running.is_due(NIGHT, noon + MINUTE));
        assert!(running.is_due(NIGHT, noon + 6 * MINUTE));
    }

    #[test]
    fn s20_a_night_that_a_wrong_clock_took_a_year_ahead_is_taken_again() {
        let ahead = taken(NIGHT + 365 * 24 * 60 * MINUTE, None);
        assert!(ahead.is_due(NIGHT, NIGHT + 1));
        // Of another server, whose clock is a little ahead.
        assert!(!taken(NIGHT + MINUTE, Some(NIGHT + MINUTE + 1)).is_due(NIGHT, NIGHT + 1));
    }
}
