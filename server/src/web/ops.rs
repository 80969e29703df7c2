//! For those who run the program: is it alive, is it ready.

use super::Web;
use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;

/// `GET /healthz`: the process answers.
pub async fn healthz() -> &'static str {
    "ok"
}

/// What `/readyz` says.
#[derive(Serialize)]
pub struct Ready {
    database: bool,
    /// Texts that have not reached Twilio.
    outbox: i64,
    /// How long the oldest of them has waited, in seconds.
    oldest_seconds: i64,
}

/// `GET /readyz`: the database answers, its tables are this program's, and the program
/// is not about to end; with depth and age of the outbox.
pub async fn readyz(State(web): State<Web>) -> (StatusCode, Json<Ready>) {
    match state(&web).await {
        Some((outbox, oldest_seconds)) => (
            StatusCode::OK,
            Json(Ready {
                database: true,
                outbox,
                oldest_seconds,
            }),
        ),
        None => (
            StatusCode::SERVICE_UNAVAILABLE,
            Json(Ready {
                database: false,
                outbox: 0,
                oldest_seconds: 0,
            }),
        ),
    }
}

async fn state(web: &Web) -> Option<(i64, i64)> {
    if *web.ending.borrow() {
        return None;
    }
    let current = web.service.store().is_current().await.ok()?;
    let outbox = web.service.outbox_state().await.ok()?;
    current.then_some(outbox)
}
