//! Twilio's webhooks: signature first, then stored, then answered. No session, no cookies, a router of their own.

mod caller;
mod probe;
mod text;
mod voice;

pub use probe::CHALLENGE;

use super::Web;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::post,
};
use domain::{ids::TextId, status::Source};
use service::{
    callers::Caller, outbox::callback_for, reports::Report, test_text::test_callback_for,
};
use twilio::form::Form;
use uuid::Uuid;

/// The most that Twilio sends: 64 kB.
const LIMIT: usize = 64 * 1024;

/// The addresses of webhooks. `.ashx` is where organizations have them in Twilio today, in any case: see [`lower`].
pub fn routes() -> Router<Web> {
    let mut router = Router::new()
        .route("/twilio/status", post(status))
        .route("/twilio/text", post(text::text))
        .route("/twilio/voice", post(voice::voice))
        .route(probe::PATH, post(probe::probe));
    for folder in ["/twilio", "/text"] {
        router = router
            .route(&format!("{folder}/smsmessagestatus.ashx"), post(status))
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

/// The form that Twilio posted.
async fn read_form(request: Request<Body>) -> Result<(Parts, Form), StatusCode> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, LIMIT)
        .await
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let form = Form::parse(&bytes).map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok((parts, form))
}

/// `POST /twilio/status?text={id}`
async fn status(State(web): State<Web>, request: Request<Body>) -> Response {
    let (parts, form) = match read_form(request).await {
        Ok(read) => read,
        Err(refused) => return refused.into_response(),
    };
    let named = Named::read(parts.uri.query().unwrap_or_default());
    let callers = match web
        .service
        .callers(&form.get("AccountSid").unwrap_or_default())
        .await
    {
        Ok(callers) => callers,
        Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let Some(caller) = callers
        .iter()
        .find(|caller| is_from(caller, &form, named, &parts.headers))
    else {
        tracing::warn!(
            path = parts.uri.path(),
            "a status callback whose signature does not fit was refused"
        );
        return StatusCode::FORBIDDEN.into_response();
    };
    let Some(report) = read(&form) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let taken = match named {
        Named::Test(id) => {
            let taken = web.service.take_test_callback(caller.org, id, &report);
            taken.await
        }
        Named::Text(id) => {
            web.service
                .take_callback(caller.org, Some(id), &report)
                .await
        }
        Named::Nothing => web.service.take_callback(caller.org, None, &report).await,
    };
    match taken {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The signature is checked over the configured address, never over what the request says of itself.
fn is_from(caller: &Caller, form: &Form, named: Named, headers: &HeaderMap) -> bool {
    let url = match named {
        Named::Text(text) => callback_for(&caller.status_callback, text),
        Named::Test(id) => test_callback_for(&caller.status_callback, id),
        Named::Nothing => caller.status_callback.clone(),
    };
    caller::is_signed(caller, form, &url, caller::signature(headers))
}

/// What a report's address names: a client's text, a test text, or neither.
#[derive(Clone, Copy)]
enum Named {
    Text(TextId),
    Test(Uuid),
    Nothing,
}

impl Named {
    fn read(query: &str) -> Self {
        let value = |wanted: &str| {
            url::form_urlencoded::parse(query.as_bytes())
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.into_owned())
        };
        let text = value("text").and_then(|id| id.parse().ok());
        let test = value("test").and_then(|id| id.parse().ok());
        match (text, test) {
            (Some(id), _) => Self::Text(id),
            (None, Some(id)) => Self::Test(id),
            (None, None) => Self::Nothing,
        }
    }
}

/// The report in the form; `SmsSid` and `SmsStatus` are the older names of the same.
fn read(form: &Form) -> Option<Report> {
    let sid = form
        .get("MessageSid")
        .or_else(|| form.get("SmsSid"))?
        .into_owned();
    let word = form
        .get("MessageStatus")
        .or_else(|| form.get("SmsStatus"))?
        .into_owned();
    let storable = |text: &str| (1..=64).contains(&text.len()) && !text.contains('\0');
    let error = form.get("ErrorCode").and_then(|code| code.parse().ok());
    (storable(&sid) && storable(&word)).then_some(Report {
        sid,
        word,
        error,
        source: Source::Callback,
    })
}
