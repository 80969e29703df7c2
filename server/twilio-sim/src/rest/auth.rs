//! HTTP Basic: the account's SID and one of its auth tokens.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq;

use crate::Shared;
use crate::refusal::Refusal;

/// Lets in who knows a token of the account, and answers with the account's SID.
pub(super) fn enter(
    shared: &Shared,
    headers: &HeaderMap,
    account_sid: &str,
) -> Result<String, Refusal> {
    let refused = Refusal::of(20003);
    let (username, password) = basic(headers).ok_or(refused)?;
    let state = shared.state();
    let account = state.account(&username).ok_or(refused)?;
    let right = |token: &str| bool::from(token.as_bytes().ct_eq(password.as_bytes()));
    if !account.tokens().any(right) || username != account_sid {
        return Err(refused);
    }
    Ok(username)
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let encoded = headers
        .get(AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Basic ")?;
    let plain = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (username, password) = plain.split_once(':')?;
    Some((username.to_owned(), password.to_owned()))
}
