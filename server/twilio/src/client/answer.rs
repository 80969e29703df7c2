//! One request, and its answer read with care.

use std::time::Duration;

use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, Response};
use secrecy::ExposeSecret;

use super::Credentials;
use super::heard::Heard;

/// No answer of Twilio's about one thing is nearly as long; a longer one is not read to its end.
pub(super) const BODY_LIMIT: usize = 256 * 1024;
/// Nor is a list: of 200 texts of the longest, whose every sign takes twelve bytes, or of a thousand numbers.
pub(super) const LIST_LIMIT: usize = 5 * 1024 * 1024;
/// Longer waits than this are a mistake of somebody's.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// An answer that arrived whole.
pub(super) struct Answer {
    pub status: u16,
    pub retry_after: Option<Duration>,
    /// The other side's time, in milliseconds UTC, if it told.
    pub date: Option<i64>,
    pub body: Vec<u8>,
}

/// Why no answer arrived whole.
pub(super) enum NoAnswer {
    /// No byte of the request left.
    NotReached(String),
    /// Anything may have happened.
    Unclear(String),
}

/// Sends the request once. An answer of more bytes than `limit` is not clear.
pub(super) async fn ask(
    request: RequestBuilder,
    credentials: &Credentials,
    heard: &Heard,
    limit: usize,
) -> Result<Answer, NoAnswer> {
    let request = request.basic_auth(
        &credentials.username,
        Some(credentials.password.expose_secret()),
    );
    let response = request.send().await.map_err(|error| {
        let connecting = error.is_connect();
        let why = chain(error);
        if connecting {
            NoAnswer::NotReached(why)
        } else {
            NoAnswer::Unclear(why)
        }
    })?;
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    let date = date(response.headers());
    heard.keep(date);
    let body = body(response, limit)
        .await
        .map_err(|why| NoAnswer::Unclear(format!("HTTP {status}, {why}")))?;
    Ok(Answer {
        status,
        retry_after,
        date,
        body,
    })
}

pub(super) async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(chain)? {
        if body.len() + chunk.len() > limit {
            return Err(format!("an answer of more than {limit} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The answer's `Date`, in milliseconds UTC; it counts whole seconds.
fn date(headers: &HeaderMap) -> Option<i64> {
    let given = headers.get(DATE)?.to_str().ok()?;
    Some(rfc2822::parse(given).ok()?.timestamp().as_millisecond())
}

/// `Retry-After` in seconds, or as a date measured against the answer's own `Date`.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let given = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !given.is_empty() && given.bytes().all(|b| b.is_ascii_digit()) {
        // A number too long for the type is still a long wait.
        let seconds = given.parse().map_or(LONGEST_WAIT, Duration::from_secs);
        return Some(seconds.min(LONGEST_WAIT));
    }
    let now = headers.get(DATE)?.to_str().ok()?;
    let wait = rfc2822::parse(given)
        .ok()?
        .timestamp()
        .duration_since(rfc2822::parse(now).ok()?.timestamp());
    Some(
        Duration::try_from(wait)
            .unwrap_or(Duration::ZERO)
            .min(LONGEST_WAIT),
    )
}

/// The error with its causes and without the address, which names the account.
fn chain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
