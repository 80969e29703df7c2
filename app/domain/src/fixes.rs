//! What can be done about characters outside GSM-7: named one by one, replaced only when somebody says so.

use crate::segments;

/// The most characters of a word that is shown around an odd character.
const WORD: usize = 24;

/// An odd character, as often as it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddOne {
    /// The character as the reader sees it (a grapheme).
    pub odd: String,
    /// How often it stands in the text.
    pub times: usize,
    /// The word in which it stands first, if it stands in one.
    pub word: Option<String>,
    /// What may stand in its place; empty when it may simply go.
    pub fix: Option<&'static str>,
}

impl OddOne {
    /// A letter that belongs to its language, such as ó: nothing is wrong with it.
    pub fn is_letter(&self) -> bool {
        self.fix.is_none() && self.odd.chars().next().is_some_and(char::is_alphabetic)
    }
}

/// An edit of a text: the bytes from `start` to `end` become `with`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub start: usize,
    pub end: usize,
    pub with: String,
}

/// The odd characters of a text, each once, in the order of their first places.
pub fn odd_ones(text: &str) -> Vec<OddOne> {
    let mut found: Vec<OddOne> = Vec::new();
    for odd in segments::measure(text).odd {
        let glyph = &text[odd.start..odd.end];
        match found.iter_mut().find(|one| one.odd == glyph) {
            Some(one) => one.times += 1,
            None => found.push(OddOne {
                odd: glyph.to_owned(),
                times: 1,
                word: word_around(text, odd.start, odd.end),
                fix: odd.replacement,
            }),
        }
    }
    found
}

/// One edit that replaces every `odd` by its replacement, so that one undo brings all of them back.
pub fn replace_all(text: &str, odd: &str) -> Option<Edit> {
    let measure = segments::measure(text);
    let places: Vec<_> = measure
        .odd
        .iter()
        .filter(|o| &text[o.start..o.end] == odd)
        .collect();
    let (first, last) = (places.first()?, places.last()?);
    let fix = first.replacement?;
    let mut with = String::new();
    let mut at = first.start;
    for place in &places {
        with.push_str(&text[at..place.start]);
        with.push_str(fix);
        at = place.end;
    }
    Some(Edit {
        start: first.start,
        end: last.end,
        with,
    })
}

fn word_around(text: &str, start: usize, end: usize) -> Option<String> {
    if text[start..end].chars().all(char::is_whitespace) {
        return None;
    }
    let from = text[..start].rfind(char::is_whitespace).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let to = text[end..]
        .find(char::is_whitespace)
        .map_or(text.len(), |at| end + at);
    let word = text[from..to].trim_matches(|c: char| ".,;:!?()\"“”«»".contains(c));
    let fits = word.len() > end - start && word.chars().nth(WORD).is_none();
    (fits && word.contains(&text[start..end])).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_odd_character_is_named_once_with_the_word_it_stands_in() {
        let found = odd_ones("“It’s” Dana’s turn");
        let seen: Vec<_> = found
            .iter()
            .map(|o| (o.odd.as_str(), o.times, o.word.as_deref()))
            .collect();
        let expected = [("“", 1, None), ("’", 2, Some("It’s")), ("”", 1, None)];
        assert_eq!(seen, expected);
        assert_eq!(found[1].fix, Some("'"));
    }

    #[test]
    fn an_accent_is_a_letter_and_has_no_replacement() {
        let found = odd_ones("su identificación");
        assert_eq!(found.len(), 1);
        assert!(found[0].is_letter());
        assert_eq!(found[0].word.as_deref(), Some("identificación"));
    }

    #[test]
    fn replacing_is_one_edit_that_touches_only_this_character() {
        let text = "it’s “ok”, isn’t it";
        let edit = replace_all(text, "’").expect("an edit");
        let after = format!("{}{}{}", &text[..edit.start], edit.with, &text[edit.end..]);
        assert_eq!(after, "it's “ok”, isn't it");
    }

    #[test]
    fn what_has_no_replacement_is_left_alone() {
        assert_eq!(replace_all("ó", "ó"), None);
        assert_eq!(replace_all("plain", "’"), None);
    }
}
