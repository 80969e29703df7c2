//! The page of the training phone. Lists carry a `data-key` on each item: the script keeps them up to date by it.

mod handset;
mod log;

use std::collections::HashSet;

use domain::phone::Phone;
use jiff::tz::TimeZone;
use url::form_urlencoded;

use super::html::escape;
use crate::clock::Timestamp;
use crate::fate::Means;
use crate::state::State;
use crate::talk::By;
use crate::{Fate, words};

pub(super) use handset::Typed;

/// More than anyone looks through; a benchmark sends to thousands.
const MOST_PHONES: usize = 100;

/// The whole page, for the phone asked for, or the one with the newest text.
pub(super) fn page(
    prefix: &str,
    home: Option<&str>,
    state: &State,
    asked: Option<&str>,
    typed: &Typed,
) -> String {
    let phones = phones(state);
    let shown = asked
        .filter(|asked| Phone::from_e164(asked).is_some())
        .or_else(|| newest(state))
        .or_else(|| phones.first().copied());
    let content = match shown {
        Some(phone) => desk(prefix, state, phone, &phones, typed),
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
<body data-events="{prefix}/events" data-here="{here}">
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
        here =
            escape(&asked.map_or_else(|| root(prefix).to_owned(), |phone| address(prefix, phone))),
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

/// Where the page is that shows the newest phone.
fn root(prefix: &str) -> &str {
    if prefix.is_empty() { "/" } else { prefix }
}

/// Where the page of a phone is.
pub(super) fn address(prefix: &str, phone: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("phone", phone)
        .finish();
    format!("{}?{query}", root(prefix))
}

/// The phone with the newest text, either way.
fn newest(state: &State) -> Option<&str> {
    let sent = state
        .ledger
        .last()
        .map(|entry| (entry.accepted_at.clone(), entry.to.as_str()));
    let talk = state.talks.iter().rev().find(|talk| talk.by == By::Phone);
    let said = talk.map(|talk| (format!("{:.3}", talk.text.created), talk.text.from.as_str()));
    sent.max(said).map(|(_, phone)| phone)
}

/// Known phones, then others that got or wrote texts, the newest first, each once.
fn phones(state: &State) -> Vec<&str> {
    let known = state.phones.iter().map(|phone| phone.phone_number.as_str());
    let written_to = state.ledger.iter().rev().map(|entry| entry.to.as_str());
    let talks = state.talks.iter().rev();
    let wrote = talks
        .filter(|talk| talk.by == By::Phone)
        .map(|talk| talk.text.from.as_str());
    let mut seen = HashSet::new();
    known
        .chain(wrote)
        .chain(written_to)
        .filter(|phone| seen.insert(*phone))
        .take(MOST_PHONES)
        .collect()
}

fn desk(prefix: &str, state: &State, phone: &str, phones: &[&str], typed: &Typed) -> String {
    format!(
        r#"<div class="desk">
<nav class="phones" aria-labelledby="phones-h"><h2 id="phones-h">{heading}</h2><ul data-live="phones">{list}</ul></nav>
{handset}
<div class="sheet">{fate}{passing}{log}</div>
</div>"#,
        heading = words::PHONES,
        list = phones
            .iter()
            .map(|each| phone_link(prefix, state, each, *each == phone))
            .collect::<String>(),
        handset = handset::handset(prefix, state, phone, typed),
        fate = fate_form(prefix, phone, state.fate(phone)),
        passing = passing(state.fate(phone)),
        log = log::log(prefix, state, phone),
    )
}

fn phone_link(prefix: &str, state: &State, phone: &str, is_shown: bool) -> String {
    format!(
        r#"<li data-key="{key}"><a href="{href}"{current}><span>{name}</span> <bdi dir="ltr">{number}</bdi></a></li>"#,
        key = escape(phone),
        href = escape(&address(prefix, phone)),
        current = if is_shown {
            r#" aria-current="page""#
        } else {
            ""
        },
        name = escape(name_of(state, phone).unwrap_or(words::UNKNOWN_PHONE)),
        number = display(phone),
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

/// How the replies typed on the phone reach the office; a part of the reply's form.
fn passing(fate: Fate) -> String {
    if fate.means() != Means::Everything {
        return String::new();
    }
    let options: String = words::PASSING
        .iter()
        .map(|(value, words)| format!(r#"<option value="{value}">{words}</option>"#))
        .collect();
    format!(
        r#"<section aria-labelledby="pass-h"><h2 id="pass-h">{}</h2><label class="first" for="passing">{}</label><div class="row"><select id="passing" name="passing" form="reply" autocomplete="off">{options}</select></div></section>"#,
        words::PASS,
        words::PASS_LABEL,
    )
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
