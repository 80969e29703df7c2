//! Who calls: which organization a webhook is for, and whether Twilio signed it.

use axum::http::{HeaderMap, StatusCode, request::Parts};
use secrecy::ExposeSecret;
use service::{
    callers::Caller,
    meters::{Meters, Odd},
};
use twilio::form::Form;

/// Path and query as the request brought them: what Twilio signed. The router sees old addresses in lower case.
#[derive(Clone, Debug)]
pub struct AsCame(pub String);

/// The caller among those that have the account: the one whose signature fits and whose number was texted or called.
///
/// # Errors
/// What to answer instead: 404 for an account or a number that nobody has, 403 without the right signature.
pub fn find<'a>(
    callers: &'a [Caller],
    parts: &Parts,
    form: &Form,
    meters: &Meters,
) -> Result<&'a Caller, StatusCode> {
    let path = parts.uri.path();
    if callers.is_empty() {
        tracing::warn!(path, "a webhook for an account that nobody has");
        meters.odd(Odd::NobodysAccount);
        return Err(StatusCode::NOT_FOUND);
    }
    let as_came = as_came(parts);
    let signature = signature(&parts.headers);
    let signed: Vec<&Caller> = callers
        .iter()
        .filter(|caller| {
            let url = format!("{}{as_came}", caller.public_url);
            is_signed(caller, form, &url, signature)
        })
        .collect();
    let Some(first) = signed.first().map(|caller| caller.org) else {
        tracing::warn!(path, "a webhook whose signature does not fit was refused");
        return Err(StatusCode::FORBIDDEN);
    };
    let to = form.get("To").unwrap_or_default();
    let ours = |caller: &&Caller| {
        let number = caller.number.as_ref();
        number.is_some_and(|number| number.as_str() == to)
    };
    signed.into_iter().find(ours).ok_or_else(|| {
        tracing::warn!(path, org = %first, "a signed webhook for a number that is nobody's");
        meters.odd(Odd::NobodysNumber);
        StatusCode::NOT_FOUND
    })
}

/// Whether one of the caller's tokens signed this form for this address.
pub fn is_signed(caller: &Caller, form: &Form, url: &str, signature: Option<&str>) -> bool {
    let tokens: Vec<&str> = caller
        .tokens
        .iter()
        .map(|token| token.expose_secret())
        .collect();
    form.is_signed(&tokens, url, signature)
}

/// The signature, if there is exactly one: of two nobody knows which one counts.
pub fn signature(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(twilio::signature::HEADER).iter();
    match (all.next(), all.next()) {
        (Some(one), None) => one.to_str().ok(),
        _ => None,
    }
}

/// Path and query as the request brought them.
pub fn as_came(parts: &Parts) -> &str {
    let routed = || parts.uri.path_and_query().map_or("/", |uri| uri.as_str());
    parts
        .extensions
        .get::<AsCame>()
        .map_or_else(routed, |came| came.0.as_str())
}
