//! Business days: Monday to Friday without the federal holidays of the United States (5 U.S.C. 6103). A holiday on a
//! Saturday is kept on the Friday before, one on a Sunday on the Monday after.

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// How long a withdrawal may take to be honored: 47 CFR 64.1200(a)(10).
pub const DAYS_TO_HONOR: u32 = 10;

/// 0 is Sunday.
const SATURDAY: i64 = 6;
const SUNDAY: i64 = 0;
const MONDAY: i64 = 1;
const THURSDAY: i64 = 4;

impl Day {
    /// That day; `None` when the calendar has none such.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let meant = Self { year, month, day };
        let exists = (1..=12).contains(&month) && Self::from_number(meant.number()) == meant;
        exists.then_some(meant)
    }

    /// Reads YYYY-MM-DD.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        Self::new(year, month, parts.next()?.parse().ok()?)
    }

    /// The day so many days later.
    pub fn plus(self, days: i64) -> Self {
        Self::from_number(self.number() + days)
    }

    /// Whether offices of the government work.
    pub fn is_business_day(self) -> bool {
        !matches!(self.weekday(), SATURDAY | SUNDAY) && !self.is_kept_as_holiday()
    }

    /// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    fn number(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let year = if month <= 2 { year - 1 } else { year };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    fn from_number(number: i64) -> Self {
        let shifted = number + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * years + years / 4 - years / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = (from_march + 2) % 12 + 1;
        let year = years + era * 400 + i64::from(month <= 2);
        let narrow = |n: i64| u8::try_from(n).unwrap_or_default();
        Self {
            year: i32::try_from(year).unwrap_or_default(),
            month: narrow(month),
            day: narrow(of_year - (153 * from_march + 2) / 5 + 1),
        }
    }

    fn weekday(self) -> i64 {
        (self.number() + 4).rem_euclid(7)
    }

    fn is_kept_as_holiday(self) -> bool {
        match self.weekday() {
            MONDAY => self.is_holiday() || self.plus(-1).is_holiday(),
            5 => self.is_holiday() || self.plus(1).is_holiday(),
            _ => self.is_holiday(),
        }
    }

    fn is_holiday(self) -> bool {
        let nth = (self.day - 1) / 7 + 1;
        let last = self.plus(7).month != self.month;
        match (self.month, self.day) {
            (1, 1) | (6, 19) | (7, 4) | (11, 11) | (12, 25) => true,
            (1 | 2, _) => self.weekday() == MONDAY && nth == 3,
            (5, _) => self.weekday() == MONDAY && last,
            (9, _) => self.weekday() == MONDAY && nth == 1,
            (10, _) => self.weekday() == MONDAY && nth == 2,
            (11, _) => self.weekday() == THURSDAY && nth == 4,
            _ => false,
        }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The last day on which a withdrawal of that day may be honored.
pub fn due(received: Day) -> Day {
    let mut day = received;
    for _ in 0..DAYS_TO_HONOR {
        day = next_business_day(day);
    }
    day
}

/// Business days from today to the last day, that day included; none once it is over.
pub fn left(today: Day, due: Day) -> u32 {
    let (mut day, mut count) = (today, 0);
    while day < due && count < 100 {
        day = next_business_day(day);
        count += 1;
    }
    count
}

fn next_business_day(day: Day) -> Day {
    let mut next = day.plus(1);
    while !next.is_business_day() {
        next = next.plus(1);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day written here")
    }

    #[test]
    fn the_calendar_goes_there_and_back() {
        for number in -100_000..100_000 {
            assert_eq!(Day::from_number(number).number(), number);
        }
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(day("2000-02-29").plus(1), day("2000-03-01"));
        for text in [
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-04-31",
            "2025-4",
            "",
            "soon",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn ten_business_days_jump_weekends() {
        assert_eq!(due(day("2025-12-01")), day("2025-12-15"));
        assert_eq!(
            due(day("2025-06-06")),
            day("2025-06-23"),
            "Juneteenth is jumped too"
        );
        assert_eq!(
            due(day("2025-08-02")),
            day("2025-08-15"),
            "received on a Saturday"
        );
    }

    #[test]
    fn ten_business_days_jump_holidays() {
        assert_eq!(
            due(day("2025-12-19")),
            day("2026-01-06"),
            "Christmas and New Year"
        );
        assert_eq!(due(day("2026-11-25")), day("2026-12-10"), "Thanksgiving");
    }

    #[test]
    fn every_federal_holiday_of_2026_is_known() {
        let mut found = vec![];
        let mut at = day("2026-01-01");
        while at.year == 2026 {
            if !matches!(at.weekday(), SATURDAY | SUNDAY) && !at.is_business_day() {
                found.push(at.to_string());
            }
            at = at.plus(1);
        }
        // OPM, "2026 Holiday Schedule". July 4 is a Saturday and kept on the Friday.
        assert_eq!(
            found,
            [
                "2026-01-01",
                "2026-01-19",
                "2026-02-16",
                "2026-05-25",
                "2026-06-19",
                "2026-07-03",
                "2026-09-07",
                "2026-10-12",
                "2026-11-11",
                "2026-11-26",
                "2026-12-25",
            ]
        );
    }

    #[test]
    fn a_new_year_on_a_saturday_is_kept_in_the_old_year() {
        assert!(!day("2021-12-31").is_business_day());
    }

    #[test]
    fn the_days_that_are_left_run_out() {
        assert_eq!(left(day("2025-12-01"), day("2025-12-15")), 10);
        assert_eq!(left(day("2025-12-12"), day("2025-12-15")), 1);
        assert_eq!(left(day("2025-12-15"), day("2025-12-15")), 0);
        assert_eq!(left(day("2025-12-16"), day("2025-12-15")), 0);
    }
}
