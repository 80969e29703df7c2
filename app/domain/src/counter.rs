//! When the counter of a text box speaks aloud. What it shows and says stands in [`crate::words::compose`].
//!
//! Somebody who hears the page must not hear every keystroke: nothing is said below three quarters of the first
//! part, and after that only what changes the text's price or its fate.

use crate::segments::{Encoding, Measure};

/// What a listener was last told, or may take for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Texts that it goes out as.
    pub parts: u32,
    pub encoding: Encoding,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            parts: 1,
            encoding: Encoding::Gsm7,
        }
    }
}

/// News for somebody who hears the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It goes out as another number of texts.
    Parts(u32),
    /// It needs more texts than the administrator allows.
    TooMany { parts: u32, allowed: u32 },
    /// One text has room for this many characters now.
    Room(u32),
}

/// What has to be said about the text as it now is, and what the listener knows afterwards.
pub fn news(told: Told, now: &Measure, allowed: u32) -> (Told, Option<News>) {
    if now.units == 0 {
        return (Told::default(), None);
    }
    if is_short(now) {
        return (told, None);
    }
    let knows = Told {
        parts: now.parts,
        encoding: now.encoding,
    };
    let news = if told.parts != now.parts {
        Some(of_parts(now.parts, allowed))
    } else if told.encoding != now.encoding {
        Some(News::Room(now.encoding.alone()))
    } else {
        None
    };
    (knows, news)
}

fn of_parts(parts: u32, allowed: u32) -> News {
    if parts > allowed {
        News::TooMany { parts, allowed }
    } else {
        News::Parts(parts)
    }
}

/// Below three quarters of the first part.
fn is_short(now: &Measure) -> bool {
    now.parts == 1 && now.units * 4 < now.room * 3
}

/// Units by which the text is too long for the texts allowed; 0 when it fits.
pub fn over(now: &Measure, allowed: u32) -> u32 {
    if now.parts <= allowed {
        return 0;
    }
    let holds = if allowed == 1 {
        now.encoding.alone()
    } else {
        allowed * now.encoding.joined()
    };
    // Places left empty at part boundaries can make a text too long that has fewer units than would fit.
    now.units.saturating_sub(holds).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segments::measure;

    fn after(told: Told, text: &str) -> (Told, Option<News>) {
        news(told, &measure(text), 2)
    }

    #[test]
    fn nothing_is_said_below_three_quarters_of_the_first_text() {
        for length in 0..120 {
            assert_eq!(
                after(Told::default(), &"a".repeat(length)).1,
                None,
                "{length}"
            );
        }
        assert_eq!(after(Told::default(), "it’s").1, None);
    }

    #[test]
    fn crossing_into_another_text_is_said_once() {
        let (told, said) = after(Told::default(), &"a".repeat(161));
        assert_eq!(said, Some(News::Parts(2)));
        let (told, said) = after(told, &"a".repeat(170));
        assert_eq!(said, None);
        assert_eq!(after(told, &"a".repeat(150)).1, Some(News::Parts(1)));
    }

    #[test]
    fn the_switch_to_seventy_is_said_when_it_begins_to_matter() {
        let curly = format!("’{}", "a".repeat(59));
        assert_eq!(after(Told::default(), &curly).1, Some(News::Room(70)));
    }

    #[test]
    fn too_many_texts_are_said_with_how_many_may_go() {
        let (_, said) = after(Told::default(), &"a".repeat(400));
        assert_eq!(
            said,
            Some(News::TooMany {
                parts: 3,
                allowed: 2
            })
        );
    }

    #[test]
    fn an_emptied_box_begins_anew_and_says_nothing() {
        let (told, _) = after(Told::default(), &"a".repeat(161));
        assert_eq!(after(told, ""), (Told::default(), None));
    }

    #[test]
    fn how_much_is_too_much() {
        assert_eq!(over(&measure(&"a".repeat(160)), 1), 0);
        assert_eq!(over(&measure(&"a".repeat(206)), 1), 46);
        assert_eq!(over(&measure(&"a".repeat(307)), 2), 1);
    }
}
