//! `GET /metrics`: what is counted, for Prometheus. Numbers only, but nobody else's business.

use super::Web;
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// What proxies add: behind one, everybody comes from this machine.
const FORWARDED: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/// Answers whoever has the token; where none is set, whoever asks from this machine itself. To anybody else there is
/// nothing here.
pub async fn metrics(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let settings = &web.settings;
    let may = match &settings.metrics_token {
        Some(token) => brings(&headers, token),
        None => is_at_hand(peer.ip(), &settings.trusted_proxies, &headers),
    };
    if !may {
        return StatusCode::NOT_FOUND.into_response();
    }
    match web.service.counted().await {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Compared by hash, so that how long it takes tells nothing of the token.
fn brings(headers: &HeaderMap, token: &str) -> bool {
    let brought = headers.get(header::AUTHORIZATION);
    let brought = brought.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    brought.is_some_and(|brought| Sha256::digest(brought) == Sha256::digest(token))
}

fn is_at_hand(peer: IpAddr, proxies: &[IpAddr], headers: &HeaderMap) -> bool {
    let came_by = FORWARDED.iter().any(|name| headers.contains_key(*name));
    peer.to_canonical().is_loopback() && !proxies.contains(&peer) && !came_by
}
