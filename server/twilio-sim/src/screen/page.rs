//! The page of the training phone. Lists carry a `data-key` on each item: the script keeps them up to date by it.

use std::collections::HashSet;

use domain::phone::Phone;
use jiff::tz::TimeZone;
use url::{Url, form_urlencoded};

use super::html::escape;
use crate::clock::Timestamp;
use crate::state::{State, Text};
use crate::{Delivery, Fate, LedgerEntry, words};

/// More than anyone looks through; a benchmark sends to thousands.
const MOST_PHONES: usize = 100;
const MOST_LINES: usize = 100;

/// The whole page, for the phone asked for, or the one with the newest text.
pub(super) fn page(prefix: &str, home: Option<&str>, state: &State, asked: Option<&str>) -> String {
    let phones = phones(state);
    let shown = asked
        .filter(|asked| Phone::from_e164(asked).is_some())
        .or_else(|| state.ledger.last().map(|entry| entry.to.as_str()))
        .or_else(|| phones.first().copied());
    let content = match shown {
        Some(phone) => desk(prefix, state, phone, &phones),
        None => format!(r#"<p class="none">{}</p>"#, words::NO_PHONES),
    };
    format!(
        r##"<!doctype html>
<html lang="en-US">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="{prefix}/phone.css">
<link rel="icon" href="data:,">
<script src="{prefix}/phone.js" defer></script>
</head>
<body data-events="{prefix}/events">
<a class="skip" href="#main">{skip}</a>
<aside class="training" aria-label="Training"><strong>{training}</strong> <span>{more}</span></aside>
<main id="main" tabindex="-1">
<header class="head"><h1>{title}</h1><p>{lead}</p>{home}</header>
{content}
</main>
</body>
</html>
"##,
        prefix = escape(prefix),
        title = words::TITLE,
        skip = words::SKIP,
        training = words::TRAINING,
        more = words::TRAINING_MORE,
        lead = words::LEAD,
        home = home.map_or(String::new(), home_link),
    )
}

fn home_link(home: &str) -> String {
    format!(r#"<p><a href="{}">{}</a></p>"#, escape(home), words::HOME)
}

/// Known phones, then others that got texts, the newest first, each once.
fn phones(state: &State) -> Vec<&str> {
    let known = state.phones.iter().map(|phone| phone.phone_number.as_str());
    let written_to = state.ledger.iter().rev().map(|entry| entry.to.as_str());
    let mut seen = HashSet::new();
    known
        .chain(written_to)
        .filter(|phone| seen.insert(*phone))
        .take(MOST_PHONES)
        .collect()
}

fn desk(prefix: &str, state: &State, phone: &str, phones: &[&str]) -> String {
    format!(
        r#"<div class="desk">
<nav class="phones" aria-labelledby="phones-h"><h2 id="phones-h">{heading}</h2><ul data-live="phones">{list}</ul></nav>
{handset}
<div class="sheet">{fate}{log}</div>
</div>"#,
        heading = words::PHONES,
        list = phones
            .iter()
            .map(|each| phone_link(prefix, state, each, *each == phone))
            .collect::<String>(),
        handset = handset(state, phone),
        fate = fate_form(prefix, phone, state.fate(phone)),
        log = log(state, phone),
    )
}

fn phone_link(prefix: &str, state: &State, phone: &str, is_shown: bool) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("phone", phone)
        .finish();
    let root = if prefix.is_empty() { "/" } else { prefix };
    format!(
        r#"<li data-key="{key}"><a href="{href}"{current}><span>{name}</span> <bdi dir="ltr">{number}</bdi></a></li>"#,
        key = escape(phone),
        href = escape(&format!("{root}?{query}")),
        current = if is_shown {
            r#" aria-current="page""#
        } else {
            ""
        },
        name = escape(name_of(state, phone).unwrap_or(words::UNKNOWN_PHONE)),
        number = display(phone),
    )
}

fn handset(state: &State, phone: &str) -> String {
    let mut arrived: Vec<String> = state
        .arrived(phone)
        .take(MOST_LINES)
        .map(|(text, body)| bubble(text, body))
        .collect();
    arrived.reverse();
    let arrived = arrived.concat();
    let owner = name_of(state, phone).map_or(words::UNKNOWN_PHONE.to_owned(), words::phone_of);
    format!(
        r#"<section class="phone" aria-labelledby="phone-h">
<header><h2 id="phone-h"><bdi dir="ltr">{number}</bdi></h2><p>{owner}</p></header>
<div class="talk" role="log" aria-label="{talk}" tabindex="0"><ol data-live="talk">{arrived}</ol><p class="none">{none}</p></div>
</section>"#,
        number = display(phone),
        owner = escape(&owner),
        talk = words::TALK,
        none = words::NO_TEXTS,
    )
}

/// A text that arrived; one that did not is nowhere on the phone.
fn bubble(text: &Text, body: &str) -> String {
    format!(
        r#"<li class="bub" data-key="{sid}"><p dir="auto">{body}</p><p class="meta">{who} <bdi dir="ltr">{from}</bdi>, {at}</p></li>"#,
        sid = escape(&text.sid),
        body = escape(body),
        who = words::OFFICE,
        from = display(&text.from),
        at = time(text.sent.unwrap_or(text.created)),
    )
}

fn fate_form(prefix: &str, phone: &str, current: Fate) -> String {
    let known = Fate::CHOICES.contains(&current);
    let choices = Fate::CHOICES.into_iter().chain((!known).then_some(current));
    let options: String = choices
        .map(|fate| {
            let selected = if fate == current { " selected" } else { "" };
            format!(
                r#"<option value="{fate}"{selected}>{}</option>"#,
                words::fate(fate)
            )
        })
        .collect();
    format!(
        r#"<section aria-labelledby="fate-h"><h2 id="fate-h">{heading}</h2>
<form method="post" action="{prefix}/fate"><input type="hidden" name="phone" value="{phone}">
<label for="fate">{label}</label><div class="row"><select id="fate" name="fate" autocomplete="off">{options}</select><button>{set}</button></div></form></section>"#,
        heading = words::FATE,
        prefix = escape(prefix),
        phone = escape(phone),
        label = words::FATE_LABEL,
        set = words::FATE_SET,
    )
}

/// What was accepted and what was reported, newest first.
fn log(state: &State, phone: &str) -> String {
    let accepted = state.ledger.iter().filter(|entry| entry.to == phone);
    let reported = state.deliveries.iter().enumerate();
    let reported = reported.filter(|(_, delivery)| delivery.to == phone);
    let mut lines: Vec<(&str, String)> = accepted
        .map(|entry| (entry.accepted_at.as_str(), accepted_line(entry)))
        .chain(reported.map(|(at, delivery)| (delivery.at.as_str(), reported_line(at, delivery))))
        .collect();
    // Within one millisecond the order in which they came stands: the sort is stable.
    lines.sort_by(|a, b| a.0.cmp(b.0));
    let newest = lines.into_iter().rev().take(MOST_LINES);
    format!(
        r#"<section aria-labelledby="log-h"><h2 id="log-h">{heading}</h2><ol class="log" data-live="log">{lines}</ol><p class="none">{none}</p></section>"#,
        heading = words::LOG,
        lines = newest.map(|(_, line)| line).collect::<String>(),
        none = words::NO_LOG,
    )
}

fn accepted_line(entry: &LedgerEntry) -> String {
    let key = format!("a{}", entry.number);
    line(
        &key,
        &entry.accepted_at,
        "queued",
        &words::parts(entry.num_segments),
    )
}

fn reported_line(at: usize, delivery: &Delivery) -> String {
    line(
        &format!("r{at}"),
        &delivery.at,
        &delivery.status,
        &remark(delivery),
    )
}

fn line(key: &str, at: &str, status: &str, remark: &str) -> String {
    let at = at.parse().map(time).unwrap_or_default();
    let status = escape(status);
    format!(
        r#"<li data-key="{key}">{at}<span><strong class="s-{status}">{status}</strong><small>{}</small></span></li>"#,
        escape(remark)
    )
}

fn remark(delivery: &Delivery) -> String {
    let reported = match (&delivery.url, delivery.answer) {
        (None, _) => words::NO_CALLBACK.to_owned(),
        (Some(_), None) => words::NO_ANSWER.to_owned(),
        (Some(url), Some(answer)) => {
            let path = Url::parse(url).map_or_else(|_| url.clone(), |url| url.path().to_owned());
            words::reported(&path, answer)
        }
    };
    match delivery.error_code {
        Some(code) => format!("{}, {reported}", words::code(code)),
        None => reported,
    }
}

fn name_of<'a>(state: &'a State, phone: &str) -> Option<&'a str> {
    state
        .phones
        .iter()
        .find(|known| known.phone_number == phone)
        .map(|known| known.name.as_str())
}

fn display(phone: &str) -> String {
    escape(&Phone::from_e164(phone).map_or_else(|| phone.to_owned(), |phone| phone.display()))
}

/// In UTC; the script shows it in the reader's own time.
fn time(at: Timestamp) -> String {
    let utc = at.to_zoned(TimeZone::UTC);
    format!(
        r#"<time datetime="{at:.3}">{} UTC</time>"#,
        utc.strftime("%-I:%M:%S %p")
    )
}
