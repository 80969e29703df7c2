//! The phone's keyboard: plain forms, each ending on the phone again.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::phone::Phone;
use domain::segments::{MAX_BODY, normalize_newlines};
use serde::Deserialize;

use super::page::Typed;
use super::{back, show};
use crate::talk::{deliver_again, receive_call, receive_text};
use crate::{NoTalk, PhoneCall, PhoneText, Shared, clock, words};

const LATE: (u64, u64) = (10_000, 10_000);

#[derive(Deserialize)]
pub(super) struct Reply {
    phone: String,
    to: String,
    #[serde(default)]
    body: String,
    /// One of the quick replies; goes before what was typed.
    quick: Option<String>,
    #[serde(default)]
    passing: Passing,
}

#[derive(Deserialize, Default, PartialEq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Passing {
    #[default]
    Once,
    Twice,
    Late,
}

pub(super) async fn reply(State(shared): State<Arc<Shared>>, Form(reply): Form<Reply>) -> Response {
    if Phone::from_e164(&reply.phone).is_none() {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let typed = normalize_newlines(&reply.body).into_owned();
    let body = reply.quick.clone().unwrap_or_else(|| typed.clone());
    let result = match problem(&body) {
        Some(problem) => Err(problem),
        None => pass_on(&shared, &reply, body)
            .await
            .map_err(|_| words::NOT_TAKEN),
    };
    match result {
        Ok(()) => back(&shared, &reply.phone),
        Err(problem) => {
            let typed = Typed {
                body: typed,
                problem: Some(problem),
            };
            let page = show(&shared, Some(&reply.phone), &typed);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
    }
}

fn problem(body: &str) -> Option<&'static str> {
    if body.trim().is_empty() {
        return Some(words::NO_WORDS);
    }
    (body.encode_utf16().count() > MAX_BODY).then_some(words::TOO_LONG)
}

async fn pass_on(shared: &Arc<Shared>, reply: &Reply, body: String) -> Result<(), NoTalk> {
    let text = PhoneText {
        from: reply.phone.clone(),
        to: reply.to.clone(),
        body,
        hold: reply.passing == Passing::Late,
        ..PhoneText::default()
    };
    let sid = receive_text(shared, text).await?.sid;
    match reply.passing {
        Passing::Once => {}
        Passing::Twice => {
            deliver_again(shared, &sid).await?;
        }
        Passing::Late => {
            tokio::spawn(deliver_late(shared.clone(), sid));
        }
    }
    Ok(())
}

async fn deliver_late(shared: Arc<Shared>, sid: String) {
    tokio::select! {
        () = clock::wait(LATE) => {}
        () = shared.closed() => return,
    }
    if let Err(error) = deliver_again(&shared, &sid).await {
        tracing::warn!(%sid, %error, "a late reply of the simulator reached nobody");
    }
}

#[derive(Deserialize)]
pub(super) struct Again {
    phone: String,
    sid: String,
}

pub(super) async fn again(State(shared): State<Arc<Shared>>, Form(again): Form<Again>) -> Response {
    match deliver_again(&shared, &again.sid).await {
        Ok(_) => back(&shared, &again.phone),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

#[derive(Deserialize)]
pub(super) struct Dial {
    phone: String,
    to: String,
}

pub(super) async fn call(State(shared): State<Arc<Shared>>, Form(dial): Form<Dial>) -> Response {
    if Phone::from_e164(&dial.phone).is_none() {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let call = PhoneCall {
        from: dial.phone.clone(),
        to: dial.to,
        sid: None,
    };
    match receive_call(&shared, call).await {
        Ok(_) => back(&shared, &dial.phone),
        Err(no) => (StatusCode::UNPROCESSABLE_ENTITY, no.to_string()).into_response(),
    }
}
