//! What holds for the length of every text.

use domain::segments::{Encoding, measure, with_replacements};
use proptest::prelude::*;

/// Pieces of every kind: GSM-7, escape pairs, accents, marks that join, emoji, flags, line ends.
const PIECES: [&str; 21] = [
    "a",
    "word ",
    "é",
    "á",
    "€",
    "[",
    "^^",
    "’",
    "\u{301}",
    "\u{303}",
    "\u{200d}",
    "👨",
    "👍",
    "🏽",
    "🇲",
    "🇽",
    "\r",
    "\n",
    "好",
    "\u{fe0f}",
    "क्षि",
];

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PIECES.as_slice())
}

/// Texts near the part boundaries, of these pieces and long plain runs.
fn text() -> impl Strategy<Value = String> {
    let run = prop_oneof![
        8 => piece().prop_map(str::to_owned),
        1 => (50_usize..75).prop_map(|length| "x".repeat(length)),
        1 => (140_usize..165).prop_map(|length| "x".repeat(length)),
    ];
    prop::collection::vec(run, 0..60).prop_map(|runs| runs.concat())
}

fn plain() -> impl Strategy<Value = String> {
    "[a-zé€\\[ ]{0,400}"
}

proptest! {
    #[test]
    fn adding_a_character_at_the_end_never_lowers_the_parts(text in text(), c in any::<char>(), piece in piece()) {
        let parts = measure(&text).parts;
        for longer in [format!("{text}{c}"), format!("{text}{piece}")] {
            prop_assert!(measure(&longer).parts >= parts);
        }
    }

    /// In the middle this needs the graphemes around it to stay whole; see
    /// `breaking_a_grapheme_up_can_lower_the_parts`.
    #[test]
    fn adding_a_character_anywhere_in_a_gsm7_text_never_lowers_the_parts(
        text in plain(), at in any::<prop::sample::Index>(), c in any::<char>(),
    ) {
        let places: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (before, after) = text.split_at(places[at.index(places.len())]);
        let longer = format!("{before}{c}{after}");
        prop_assert!(measure(&longer).parts >= measure(&text).parts);
    }

    #[test]
    fn adding_a_letter_between_two_graphemes_never_lowers_the_parts(
        words in prop::collection::vec(prop::sample::select(&["a", "á", "👍🏽", "🇲🇽", "👨\u{200d}👩\u{200d}👧"][..]), 0..80),
        at in any::<prop::sample::Index>(),
    ) {
        let (before, after) = words.split_at(at.index(words.len() + 1));
        let longer = format!("{}b{}", before.concat(), after.concat());
        prop_assert!(measure(&longer).parts >= measure(&words.concat()).parts);
    }

    #[test]
    fn the_figures_agree_with_each_other(text in text()) {
        let measure = measure(&text);
        let each = if measure.parts == 1 { measure.encoding.alone() } else { measure.encoding.joined() };
        prop_assert_eq!(measure.room, measure.parts * each);
        prop_assert!(measure.left <= each && measure.units + measure.left <= measure.room);
        prop_assert_eq!(measure.encoding == Encoding::Gsm7, measure.odd.is_empty());
        let utf16 = text.encode_utf16().count();
        prop_assert!(measure.encoding == Encoding::Gsm7 || measure.units as usize == utf16);
    }

    #[test]
    fn what_is_left_can_be_typed_without_a_new_part_and_one_more_can_not(text in plain()) {
        let before = measure(&text);
        let filled = format!("{text}{}", "z".repeat(before.left as usize));
        let after = measure(&filled);
        prop_assert_eq!((after.parts, after.left), (before.parts, 0));
        prop_assert_eq!(measure(&(filled + "z")).parts, before.parts + 1);
    }

    #[test]
    fn replacing_leaves_only_what_has_no_replacement(text in text()) {
        let replaced = with_replacements(&text);
        prop_assert!(measure(&replaced).odd.len() <= measure(&text).odd.len());
        prop_assert!(measure(&replaced).parts <= measure(&text).parts || replaced.chars().count() > text.chars().count());
    }

    #[test]
    fn odd_ranges_are_graphemes_in_order(text in text()) {
        let mut end = 0;
        for odd in measure(&text).odd {
            prop_assert!(odd.start >= end && odd.end > odd.start);
            prop_assert!(text.is_char_boundary(odd.start) && text.is_char_boundary(odd.end));
            end = odd.end;
        }
    }
}

/// Why the property above is not true everywhere: the halves of an emoji pack better than the whole.
#[test]
fn breaking_a_grapheme_up_can_lower_the_parts() {
    let text = |between: &str| {
        let family = format!("👨\u{200d}👩\u{200d}{between}👧");
        "a".repeat(60) + &family + &"a".repeat(60)
    };
    assert_eq!(measure(&text("")).parts, 3);
    assert_eq!(measure(&text("b")).parts, 2);
}
