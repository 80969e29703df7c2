//! Around Twilio's webhooks: each has an answer in time, and is counted.

use super::{Web, webhooks};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// Twilio gives a webhook 15 seconds with all its retries: a "not now" has to come soon enough that it asks again.
const PATIENCE: Duration = Duration::from_millis(2_500);

/// More than so many at once could not be kept within that time on any machine that this program was seen on.
const AT_ONCE: usize = 4_096;

/// Those that are being answered. Whoever comes above their number is told at once to come again, so that the others are
/// answered in time; a call is not turned away, since nobody repeats it.
#[derive(Clone)]
pub struct Crowd(Arc<Semaphore>);

impl Default for Crowd {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Answers 503 when the database takes too long. What was not committed by then is rolled back; what was is found again
/// when Twilio repeats it. A call waits longer: it is answered from memory in the end, and nobody repeats it.
pub async fn webhook(
    State((web, crowd)): State<(Web, Crowd)>,
    request: Request,
    next: Next,
) -> Response {
    let kind = kind(request.uri().path());
    // How slowly a request comes in is not the database's doing, and has its own deadline.
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, webhooks::LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let meters = web.service.meters();
    let place = crowd.0.try_acquire();
    // Only now that the whole request was read: a connection that is closed before is reset.
    if place.is_err() && kind != "voice" {
        meters.turned_away();
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let (began, answering) = (
        Instant::now(),
        next.run(Request::from_parts(parts, Body::from(body))),
    );
    let answer = match kind {
        "voice" => answering.await,
        _ => in_time(kind, answering).await,
    };
    meters.webhook(kind, answer.status().as_u16(), began.elapsed());
    if answer.status() == StatusCode::FORBIDDEN {
        meters.signature_refused(kind);
    }
    answer
}

async fn in_time(kind: &str, answering: impl Future<Output = Response>) -> Response {
    let answer = tokio::time::timeout(PATIENCE, answering).await;
    answer.unwrap_or_else(|_| {
        tracing::error!(kind, "a webhook could not be kept in time");
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    })
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('/').next().unwrap_or_default() {
        "text" | "texthandler.ashx" => "text",
        "voice" | "voicemessage.ashx" => "voice",
        "status" | "smsmessagestatus.ashx" => "status",
        _ => "other",
    }
}
