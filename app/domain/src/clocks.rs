//! Whether this machine's clock can be trusted. What is done by itself at a time is held while it cannot: a clock that
//! jumped ahead by a year would give up texts that left a minute ago.

use crate::check::CLOCK_OFF;

/// What the clocks show at one moment, in milliseconds UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// The machine's own, which can be set, and may have been wrong from the start.
    pub wall: i64,
    /// What that showed when the program began, counted on since by a clock that nobody sets; it stands still while the
    /// machine sleeps.
    pub counted: i64,
    /// Twilio's as it was last heard, counted on since in the same way.
    pub twilios: Option<i64>,
}

/// How far the machine's clock can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It agrees with Twilio's.
    Agreed,
    /// It was not set since the program began, and nobody else has told the time yet.
    Alone,
    /// It is ahead by so many seconds, or behind if negative.
    Off { seconds: i64 },
}

impl Clocks {
    /// By how much the machine's clock is ahead of the best that is known, in milliseconds. Twilio's word outweighs what
    /// was counted: a machine that slept has a clock that is right, and one that was wrong at the start is found out.
    pub fn ahead(&self) -> i64 {
        self.wall
            .saturating_sub(self.twilios.unwrap_or(self.counted))
    }

    /// How far the machine's clock can be trusted.
    pub fn trust(&self) -> Trust {
        match (self.ahead(), self.twilios) {
            (ahead, _) if ahead.saturating_abs() > CLOCK_OFF => Trust::Off {
                seconds: ahead / 1000,
            },
            (_, Some(_)) => Trust::Agreed,
            (_, None) => Trust::Alone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_765_232_047_000;
    const SECOND: i64 = 1000;
    const MINUTE: i64 = 60 * SECOND;
    const HOUR: i64 = 60 * MINUTE;
    const YEAR: i64 = 365 * 24 * HOUR;

    fn trust(wall: i64, counted: i64, twilios: Option<i64>) -> Trust {
        let clocks = Clocks {
            wall,
            counted,
            twilios,
        };
        clocks.trust()
    }

    #[test]
    fn s20_a_clock_that_jumps_is_not_trusted_whichever_way_it_jumped() {
        for jump in [YEAR, -YEAR, HOUR, -HOUR, 2 * MINUTE + 1, -2 * MINUTE - 1] {
            let seconds = jump / SECOND;
            assert_eq!(trust(NOW + jump, NOW, None), Trust::Off { seconds });
            assert_eq!(trust(NOW + jump, NOW, Some(NOW)), Trust::Off { seconds });
        }
    }

    #[test]
    fn two_minutes_and_a_leap_second_are_no_disagreement() {
        for off in [0, SECOND, -SECOND, 2 * MINUTE, -2 * MINUTE] {
            assert_eq!(trust(NOW + off, NOW, None), Trust::Alone);
            assert_eq!(trust(NOW + off, NOW, Some(NOW)), Trust::Agreed);
        }
    }

    #[test]
    fn o6_a_clock_that_was_wrong_from_the_start_is_found_out_by_twilios() {
        let wrong = NOW + YEAR;
        assert_eq!(trust(wrong, wrong, None), Trust::Alone);
        let seconds = YEAR / SECOND;
        assert_eq!(trust(wrong, wrong, Some(NOW)), Trust::Off { seconds });
        // Set right it is trusted, although it jumped.
        assert_eq!(trust(NOW, wrong, Some(NOW)), Trust::Agreed);
    }

    #[test]
    fn a_machine_that_slept_is_trusted_once_twilio_says_the_same() {
        let slept = 8 * HOUR;
        let seconds = slept / SECOND;
        // What was heard before it slept was not counted on meanwhile.
        assert_eq!(trust(NOW + slept, NOW, Some(NOW)), Trust::Off { seconds });
        assert_eq!(trust(NOW + slept, NOW, Some(NOW + slept)), Trust::Agreed);
    }

    #[test]
    fn no_clock_is_so_wrong_that_the_rule_breaks() {
        assert!(matches!(trust(i64::MAX, i64::MIN, None), Trust::Off { .. }));
        assert!(matches!(
            trust(i64::MIN, i64::MAX, Some(i64::MAX)),
            Trust::Off { .. }
        ));
    }
}
