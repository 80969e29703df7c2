//! Phones that text and call: a test says what, and reads what was posted and answered.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::{Exchange, NoTalk, PhoneCall, PhoneText, Post, Shared, talk};

/// `{"from": "+16615550142", "to": "+16615550100", "body": "STOP"}`; the other fields are those of [`PhoneText`].
pub(super) async fn text(
    State(shared): State<Arc<Shared>>,
    Json(text): Json<PhoneText>,
) -> Response {
    answer(talk::receive_text(&shared, text).await)
}

/// `{"from": "+16615550142", "to": "+16615550100"}`
pub(super) async fn call(
    State(shared): State<Arc<Shared>>,
    Json(call): Json<PhoneCall>,
) -> Response {
    answer(talk::receive_call(&shared, call).await)
}

/// `{"sid": "SM…"}`: a held text is posted, any other once more.
#[derive(Deserialize)]
pub(super) struct Deliver {
    sid: String,
}

pub(super) async fn deliver(
    State(shared): State<Arc<Shared>>,
    Json(deliver): Json<Deliver>,
) -> Response {
    answer(talk::deliver_again(&shared, &deliver.sid).await)
}

pub(super) async fn posts(State(shared): State<Arc<Shared>>) -> Json<Vec<Post>> {
    Json(shared.state().posts.clone())
}

fn answer(result: Result<Exchange, NoTalk>) -> Response {
    match result {
        Ok(exchange) => Json(exchange).into_response(),
        Err(no) => {
            let status = match no {
                NoTalk::NoSuchNumber | NoTalk::NoSuchText => StatusCode::NOT_FOUND,
                NoTalk::NotCapable | NoTalk::NotActive => StatusCode::CONFLICT,
            };
            (status, Json(json!({ "error": no.to_string() }))).into_response()
        }
    }
}
