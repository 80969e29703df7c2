//! The webhook signature, header `X-Twilio-Signature`: base64 of HMAC-SHA1 over the address and the posted parameters,
//! keyed with the account's auth token. Source: twilio.com/docs/usage/webhooks/webhooks-security.
//!
//! The address is the one that Twilio was given, never one built from request headers. It carries no time:
//! a replayed request verifies for ever, so whoever acts on it must be harmless when repeated.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The header that carries the signature.
pub const HEADER: &str = "X-Twilio-Signature";

/// Signs an address with its decoded form parameters, as Twilio does. A `#fragment` is not signed.
pub fn sign(token: &str, url: &str, params: &[(String, String)]) -> String {
    sign_bytes(token, without_fragment(url), params)
}

/// Verifies a form post (or a GET, with no parameters) against each token, primary first.
///
/// `url` is the configured address with the query that came; it is tried with and without its standard port.
/// The time taken does not tell how much of a signature was right that does not fit.
pub fn verify(
    tokens: &[&str],
    url: &str,
    params: &[(String, String)],
    header: Option<&str>,
) -> bool {
    verify_bytes(tokens, url, params, header)
}

/// As [`verify`], over names and values as bytes: for bodies that are not UTF-8 (see [`crate::form::Form`]).
pub fn verify_bytes<T: AsRef<[u8]>>(
    tokens: &[&str],
    url: &str,
    params: &[(T, T)],
    header: Option<&str>,
) -> bool {
    let Some(given) = header else { return false };
    let fits = |token: &str, url: &str| -> bool {
        let signature = sign_bytes(token, url, params);
        signature.as_bytes().ct_eq(given.as_bytes()).into()
    };
    let tokens: Vec<&str> = tokens
        .iter()
        .copied()
        .filter(|token| !token.is_empty())
        .collect();
    // Nearly always the first: what does not fit is tried with all.
    spellings(url)
        .iter()
        .any(|url| tokens.iter().any(|token| fits(token, url)))
}

/// Verifies a post whose body is not a form: the address carries `bodySHA256`, the address alone is signed,
/// and the body must have that SHA-256.
pub fn verify_json(tokens: &[&str], url: &str, body: &[u8], header: Option<&str>) -> bool {
    let Some(promised) = body_sha256(url) else {
        return false;
    };
    let same_body = hex(&Sha256::digest(body))
        .as_bytes()
        .ct_eq(promised.to_ascii_lowercase().as_bytes());
    verify(tokens, url, &[], header) & bool::from(same_body)
}

/// As [`sign`], over names and values as bytes. `url` has no fragment.
pub fn sign_bytes<T: AsRef<[u8]>>(token: &str, url: &str, params: &[(T, T)]) -> String {
    let mut mac =
        Hmac::<Sha1>::new_from_slice(token.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(url.as_bytes());
    for (name, value) in sorted(params) {
        mac.update(name);
        mac.update(value);
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Names in byte order, each with its distinct values in byte order.
fn sorted<T: AsRef<[u8]>>(params: &[(T, T)]) -> Vec<(&[u8], &[u8])> {
    let mut pairs = Vec::with_capacity(params.len());
    for (name, value) in params {
        pairs.push((name.as_ref(), value.as_ref()));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The address as given, and with the standard port added or left out. Worked on as text, since a URL parser
/// would rewrite what was signed.
fn spellings(url: &str) -> Vec<String> {
    let url = without_fragment(url);
    let mut all = vec![url.to_owned()];
    all.extend(other_port_spelling(url));
    all
}

fn other_port_spelling(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let port = match scheme.to_ascii_lowercase().as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    if let Some(bare) = authority
        .strip_suffix(port)
        .filter(|_| host.ends_with(port))
    {
        return Some(format!("{scheme}://{bare}{path}"));
    }
    let after_brackets = host.rsplit_once(']').map_or(host, |(_, rest)| rest);
    (!after_brackets.contains(':')).then(|| format!("{scheme}://{authority}{port}{path}"))
}

fn without_fragment(url: &str) -> &str {
    url.split_once('#').map_or(url, |(before, _)| before)
}

fn body_sha256(url: &str) -> Option<&str> {
    let (_, query) = without_fragment(url).split_once('?')?;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("bodySHA256="))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
