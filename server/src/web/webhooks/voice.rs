//! `POST /twilio/voice`: the organization's Call Response is spoken.

use super::{Web, caller, read_form};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::voice::CallResponse;
use service::calls::Call;
use twilio::{
    form::Form,
    twiml::{CONTENT_TYPE, Say, call_reply},
};

/// The most bytes of a SID or a number that are kept; Twilio's have 34 and 16.
const LONGEST: usize = 64;

/// Answers a call. While the database is away the answer comes from memory, and the call is not kept.
pub async fn voice(State(web): State<Web>, request: Request<Body>) -> Response {
    let (parts, form) = match read_form(request).await {
        Ok(read) => read,
        Err(refused) => return refused.into_response(),
    };
    let account = form.get("AccountSid").unwrap_or_default();
    let Ok(callers) = web.service.callers_or_remembered(&account).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let caller = match caller::find(&callers, &parts, &form, web.service.meters()) {
        Ok(caller) => caller,
        Err(refused) => return refused.into_response(),
    };
    let Some(call) = read(&form) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if web.service.take_call(caller.org, &call).await.is_err() {
        tracing::error!(
            sid = call.sid,
            "a call was answered from memory and could not be kept"
        );
    }
    (
        [(header::CONTENT_TYPE, CONTENT_TYPE)],
        answer(&caller.spoken),
    )
        .into_response()
}

fn answer(response: &CallResponse) -> String {
    let texts: Vec<Say<'_>> = response
        .spoken()
        .map(|saying| Say {
            text: &saying.text,
            voice: &saying.voice,
            language: &saying.language,
        })
        .collect();
    call_reply(&texts)
}

fn read(form: &Form) -> Option<Call> {
    let storable = |text: &String| (1..=LONGEST).contains(&text.len()) && !text.contains('\0');
    let sid = form.get("CallSid")?.into_owned();
    // Whoever calls is answered, also from a number that cannot be kept.
    let number = |name| {
        let number = form.get(name).map(|number| number.into_owned());
        number.filter(storable).unwrap_or_default()
    };
    Some(Call {
        sid: Some(sid).filter(storable)?,
        from: number("From"),
        to: number("To"),
    })
}
