//! The phone on the screen: a page that works by reloading, and lives when scripts run.

mod html;
mod page;
mod talk;

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderName, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use domain::phone::Phone;
use futures::stream::{Stream, unfold};
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;

use crate::{Fate, Shared, Signal};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(phone))
        .route("/fate", post(choose_fate))
        .route("/reply", post(talk::reply))
        .route("/again", post(talk::again))
        .route("/call", post(talk::call))
        .route("/events", get(events))
        .route(
            "/phone.js",
            get(|| {
                asset(
                    "text/javascript; charset=utf-8",
                    include_str!("screen/phone.js"),
                )
            }),
        )
        .route(
            "/phone.css",
            get(|| asset("text/css; charset=utf-8", include_str!("screen/phone.css"))),
        )
}

#[derive(Deserialize)]
struct Chosen {
    phone: Option<String>,
}

async fn phone(State(shared): State<Arc<Shared>>, Query(chosen): Query<Chosen>) -> Response {
    show(&shared, chosen.phone.as_deref(), &page::Typed::default())
}

/// The page, with what was typed and could not be sent.
fn show(shared: &Shared, phone: Option<&str>, typed: &page::Typed) -> Response {
    let page = page::page(
        &shared.prefix,
        shared.home.as_deref(),
        &shared.state(),
        phone,
        typed,
    );
    let headers: [(HeaderName, &str); 4] = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "same-origin"),
    ];
    (headers, page).into_response()
}

/// Back to the phone after a form.
fn back(shared: &Shared, phone: &str) -> Response {
    Redirect::to(&page::address(&shared.prefix, phone)).into_response()
}

async fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], text)
}

#[derive(Deserialize)]
struct ChooseFate {
    phone: String,
    fate: Fate,
}

async fn choose_fate(
    State(shared): State<Arc<Shared>>,
    Form(choice): Form<ChooseFate>,
) -> Response {
    if Phone::from_e164(&choice.phone).is_none() {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    shared.state().set_fate(&choice.phone, choice.fate);
    shared.changed();
    back(&shared, &choice.phone)
}

/// An event for every change; what changed is read from the page. The stream ends when the simulator closes.
async fn events(
    State(shared): State<Arc<Shared>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = unfold(shared.signals.subscribe(), |mut signals| async move {
        match signals.recv().await {
            Ok(Signal::Changed) | Err(RecvError::Lagged(_)) => {
                Some((Ok(Event::default().data("changed")), signals))
            }
            Ok(Signal::Closed) | Err(RecvError::Closed) => None,
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
