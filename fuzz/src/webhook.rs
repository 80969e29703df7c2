//! The body of a webhook.

use twilio::form::{Form, MAX_PAIRS};

/// Bodies up to this size are read at all (the server's own limit is lower).
const LONGEST: usize = 1 << 20;

/// Any body is read or refused; what was read says the same by each way of asking, and again when it is written anew.
pub fn holds(body: &[u8]) {
    let body = &body[..body.len().min(LONGEST)];
    let Ok(form) = Form::parse(body) else {
        let pieces = body
            .split(|&byte| byte == b'&')
            .filter(|piece| !piece.is_empty());
        assert!(
            pieces.count() > MAX_PAIRS,
            "only too many pairs are refused"
        );
        return;
    };
    let pairs = form.pairs();
    assert!(pairs.len() <= MAX_PAIRS);
    assert_eq!(form.to_text().len(), pairs.len());
    for (name, value) in pairs {
        assert!(
            name.len() + value.len() <= body.len(),
            "decoding makes nothing longer"
        );
        let Ok(name) = std::str::from_utf8(name) else {
            continue;
        };
        let first = pairs.iter().find(|(each, _)| each == name.as_bytes());
        assert_eq!(
            form.get_bytes(name),
            first.map(|(_, value)| value.as_slice())
        );
    }
    let again: Vec<Vec<u8>> = pairs
        .iter()
        .map(|(name, value)| written(name, value))
        .collect();
    assert_eq!(
        Form::parse(&again.join(&b'&')),
        Ok(form),
        "written anew it reads the same"
    );
}

/// A pair with each byte as `%XX`.
fn written(name: &[u8], value: &[u8]) -> Vec<u8> {
    let all =
        |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("%{byte:02x}")).collect() };
    format!("{}={}", all(name), all(value)).into_bytes()
}
