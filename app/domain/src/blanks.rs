//! Blanks of a quick entry: `____` or `[words]`, filled in by hand before sending.

/// A blank, as a byte range of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blank {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// Underscores that make a blank; two stand in names and addresses.
const UNDERSCORES: usize = 3;
/// The most characters between the brackets of a `[words]` blank.
const WORDS: usize = 40;

/// Every blank, in order: runs of three or more `_`, and `[words]` of 1 to 40 characters that are not
/// all white space and hold neither a line break nor a bracket.
#[must_use]
pub fn find(text: &str) -> Vec<Blank> {
    let mut blanks = Vec::new();
    let mut at = 0;
    while let Some(skipped) = text[at..].find(['_', '[']) {
        at += skipped;
        let length = length_at(&text[at..]);
        match length {
            Ok(length) => {
                blanks.push(Blank {
                    start: at,
                    end: at + length,
                });
                at += length;
            }
            Err(length) => at += length,
        }
    }
    blanks
}

/// The first blank that starts at or after this byte, else the first of the text.
#[must_use]
pub fn next(text: &str, from_byte: usize) -> Option<Blank> {
    let blanks = find(text);
    let ahead = blanks.iter().find(|blank| blank.start >= from_byte);
    ahead.or(blanks.first()).copied()
}

/// Bytes of the blank that begins here, or as an error the bytes that are none.
fn length_at(rest: &str) -> Result<usize, usize> {
    if rest.starts_with('[') {
        return bracketed(rest).ok_or(1);
    }
    let run = rest.bytes().take_while(|byte| *byte == b'_').count();
    if run >= UNDERSCORES {
        Ok(run)
    } else {
        Err(run)
    }
}

fn bracketed(rest: &str) -> Option<usize> {
    let inside = &rest[1..];
    let end = inside.find(['[', ']', '\n', '\r'])?;
    let words = &inside[..end];
    let closed = inside[end..].starts_with(']');
    let sized = words.chars().nth(WORDS).is_none() && !words.trim().is_empty();
    (closed && sized).then_some(end + 2)
}
