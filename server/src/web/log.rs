//! What the log tells of a request: how it asks and for which path. Never what somebody searched for, nor a link by
//! which whoever reads it could come in.

use axum::http::Request;
use tracing::Span;

/// Behind this stands a token.
const LINK: &str = "/invite/";

/// What everything that is logged while a request is answered stands under.
pub fn span<B>(request: &Request<B>) -> Span {
    tracing::debug_span!("request", method = %request.method(), path = shown(request.uri().path()))
}

/// The path, as far as it may be read by others.
fn shown(path: &str) -> &str {
    let start = path.get(..LINK.len());
    if start.is_some_and(|start| start.eq_ignore_ascii_case(LINK)) {
        LINK
    } else {
        path
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn no_token_of_a_link_is_shown() {
        assert_eq!(shown("/invite/abc"), "/invite/");
        assert_eq!(shown("/INVITE/abc/def"), "/invite/");
        for path in ["/", "/invite", "/cases/25-1/text", "/invité/é"] {
            assert_eq!(shown(path), path);
        }
    }
}
