//! Dates and times in words. See [`super::Reader::when`] for why no pattern is used.

use jiff::civil::{Date, DateTime, Weekday};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "2025-12-08T22:14:07.000Z"
pub fn machine(utc: DateTime) -> String {
    let mut words = String::with_capacity(24);
    let year = utc.year();
    for place in [1000, 100, 10, 1] {
        words.push(digit(year / place));
    }
    words.push('-');
    two(&mut words, utc.month());
    words.push('-');
    two(&mut words, utc.day());
    words.push('T');
    to_the_second(&mut words, utc);
    let millis = utc.millisecond();
    words.push('.');
    words.push(digit(millis / 100));
    words.push(digit(millis / 10));
    words.push(digit(millis));
    words.push('Z');
    words
}

/// "Monday, December 8, 2025, 22:14:07 UTC"
pub fn exact(utc: DateTime) -> String {
    let mut words = String::with_capacity(48);
    words.push_str(weekday(utc.date()));
    words.push_str(", ");
    words.push_str(month(utc.date()));
    words.push(' ');
    number(&mut words, utc.day());
    words.push_str(", ");
    words.push_str(&utc.year().to_string());
    words.push_str(", ");
    to_the_second(&mut words, utc);
    words.push_str(" UTC");
    words
}

/// "2:14 PM"
pub fn clock(at: DateTime) -> String {
    let mut words = String::with_capacity(8);
    let (hour, half) = (at.hour() % 12, if at.hour() < 12 { " AM" } else { " PM" });
    number(&mut words, if hour == 0 { 12 } else { hour });
    words.push(':');
    two(&mut words, at.minute());
    words.push_str(half);
    words
}

/// "Today", "Yesterday", "Fri, Dec 5" or "Dec 5, 2025"
pub fn day(date: Date, today: Date) -> String {
    if date == today {
        return "Today".into();
    }
    if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
        return "Yesterday".into();
    }
    let this_year = date.year() == today.year();
    let mut words = String::with_capacity(16);
    if this_year {
        words.push_str(&weekday(date)[..3]);
        words.push_str(", ");
    }
    words.push_str(&month(date)[..3]);
    words.push(' ');
    number(&mut words, date.day());
    if !this_year {
        words.push_str(", ");
        words.push_str(&date.year().to_string());
    }
    words
}

fn to_the_second(words: &mut String, at: DateTime) {
    two(words, at.hour());
    words.push(':');
    two(words, at.minute());
    words.push(':');
    two(words, at.second());
}

fn two(words: &mut String, value: i8) {
    words.push(digit((value / 10).into()));
    words.push(digit(value.into()));
}

fn number(words: &mut String, value: i8) {
    if value >= 10 {
        words.push(digit((value / 10).into()));
    }
    words.push(digit(value.into()));
}

/// The last digit of a number.
fn digit(value: i16) -> char {
    char::from(b'0' + (value % 10).unsigned_abs() as u8)
}

fn month(date: Date) -> &'static str {
    MONTHS[usize::from(date.month().unsigned_abs()) - 1]
}

fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{Timestamp, tz::TimeZone};

    #[test]
    fn every_kind_of_moment_reads_as_its_pattern_would() {
        // Steps that hit every hour, weekday, month and end of a year, and no round numbers.
        let step = 40 * 3600 + 1861;
        let today = Date::constant(2024, 2, 29);
        for second in (-86_400..2_200_000_000_i64).step_by(step * 11) {
            let at = Timestamp::from_millisecond(second * 1000 + second.rem_euclid(1000))
                .expect("a moment")
                .to_zoned(TimeZone::UTC);
            let moment = at.datetime();
            let pattern = |pattern| at.strftime(pattern).to_string();
            assert_eq!(machine(moment), pattern("%Y-%m-%dT%H:%M:%S.%3fZ"));
            assert_eq!(exact(moment), pattern("%A, %B %-d, %Y, %H:%M:%S UTC"));
            assert_eq!(clock(moment), pattern("%-I:%M %p"));
            let year = if moment.year() == 2024 {
                "%a, %b %-d"
            } else {
                "%b %-d, %Y"
            };
            if day(moment.date(), today).len() > 9 {
                assert_eq!(day(moment.date(), today), pattern(year));
            }
        }
    }
}
