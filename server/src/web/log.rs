//! What the log tells of a request: a number by which to find it, how it asks, and at which address, with a placeholder
//! for whatever may be a client's, a case's or a token. The answer carries the number, so that whoever complains can
//! name it.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::{collections::HashSet, sync::Arc};
use tracing::Span;

/// The header of the answer that carries a request's number.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Stands for a part of an address that is not one of the program's own words.
const ANYTHING: &str = "*";

/// The words of which the addresses of pages are made.
#[derive(Clone)]
pub struct Words(Arc<HashSet<String>>);

/// How a request is called in the log.
#[derive(Clone)]
struct Known {
    id: String,
    route: String,
}

impl Words {
    /// Those of these routes, without their parameters.
    pub fn of<'a>(routes: impl Iterator<Item = &'a str>) -> Self {
        let parts = routes.flat_map(|route| route.split('/'));
        let words = parts.filter(|part| !part.starts_with(['{', ':', '*']));
        Self(Arc::new(words.map(str::to_owned).collect()))
    }

    /// The path with a placeholder for each part that is none of the words.
    fn route(&self, path: &str) -> String {
        let part = |part| {
            if self.0.contains(part) {
                part
            } else {
                ANYTHING
            }
        };
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    }
}

/// Gives a request its number, and the answer too. A number that the request brings itself is nobody's to believe.
pub async fn identify(State(words): State<Words>, mut request: Request, next: Next) -> Response {
    let id = format!("{:016x}", rand::random::<u64>());
    let route = match request.extensions().get::<MatchedPath>() {
        Some(matched) => matched.as_str().to_owned(),
        None => words.route(request.uri().path()),
    };
    let value = HeaderValue::try_from(&id);
    request.extensions_mut().insert(Known { id, route });
    let mut answer = next.run(request).await;
    if let Ok(value) = value {
        answer.headers_mut().insert(HEADER, value);
    }
    answer
}

/// What everything that is logged while a request is answered stands under, at any setting of the log.
pub fn span<B>(request: &axum::http::Request<B>) -> Span {
    let known = request.extensions().get::<Known>();
    let (id, route) = known.map_or(("", ""), |known| (&known.id, &known.route));
    tracing::error_span!("request", id, method = %request.method(), route)
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn only_words_of_the_program_are_shown() {
        let words = Words::of(["/", "/cases/{number}/text", "/invite/:token"].into_iter());
        for (path, shown) in [
            ("/", "/"),
            ("/cases/25-1041205/text", "/cases/*/text"),
            ("/invite/abc", "/invite/*"),
            ("/INVITE/abc/def", "/*/*/*"),
            ("/wp-admin/é", "/*/*"),
        ] {
            assert_eq!(words.route(path), shown);
        }
    }
}
