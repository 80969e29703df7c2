//! The webhook signature: Twilio's published examples, and that no change goes unseen.

use proptest::prelude::*;
use twilio::form::Form;
use twilio::signature::{sign, verify, verify_json};

const TOKEN: &str = "12345";
const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn call() -> Vec<(String, String)> {
    pairs(&[
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ])
}

#[test]
fn the_example_of_twilios_documentation_is_signed_the_same() {
    assert_eq!(sign(TOKEN, URL, &call()), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
}

#[test]
fn the_standard_port_may_be_written_or_left_out() {
    let with = "https://mycompany.com:443/myapp.php?foo=1&bar=2";
    let with_port = sign(TOKEN, with, &call());
    assert_eq!(with_port, "kvajT1Ptam85bY51eRf/AJRuM3w=");
    assert!(verify(&[TOKEN], URL, &call(), Some(&with_port)));
    assert!(verify(
        &[TOKEN],
        with,
        &call(),
        Some(&sign(TOKEN, URL, &call()))
    ));
    for (bare, ported) in [
        ("http://a.example", "http://a.example:80"),
        ("https://a.example?x=1", "https://a.example:443?x=1"),
        ("https://[::1]/t", "https://[::1]:443/t"),
        (
            "https://user:443@a.example/t",
            "https://user:443@a.example:443/t",
        ),
    ] {
        assert!(
            verify(&[TOKEN], bare, &call(), Some(&sign(TOKEN, ported, &call()))),
            "{bare}"
        );
        assert!(
            verify(&[TOKEN], ported, &call(), Some(&sign(TOKEN, bare, &call()))),
            "{ported}"
        );
    }
}

#[test]
fn another_port_counts() {
    let other = "http://mycompany.com:1234/myapp.php?foo=1&bar=2";
    let signature = sign(TOKEN, other, &call());
    assert_eq!(signature, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=");
    assert!(verify(&[TOKEN], other, &call(), Some(&signature)));
    assert!(!verify(
        &[TOKEN],
        "http://mycompany.com/myapp.php?foo=1&bar=2",
        &call(),
        Some(&signature)
    ));
    assert!(!verify(
        &[TOKEN],
        "https://mycompany.com:80/x",
        &[],
        Some(&sign(TOKEN, "https://mycompany.com/x", &[]))
    ));
}

#[test]
fn a_repeated_name_counts_each_of_its_values_once_in_byte_order() {
    let digits = [
        ("Sid", "CA123"),
        ("SidAccount", "AC123"),
        ("Digits", "5678"),
        ("Digits", "1234"),
        ("Digits", "1234"),
    ];
    assert_eq!(
        sign(TOKEN, URL, &pairs(&digits)),
        "IK+Dwps556ElfBT0I3Rgjkr1wJU="
    );
}

#[test]
fn the_order_in_which_parameters_come_does_not_matter() {
    let mut turned = call();
    turned.reverse();
    assert_eq!(sign(TOKEN, URL, &turned), sign(TOKEN, URL, &call()));
}

#[test]
fn names_are_sorted_by_bytes_so_capitals_come_first() {
    let message = pairs(&[("b", "1"), ("B", "2"), ("é", "3"), ("a", "4")]);
    let spelled_out = format!("{URL}B2a4b1é3");
    assert_eq!(sign(TOKEN, URL, &message), sign(TOKEN, &spelled_out, &[]));
}

#[test]
fn empty_values_count() {
    assert_ne!(
        sign(TOKEN, URL, &pairs(&[("Body", "")])),
        sign(TOKEN, URL, &[])
    );
}

#[test]
fn a_fragment_is_not_signed_but_credentials_in_the_address_are() {
    let signature = sign(TOKEN, URL, &call());
    assert!(verify(
        &[TOKEN],
        &format!("{URL}#rc=3&rp=all"),
        &call(),
        Some(&signature)
    ));
    assert_eq!(sign(TOKEN, &format!("{URL}#rc=3"), &call()), signature);
    assert!(!verify(
        &[TOKEN],
        &URL.replace("//", "//user:pass@"),
        &call(),
        Some(&signature)
    ));
}

#[test]
fn during_a_rotation_either_token_will_do() {
    let signature = sign("new", URL, &call());
    assert!(verify(&["old", "new"], URL, &call(), Some(&signature)));
    assert!(verify(&["new", "old"], URL, &call(), Some(&signature)));
    assert!(!verify(&["old", "older"], URL, &call(), Some(&signature)));
}

#[test]
fn no_header_no_token_and_an_empty_token_verify_nothing() {
    let with_empty_token = sign("", URL, &call());
    assert!(!verify(&[TOKEN], URL, &call(), None));
    assert!(!verify(&[], URL, &call(), Some(&with_empty_token)));
    assert!(!verify(&[""], URL, &call(), Some(&with_empty_token)));
    assert!(!verify(&[TOKEN], URL, &call(), Some("")));
}

#[test]
fn blanks_around_the_signature_and_other_spellings_are_refused() {
    let right = sign(TOKEN, URL, &call());
    for wrong in [
        format!(" {right}"),
        format!("{right} "),
        right.trim_end_matches('=').to_owned(),
        right.to_lowercase(),
        format!("{right},{right}"),
        right[..20].to_owned(),
    ] {
        assert!(!verify(&[TOKEN], URL, &call(), Some(&wrong)), "{wrong}");
    }
}

#[test]
fn a_json_body_is_held_to_the_hash_in_the_address() {
    let body = br#"{"property": "value", "boolean": true}"#;
    let url = format!(
        "{URL}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
    );
    let signature = "a9nBmqA0ju/hNViExpshrM61xv4=";
    assert!(verify_json(&[TOKEN], &url, body, Some(signature)));
    assert!(
        !verify_json(&[TOKEN], &url, b"{}", Some(signature)),
        "another body"
    );
    assert!(
        !verify_json(&["other"], &url, body, Some(signature)),
        "another token"
    );
    assert!(!verify_json(&[TOKEN], &url, body, None), "no header");
    assert!(
        !verify_json(&[TOKEN], URL, body, Some(&sign(TOKEN, URL, &[]))),
        "no hash"
    );
}

#[test]
fn a_form_is_signed_over_the_bytes_that_came() {
    let text = Form::parse("Body=caf%C3%A9+%26+more&To=%2B1".as_bytes()).unwrap();
    let signature = sign(TOKEN, URL, &pairs(&[("Body", "café & more"), ("To", "+1")]));
    assert!(text.is_signed(&[TOKEN], URL, Some(&signature)));
    // Two bodies that look the same once shown are not the same.
    let broken = Form::parse(b"Body=caf%E9").unwrap();
    let shown = sign(TOKEN, URL, &broken.to_text());
    assert!(!broken.is_signed(&[TOKEN], URL, Some(&shown)));
}

#[test]
fn the_collected_vectors_match_when_they_are_at_hand() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/signatures.json"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        return;
    };
    let vectors: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(!vectors.is_empty());
    for vector in vectors {
        let params: Vec<(String, String)> =
            serde_json::from_value(vector["params"].clone()).unwrap();
        let text = |name: &str| vector[name].as_str().unwrap();
        let matched = verify(
            &[text("token")],
            text("signed_url"),
            &params,
            Some(text("signature")),
        );
        assert_eq!(
            matched,
            vector["must_match"].as_bool().unwrap(),
            "{}",
            text("name")
        );
    }
}

