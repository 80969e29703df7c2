//! The REST API under `/2010-04-01/Accounts/…`.

mod auth;
mod create;
mod messages;
mod numbers;
mod paging;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::DATE;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json, Router};
use serde_json::Value;
use twilio::form::Form;

use crate::refusal::Refusal;
use crate::{Shared, clock, wire};

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/2010-04-01/{*path}", any(answer))
}

/// A request that was let in.
struct Call {
    account_sid: String,
    /// The query of a GET, the body of a POST.
    params: Form,
}

impl Call {
    /// The value of a parameter that is there and not empty.
    fn given(&self, name: &str) -> Option<String> {
        self.value(name).filter(|value| !value.is_empty())
    }

    fn value(&self, name: &str) -> Option<String> {
        self.params.get(name).map(|value| value.into_owned())
    }
}

type Answer = Result<Response, Refusal>;

async fn answer(
    State(shared): State<Arc<Shared>>,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let raw = if method == Method::GET {
        query.unwrap_or_default().into_bytes()
    } else {
        body.to_vec()
    };
    let result = match Form::parse(&raw) {
        Ok(params) => route(&shared, &path, &method, &headers, params).await,
        Err(_) => Err(Refusal::of(400)),
    };
    let skew = shared.state().skew_seconds;
    let mut response = result.unwrap_or_else(IntoResponse::into_response);
    response.headers_mut().insert(DATE, clock::date(skew));
    response
}

/// Twilio ends every address in `.json`, which the router's patterns can't express; so the path is taken apart here.
async fn route(
    shared: &Arc<Shared>,
    path: &str,
    method: &Method,
    headers: &HeaderMap,
    params: Form,
) -> Answer {
    let not_found = || Refusal::of(Refusal::NOT_FOUND);
    let path = path
        .strip_suffix(".json")
        .and_then(|path| path.strip_prefix("Accounts/"))
        .ok_or_else(not_found)?;
    let segments: Vec<&str> = path.split('/').collect();
    let account_sid = auth::enter(shared, headers, segments[0])?;
    let call = Call {
        account_sid,
        params,
    };
    if let ("GET", ["Messages", ..]) = (method.as_str(), &segments[1..]) {
        let mut state = shared.state();
        state.questions += 1;
        if state.too_many_questions {
            return Err(Refusal::of(20429));
        }
    }
    match (method.as_str(), &segments[1..]) {
        ("GET", []) => account(shared, &call),
        ("GET", ["Balance"]) => balance(shared, &call),
        ("POST", ["Messages"]) => create::create(shared, call).await,
        ("GET", ["Messages"]) => messages::list(shared, &call),
        ("GET", ["Messages", sid]) => messages::fetch(shared, &call, sid),
        ("POST", ["Messages", sid]) => messages::update(shared, &call, sid),
        ("DELETE", ["Messages", sid]) => messages::delete(shared, &call, sid),
        ("GET", ["IncomingPhoneNumbers"]) => numbers::list(shared, &call),
        ("GET", ["IncomingPhoneNumbers", sid]) => numbers::fetch(shared, &call, sid),
        ("POST", ["IncomingPhoneNumbers", sid]) => numbers::update(shared, &call, sid),
        (_, [] | ["Balance" | "Messages" | "IncomingPhoneNumbers", ..]) => Err(Refusal::of(20004)),
        _ => Err(not_found()),
    }
}

fn account(shared: &Shared, call: &Call) -> Answer {
    let state = shared.state();
    let account = state
        .account(&call.account_sid)
        .ok_or(Refusal::of(Refusal::NOT_FOUND))?;
    ok(wire::account(account))
}

fn balance(shared: &Shared, call: &Call) -> Answer {
    let state = shared.state();
    let account = state
        .account(&call.account_sid)
        .ok_or(Refusal::of(Refusal::NOT_FOUND))?;
    ok(wire::balance(account))
}

fn ok(value: Value) -> Answer {
    Ok((StatusCode::OK, Json(value)).into_response())
}
