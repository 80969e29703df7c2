//! The signature of a webhook.

use twilio::{form::Form, signature::sign_bytes};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const ANOTHER: &str = "0123456789abcdef0123456789abcdee";
const URL: &str = "https://text.office.example/twilio/text";

/// A body that is signed is taken, under its own token and address alone; whatever else stands in the header is not.
/// The input: the header, up to the first line's end, and the body.
pub fn holds(data: &[u8]) {
    let at = data
        .iter()
        .position(|&byte| byte == b'\n')
        .unwrap_or(data.len());
    let (header, body) = (&data[..at], data.get(at + 1..).unwrap_or_default());
    let Ok(form) = Form::parse(body) else { return };
    let right = sign_bytes(TOKEN, URL, form.pairs());
    let signed = |url, header: &str| form.is_signed(&[TOKEN], url, Some(header));
    assert!(signed(URL, &right));
    assert!(
        form.is_signed(&[ANOTHER, TOKEN], URL, Some(&right)),
        "either of two tokens"
    );
    assert!(!form.is_signed(&[ANOTHER], URL, Some(&right)));
    assert!(!form.is_signed(&[], URL, Some(&right)));
    assert!(!form.is_signed(&[TOKEN], URL, None));
    assert!(!signed("https://text.office.example/twilio/voice", &right));
    let header = String::from_utf8_lossy(header);
    assert!(
        header == right || !signed(URL, &header),
        "{header} is no signature"
    );
}