/// What follows the address in what is signed, written down a second time and more simply.
fn signed_text(params: &[(String, String)]) -> String {
    let mut sorted = params.to_vec();
    sorted.sort();
    sorted.dedup();
    sorted
        .iter()
        .map(|(name, value)| format!("{name}{value}"))
        .collect()
}

#[derive(Debug, Clone)]
struct Request {
    token: String,
    path: String,
    params: Vec<(String, String)>,
}

impl Request {
    fn url(&self) -> String {
        format!("https://office.example/{}", self.path)
    }

    fn signature(&self) -> String {
        sign(&self.token, &self.url(), &self.params)
    }
}

fn request() -> impl Strategy<Value = Request> {
    let params = prop::collection::vec(("[A-Za-z]{1,8}", "\\PC{0,12}"), 1..8);
    ("[0-9a-f]{32}", "[a-z0-9/?=&]{0,20}", params).prop_map(|(token, path, params)| Request {
        token,
        path,
        params,
    })
}

proptest! {
    #[test]
    fn what_was_signed_verifies(request in request()) {
        let signature = request.signature();
        prop_assert!(verify(&[&request.token], &request.url(), &request.params, Some(&signature)));
        prop_assert_eq!(&signature, &sign(&request.token, &request.url(), &[(String::new(), signed_text(&request.params))]));
    }

    #[test]
    fn one_change_of_a_name_or_a_value_is_refused(
        request in request(), at in any::<prop::sample::Index>(), in_name: bool, new in "[a-zA-Z0-9é]{1,9}",
    ) {
        let mut params = request.params.clone();
        let pair = at.get_mut(&mut params);
        if in_name { pair.0 = new } else { pair.1 = new }
        let url = request.url();
        // The scheme runs names and values together, so some forms are the same to it.
        prop_assume!(signed_text(&params) != signed_text(&request.params));
        prop_assert!(!verify(&[&request.token], &url, &params, Some(&request.signature())));
    }

    #[test]
    fn a_parameter_more_or_less_is_refused(request in request(), at in any::<prop::sample::Index>()) {
        let mut fewer = request.params.clone();
        fewer.remove(at.index(fewer.len()));
        let mut more = request.params.clone();
        more.push(("Extra".to_owned(), "1".to_owned()));
        let url = request.url();
        prop_assume!(signed_text(&fewer) != signed_text(&request.params));
        prop_assert!(!verify(&[&request.token], &url, &fewer, Some(&request.signature())));
        prop_assert!(!verify(&[&request.token], &url, &more, Some(&request.signature())));
    }

    #[test]
    fn one_change_of_the_address_or_token_is_refused(request in request(), letter in "[a-zA-Z0-9]") {
        let signature = request.signature();
        let longer = format!("{}{letter}", request.url());
        prop_assert!(!verify(&[&request.token], &longer, &request.params, Some(&signature)));
        let other_host = request.url().replace("office", "offices");
        prop_assert!(!verify(&[&request.token], &other_host, &request.params, Some(&signature)));
        let other_token = format!("{}{letter}", request.token);
        prop_assert!(!verify(&[&other_token], &request.url(), &request.params, Some(&signature)));
    }

    #[test]
    fn one_change_of_the_signature_is_refused(request in request(), at in 0..28usize, letter in "[A-Za-z0-9+/=]") {
        let right = request.signature();
        let mut wrong = right.clone();
        wrong.replace_range(at..=at, &letter);
        prop_assume!(wrong != right);
        prop_assert!(!verify(&[&request.token], &request.url(), &request.params, Some(&wrong)));
    }
}
