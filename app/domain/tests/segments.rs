//! The length of a text, as Twilio counts it.

mod common;

use domain::segments::{
    Encoding::{self, Gsm7, Ucs2},
    MAX_BODY, fits, measure, normalize_newlines, with_replacements,
};

const FAMILY: &str = "👨\u{200d}👩\u{200d}👧";

fn counted(text: &str) -> (Encoding, u32, u32, u32, u32) {
    let measure = measure(text);
    (
        measure.encoding,
        measure.units,
        measure.parts,
        measure.room,
        measure.left,
    )
}

fn repeat(text: &str, times: usize) -> String {
    text.repeat(times)
}

#[test]
fn counts_like_twilios_calculator() {
    let Some(vectors) = common::vectors("segments.json") else {
        return;
    };
    let vectors = vectors.as_array().expect("a list of texts");
    assert_eq!(vectors.len(), 80);
    for vector in vectors {
        let body = vector["body"].as_str().expect("a body");
        let measure = measure(body);
        let encoding = if measure.encoding == Gsm7 {
            "GSM-7"
        } else {
            "UCS-2"
        };
        assert_eq!(vector["encoding"], encoding, "{body}");
        assert_eq!(vector["segments"], measure.parts, "{body}");
    }
}

#[test]
fn the_empty_text_is_one_empty_part() {
    assert_eq!(counted(""), (Gsm7, 0, 1, 160, 160));
}

#[test]
fn a_gsm7_text_holds_160_alone_and_153_in_each_part() {
    assert_eq!(counted(&repeat("a", 160)), (Gsm7, 160, 1, 160, 0));
    assert_eq!(counted(&repeat("a", 161)), (Gsm7, 161, 2, 306, 145));
    assert_eq!(counted(&repeat("a", 306)), (Gsm7, 306, 2, 306, 0));
    assert_eq!(counted(&repeat("a", 307)), (Gsm7, 307, 3, 459, 152));
}

#[test]
fn one_accent_makes_it_70_alone_and_67_in_each_part() {
    assert_eq!(
        counted(&("á".to_owned() + &repeat("a", 69))),
        (Ucs2, 70, 1, 70, 0)
    );
    assert_eq!(
        counted(&("á".to_owned() + &repeat("a", 70))),
        (Ucs2, 71, 2, 134, 63)
    );
    assert_eq!(
        counted(&("á".to_owned() + &repeat("a", 133))),
        (Ucs2, 134, 2, 134, 0)
    );
    assert_eq!(
        counted(&("á".to_owned() + &repeat("a", 134))),
        (Ucs2, 135, 3, 201, 66)
    );
}

#[test]
fn an_escape_pair_takes_two_and_never_stands_astride_two_parts() {
    assert_eq!(counted(&repeat("€", 80)), (Gsm7, 160, 1, 160, 0));
    // 76 pairs fill 152 of 153; the last septet of each part stays empty.
    assert_eq!(counted(&repeat("€", 152)), (Gsm7, 304, 2, 306, 1));
    assert_eq!(counted(&repeat("€", 153)), (Gsm7, 306, 3, 459, 151));
}

#[test]
fn a_grapheme_never_stands_astride_two_parts() {
    let text = |before: usize, after: usize| repeat("a", before) + FAMILY + &repeat("a", after);
    assert_eq!(counted(&text(59, 67)), (Ucs2, 134, 2, 134, 0));
    assert_eq!(counted(&text(60, 59)), (Ucs2, 127, 2, 134, 0));
    assert_eq!(counted(&text(60, 60)), (Ucs2, 128, 3, 201, 66));
}

#[test]
fn a_grapheme_longer_than_a_part_is_split_after_all() {
    let heap = "a".to_owned() + &repeat("\u{301}", 150);
    assert_eq!(counted(&heap), (Ucs2, 151, 3, 201, 50));
}

#[test]
fn the_odd_characters_are_pointed_at_with_their_replacements() {
    let text = "it’s á 👍🏽 …";
    let odd = measure(text).odd;
    let shown: Vec<_> = odd
        .iter()
        .map(|odd| (&text[odd.start..odd.end], odd.replacement))
        .collect();
    assert_eq!(
        shown,
        [
            ("’", Some("'")),
            ("á", None),
            ("👍🏽", None),
            ("…", Some("..."))
        ]
    );
    assert!(measure("it's ñ € [x]").odd.is_empty());
}

#[test]
fn replacing_brings_a_text_back_to_gsm7_and_leaves_accents_alone() {
    let text = with_replacements("“It’s\u{a0}at 9 – bring\tID…” 1\u{200b}2");
    assert_eq!(text, "\"It's at 9 - bring ID...\" 12");
    assert_eq!(measure(&text).encoding, Gsm7);
    assert_eq!(with_replacements("cámara – ¿sí?"), "cámara - ¿sí?");
}

#[test]
fn a_letter_with_its_accent_apart_becomes_the_letter_that_gsm7_has() {
    assert_eq!(measure("man\u{303}ana").odd[0].replacement, Some("ñ"));
    assert_eq!(
        with_replacements("man\u{303}ana cafe\u{301}"),
        "mañana café"
    );
    assert_eq!(measure("a\u{301}").odd[0].replacement, None);
}

#[test]
fn line_ends_weigh_one_whatever_the_browser_sends() {
    assert_eq!(normalize_newlines("a\r\nb\rc\n\r\n"), "a\nb\nc\n\n");
    assert_eq!(measure(&normalize_newlines("a\r\nb")).units, 3);
    assert!(matches!(
        normalize_newlines("a\nb"),
        std::borrow::Cow::Borrowed("a\nb")
    ));
    // Not normalized, it is two characters in both encodings.
    assert_eq!(counted("a\r\nb").1, 4);
    assert_eq!(counted("á\r\nb").1, 4);
    assert_eq!(measure("á\r\nb").odd.len(), 1);
}

#[test]
fn fits_counts_parts_and_twilios_longest_body() {
    assert!(fits(&repeat("a", 160), 1));
    assert!(!fits(&repeat("a", 161), 1));
    assert!(fits(&repeat("a", 161), 2));
    assert!(fits(&repeat("a", MAX_BODY), 11));
    assert!(!fits(&repeat("a", MAX_BODY + 1), 11));
}
