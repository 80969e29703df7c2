//! Blanks of a quick entry.

use domain::blanks::{find, next};

fn found(text: &str) -> Vec<&str> {
    let blanks = find(text);
    blanks
        .iter()
        .map(|blank| &text[blank.start..blank.end])
        .collect()
}

#[test]
fn three_or_more_underscores_are_a_blank() {
    assert_eq!(found("Hearing on ____ at ___."), ["____", "___"]);
    assert_eq!(found("file_name __init__ a_b"), Vec::<&str>::new());
}

#[test]
fn words_in_brackets_are_a_blank() {
    assert_eq!(
        found("Bring [which papers] to [place]"),
        ["[which papers]", "[place]"]
    );
    assert_eq!(found("Traiga [qué papeles ñ 好]"), ["[qué papeles ñ 好]"]);
}

#[test]
fn brackets_that_say_nothing_or_do_not_close_are_none() {
    for text in ["[]", "[ ]", "[a", "a]", "[a\nb]", "[a\r\nb]", "]["] {
        assert_eq!(found(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn the_inner_bracket_counts() {
    assert_eq!(found("[a [b] c]"), ["[b]"]);
    assert_eq!(found("[[b]]"), ["[b]"]);
}

#[test]
fn forty_characters_are_a_blank_and_forty_one_are_not() {
    let (forty, more) = ("é".repeat(40), "é".repeat(41));
    assert_eq!(find(&format!("[{forty}]")).len(), 1);
    assert_eq!(find(&format!("[{more}]")).len(), 0);
}

#[test]
fn underscores_within_brackets_belong_to_the_brackets() {
    assert_eq!(found("[____] and ____[x]"), ["[____]", "____", "[x]"]);
    assert_eq!(found("[ ____"), ["____"]);
}

#[test]
fn next_goes_on_from_the_cursor_and_round_to_the_first() {
    let text = "ñ ____ and [time]";
    let word = |blank: Option<domain::blanks::Blank>| blank.map(|b| &text[b.start..b.end]);
    assert_eq!(word(next(text, 0)), Some("____"));
    assert_eq!(word(next(text, 4)), Some("[time]"));
    assert_eq!(word(next(text, text.len())), Some("____"));
    assert_eq!(word(next(text, usize::MAX)), Some("____"));
    assert_eq!(next("no blank", 0), None);
}
