//! Opt-out words.

use domain::keywords::{
    Keyword::{self, Help, Start, Stop},
    keyword,
};

#[test]
fn the_whole_message_in_any_case_with_blanks_around_it() {
    let words = [
        (
            Stop,
            "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT",
        ),
        (Start, "START YES UNSTOP"),
        (Help, "HELP INFO"),
    ];
    for (meaning, words) in words {
        for word in words.split(' ') {
            let spellings = [word.to_owned(), word.to_lowercase(), format!(" {word}\r\n")];
            for spelling in spellings {
                assert_eq!(keyword(&spelling), Some(meaning), "{spelling:?}");
            }
        }
    }
    assert_eq!(keyword("sToP"), Some(Stop));
}

#[test]
fn near_misses_are_left_to_people() {
    for text in [
        "",
        " ",
        "STOP please",
        "please stop texting me",
        "Yesterday I called",
        "Cancel my appointment",
        "End of month",
        "STOP.",
        "STOP STOP",
        "S TOP",
        "stopped",
        "ending",
        "quit it",
        "yes!",
        "yes sir",
        "no",
        "alto",
        "no más",
        "opt out",
        "información",
    ] {
        assert_eq!(keyword(text), None::<Keyword>, "{text:?}");
    }
}
