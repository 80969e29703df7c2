//! What typing in the composer means: where "/" opens the quick entries, where Tab goes, where a phrase fits in.

use crate::{
    blanks::{self, Blank},
    fixes::Edit,
    quick_entry::QuickEntry,
    search,
};

/// Whether "/" typed after this opens the quick entries: at the start or after white space, so that "1/2",
/// dates and addresses are typed as ever.
pub fn slash_opens(before: &str) -> bool {
    before.chars().next_back().is_none_or(char::is_whitespace)
}

/// Where Tab goes within the text: to the next blank after this byte. Never back to the start, so that Tab always
/// leaves the text in the end (WCAG 2.1.2, no keyboard trap).
pub fn tab_stop(text: &str, from_byte: usize) -> Option<Blank> {
    blanks::find(text)
        .into_iter()
        .find(|blank| blank.start >= from_byte)
}

/// The edit that puts a phrase in place of the bytes from `start` to `end`, with a space where words would touch.
pub fn insertion(text: &str, start: usize, end: usize, phrase: &str) -> Edit {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let mut with = String::with_capacity(phrase.len() + 2);
    if before.is_some_and(|c| !c.is_whitespace()) {
        with.push(' ');
    }
    with.push_str(phrase);
    if after.is_some_and(char::is_alphanumeric) {
        with.push(' ');
    }
    Edit { start, end, with }
}

/// The text with the phrase at its end: what "Insert" does without WASM, where nobody knows the caret.
pub fn append(text: &str, phrase: &str) -> String {
    let edit = insertion(text, text.len(), text.len(), phrase);
    format!("{text}{}", edit.with)
}

/// The quick entries whose name or words hold everything typed, in whatever order; those with it in the name first.
pub fn matching(entries: &[QuickEntry], typed: &str) -> Vec<QuickEntry> {
    let typed = search::fold(typed);
    let wanted: Vec<&str> = typed.split_whitespace().collect();
    let holds = |text: &str| wanted.iter().all(|word| search::fold(text).contains(word));
    let (mut named, mut others) = (Vec::new(), Vec::new());
    for entry in entries {
        if holds(&entry.name) {
            named.push(entry.clone());
        } else if holds(&format!("{} {}", entry.name, entry.body)) {
            others.push(entry.clone());
        }
    }
    named.append(&mut others);
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slash_opens_at_the_start_and_after_white_space_only() {
        assert!(slash_opens(""));
        assert!(slash_opens("Hi "));
        assert!(slash_opens("Hi\n"));
        assert!(!slash_opens("1"));
        assert!(!slash_opens("https:/"));
    }

    #[test]
    fn tab_goes_forward_from_blank_to_blank_and_then_leaves() {
        let text = "At ____ in [room].";
        let first = tab_stop(text, 0).expect("the first");
        assert_eq!(&text[first.start..first.end], "____");
        let second = tab_stop(text, first.end).expect("the second");
        assert_eq!(&text[second.start..second.end], "[room]");
        assert_eq!(tab_stop(text, second.end), None);
    }

    #[test]
    fn a_phrase_is_found_by_its_name_first_and_then_by_its_words() {
        let entry = |name: &str, body: &str| QuickEntry {
            id: "0190a000-0000-7000-8000-000000000001"
                .parse()
                .expect("an id"),
            name: name.into(),
            body: body.into(),
            archived: false,
        };
        let entries = [
            entry("Hearing", "Your appointment is at ____"),
            entry("Appointment", "Come at ____"),
        ];
        let found = |typed| {
            matching(&entries, typed)
                .into_iter()
                .map(|e| e.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(found("app"), ["Appointment", "Hearing"]);
        assert_eq!(found("come APPOINT"), ["Appointment"]);
        assert_eq!(found(""), ["Hearing", "Appointment"]);
        assert!(found("zzz").is_empty());
    }

    #[test]
    fn a_phrase_does_not_stick_to_the_words_around_it() {
        let put = |text: &str, at: usize| {
            let edit = insertion(text, at, at, "see you");
            format!("{}{}{}", &text[..edit.start], edit.with, &text[edit.end..])
        };
        assert_eq!(put("", 0), "see you");
        assert_eq!(put("Hi", 2), "Hi see you");
        assert_eq!(put("Hi ", 3), "Hi see you");
        assert_eq!(put("soon", 0), "see you soon");
        assert_eq!(put("Hi.", 2), "Hi see you.");
        assert_eq!(append("Hi", "see you"), "Hi see you");
    }
}
