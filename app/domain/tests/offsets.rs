//! Bytes and UTF-16 positions.

use domain::offsets::{byte_of, utf16_of};
use proptest::prelude::*;

#[test]
fn counts_what_a_browser_counts() {
    let text = "aé😀b";
    let bytes = [0, 1, 3, 7, 8];
    let units = [0, 1, 2, 4, 5];
    for (byte, unit) in bytes.into_iter().zip(units) {
        assert_eq!(utf16_of(text, byte), unit);
        assert_eq!(byte_of(text, unit as usize), byte);
    }
}

#[test]
fn a_position_within_a_surrogate_pair_goes_down() {
    assert_eq!(byte_of("a😀b", 2), 1);
    assert_eq!(utf16_of("a😀b", 3), 1);
}

#[test]
fn a_position_past_the_end_is_the_end() {
    assert_eq!(byte_of("añ", 99), 3);
    assert_eq!(utf16_of("añ", 99), 2);
    assert_eq!((byte_of("", 0), utf16_of("", 0)), (0, 0));
}

proptest! {
    #[test]
    fn every_character_boundary_comes_back(text in any::<String>()) {
        for byte in text.char_indices().map(|(at, _)| at).chain([text.len()]) {
            let unit = utf16_of(&text, byte);
            prop_assert_eq!(unit as usize, text[..byte].encode_utf16().count());
            prop_assert_eq!(byte_of(&text, unit as usize), byte);
        }
    }

    #[test]
    fn every_position_lands_on_a_character_boundary(text in any::<String>(), at in 0_usize..200) {
        prop_assert!(text.is_char_boundary(byte_of(&text, at)));
    }
}
