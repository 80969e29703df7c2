//! `GET /live`: what happens while a page is open, as server-sent events. The event table is the truth;
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
use domain::{
    ids::{CaseId, ClientId},
    live::{ANEW, Following, LiveEvent, OFFICE},
    problem::Problem,
    role::Actor,
};
use futures::{Stream, StreamExt, stream};
use serde::Deserialize;
use service::live::BATCH;
use std::convert::Infallible;
use tokio::time::timeout;

/// Which events: of a case, of a client, or (`office=1`) of what comes in and of what is to be decided. Beside a case or a
/// client, `office=1` adds the latter under a name of their own, so that one connection does for a page.
#[derive(Deserialize)]
pub struct Wanted {
    case: Option<CaseId>,
    client: Option<ClientId>,
    office: Option<u8>,
    /// The newest event that the page knows.
    after: Option<i64>,
}

impl Wanted {
    /// What it follows. `Ok(None)`: nothing that is there.
    async fn following(&self, web: &Web, actor: &Actor) -> Result<Option<Following>, Problem> {
        match (self.case, self.client, self.office) {
            (Some(case), None, _) => web.service.following_case(actor, case).await,
            (None, Some(client), _) => Ok(Some(Following::Client(client))),
            (None, None, Some(_)) => Ok(Some(Following::Office)),
            _ => Err(Problem::NotFound),
        }
    }
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
    let following = match wanted.following(&web, &actor).await {
        Ok(following) => following,
        Err(Problem::NotFound) => return StatusCode::BAD_REQUEST.into_response(),
        Err(problem) => return super::pages::problem(&web, &problem),
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
    let told = match start(&web, &actor, after).await {
        Ok(told) => told,
        Err(problem) => return super::pages::problem(&web, &problem),
    };
    let after = told.as_ref().map_or(after, |event| event.id);
    let anew = told.map(|event| Ok(named(ANEW, &event)));
    let followed = Followed {
        page: following,
        office: wanted.office.is_some(),
    };
    let events = events(web, (actor, token), followed, after);
    Sse::new(stream::iter(anew).chain(events))
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// What a page is told first whose next events were tidied away: to read everything anew, and from where it goes on.
async fn start(web: &Web, actor: &Actor, after: i64) -> Result<Option<LiveEvent>, Problem> {
    if !web.service.missed_events(actor, after).await? {
        return Ok(None);
    }
    let id = web.service.last_event(actor).await?;
    Ok(Some(LiveEvent {
        id,
        ..LiveEvent::default()
    }))
}

/// What a connection is told of.
#[derive(Clone, Copy)]
struct Followed {
    /// What the page follows; nothing that is there, perhaps.
    page: Option<Following>,
    office: bool,
}

impl Followed {
    /// The event under the name by which the page listens for it, if it is to be told.
    fn named(self, event: &LiveEvent) -> Option<Event> {
        let wants = |following: Following| following.wants(event);
        let office = self.office && wants(Following::Office);
        match self.page.is_some_and(wants) {
            true => Some(named(event.kind(), event)),
            false => office.then(|| named(OFFICE, event)),
        }
    }
}

/// The events that are followed, for ever, or until the program ends or the session does.
fn events(
    web: Web,
    (actor, token): (Actor, String),
    followed: Followed,
    after: i64,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let bell = web.service.listen(&actor);
    let mut ending = web.ending.clone();
    let batches = stream::unfold(
        ((web, actor, token), after, bell, true),
        move |((web, actor, token), after, mut bell, at_once)| async move {
            if !at_once {
                // Rung, or nothing for a while: in each case look at the table.
                let _ = timeout(web.service.look_every(), bell.rung()).await;
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
        .filter_map(move |event| std::future::ready(followed.named(&event)))
        .map(Ok)
        .take_until(async move {
            let _ = ending.wait_for(|ending| *ending).await;
        })
}

fn named(kind: &str, event: &LiveEvent) -> Event {
    let id = event.id.to_string();
    Event::default()
        .event(kind)
        .id(id)
        .json_data(event)
        .unwrap_or_default()
}
