//! The control API, JSON under `/control/…`: what tests and benchmarks set and read.

mod account;
mod talk;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use crate::{Delays, Delivery, Fate, LedgerEntry, Shared};

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/control/ledger", get(ledger))
        .route("/control/deliveries", get(deliveries))
        .route("/control/fate", get(fates).post(set_fate))
        .route("/control/delays", get(delays).post(set_delays))
        .route("/control/block", post(set_block))
        .route("/control/questions", get(questions).post(set_questions))
        .route("/control/text", post(talk::text))
        .route("/control/call", post(talk::call))
        .route("/control/deliver", post(talk::deliver))
        .route("/control/posts", get(talk::posts))
        .route("/control/account", post(account::set_account))
        .route("/control/number", post(account::set_number))
        .route("/control/clock", post(account::set_clock))
}

/// `{"phone_number": "+16615550142", "fate": "undelivered:30003"}`
#[derive(Deserialize)]
struct SetFate {
    phone_number: String,
    fate: Fate,
}

/// `{"our_number": "+16615550100", "phone_number": "+16615550142", "blocked": true}`
#[derive(Deserialize)]
struct SetBlock {
    our_number: String,
    phone_number: String,
    blocked: bool,
}

/// `{"too_many": true}`: whoever asks for texts is answered 429.
#[derive(Deserialize)]
struct SetQuestions {
    too_many: bool,
}

/// How many times texts were asked for.
async fn questions(State(shared): State<Arc<Shared>>) -> Json<u64> {
    Json(shared.state().questions)
}

async fn set_questions(
    State(shared): State<Arc<Shared>>,
    Json(set): Json<SetQuestions>,
) -> StatusCode {
    shared.state().too_many_questions = set.too_many;
    StatusCode::NO_CONTENT
}

async fn ledger(State(shared): State<Arc<Shared>>) -> Json<Vec<LedgerEntry>> {
    Json(shared.state().ledger.clone())
}

async fn deliveries(State(shared): State<Arc<Shared>>) -> Json<Vec<Delivery>> {
    Json(shared.state().deliveries.clone())
}

async fn fates(State(shared): State<Arc<Shared>>) -> Json<BTreeMap<String, Fate>> {
    Json(shared.state().fates().clone())
}

async fn set_fate(State(shared): State<Arc<Shared>>, Json(set): Json<SetFate>) -> StatusCode {
    shared.state().set_fate(&set.phone_number, set.fate);
    shared.changed();
    StatusCode::NO_CONTENT
}

async fn delays(State(shared): State<Arc<Shared>>) -> Json<Delays> {
    Json(shared.state().delays)
}

async fn set_delays(State(shared): State<Arc<Shared>>, Json(delays): Json<Delays>) -> StatusCode {
    shared.state().delays = delays;
    StatusCode::NO_CONTENT
}

async fn set_block(State(shared): State<Arc<Shared>>, Json(set): Json<SetBlock>) -> StatusCode {
    let mut state = shared.state();
    if set.blocked {
        state.block(&set.our_number, &set.phone_number);
    } else {
        state.unblock(&set.our_number, &set.phone_number);
    }
    StatusCode::NO_CONTENT
}
