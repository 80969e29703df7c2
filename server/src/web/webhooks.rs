//! Twilio's webhooks: signature first, then stored, then answered. No session, no cookies, a router of their own.

mod caller;
mod probe;
mod status;
mod text;
mod voice;

pub use probe::CHALLENGE;

use super::Web;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header, request::Parts},
    routing::post,
};
use twilio::form::Form;

/// The most that Twilio sends: 64 kB.
pub const LIMIT: usize = 64 * 1024;

/// The addresses of webhooks. `.ashx` is where organizations have them in Twilio today, in any case: see [`lower`].
pub fn routes() -> Router<Web> {
    let mut router = Router::new()
        .route("/twilio/status", post(status::status))
        .route("/twilio/text", post(text::text))
        .route("/twilio/voice", post(voice::voice))
        .route(probe::PATH, post(probe::probe));
    for folder in ["/twilio", "/text"] {
        router = router
            .route(
                &format!("{folder}/smsmessagestatus.ashx"),
                post(status::status),
            )
            .route(&format!("{folder}/texthandler.ashx"), post(text::text))
            .route(&format!("{folder}/voicemessage.ashx"), post(voice::voice));
    }
    router
}

/// The path in lower case, if it is one of the old addresses: those were never sensitive to it. What came is kept
/// beside it, since that is what Twilio signed.
pub fn lower(mut request: Request) -> Request {
    if request.headers().contains_key(CHALLENGE) {
        return probe::redirected(request);
    }
    let path = request.uri().path().to_ascii_lowercase();
    if path.ends_with(".ashx") {
        let query = request
            .uri()
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        if let Ok(uri) = format!("{path}{query}").parse() {
            let came = format!("{}{query}", request.uri().path());
            request.extensions_mut().insert(caller::AsCame(came));
            *request.uri_mut() = uri;
        }
    }
    request
}

/// The form that Twilio posted. It compresses nothing, so what is compressed is not unpacked: a few bytes could be
/// gigabytes.
async fn read_form(request: Request<Body>) -> Result<(Parts, Form), StatusCode> {
    let (parts, body) = request.into_parts();
    if parts.headers.contains_key(header::CONTENT_ENCODING) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let bytes = to_bytes(body, LIMIT)
        .await
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let form = Form::parse(&bytes).map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok((parts, form))
}
