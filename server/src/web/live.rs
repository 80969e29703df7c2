//! `GET /live`: what happens on a case while its page is open, as server-sent events. The event table is the truth;
//! a page that was away goes on after the last event it saw, and misses nothing.

use super::{Web, session};
use app::context::Session;
use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::{ids::CaseId, live::LiveEvent, role::Actor};
use futures::{Stream, StreamExt, stream};
use serde::Deserialize;
use service::live::BATCH;
use std::{convert::Infallible, time::Duration};
use tokio::time::timeout;

/// How often the table is looked at although no bell rang (another server may have written).
const LOOK: Duration = Duration::from_secs(5);

/// Which events.
#[derive(Deserialize)]
pub struct Wanted {
    case: CaseId,
    /// The newest event that the page knows.
    after: Option<i64>,
}

/// `GET /live?case=…&after=…`
pub async fn live(
    State(web): State<Web>,
    Extension(session): Extension<Session>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let (Some(actor), Some(token)) = (session.0, session::token(&web, &headers)) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    // A browser that reconnects says itself what it saw last.
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .and_then(|id| id.parse().ok());
    let after = match last.or(wanted.after) {
        Some(after) => after,
        None => match web.service.last_event(&actor).await {
            Ok(newest) => newest,
            Err(problem) => return super::pages::problem(&web, &problem),
        },
    };
    Sse::new(events(web, (actor, token), wanted.case, after))
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// The events of one case, for ever, or until the program ends or the session does.
fn events(
    web: Web,
    (actor, token): (Actor, String),
    case: CaseId,
    after: i64,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let bell = web.service.listen();
    let mut ending = web.ending.clone();
    let batches = stream::unfold(
        ((web, actor, token), after, bell, true),
        move |((web, actor, token), after, mut bell, at_once)| async move {
            if !at_once {
                // Rung, too slow to hear, or nothing for a while: in each case look at the table.
                let _ = timeout(LOOK, bell.recv()).await;
                while bell.try_recv().is_ok() {}
            }
            // Who signed out, or stayed away for too long, is told nothing more.
            if !web.service.stands(&token).await.ok()? {
                return None;
            }
            let found = web.service.events_after(&actor, after).await.ok()?;
            let full = i64::try_from(found.len()).is_ok_and(|n| n >= BATCH);
            let after = found.last().map_or(after, |event| event.id);
            Some((found, ((web, actor, token), after, bell, full)))
        },
    );
    batches
        .map(stream::iter)
        .flatten()
        .filter(move |event| std::future::ready(event.case == case))
        .map(|event| Ok(as_event(&event)))
        .take_until(async move {
            let _ = ending.wait_for(|ending| *ending).await;
        })
}

fn as_event(event: &LiveEvent) -> Event {
    let id = event.id.to_string();
    Event::default()
        .event("text")
        .id(id)
        .json_data(event)
        .unwrap_or_default()
}
