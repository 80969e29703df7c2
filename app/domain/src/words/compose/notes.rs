//! Notes about characters outside GSM-7.

use super::texts;
use crate::{fixes::OddOne, words::list};

/// The heading above replaceable characters: what they cost, or would.
pub fn fixes_heading(characters: usize, parts: u32, parts_then: u32) -> String {
    let who = match characters {
        1 => "One character".to_owned(),
        n => format!("{n} characters"),
    };
    let verb = |one: &'static str, many: &'static str| if characters == 1 { one } else { many };
    if parts_then < parts {
        format!("{who} {} this {parts} texts:", verb("makes", "make"))
    } else {
        format!(
            "{who} {} room for 70 characters a text, not 160:",
            verb("leaves", "leave")
        )
    }
}

/// What replacing them all would bring.
pub fn fixes_gain(parts: u32, parts_then: u32) -> String {
    if parts_then < parts {
        format!("Replaced, the text fits in {parts_then}.")
    } else {
        String::new()
    }
}

/// The name of an odd character: "the curly apostrophe".
pub fn name_of(odd: &str) -> &'static str {
    match odd.chars().next().unwrap_or(' ') {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' => "the curly apostrophe",
        '\u{201c}'..='\u{201f}' => "the curly quotation mark",
        '«' | '»' | '‹' | '›' => "the angled quotation mark",
        '`' => "the backtick",
        '´' => "the lone accent",
        '\u{2010}' | '\u{2011}' => "the printer's hyphen",
        '\u{2012}' | '\u{2013}' => "the dash",
        '\u{2014}' | '\u{2015}' => "the long dash",
        '…' => "the ellipsis",
        '•' | '‣' | '◦' | '●' | '▪' => "the bullet",
        '¼' | '½' | '¾' => "the fraction",
        '\u{a0}' | '\u{202f}' => "the no-break space",
        '\t' => "the tab",
        '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => "the wide space",
        c if is_hidden(c) => "the hidden character",
        _ => "the character",
    }
}

/// How an odd character is shown: itself, or its number when nobody could see it.
pub fn glyph(odd: &str) -> String {
    match odd.chars().next() {
        Some(c) if is_hidden(c) || c.is_whitespace() => format!("U+{:04X}", u32::from(c)),
        _ => odd.to_owned(),
    }
}

/// Where it stands: " in “it’s”", and how often.
pub fn place_of(one: &OddOne) -> String {
    let word = one
        .word
        .as_ref()
        .map(|word| format!(" in “{word}”"))
        .unwrap_or_default();
    match one.times {
        1 => word,
        n => format!("{word}, {n} times"),
    }
}

/// The button that replaces, and what it adds for those who hear it.
pub fn use_fix(one: &OddOne) -> (&'static str, Option<&'static str>, String) {
    let in_place = format!(" in place of {} {}", name_of(&one.odd), glyph(&one.odd));
    match one.fix {
        Some("") | None => (
            "Take it out",
            None,
            format!(": {} {}", name_of(&one.odd), glyph(&one.odd)),
        ),
        Some(" ") => ("Use a space", None, in_place),
        Some("\n") => ("Use a new line", None, in_place),
        Some(fix) => ("Use ", Some(fix), in_place),
    }
}

/// The calm note about letters that are right as they are: heading and sentence.
pub fn letters(ones: &[OddOne], parts: u32) -> (String, String) {
    let word = ones.first().and_then(|one| one.word.as_ref());
    let names = glyphs(ones);
    let what = match (ones, word) {
        ([one], Some(word)) => format!("The letter {} in “{word}” leaves", one.odd),
        ([one], None) => format!("The letter {} leaves", one.odd),
        _ => format!("The letters {names} leave"),
    };
    let sentence = format!(
        "{what} room for 70 characters a text, not 160. That is correct spelling; keep it unless cost matters more."
    );
    (goes_out_as(parts), sentence)
}

/// The note about other characters that nothing can stand for, such as emoji.
pub fn symbols(ones: &[OddOne], parts: u32) -> (String, String) {
    let verb = if ones.len() == 1 { "leaves" } else { "leave" };
    let sentence = format!(
        "{} {verb} room for 70 characters a text, not 160.",
        glyphs(ones)
    );
    (goes_out_as(parts), sentence)
}

fn goes_out_as(parts: u32) -> String {
    format!("Goes out as {}.", texts(parts))
}

/// The first few; a text in another script has too many to name.
fn glyphs(ones: &[OddOne]) -> String {
    const NAMED: usize = 4;
    let mut names: Vec<String> = ones.iter().take(NAMED).map(|one| glyph(&one.odd)).collect();
    if ones.len() > NAMED {
        names.push("others".into());
    }
    list(&names)
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixes::odd_ones;

    #[test]
    fn a_curly_apostrophe_is_named_with_its_word_and_its_price() {
        let one = &odd_ones("it’s")[0];
        assert_eq!(name_of(&one.odd), "the curly apostrophe");
        assert_eq!(place_of(one), " in “it’s”");
        assert_eq!(use_fix(one).0, "Use ");
        assert_eq!(use_fix(one).1, Some("'"));
        assert_eq!(fixes_heading(1, 2, 1), "One character makes this 2 texts:");
        assert_eq!(
            fixes_heading(2, 1, 1),
            "2 characters leave room for 70 characters a text, not 160:"
        );
    }

    #[test]
    fn spanish_is_never_scolded() {
        let (heading, sentence) = letters(&odd_ones("identificación"), 2);
        assert_eq!(heading, "Goes out as 2 texts.");
        assert!(sentence.starts_with("The letter ó in “identificación” leaves room for 70"));
        assert!(sentence.contains("correct spelling"));
    }

    #[test]
    fn what_nobody_can_see_is_shown_by_its_number() {
        assert_eq!(glyph("\u{200b}"), "U+200B");
        assert_eq!(glyph("\u{a0}"), "U+00A0");
        assert_eq!(glyph("’"), "’");
    }
}
