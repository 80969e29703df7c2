//! The GSM-7 alphabet, and what may stand for a character outside it.

mod common;

use domain::{gsm7::septets, replacements::of_char};

#[test]
fn the_alphabet_is_that_of_the_standard() {
    let basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                 ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    let extension = "\u{0c}^{}\\[~]|€";
    assert_eq!(
        (basic.chars().count(), extension.chars().count()),
        (127, 10)
    );
    for c in '\0'..=char::MAX {
        let expected = match c {
            _ if basic.contains(c) => Some(1),
            _ if extension.contains(c) => Some(2),
            _ => None,
        };
        assert_eq!(septets(c), expected, "{c:?}");
    }
}

#[test]
fn the_alphabet_is_twilios() {
    let Some(table) = common::vectors("gsm7.json") else {
        return;
    };
    for c in '\0'..='\u{ffff}' {
        let known = table.get((c as u32).to_string());
        let expected = known.map(|septets| septets.as_array().expect("a list").len());
        assert_eq!(
            septets(c).map(|septets| septets as usize),
            expected,
            "{c:?}"
        );
    }
}

#[test]
fn every_replacement_is_gsm7_and_replaces_something_that_is_not() {
    for c in '\0'..=char::MAX {
        if let Some(replacement) = of_char(c) {
            assert_eq!(septets(c), None, "{c:?}");
            assert!(domain::gsm7::holds(replacement), "{c:?} {replacement:?}");
        }
    }
}

#[test]
fn replaces_what_twilios_smart_encoding_replaces() {
    let Some(table) = common::vectors("smart_encoding.json") else {
        return;
    };
    for (odd, theirs) in table.as_object().expect("a table") {
        let theirs = theirs.as_str().expect("a replacement");
        // The two departures: one space for a wide one or a tab, and ‹ › in their own direction.
        let expected = match (odd.as_str(), theirs) {
            ("‹", _) => "<",
            ("›", _) => ">",
            (_, spaces) if !spaces.is_empty() && spaces.trim().is_empty() => " ",
            _ => theirs,
        };
        let c = odd.chars().next().expect("a character");
        assert_eq!(of_char(c), Some(expected), "{c:?} U+{:04X}", c as u32);
    }
}

#[test]
fn replaces_what_word_processors_and_phones_put_in() {
    for (odd, replacement) in [
        ('‘', "'"),
        ('’', "'"),
        ('‚', ","),
        ('“', "\""),
        ('”', "\""),
        ('„', "\""),
        ('«', "\""),
        ('′', "'"),
        ('″', "\""),
        ('`', "'"),
        ('‐', "-"),
        ('‑', "-"),
        ('‒', "-"),
        ('–', "-"),
        ('—', "-"),
        ('―', "-"),
        ('−', "-"),
        ('•', "-"),
        ('…', "..."),
        ('\u{a0}', " "),
        ('\u{202f}', " "),
        ('\t', " "),
        ('\u{ad}', ""),
        ('\u{feff}', ""),
        ('\0', ""),
        ('ﬁ', "fi"),
        ('ﬃ', "ffi"),
        ('Ａ', "A"),
        ('ｚ', "z"),
        ('～', "~"),
    ] {
        assert_eq!(of_char(odd), Some(replacement), "{odd:?}");
    }
}

#[test]
fn letters_whose_accent_carries_meaning_are_left_alone() {
    for c in "áíóúçÁÍÓÚâêîôûãõășłžčůŻждあ好😀".chars() {
        assert_eq!(of_char(c), None, "{c:?}");
    }
}
