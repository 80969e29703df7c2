//! Who asks: the session cookie, and the guard in front of every page.

use super::{Web, pages};
use app::context::Session;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, StatusCode},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use domain::{incoming::Waiting, problem::Problem};
use secrecy::{ExposeSecret, SecretString};
use std::{
    net::{IpAddr, SocketAddr},
    sync::atomic::{AtomicBool, Ordering},
};

/// Paths that need no session.
const OPEN: [&str; 2] = ["/login", "/first"];
/// What follows is the token of a link that somebody was given; it needs no session either.
const INVITATIONS: &str = "/invite/";
/// Where people of the host are at home.
pub const HOST: &str = "/host";

/// Whether a page is for those who are not signed in.
pub fn is_open(path: &str) -> bool {
    OPEN.contains(&path) || path.starts_with(INVITATIONS)
}

/// Once there is staff there always is: no need to count again.
static HAS_STAFF: AtomicBool = AtomicBool::new(false);

/// The cookie's name. Over TLS the prefix makes browsers insist on `Secure` and this host.
fn cookie_name(web: &Web) -> &'static str {
    if web.settings.is_tls() {
        "__Host-oktext"
    } else {
        "oktext"
    }
}

/// The session's token, if the request brings one.
pub fn token(web: &Web, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers)
        .get(cookie_name(web))
        .map(|cookie| cookie.value().to_owned())
}

/// The cookie that keeps somebody signed in until the browser closes or the session ends.
pub fn cookie(web: &Web, token: &SecretString) -> Cookie<'static> {
    Cookie::build((cookie_name(web), token.expose_secret().to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(web.settings.is_tls())
        .build()
}

/// The cookie that ends it.
pub fn no_cookie(web: &Web) -> Cookie<'static> {
    let mut cookie = cookie(web, &SecretString::from(""));
    cookie.make_removal();
    cookie
}

/// Finds out who asks, and turns away who may not: pages to "Sign in", everything else with 401.
pub async fn guard(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let session = match token(&web, request.headers()) {
        Some(token) => who(&web, &token).await,
        None => Ok(Session::default()),
    };
    let session = match session {
        Ok(session) => session,
        Err(problem) => return pages::problem(&web, &problem),
    };
    let path = request.uri().path().to_owned();
    if !HAS_STAFF.load(Ordering::Relaxed) {
        match web.service.needs_first_admin().await {
            Ok(true) if path != "/first" => return Redirect::to("/first").into_response(),
            Ok(true) => {}
            Ok(false) => HAS_STAFF.store(true, Ordering::Relaxed),
            Err(problem) => return pages::problem(&web, &problem),
        }
    }
    // The first administrator is created once; after that there is no such page.
    if path == "/first" && HAS_STAFF.load(Ordering::Relaxed) {
        return pages::problem(&web, &Problem::NotFound);
    }
    // A post without a session goes on: what was typed must not be lost (see `forms`).
    let is_page = request.method() == Method::GET && !path.starts_with("/api/") && path != "/live";
    if session.1.is_some() && is_page && path == "/" {
        return Redirect::to(HOST).into_response();
    }
    if session == Session::default() && is_page && !is_open(&path) {
        let next = request
            .uri()
            .path_and_query()
            .map_or("/", |uri| uri.as_str());
        return sign_in_first(next);
    }
    if session.0.is_none() && path == "/live" {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    request.extensions_mut().insert(session);
    next.run(request).await
}

/// Whose session a token is: staff's, or somebody's of the host.
async fn who(web: &Web, token: &str) -> Result<Session, Problem> {
    Ok(match web.service.arrive(token).await? {
        Some((actor, waiting)) => Session(Some(actor), None, waiting),
        None => Session(
            None,
            web.service.host_actor(token).await?,
            Waiting::default(),
        ),
    })
}

/// To "Sign in", and from there back to where somebody wanted to go.
pub fn sign_in_first(next: &str) -> Response {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Redirect::to(&format!("/login?next={next}")).into_response()
}

/// Where a request comes from: the connection, or, behind a trusted proxy, the last address that is none of ours.
pub fn place(
    web: &Web,
    connection: Option<&ConnectInfo<SocketAddr>>,
    headers: &HeaderMap,
) -> Option<IpAddr> {
    let direct = connection?.0.ip();
    let trusted = &web.settings.trusted_proxies;
    if !trusted.contains(&direct) {
        return Some(direct);
    }
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> = forwarded
        .flat_map(|value| value.split(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    hops.into_iter()
        .rev()
        .find(|hop| !trusted.contains(hop))
        .or(Some(direct))
}

/// A place inside this program, from what a form says: never another host, and nothing that cannot stand in a header.
pub fn inside(next: &str) -> String {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|c: char| c == '\\' || c.is_control());
    if !ours {
        return "/".to_owned();
    }
    next.bytes().fold(String::new(), |mut path, byte| {
        match byte {
            b if b.is_ascii_graphic() => path.push(char::from(b)),
            b => path.push_str(&format!("%{b:02X}")),
        }
        path
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_nobody_is_sent_to_another_host() {
        assert_eq!(inside("/cases/25-1/text?x=1"), "/cases/25-1/text?x=1");
        assert_eq!(inside("/cases/é 1%20"), "/cases/%C3%A9%201%20");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "",
            "/a\r\nb",
            "/a\0b",
        ] {
            assert_eq!(inside(elsewhere), "/", "{elsewhere}");
        }
    }
}
