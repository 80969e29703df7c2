//! A request that this program sent to its own public address: it is told what arrived.
//!
//! Whatever path it arrives at, it is answered here, so that what a proxy did to the path can be told. A challenge
//! that this program did not seal is answered as if nothing were here.

use super::{Web, caller, read_form};
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use service::checks::Echo;

/// The header that carries the challenge.
pub const CHALLENGE: &str = "x-oktext-challenge";
/// Where such requests are led.
pub const PATH: &str = "/twilio/probe";

/// The request led here, with the path that it came by.
pub fn redirected(mut request: Request) -> Request {
    let came = request
        .uri()
        .path_and_query()
        .map_or("/", |uri| uri.as_str());
    let came = caller::AsCame(came.to_owned());
    request.extensions_mut().insert(came);
    *request.uri_mut() = Uri::from_static(PATH);
    request
}

/// Tells this program what arrived of its own request.
pub async fn probe(State(web): State<Web>, request: Request<Body>) -> Response {
    let challenge = request.headers().get(CHALLENGE).cloned();
    let opened = challenge
        .as_ref()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| web.service.open_challenge(value));
    let Some(challenge) = opened else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (parts, form) = match read_form(request).await {
        Ok(read) => read,
        Err(refused) => return refused.into_response(),
    };
    let account = form.get("AccountSid").unwrap_or_default();
    let Ok(callers) = web.service.callers(&account).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let arrived = caller::as_came(&parts);
    let signature = caller::signature(&parts.headers);
    let signed = callers
        .iter()
        .filter(|caller| caller.org == challenge.org)
        .any(|caller| {
            let url = format!("{}{arrived}", caller.public_url);
            caller::is_signed(caller, &form, &url, signature)
        });
    Json(Echo {
        nonce: challenge.nonce,
        arrived: arrived.to_owned(),
        has_signature: signature.is_some(),
        signed,
        form: form.to_text(),
    })
    .into_response()
}
