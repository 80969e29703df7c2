//! Between bytes, as Rust counts, and UTF-16 units, as selections in a browser count.

/// UTF-16 units before this byte; a byte within a character counts as its start, one past the end
/// as the end.
#[must_use]
pub fn utf16_of(text: &str, byte: usize) -> u32 {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if at + c.len_utf8() > byte {
            break;
        }
        units += units_of(c);
    }
    units
}

/// The byte at this UTF-16 position; one within a surrogate pair goes down to the start of its
/// character, one past the end to the end.
#[must_use]
pub fn byte_of(text: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > utf16 {
            return at;
        }
    }
    text.len()
}

fn units_of(c: char) -> u32 {
    if c.len_utf16() == 2 { 2 } else { 1 }
}
