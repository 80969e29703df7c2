//! Pages: Leptos renders them whole, with the contexts that server functions get too.

use super::{Web, session::place};
use app::{
    context::{CameFrom, Session},
    forms::{Carried, Submitted},
};
use axum::{
    Extension,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use domain::problem::Problem;
use leptos::prelude::provide_context;
use std::{net::SocketAddr, sync::Arc};

/// Every address that is nothing else is a page, be it the one that says "not found".
pub async fn page(
    State(web): State<Web>,
    Extension(session): Extension<Session>,
    request: Request,
) -> Response {
    render(&web, session, None, request).await
}

/// `POST /api/{function}`
pub async fn server_function(
    State(web): State<Web>,
    Extension(session): Extension<Session>,
    request: Request,
) -> Response {
    let contexts = contexts(&web, session, None, came_from(&web, &request));
    leptos_axum::handle_server_fns_with_context(contexts, request)
        .await
        .into_response()
}

/// The page of a form again, with what was typed and why it could not be taken.
pub async fn again(
    web: &Web,
    session: Session,
    submitted: Submitted,
    uri: Uri,
    from: CameFrom,
) -> Response {
    let status = submitted
        .problem
        .as_ref()
        .map_or(StatusCode::OK, app::api::error::status);
    let request = Request::get(uri)
        .header(header::ACCEPT, "text/html")
        .extension(from)
        .body(Body::empty());
    let Ok(request) = request else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut response = render(web, session, Some(submitted), request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// A problem that comes before any page: in words, without the program's frame.
pub fn problem(_web: &Web, problem: &Problem) -> Response {
    let words = domain::words::problem::sentence(problem);
    (app::api::error::status(problem), words).into_response()
}

async fn render(
    web: &Web,
    session: Session,
    submitted: Option<Submitted>,
    request: Request,
) -> Response {
    let from = came_from(web, &request);
    let contexts = contexts(web, session.clone(), submitted, from);
    let (asked, _) = request.into_parts();
    let document = app::shell::document(asked, &session, &web.site, contexts).await;
    let status = document.status.unwrap_or_default();
    (status, document.headers, Html(document.html)).into_response()
}

/// Where a request comes from: what the form that is shown again knew, or the connection.
fn came_from(web: &Web, request: &Request) -> CameFrom {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let known = request.extensions().get::<CameFrom>().copied();
    known.unwrap_or_else(|| CameFrom(place(web, connection, request.headers())))
}

/// What pages and server functions find as contexts: one place, so that neither lacks one.
fn contexts(
    web: &Web,
    session: Session,
    submitted: Option<Submitted>,
    from: CameFrom,
) -> impl Fn() + Clone + Send + Sync + 'static {
    // The framework clones this on its way, several times for each page.
    let all = Arc::new((web.clone(), session, Carried(submitted)));
    move || {
        let (web, session, carried) = &*all;
        provide_context(web.service.clone());
        provide_context(session.clone());
        provide_context(Arc::clone(&web.site));
        provide_context(from);
        provide_context(carried.clone());
    }
}
