//! `POST /twilio/text`: a client wrote. Kept first, then answered with the organization's Text Response.

use super::{Web, caller, read_form};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use service::incoming::{Came, Medium};
use twilio::{
    form::Form,
    twiml::{CONTENT_TYPE, message_reply},
};

/// The most bytes of a SID or a number that are kept; Twilio's have 34 and 16.
const LONGEST: usize = 64;
/// The most files whose addresses are kept; Twilio brings ten at most.
const MEDIA: usize = 10;

/// Answers a text.
pub async fn text(State(web): State<Web>, request: Request<Body>) -> Response {
    let (parts, form) = match read_form(request).await {
        Ok(read) => read,
        Err(refused) => return refused.into_response(),
    };
    let account = form.get("AccountSid").unwrap_or_default();
    let Ok(callers) = web.service.callers(&account).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let caller = match caller::find(&callers, &parts, &form, web.service.meters()) {
        Ok(caller) => caller,
        Err(refused) => return refused.into_response(),
    };
    if form.repeats_a_name() {
        tracing::warn!(org = %caller.org, "an incoming text brings a name twice; the first value counts");
    }
    let Some(came) = read(&form) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match web.service.take_text(caller.org, came).await {
        Ok(answer) => {
            let xml = message_reply(answer.as_deref());
            ([(header::CONTENT_TYPE, CONTENT_TYPE)], xml).into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The text in the form; `SmsSid` and `SmsMessageSid` are older names of its SID.
fn read(form: &Form) -> Option<Came> {
    let sid = ["MessageSid", "SmsSid", "SmsMessageSid"]
        .into_iter()
        .find_map(|name| short(form, name))?;
    let media = media(form);
    let counted = form.get("NumMedia").and_then(|count| count.parse().ok());
    let found = i64::try_from(media.len()).unwrap_or_default();
    Some(Came {
        sid,
        from: short(form, "From").unwrap_or_default(),
        to: short(form, "To").unwrap_or_default(),
        body: form.get_bytes("Body").unwrap_or_default().to_vec(),
        media_count: counted.filter(|count| *count >= 0).unwrap_or(found),
        media,
        opt_out: short(form, "OptOutType").map(|word| word.to_ascii_uppercase()),
    })
}

/// A value that can be kept: neither empty nor long, and without NUL.
fn short(form: &Form, name: &str) -> Option<String> {
    let value = form.get(name)?.into_owned();
    let kept = (1..=LONGEST).contains(&value.len()) && !value.contains('\0');
    kept.then_some(value)
}

fn media(form: &Form) -> Vec<Medium> {
    let file = |n: usize| {
        let value = |name: &str| form.get(&format!("{name}{n}")).map(|v| v.into_owned());
        Some(Medium {
            url: value("MediaUrl")?,
            content_type: value("MediaContentType").unwrap_or_default(),
        })
    };
    (0..MEDIA).filter_map(file).collect()
}
