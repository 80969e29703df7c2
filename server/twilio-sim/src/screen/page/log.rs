//! What Twilio sees of one phone: texts that it took, what it reported and asked, newest first.

use url::Url;

use super::super::html::escape;
use super::time;
use crate::state::State;
use crate::talk::{By, Talk};
use crate::{Delivery, LedgerEntry, Post, words};

const MOST_LINES: usize = 100;

pub(super) fn log(prefix: &str, state: &State, phone: &str) -> String {
    let accepted = state.ledger.iter().filter(|entry| entry.to == phone);
    let reported = numbered(&state.deliveries).filter(|(_, one)| one.to == phone);
    let received = state.talks.iter();
    let received = received.filter(|one| one.by == By::Phone && one.text.from == phone);
    let posted = numbered(&state.posts).filter(|(_, one)| one.phone == phone);
    let mut lines: Vec<(String, String)> = accepted
        .map(|entry| (entry.accepted_at.clone(), accepted_line(entry)))
        .chain(reported.map(|(at, one)| (one.at.clone(), reported_line(at, one))))
        .chain(received.map(|one| {
            (
                format!("{:.3}", one.text.created),
                received_line(prefix, one),
            )
        }))
        .chain(posted.map(|(at, one)| (one.at.clone(), posted_line(at, one))))
        .collect();
    // Within one millisecond the order in which they came stands: the sort is stable.
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    let newest = lines.into_iter().rev().take(MOST_LINES);
    format!(
        r#"<section aria-labelledby="log-h"><h2 id="log-h">{heading}</h2><ol class="log" data-live="log">{lines}</ol><p class="none">{none}</p></section>"#,
        heading = words::LOG,
        lines = newest.map(|(_, line)| line).collect::<String>(),
        none = words::NO_LOG,
    )
}

fn numbered<T>(all: &[T]) -> impl Iterator<Item = (usize, &T)> {
    all.iter().enumerate()
}

fn accepted_line(entry: &LedgerEntry) -> String {
    let key = format!("a{}", entry.number);
    let remark = words::parts(entry.num_segments);
    line(&key, &entry.accepted_at, "queued", &escape(&remark))
}

fn reported_line(at: usize, delivery: &Delivery) -> String {
    let result = match (&delivery.url, delivery.answer) {
        (None, _) => words::NO_CALLBACK.to_owned(),
        (Some(_), None) => words::NO_ANSWER.to_owned(),
        (Some(url), Some(answer)) => words::reported(&path(url), answer),
    };
    let remark = with_code(delivery.error_code, result);
    line(
        &format!("r{at}"),
        &delivery.at,
        &delivery.status,
        &escape(&remark),
    )
}

/// With a button by which Twilio delivers it once more, as it sometimes does.
fn received_line(prefix: &str, talk: &Talk) -> String {
    let text = &talk.text;
    let remark = format!(
        r#"{parts}<form method="post" action="{prefix}/again" data-quiet><input type="hidden" name="phone" value="{phone}"><input type="hidden" name="sid" value="{sid}"><button class="plain">{again}</button></form>"#,
        parts = words::parts(text.segments),
        prefix = escape(prefix),
        phone = escape(&text.from),
        sid = escape(&text.sid),
        again = words::AGAIN,
    );
    let key = format!("t{}", text.sid);
    line(&key, &format!("{:.3}", text.created), "received", &remark)
}

fn posted_line(at: usize, post: &Post) -> String {
    let result = match post.status {
        Some(status) => words::posted(&path(&post.url), status),
        None => words::unanswered(&path(&post.url)),
    };
    let status = if post.what == "call" { "call" } else { "asked" };
    let remark = with_code(post.error_code, result);
    line(&format!("p{at}"), &post.at, status, &escape(&remark))
}

fn with_code(code: Option<u32>, rest: String) -> String {
    match code {
        Some(code) => format!("{}, {rest}", words::code(code)),
        None => rest,
    }
}

fn path(url: &str) -> String {
    Url::parse(url).map_or_else(|_| url.to_owned(), |url| url.path().to_owned())
}

/// `remark` is HTML.
fn line(key: &str, at: &str, status: &str, remark: &str) -> String {
    let at = at.parse().map(time).unwrap_or_default();
    let (key, status) = (escape(key), escape(status));
    format!(
        r#"<li data-key="{key}">{at}<span><strong class="s-{status}">{status}</strong><small>{remark}</small></span></li>"#,
    )
}
