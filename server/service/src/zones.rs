//! Moments in words, in a time zone that the server knows.

mod spoken;

use domain::{calendar::Day, when::When};
use jiff::{
    Timestamp, Zoned,
    tz::{Offset, TimeZone},
};
use spoken::{clock, day, exact, machine};

/// Offered first: the zones of the United States, by the names people know from their phones.
pub const NEAR: [&str; 9] = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/Mexico_City",
];

/// The zones to choose from: the near ones first, then all others by name.
pub fn all() -> Vec<String> {
    let mut names: Vec<String> = NEAR.iter().map(|name| (*name).to_owned()).collect();
    let mut others: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| {
            name.contains('/') && !name.starts_with("Etc/") && !NEAR.contains(&name.as_str())
        })
        .collect();
    others.sort();
    names.append(&mut others);
    names
}

/// Whether there is such a zone.
pub fn exists(name: &str) -> bool {
    name.contains('/') && jiff::tz::db().get(name).is_ok()
}

/// Somebody who reads at a moment, in a time zone: for whom moments are put into words.
pub struct Reader {
    zone: TimeZone,
    now: Zoned,
}

impl Reader {
    /// An unknown zone reads as UTC.
    pub fn new(zone: &str, now: i64) -> Self {
        let zone = jiff::tz::db().get(zone).unwrap_or(TimeZone::UTC);
        let now = moment(now, &zone);
        Self { zone, now }
    }

    /// A moment in words. A page holds a hundred of them, so they are put together by hand: a pattern that is read
    /// anew for each costs ten times as much.
    pub fn when(&self, at: i64) -> When {
        let at = instant(at);
        let zone = self.zone.to_offset_info(at);
        let (here, utc) = (zone.offset().to_datetime(at), Offset::UTC.to_datetime(at));
        When {
            utc: machine(utc),
            day: day(here.date(), self.now.date()),
            time: clock(here),
            zone: zone.abbreviation().to_owned(),
            exact: exact(utc),
        }
    }
}

/// A single moment in words for somebody in `zone` who reads it at `now`.
pub fn when(at: i64, zone: &str, now: i64) -> When {
    Reader::new(zone, now).when(at)
}

/// When the last night began in `zone`: the latest 3 o'clock in the morning that is not after `now`.
pub fn night(now: i64, zone: &str) -> i64 {
    let zone = jiff::tz::db().get(zone).unwrap_or(TimeZone::UTC);
    let local = moment(now, &zone);
    let begins = |date: jiff::civil::Date| date.at(3, 0, 0, 0).to_zoned(zone.clone()).ok();
    let tonight = begins(local.date()).filter(|night| *night <= local);
    let night = tonight.or_else(|| begins(local.date().yesterday().ok()?));
    night.map_or(now, |night| night.timestamp().as_millisecond())
}

/// The day of a moment in a zone.
pub fn date(at: i64, zone: &str) -> Day {
    let zone = jiff::tz::db().get(zone).unwrap_or(TimeZone::UTC);
    let date = moment(at, &zone).date();
    let narrow = |n: i8| u8::try_from(n).unwrap_or(1);
    Day {
        year: i32::from(date.year()),
        month: narrow(date.month()),
        day: narrow(date.day()),
    }
}

/// A day in words: "Thu, Dec 10", with the year when it is not this one.
pub fn day_in_words(day: Day, today: Day) -> String {
    let narrow = |n: u8| i8::try_from(n).unwrap_or(1);
    let year = i16::try_from(day.year).unwrap_or(i16::MAX);
    let Ok(date) = jiff::civil::Date::new(year, narrow(day.month), narrow(day.day)) else {
        return day.to_string();
    };
    let form = if day.year == today.year {
        "%a, %b %-d"
    } else {
        "%a, %b %-d, %Y"
    };
    date.strftime(form).to_string()
}

