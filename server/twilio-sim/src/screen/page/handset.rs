//! The phone itself: what it shows, and its keyboard.

use super::super::html::escape;
use super::{display, name_of, time};
use crate::clock::Timestamp;
use crate::fate::Means;
use crate::state::{State, Text};
use crate::talk::{By, Call, Talk};
use crate::twiml::Said;
use crate::words;

/// More than anyone looks through.
const MOST: usize = 100;

/// What was typed and could not be sent.
#[derive(Default)]
pub(in crate::screen) struct Typed {
    pub body: String,
    pub problem: Option<&'static str>,
}

pub(super) fn handset(prefix: &str, state: &State, phone: &str, typed: &Typed) -> String {
    let owner = name_of(state, phone).map_or(words::UNKNOWN_PHONE.to_owned(), words::phone_of);
    format!(
        r#"<section class="phone" aria-labelledby="phone-h">
<header><h2 id="phone-h"><bdi dir="ltr">{number}</bdi></h2><p>{owner}</p></header>
<div class="talk" role="log" aria-label="{talk}" tabindex="0"><ol data-live="talk">{shown}</ol><p class="none">{none}</p></div>
{keyboard}
</section>"#,
        number = display(phone),
        owner = escape(&owner),
        talk = words::TALK,
        shown = shown(state, phone),
        none = words::NO_TEXTS,
        keyboard = keyboard(prefix, state, phone, typed),
    )
}

/// Texts both ways and calls, the oldest first.
fn shown(state: &State, phone: &str) -> String {
    let arrived = state
        .arrived(phone)
        .map(|(text, body)| (at(text), bubble(text, body, words::OFFICE, "them")));
    let talks = state
        .talks
        .iter()
        .rev()
        .filter_map(|talk| said(talk, phone));
    let calls = state.calls.iter().rev().filter(|call| call.from == phone);
    let calls = calls.map(|call| (call.at, call_bubble(call)));
    let mut all: Vec<(Timestamp, String)> = arrived
        .take(MOST)
        .chain(talks.take(MOST))
        .chain(calls.take(MOST))
        .collect();
    // Each kind came newest first; within one moment the order in which they came stands.
    all.reverse();
    all.sort_by_key(|(at, _)| *at);
    let from = all.len().saturating_sub(MOST);
    all.into_iter().skip(from).map(|(_, item)| item).collect()
}

fn said(talk: &Talk, phone: &str) -> Option<(Timestamp, String)> {
    let text = &talk.text;
    let shown = match talk.by {
        By::Phone if text.from == phone => {
            let body = words::with_media(&text.body, text.num_media);
            bubble(text, &body, words::CLIENT, "mine")
        }
        By::Office if text.to == phone && text.arrived => {
            bubble(text, &text.body, words::OFFICE_ITSELF, "them")
        }
        By::Twilio if text.to == phone => bubble(text, &text.body, words::TWILIO, "them"),
        _ => return None,
    };
    Some((at(text), shown))
}

fn at(text: &Text) -> Timestamp {
    text.sent.unwrap_or(text.created)
}

