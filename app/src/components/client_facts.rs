//! What is known of a client: facts, permission, its record.

use super::{Note, OkayWord, PhoneNumber, PlainTime, Tone, WhenTime, number_flag::FlagFacts};
use domain::{
    client::ClientView,
    consent::{ConsentEvent, ConsentLine},
    words::{self, clients, common},
};
use leptos::prelude::*;

/// Number, language and time of a client.
#[component]
pub fn ClientFacts(client: ClientView) -> impl IntoView {
    let cell = match client.phone {
        Some(number) => view! { <PhoneNumber number /> }.into_any(),
        None => view! { <span class="hush">{common::NO_CELL}</span> }.into_any(),
    };
    let their_time = client.local_now.map(|now| {
        view! {
            <div>
                <dt>{clients::THEIR_TIME}</dt>
                <dd>
                    <PlainTime when=now />
                </dd>
            </div>
        }
    });
    view! {
        <dl class="facts">
            <div>
                <dt>{common::CELL_NUMBER}</dt>
                <dd>
                    {cell}
                    {client.flag.map(|flag| view! { <FlagFacts flag /> })}
                </dd>
            </div>
            <div>
                <dt>{clients::LANGUAGE}</dt>
                <dd>{clients::language(client.language)}</dd>
            </div>
            <div>
                <dt>{clients::ZONE}</dt>
                <dd>{clients::zone(&client.zone)}</dd>
            </div>
            {their_time}
        </dl>
    }
    .into_any()
}

/// Whether the client's number may be texted, since when, and by whom that was recorded.
#[component]
pub fn Permission(client: ClientView) -> impl IntoView {
    view! {
        <div class="verdict">
            <OkayWord okay=client.okay_now() />
            {client.okay.map(|line| view! { <Recorded line /> })}
        </div>
    }
    .into_any()
}

/// The last lines of the record of permission, newest first.
#[component]
pub fn Ledger(lines: Vec<ConsentLine>) -> impl IntoView {
    if lines.is_empty() {
        return view! { <p class="hush">{clients::LEDGER_EMPTY}</p> }.into_any();
    }
    let line = |line: ConsentLine| {
        let (tone, shape) = look(line.event);
        view! {
            <li>
                <span class="num hush">
                    <WhenTime when=line.at.clone() />
                </span>
                <span>
                    <span class=tone>
                        <super::Icon name=shape />
                        {words::consent::event(line.event)}
                    </span>
                    <small>
                        <PhoneNumber number=line.number />
                        {line.source.map(|source| format!(" · {}", words::consent::source(source)))}
                        {by(line.by)}
                    </small>
                    {quote(line.words)}
                    {(!line.note.is_empty()).then(|| view! { <small dir="auto">{line.note}</small> })}
                </span>
            </li>
        }
    };
    view! { <ol class="ladder ledger">{lines.into_iter().map(line).collect_view()}</ol> }.into_any()
}

/// Who recorded it, if anybody of staff did.
pub fn by(name: String) -> Option<AnyView> {
    (!name.is_empty()).then(|| view! { " · " <bdi>{name}</bdi> }.into_any())
}

/// The client's own words.
pub fn quote(words: String) -> Option<AnyView> {
    (!words.is_empty()).then(|| view! { <q class="said-words" dir="auto">{words}</q> }.into_any())
}

/// Says that others have the same phone: a text to it may be read by them.
#[component]
pub fn SharedPhone(names: Vec<String>) -> impl IntoView {
    (!names.is_empty()).then(|| {
        view! {
            <Note tone=Tone::Heed>
                <p>{clients::shared_with(&names)}</p>
            </Note>
        }
    })
}

/// To which number, when and by whom permission was recorded.
#[component]
fn Recorded(line: ConsentLine) -> impl IntoView {
    view! {
        <p>
            <PhoneNumber number=line.number />
            " · "
            <PlainTime when=line.at />
            {by(line.by)}
        </p>
    }
    .into_any()
}

fn look(event: ConsentEvent) -> (&'static str, &'static str) {
    match event {
        ConsentEvent::Given => ("status good", "s-delivered"),
        ConsentEvent::Withdrawn => ("status bad", "s-stop"),
        ConsentEvent::NumberChanged => ("status heed", "s-heed"),
        ConsentEvent::Blocked => ("status bad", "s-stop"),
        ConsentEvent::Lifted | ConsentEvent::Kept => ("status heed", "s-heed"),
    }
}
