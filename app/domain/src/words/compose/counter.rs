//! The counter: what it shows, and what it says.

use super::texts;
use crate::{
    counter::{self, News},
    segments::{Encoding, Measure},
    words::count,
};

/// The loud half of the counter: "27 left", "46 too many".
pub fn left(measure: &Measure, allowed: u32) -> String {
    match counter::over(measure, allowed) {
        0 => format!("{} left", measure.left),
        over => format!("{over} too many"),
    }
}

/// What follows it: in which text there is room.
pub fn left_where(measure: &Measure, allowed: u32) -> String {
    match (counter::over(measure, allowed), measure.parts) {
        (0, 1) => String::new(),
        (0, parts) => format!(" in text {parts} of {parts}"),
        _ => format!(" for {}", count(i64::from(allowed), "text", "texts")),
    }
}

/// The quiet half of the counter: texts, characters, encoding.
pub fn total(measure: &Measure, allowed: u32) -> String {
    let Measure {
        units, parts, room, ..
    } = measure;
    let encoding = encoding(measure.encoding);
    match parts {
        1 if *units == 0 => format!("1 text · up to {room} characters · {encoding}"),
        1 => format!("1 text · {units} of {room} · {encoding}"),
        _ if *parts > allowed => {
            format!("Would go out as {parts} texts · {units} characters · {encoding}")
        }
        _ => format!("Goes out as {parts} texts · {units} of {room} · {encoding}"),
    }
}

/// The name of an encoding, as Twilio's bills and manuals have it.
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Gsm7 => "GSM-7",
        Encoding::Ucs2 => "UCS-2",
    }
}

/// News for those who hear the page.
pub fn news(news: News) -> String {
    match news {
        News::Parts(parts) => texts(parts),
        News::TooMany { parts, allowed } => {
            format!(
                "Too long: {}. No more than {} can be sent",
                texts(parts),
                texts(allowed)
            )
        }
        News::Room(room) => format!("One text now holds {room} characters"),
    }
}

/// How many blanks there are, and how the keyboard goes through them.
pub fn gaps(blanks: usize) -> String {
    let blanks = count(i64::try_from(blanks).unwrap_or(i64::MAX), "blank", "blanks");
    format!("{blanks} to fill in. Tab goes to the next one; Esc, then Tab, leaves the text.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segments::measure;

    #[test]
    fn the_counter_counts_down_in_words() {
        let line = |text: &str, allowed| {
            let m = measure(text);
            format!(
                "{}{} | {}",
                left(&m, allowed),
                left_where(&m, allowed),
                total(&m, allowed)
            )
        };
        assert_eq!(
            line("", 1),
            "160 left | 1 text · up to 160 characters · GSM-7"
        );
        assert_eq!(
            line(&"a".repeat(133), 1),
            "27 left | 1 text · 133 of 160 · GSM-7"
        );
        assert_eq!(
            line(&"a".repeat(206), 2),
            "100 left in text 2 of 2 | Goes out as 2 texts · 206 of 306 · GSM-7"
        );
        assert_eq!(
            line(&"a".repeat(206), 1),
            "46 too many for 1 text | Would go out as 2 texts · 206 characters · GSM-7"
        );
        assert_eq!(line("it’s", 1), "66 left | 1 text · 4 of 70 · UCS-2");
    }
}