fn instant(at: i64) -> Timestamp {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn moment(at: i64, zone: &TimeZone) -> Zoned {
    instant(at).to_zoned(zone.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> i64 {
        text.parse::<Timestamp>()
            .expect("a moment written here")
            .as_millisecond()
    }

    #[test]
    fn a_night_begins_at_three_where_the_office_is() {
        let of = |now| night(ms(now), "America/Los_Angeles");
        assert_eq!(of("2025-12-08T11:00:00Z"), ms("2025-12-08T11:00:00Z"));
        assert_eq!(of("2025-12-08T10:59:59Z"), ms("2025-12-07T11:00:00Z"));
        assert_eq!(of("2025-12-09T07:00:00Z"), ms("2025-12-08T11:00:00Z"));
        // The hours change at 2 o'clock: 3 is 3 before and after.
        assert_eq!(of("2026-03-08T12:00:00Z"), ms("2026-03-08T10:00:00Z"));
        assert_eq!(
            night(ms("2025-12-08T11:00:00Z"), "Mars/Base"),
            ms("2025-12-08T03:00:00Z")
        );
    }

    #[test]
    fn the_same_moment_reads_in_each_readers_zone() {
        let (at, now) = (ms("2025-12-08T22:14:07Z"), ms("2025-12-09T02:00:00Z"));
        let west = when(at, "America/Los_Angeles", now);
        assert_eq!(
            (west.day.as_str(), west.time.as_str(), west.zone.as_str()),
            ("Today", "2:14 PM", "PST")
        );
        let east = when(at, "America/New_York", now);
        assert_eq!((east.time.as_str(), east.zone.as_str()), ("5:14 PM", "EST"));
        let honolulu = when(at, "Pacific/Honolulu", now);
        assert_eq!(
            (honolulu.time.as_str(), honolulu.zone.as_str()),
            ("12:14 PM", "HST")
        );
        assert_eq!(west.utc, "2025-12-08T22:14:07.000Z");
        assert_eq!(west.exact, "Monday, December 8, 2025, 22:14:07 UTC");
    }

    #[test]
    fn midnight_is_the_readers_midnight() {
        let now = ms("2025-12-09T09:00:00Z");
        assert_eq!(
            when(ms("2025-12-09T07:59:59Z"), "America/Los_Angeles", now).day,
            "Yesterday"
        );
        assert_eq!(
            when(ms("2025-12-09T08:00:00Z"), "America/Los_Angeles", now).day,
            "Today"
        );
    }

    #[test]
    fn the_hour_that_summer_time_repeats_is_told_apart_by_its_name() {
        let now = ms("2025-11-03T00:00:00Z");
        assert_eq!(
            when(ms("2025-11-02T08:30:00Z"), "America/Los_Angeles", now).zone,
            "PDT"
        );
        assert_eq!(
            when(ms("2025-11-02T09:30:00Z"), "America/Los_Angeles", now).zone,
            "PST"
        );
    }

    #[test]
    fn older_days_carry_their_date_and_other_years_their_year() {
        let now = ms("2025-12-08T22:14:07Z");
        assert_eq!(
            when(ms("2025-12-05T20:00:00Z"), "America/Los_Angeles", now).day,
            "Fri, Dec 5"
        );
        assert_eq!(
            when(ms("2024-12-05T20:00:00Z"), "America/Los_Angeles", now).day,
            "Dec 5, 2024"
        );
    }

    #[test]
    fn a_day_is_the_readers_day() {
        let late = ms("2025-12-09T03:00:00Z");
        assert_eq!(date(late, "America/Los_Angeles").to_string(), "2025-12-08");
        assert_eq!(date(late, "UTC").to_string(), "2025-12-09");
        let (day, today) = (date(late, "UTC"), date(late, "America/Los_Angeles"));
        assert_eq!(day_in_words(day, today), "Tue, Dec 9");
        let next_year = Day::parse("2026-01-06").expect("a day");
        assert_eq!(day_in_words(next_year, today), "Tue, Jan 6, 2026");
    }

    #[test]
    fn only_zones_that_exist_are_taken() {
        assert!(exists("America/Los_Angeles"));
        assert!(!exists("America/Bakersfield"));
        assert!(!exists(""));
        assert!(all().iter().all(|name| exists(name)));
    }
}
