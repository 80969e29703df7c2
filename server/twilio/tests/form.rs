//! Posted forms: every body is read or refused, and nothing of it gets lost.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

use proptest::prelude::*;
use twilio::form::{Form, FormError, MAX_PAIRS, parse};

fn shown(body: &str) -> Vec<(String, String)> {
    parse(body.as_bytes()).unwrap()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn plus_is_a_blank_and_percent_a_byte() {
    assert_eq!(
        shown("Body=Hola+Jos%C3%A9%21&To=%2B1661"),
        [pair("Body", "Hola José!"), pair("To", "+1661")]
    );
}

#[test]
fn order_and_repeated_names_are_kept() {
    assert_eq!(
        shown("b=2&a=1&b=1"),
        [pair("b", "2"), pair("a", "1"), pair("b", "1")]
    );
    assert!(Form::parse(b"b=2&a=1&b=1").unwrap().repeats_a_name());
    assert!(!Form::parse(b"b=2&a=1").unwrap().repeats_a_name());
}

#[test]
fn empty_values_and_missing_equal_signs_are_read() {
    assert_eq!(
        shown("Body=&Flag&=x&a=b=c&&"),
        [
            pair("Body", ""),
            pair("Flag", ""),
            pair("", "x"),
            pair("a", "b=c")
        ]
    );
    assert!(shown("").is_empty());
}

#[test]
fn a_percent_that_starts_no_byte_is_itself() {
    assert_eq!(
        shown("a=100%&b=%zz&c=%4&d=%%41"),
        [
            pair("a", "100%"),
            pair("b", "%zz"),
            pair("c", "%4"),
            pair("d", "%A")
        ]
    );
}

#[test]
fn bytes_that_are_not_utf8_are_shown_as_replacement_and_kept() {
    let form = Form::parse(b"Body=a%FFb&raw=\xC0").unwrap();
    assert_eq!(form.get("Body").unwrap(), "a\u{fffd}b");
    assert_eq!(form.get_bytes("Body").unwrap(), b"a\xFFb");
    assert_eq!(form.get_bytes("raw").unwrap(), b"\xC0");
}

#[test]
fn the_first_of_repeated_values_counts() {
    let form = Form::parse(b"From=1&From=2").unwrap();
    assert_eq!(form.get("From").unwrap(), "1");
    assert_eq!(form.get("Missing"), None);
}

#[test]
fn two_hundred_pairs_are_read_and_one_more_is_refused() {
    let most = vec!["a=1"; MAX_PAIRS].join("&");
    assert_eq!(shown(&most).len(), MAX_PAIRS);
    assert_eq!(
        parse(format!("{most}&a=1").as_bytes()),
        Err(FormError::TooManyPairs)
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_fall(body in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Form::parse(&body);
    }

    #[test]
    fn what_a_form_encoder_writes_comes_back(pairs in prop::collection::vec((".{1,10}", ".{0,20}"), 0..20)) {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        prop_assert_eq!(parse(body.as_bytes()).unwrap(), pairs);
    }
}
