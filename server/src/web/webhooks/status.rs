//! `POST /twilio/status?text={id}`: Twilio says what became of a text.

use super::{Web, caller, read_form};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
};
use domain::{problem::Problem, status::Source};
use service::{
    callers::Caller, meters::Odd, outbox::callback_for, reports::Report, reports_of::Named,
    test_text::test_callback_for,
};
use twilio::form::Form;

/// Takes a report. What to answer: 204 once it is kept.
pub async fn status(State(web): State<Web>, request: Request<Body>) -> StatusCode {
    let (parts, form) = match read_form(request).await {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    let named = read_named(parts.uri.query().unwrap_or_default());
    let account = form.get("AccountSid").unwrap_or_default();
    let Ok(callers) = web.service.callers(&account).await else {
        return StatusCode::SERVICE_UNAVAILABLE;
    };
    if callers.is_empty() {
        tracing::warn!("a status callback for an account that nobody has was refused");
        web.service.meters().odd(Odd::NobodysAccount);
        return StatusCode::FORBIDDEN;
    }
    let signed: Vec<&Caller> = callers
        .iter()
        .filter(|caller| is_from(caller, &form, named, &parts.headers))
        .collect();
    if signed.is_empty() {
        tracing::warn!(
            path = parts.uri.path(),
            "a status callback whose signature does not fit was refused"
        );
        return StatusCode::FORBIDDEN;
    }
    let Some(report) = read(&form) else {
        return StatusCode::BAD_REQUEST;
    };
    let from = form.get("From").unwrap_or_default();
    match take(&web, &signed, named, (report, &from)).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Gives the report to the organization that it is for.
async fn take(
    web: &Web,
    signed: &[&Caller],
    named: Named,
    (report, from): (Report, &str),
) -> Result<(), Problem> {
    let service = &web.service;
    let whose = service.whose_report(signed, named, (&report.sid, from));
    let Some(org) = whose.await? else {
        return Ok(());
    };
    service.take_callback(org, named, report).await
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

fn read_named(query: &str) -> Named {
    let value = |wanted: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let text = value("text").and_then(|id| id.parse().ok());
    let test = value("test").and_then(|id| id.parse().ok());
    match (text, test) {
        (Some(id), _) => Named::Text(id),
        (None, Some(id)) => Named::Test(id),
        (None, None) => Named::Nothing,
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
