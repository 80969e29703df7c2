//! Texts that exist: fetch, list, redact, cancel, delete.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Answer, Call, ok, paging};
use crate::refusal::Refusal;
use crate::state::Text;
use crate::{Shared, wire};

const FILTERS: [&str; 5] = ["To", "From", "DateSent", "DateSent<", "DateSent>"];

pub(super) fn fetch(shared: &Shared, call: &Call, sid: &str) -> Answer {
    let state = shared.state();
    ok(wire::message(
        state
            .text(&call.account_sid, sid)
            .ok_or(Refusal::of(Refusal::NOT_FOUND))?,
    ))
}

/// An empty `Body` redacts, `Status=canceled` cancels what was not yet handed on.
pub(super) fn update(shared: &Shared, call: &Call, sid: &str) -> Answer {
    let answer = {
        let mut state = shared.state();
        let text = state
            .text_mut(&call.account_sid, sid)
            .ok_or(Refusal::of(Refusal::NOT_FOUND))?;
        match (
            call.value("Status").as_deref(),
            call.value("Body").as_deref(),
        ) {
            (Some("canceled"), _) if matches!(text.status, "scheduled" | "accepted") => {
                text.status = "canceled"
            }
            (Some("canceled"), _) => return Err(Refusal::of(30409)),
            (_, Some("")) if in_progress(text) => return Err(Refusal::of(20009)),
            (_, Some("")) => text.body.clear(),
            _ => return Err(Refusal::of(21602)),
        }
        wire::message(text)
    };
    shared.changed();
    ok(answer)
}

/// Gone from the API; the ledger and the phone keep it.
pub(super) fn delete(shared: &Shared, call: &Call, sid: &str) -> Answer {
    let mut state = shared.state();
    let text = state
        .text_mut(&call.account_sid, sid)
        .ok_or(Refusal::of(Refusal::NOT_FOUND))?;
    if in_progress(text) {
        return Err(Refusal::of(20009));
    }
    text.deleted = true;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn in_progress(text: &Text) -> bool {
    matches!(text.status, "queued" | "sending" | "accepted")
}

/// Newest first.
pub(super) fn list(shared: &Shared, call: &Call) -> Answer {
    let filter = Filter::read(call)?;
    let state = shared.state();
    let all: Vec<&Text> = state
        .texts()
        .into_iter()
        .filter(|text| text.account_sid == call.account_sid && filter.takes(text))
        .collect();
    let list = paging::List {
        name: "messages",
        path: format!("{}/Messages.json", wire::account_path(&call.account_sid)),
        filters: &FILTERS,
        sid: |text: &&Text| text.sid.clone(),
    };
    ok(list.page(call, &all, |text| wire::message(text)))
}

struct Filter {
    to: Option<String>,
    from: Option<String>,
    /// First and last moment.
    sent: (Timestamp, Timestamp),
}

impl Filter {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let mut sent = (Timestamp::MIN, Timestamp::MAX);
        if let Some((first, last)) = moments(call, "DateSent")? {
            sent = (first, last);
        }
        if let Some((first, _)) = moments(call, "DateSent>")? {
            sent.0 = sent.0.max(first);
        }
        if let Some((_, last)) = moments(call, "DateSent<")? {
            sent.1 = sent.1.min(last);
        }
        Ok(Self {
            to: call.given("To"),
            from: call.given("From"),
            sent,
        })
    }

    /// A text that was not sent yet counts by the time it was made.
    fn takes(&self, text: &Text) -> bool {
        let is = |wanted: &Option<String>, found: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == found)
        };
        let at = text.sent.unwrap_or(text.created);
        is(&self.to, &text.to)
            && is(&self.from, &text.from)
            && self.sent.0 <= at
            && at <= self.sent.1
    }
}

/// A day is all of its moments, a time is one.
fn moments(call: &Call, name: &str) -> Result<Option<(Timestamp, Timestamp)>, Refusal> {
    let Some(given) = call.given(name) else {
        return Ok(None);
    };
    if let Ok(at) = given.parse::<Timestamp>() {
        return Ok(Some((at, at)));
    }
    let start = |day: Date| day.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
    let span = || {
        let day = given.parse::<Date>()?;
        Ok::<_, jiff::Error>((
            start(day)?,
            start(day.tomorrow()?)? - jiff::SignedDuration::from_nanos(1),
        ))
    };
    span().map(Some).map_err(|_| Refusal::of(20001))
}
