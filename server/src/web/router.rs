//! Which address is answered by what.

use super::{
    Web, assets, forms, headers, live, log, measured, metrics, ops, pages, session, webhooks,
};
use axum::{
    Router,
    extract::Request,
    middleware,
    routing::{get, post},
};
use tower::{
    Layer,
    util::{MapRequest, MapRequestLayer},
};
use tower_http::{csrf::CsrfLayer, limit::RequestBodyLimitLayer, trace::TraceLayer};

/// A whole server, ready to be given connections.
pub type Whole = MapRequest<Router, fn(Request) -> Request>;

/// The server. `beside` is served beside it, outside the program's own guards: the simulator in the demo.
pub fn whole(web: Web, beside: Option<Router>) -> Whole {
    // Every other address is a page, so the list routes nothing; making it tells Leptos to use this runtime.
    let pages = leptos_axum::generate_route_list(app::App);
    let words = log::Words::of(pages.iter().map(|page| page.path()));
    let tls = web.settings.is_tls();
    let mut router = staff(&web)
        .merge(outside(&web))
        .with_state(web)
        .layer(TraceLayer::new_for_http().make_span_with(log::span))
        .layer(middleware::from_fn_with_state(words, log::identify));
    router = router.layer(middleware::map_response_with_state(tls, headers::complete));
    if let Some(beside) = beside {
        router = router.nest("/sim", beside);
    }
    // Old addresses come in any case, and routing is exact: so before routing.
    MapRequestLayer::new(webhooks::lower as fn(Request) -> Request).layer(router)
}

/// What staff use: pages, forms, server functions, live events.
fn staff(web: &Web) -> Router<Web> {
    // Leptos itself reads a body however long it is.
    let function = post(pages::server_function).layer(RequestBodyLimitLayer::new(forms::LIMIT));
    Router::new()
        .route("/api/{*function}", function)
        .route("/live", get(live::live))
        .merge(forms::routes())
        .fallback(get(pages::page))
        .layer(middleware::from_fn_with_state(web.clone(), session::guard))
        .layer(CsrfLayer::new())
}

/// What needs no session: the site's files, Twilio, those who run the program.
fn outside(web: &Web) -> Router<Web> {
    let watched = (web.clone(), measured::Crowd::default());
    let measured = middleware::from_fn_with_state(watched, measured::webhook);
    Router::new()
        .route("/pkg/{file}", get(assets::file))
        .route("/favicon.svg", get(assets::icon))
        .route("/favicon.ico", get(assets::icon))
        .route("/healthz", get(ops::healthz))
        .route("/readyz", get(ops::readyz))
        .route("/metrics", get(metrics::metrics))
        .merge(webhooks::routes().layer(measured))
}
