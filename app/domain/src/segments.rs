//! How long a text is, as Twilio counts and bills it.
//!
//! The rule is that of Twilio's message segment calculator: 160 septets in one GSM-7 text and 153 in
//! each part of a longer one; 70 and 67 UTF-16 units once any character is outside GSM-7. An escape
//! pair and a grapheme (what a reader takes for one character) never stand astride two parts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::{gsm7, replacements};

/// The longest body Twilio takes, in UTF-16 units (Messages resource, parameter `Body`).
pub const MAX_BODY: usize = 1600;

/// How a text travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// Seven bits a character, two septets for the extension table.
    Gsm7,
    /// Sixteen bits a UTF-16 unit; one character outside GSM-7 is enough.
    Ucs2,
}

impl Encoding {
    /// Units that a text of one part can hold: 160 septets, or 70 UTF-16 units.
    #[must_use]
    pub const fn alone(self) -> u32 {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Units in each part of a longer text; the header that joins the parts takes the rest.
    #[must_use]
    pub const fn joined(self) -> u32 {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }
}

/// One grapheme outside GSM-7, as a byte range of the measured text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odd {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What may stand in its place in GSM-7 with the same meaning; empty when it may simply go.
    pub replacement: Option<&'static str>,
}

/// The length of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// How it travels.
    pub encoding: Encoding,
    /// Septets or UTF-16 units of the whole text, without the places left empty at part boundaries.
    pub units: u32,
    /// Texts that Twilio bills; 1 for the empty text.
    pub parts: u32,
    /// Units that this number of parts can hold.
    pub room: u32,
    /// Units still free in the last part.
    pub left: u32,
    /// The graphemes that keep the text out of GSM-7, in their order; empty for GSM-7.
    pub odd: Vec<Odd>,
}

/// Measures a text as it stands; line ends are normalized by [`normalize_newlines`] beforehand.
#[must_use]
pub fn measure(text: &str) -> Measure {
    if gsm7::holds(text) {
        let sizes = || text.chars().filter_map(gsm7::septets);
        return lay_out(Encoding::Gsm7, sizes, Vec::new());
    }
    let sizes = || graphemes(text).map(|(_, grapheme)| utf16_len(grapheme));
    let odd = graphemes(text).filter_map(odd_at).collect();
    lay_out(Encoding::Ucs2, sizes, odd)
}

/// CRLF and lone CR become LF: browsers count LF and submit CRLF, and the two must weigh the same.
#[must_use]
pub fn normalize_newlines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text with every replaceable odd character replaced; the others stay as they are.
#[must_use]
pub fn with_replacements(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for odd in measure(text).odd {
        if let Some(replacement) = odd.replacement {
            out.push_str(&text[copied..odd.start]);
            out.push_str(replacement);
            copied = odd.end;
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// Whether the text can go out in at most this many parts and within [`MAX_BODY`].
#[must_use]
pub fn fits(text: &str, max_parts: u32) -> bool {
    text.encode_utf16().nth(MAX_BODY).is_none() && measure(text).parts <= max_parts
}

/// Graphemes with their first byte; CRLF counts as two, as in Twilio's calculator.
fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.grapheme_indices(true)
        .flat_map(|(at, grapheme)| match grapheme {
            "\r\n" => [Some((at, "\r")), Some((at + 1, "\n"))],
            _ => [Some((at, grapheme)), None],
        })
        .flatten()
}

fn odd_at((start, grapheme): (usize, &str)) -> Option<Odd> {
    // A grapheme wholly of GSM-7 characters is a single one: the alphabet has no combining marks.
    (!gsm7::holds(grapheme)).then(|| Odd {
        start,
        end: start + grapheme.len(),
        replacement: replacements::of_grapheme(grapheme),
    })
}

fn utf16_len(text: &str) -> u32 {
    text.chars()
        .map(|c| if c > '\u{ffff}' { 2 } else { 1 })
        .sum()
}

fn lay_out<I: Iterator<Item = u32>>(
    encoding: Encoding,
    sizes: impl Fn() -> I,
    odd: Vec<Odd>,
) -> Measure {
    let units = sizes().sum();
    let (parts, used, capacity) = if units <= encoding.alone() {
        (1, units, encoding.alone())
    } else {
        let (parts, used) = fill(sizes(), encoding.joined());
        (parts, used, encoding.joined())
    };
    Measure {
        encoding,
        units,
        parts,
        room: parts * capacity,
        left: capacity - used,
        odd,
    }
}

/// Fills parts in order, and returns their number and the units used in the last.
fn fill(sizes: impl Iterator<Item = u32>, capacity: u32) -> (u32, u32) {
    let (mut parts, mut used) = (1, 0);
    for mut size in sizes {
        if used + size > capacity && used > 0 {
            parts += 1;
            used = 0;
        }
        // Only a heap of combining marks is longer than a whole part: it has to be split after all.
        while size > capacity {
            parts += 1;
            size -= capacity;
        }
        used += size;
    }
    (parts, used)
}
