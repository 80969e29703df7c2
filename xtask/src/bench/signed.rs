//! Requests as Twilio makes them: a form, signed over the address that Twilio was given.

use super::http::form_value;
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Twilio's signature; the form's names are in order already.
pub fn sign(token: &str, url: &str, form: &[(&str, &str)]) -> Result<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).context("a key")?;
    mac.update(url.as_bytes());
    for (name, value) in form {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    Ok(STANDARD.encode(mac.finalize().into_bytes()))
}

/// The bytes of a signed request; the form's names are in order already.
pub fn request(token: &str, public: &str, path: &str, form: &[(&str, &str)]) -> Result<Vec<u8>> {
    let signature = sign(token, &format!("{public}{path}"), form)?;
    let pairs: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{name}={}", form_value(value)))
        .collect();
    let body = pairs.join("&");
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: bench.example\r\nuser-agent: TwilioProxy/1.1\r\naccept: */*\r\n\
         x-twilio-signature: {signature}\r\n\
         content-type: application/x-www-form-urlencoded; charset=UTF-8\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    Ok(request.into_bytes())
}
