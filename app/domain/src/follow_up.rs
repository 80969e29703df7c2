//! When Twilio is asked about a text that has no final word: a carrier may report late, or never.

/// How long after sending, in milliseconds: 1, 5 and 30 minutes, 3 hours, then daily for 5 days.
pub const SCHEDULE: [i64; 9] = [
    MINUTE,
    5 * MINUTE,
    30 * MINUTE,
    3 * HOUR,
    DAY,
    2 * DAY,
    3 * DAY,
    4 * DAY,
    5 * DAY,
];
const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The times of reports on texts that nobody here has, which are told to whoever runs the program: after the first, not
/// after the second. Younger ones may still find their text; older ones are no news.
pub fn unclaimed(now: i64) -> (i64, i64) {
    (now - 30 * DAY, now - DAY)
}

/// After the time `asked` of the schedule, which was planned for `planned`, is over at `now`: how many are over, and
/// when the next one is. What was slept through is made up for by one question, not by many.
pub fn next(asked: i64, planned: i64, now: i64) -> (i64, Option<i64>) {
    let Some(due) = usize::try_from(asked).ok().and_then(|n| SCHEDULE.get(n)) else {
        return (LAST, None);
    };
    let sent = planned - due;
    let times = SCHEDULE.iter().zip(0i64..);
    let to_come = times.map(|(after, n)| (n, sent + after));
    let next = to_come.filter(|(n, at)| *n > asked && *at > now).min();
    next.map_or((LAST, None), |(n, at)| (n, Some(at)))
}

/// So many times of the schedule are over when all are.
pub const LAST: i64 = 9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_has_is_told_after_a_day_and_for_a_month() {
        let (after, upto) = unclaimed(100 * DAY);
        let told = |at: i64| at > after && at <= upto;
        assert!(!told(99 * DAY + 1) && told(99 * DAY));
        assert!(told(70 * DAY + 1) && !told(70 * DAY));
    }

    const SENT: i64 = 1_765_232_047_000;

    #[test]
    fn a_text_is_asked_about_at_every_time_of_the_schedule_and_then_no_more() {
        let (mut asked, mut at, mut times) = (0, SENT + SCHEDULE[0], vec![]);
        loop {
            times.push(at - SENT);
            match next(asked, at, at) {
                (n, Some(next)) => (asked, at) = (n, next),
                (n, None) => break assert_eq!(n, LAST),
            }
        }
        assert_eq!(times, SCHEDULE);
    }

    #[test]
    fn what_was_slept_through_is_made_up_for_once() {
        let two_days = SENT + 2 * DAY + HOUR;
        assert_eq!(next(0, SENT + MINUTE, two_days), (6, Some(SENT + 3 * DAY)));
        assert_eq!(next(0, SENT + MINUTE, SENT + 30 * DAY), (LAST, None));
    }

    #[test]
    fn numbers_that_nobody_wrote_end_it() {
        assert_eq!(next(-1, 0, 0), (LAST, None));
        assert_eq!(next(LAST, 0, 0), (LAST, None));
    }
}
