//! Case numbers.

use domain::case_number::{CaseNumber, CaseNumberError as Error, MAX_LENGTH};
use proptest::prelude::*;

fn number(text: &str) -> CaseNumber {
    CaseNumber::parse(text).expect("a case number")
}

#[test]
fn takes_the_numbers_that_offices_write() {
    for text in [
        "25-1040417",
        "A",
        "7",
        "LA_2025.17 #3",
        "Año-12",
        "案件 5",
        "#4",
    ] {
        assert_eq!(number(text).as_str(), text);
    }
    assert_eq!(number("  25-1   040 \n").as_str(), "25-1 040");
}

#[test]
fn says_what_is_wrong_with_the_others() {
    for (text, error) in [
        ("", Error::Empty),
        ("  \t ", Error::Empty),
        ("25/104", Error::Character('/')),
        ("25\0", Error::Character('\0')),
        ("<script>", Error::Character('<')),
        ("25\u{202e}1", Error::Character('\u{202e}')),
        ("..", Error::NoLetterOrDigit),
        ("- _ #", Error::NoLetterOrDigit),
    ] {
        assert_eq!(CaseNumber::parse(text), Err(error), "{text:?}");
    }
    assert!(CaseNumber::parse(&"é".repeat(MAX_LENGTH)).is_ok());
    assert_eq!(
        CaseNumber::parse(&"é".repeat(MAX_LENGTH + 1)),
        Err(Error::TooLong)
    );
}

#[test]
fn upper_and_lower_case_are_the_same_case() {
    assert_eq!(number("25-a1").key(), number("25-A1").key());
    assert_eq!(number("ñ-1").key(), "Ñ-1");
    assert_ne!(number("25-1").key(), number("251").key());
}

#[test]
fn stands_in_an_address() {
    assert_eq!(number("25-1040417").path(), "25-1040417");
    assert_eq!(number("LA_2.1 #3").path(), "LA_2.1%20%233");
    assert_eq!(number("ñ").path(), "%C3%B1");
}

#[test]
fn the_labels_are_the_last_three_digits() {
    assert_eq!(
        number("25-1040417").label_digits(),
        [Some(4), Some(1), Some(7)]
    );
    assert_eq!(
        number("4-1-7 B").label_digits(),
        [Some(4), Some(1), Some(7)]
    );
    assert_eq!(number("A-7").label_digits(), [None, None, Some(7)]);
    assert_eq!(number("ABC").label_digits(), [None; 3]);
}

#[test]
fn only_digits_at_the_very_end_wear_labels_in_place() {
    let split = |text: &str| number(text).split_for_labels();
    assert_eq!(
        split("25-1040417"),
        ("25-1040".to_owned(), vec![('4', 4), ('1', 1), ('7', 7)])
    );
    assert_eq!(split("ñ-42"), ("ñ-".to_owned(), vec![('4', 4), ('2', 2)]));
    assert_eq!(split("7"), (String::new(), vec![('7', 7)]));
    assert_eq!(split("25-104A"), ("25-104A".to_owned(), vec![]));
}

#[test]
fn travels_as_a_plain_string_and_refuses_other_forms() {
    assert_eq!(
        serde_json::to_string(&number("25-1")).expect("a string"),
        "\"25-1\""
    );
    assert!(serde_json::from_str::<CaseNumber>("\"25/1\"").is_err());
}

proptest! {
    #[test]
    fn a_parsed_number_parses_to_itself_and_its_pieces_make_it_whole(text in any::<String>()) {
        if let Ok(number) = CaseNumber::parse(&text) {
            prop_assert_eq!(&CaseNumber::parse(number.as_str()), &Ok(number.clone()));
            let (mut whole, tail) = number.split_for_labels();
            whole.extend(tail.iter().map(|(c, _)| c));
            prop_assert_eq!(whole, number.as_str());
            prop_assert!(!number.path().contains(['/', '?', '#', ' ']));
        }
    }
}