/// A text on the phone; one that did not arrive is nowhere.
fn bubble(text: &Text, body: &str, who: &str, side: &str) -> String {
    let body = if body.trim().is_empty() {
        format!("<p><em>{}</em></p>", words::EMPTY_TEXT)
    } else {
        format!(r#"<p dir="auto">{}</p>"#, escape(body))
    };
    format!(
        r#"<li class="bub {side}" data-key="{sid}">{body}<p class="meta">{who} <bdi dir="ltr">{from}</bdi>, {at}</p></li>"#,
        sid = escape(&text.sid),
        from = display(&text.from),
        at = time(at(text)),
    )
}

/// A call: whom, and what was heard. The script adds a button that speaks it.
fn call_bubble(call: &Call) -> String {
    let said: String = call.said.iter().map(spoken).collect();
    let said = if said.is_empty() {
        format!("<p><em>{}</em></p>", words::SILENCE)
    } else {
        said
    };
    let fault = call
        .error_code
        .map_or(String::new(), |code| format!(", {}", words::code(code)));
    format!(
        r#"<li class="call" data-key="{sid}"><h3>{called} <bdi dir="ltr">{to}</bdi></h3>{said}<p class="meta">{at}{fault} <button type="button" class="plain" data-speak hidden>{speak}</button></p></li>"#,
        sid = escape(&call.sid),
        called = words::CALLED,
        to = display(&call.to),
        at = time(call.at),
        speak = words::SPEAK,
    )
}

fn spoken(said: &Said) -> String {
    let language = said.language.as_deref().filter(|language| is_tag(language));
    let lang = language.map_or(String::new(), |tag| format!(r#" lang="{tag}""#));
    format!(
        r#"<p class="heard" dir="auto"{lang}>{}</p>"#,
        escape(&said.text)
    )
}

fn is_tag(language: &str) -> bool {
    let tag = |character: char| character.is_ascii_alphanumeric() || character == '-';
    language.chars().all(tag) && language.starts_with(|first: char| first.is_ascii_alphabetic())
}

fn keyboard(prefix: &str, state: &State, phone: &str, typed: &Typed) -> String {
    let means = state.fate(phone).means();
    let ours = ours(state, phone);
    let (Some(first), true) = (ours.first(), means != Means::Nothing) else {
        let why = if means == Means::Nothing {
            words::IS_OFF
        } else {
            words::NO_NUMBER
        };
        return format!(r#"<div class="keys"><p class="note">{why}</p></div>"#);
    };
    let hidden = format!(
        r#"<input type="hidden" name="phone" value="{}">"#,
        escape(phone)
    );
    let to = to_field(&ours, first);
    let reply = match means {
        Means::CallsOnly => format!(r#"<p class="note">{}</p>"#, words::IS_LANDLINE),
        _ => reply_form(prefix, &format!("{hidden}{to}"), typed),
    };
    format!(
        r#"<div class="keys">{blocked}{reply}
<form class="dial" method="post" action="{prefix}/call" data-quiet>{hidden}<input type="hidden" name="to" value="{first}"><button class="plain">{call} <bdi dir="ltr">{number}</bdi></button></form></div>"#,
        blocked = blocked(state, phone, first),
        prefix = escape(prefix),
        first = escape(first),
        call = words::CALL,
        number = display(first),
    )
}

fn blocked(state: &State, phone: &str, ours: &str) -> String {
    let note = if state.is_blocked(ours, phone) {
        format!(
            r#"<p class="note" data-key="blocked">{}</p>"#,
            words::blocked(&display(ours))
        )
    } else {
        String::new()
    };
    format!(r#"<div data-live="blocked">{note}</div>"#)
}

fn reply_form(prefix: &str, fields: &str, typed: &Typed) -> String {
    let problem = typed.problem.map_or(String::new(), |problem| {
        format!(r#"<p class="problem" id="problem" role="alert">{problem}</p>"#)
    });
    let described = if typed.problem.is_some() {
        r#" aria-describedby="problem" aria-invalid="true""#
    } else {
        ""
    };
    let quick: String = words::QUICK
        .iter()
        .map(|(word, lang)| {
            format!(
                r#"<button class="quick" name="quick" value="{word}" lang="{lang}">{word}</button>"#
            )
        })
        .collect();
    // The first button of a form is what Enter presses; so the quick answers stand after it.
    format!(
        r#"<form id="reply" method="post" action="{prefix}/reply" data-quiet novalidate>{fields}{problem}
<label for="body">{label}</label><div class="row"><textarea id="body" name="body" rows="2" autocomplete="off"{described}>
{body}</textarea><button>{send}</button></div>
<div class="row" role="group" aria-label="{quick_label}">{quick}</div></form>"#,
        prefix = escape(prefix),
        label = words::REPLY_LABEL,
        body = escape(&typed.body),
        send = words::REPLY,
        quick_label = words::QUICK_LABEL,
    )
}

/// Which number is meant; a choice where there is one.
fn to_field(ours: &[String], first: &str) -> String {
    if ours.len() < 2 {
        return format!(
            r#"<input type="hidden" name="to" value="{}">"#,
            escape(first)
        );
    }
    let options: String = ours
        .iter()
        .map(|number| {
            format!(
                r#"<option value="{}">{}</option>"#,
                escape(number),
                display(number)
            )
        })
        .collect();
    format!(
        r#"<label for="to">{}</label><div class="row"><select id="to" name="to" autocomplete="off">{options}</select></div>"#,
        words::TO_LABEL
    )
}

/// The numbers that this phone may write to: the one of the last text first, then those that somebody answers for.
fn ours(state: &State, phone: &str) -> Vec<String> {
    let sent = state
        .arrived(phone)
        .next()
        .map(|(text, _)| (text.created, text.from.clone()));
    let said = state
        .talks
        .iter()
        .rev()
        .find(|talk| talk.text.from == phone);
    let said = said.map(|talk| (talk.text.created, talk.text.to.clone()));
    let last = sent.max(said).map(|(_, number)| number);
    let numbers = || state.accounts.iter().flat_map(|account| &account.numbers);
    let connected = numbers()
        .filter(|number| number.sms_url.is_some() || number.voice_url.is_some())
        .map(|number| number.phone_number.clone());
    let mut all: Vec<String> = vec![];
    for number in last.into_iter().chain(connected) {
        if !all.contains(&number) {
            all.push(number);
        }
    }
    if all.is_empty() {
        all.extend(numbers().next().map(|number| number.phone_number.clone()));
    }
    all
}
