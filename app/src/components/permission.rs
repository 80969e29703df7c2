//! The office's permission and the carrier's block: two facts, and the form by which staff record the first.

use super::{
    AreaField, Note, PlainTime, SelectField, Tone,
    client_facts::{by, quote},
};
use crate::forms::Filled;
use domain::{
    client::ClientView,
    consent::{BlockView, ConsentSource},
    words::consent as words,
};
use leptos::prelude::*;

/// Both facts, and that sending is paused, if it is.
#[component]
pub fn TwoFacts(client: ClientView) -> impl IntoView {
    let ours = client.our_number.clone();
    let paused = client.paused.map(|_| view! { <Paused /> });
    view! {
        <dl class="twofacts">
            <div>
                <dt>{words::OFFICE}</dt>
                <dd>{office(&client)}</dd>
            </div>
            <div>
                <dt>{words::CARRIER}</dt>
                <dd>{carrier(client.block, ours.as_ref())}</dd>
            </div>
        </dl>
        {paused}
    }
    .into_any()
}

fn office(client: &ClientView) -> AnyView {
    let Some(line) = client.okay.clone() else {
        return view! { <strong>{words::NOT_GIVEN}</strong> }.into_any();
    };
    view! {
        <strong>{words::GIVEN}</strong>
        {quote(line.words)}
        <small>
            {line.source.map(|source| format!("{} · ", words::source(source)))}
            <PlainTime when=line.at />
            {by(line.by)}
        </small>
    }
    .into_any()
}

fn carrier(block: Option<BlockView>, ours: Option<&domain::phone::Phone>) -> AnyView {
    let Some(block) = block else {
        return view! {
            <strong>{words::NO_BLOCK}</strong>
            <small>{words::NO_BLOCK_MEANS}</small>
        }
        .into_any();
    };
    let (word, means) = match block.held {
        true => (words::HELD, words::HELD_MEANS.to_owned()),
        false => (words::BLOCKED, format!("{}.", words::only_the_client(ours))),
    };
    view! {
        <strong>{word}</strong>
        {quote(block.words)}
        <small>{words::block(block.because)} " " <PlainTime when=block.since /></small>
        <p>{means}</p>
    }
    .into_any()
}

#[component]
fn Paused() -> impl IntoView {
    view! {
        <Note tone=Tone::Heed>
            <p>
                <strong>{words::PAUSED}</strong>
            </p>
            <p>{words::PAUSED_MEANS}</p>
            <p>
                <a class="btn" href="/reviews">
                    {words::TO_REVIEW}
                </a>
            </p>
        </Note>
    }
}

/// The form. What it records follows what is known: it ticks where there is no permission, unticks where there is, and
/// is away where there is no number, or where only the client can lift the carrier's block.
#[component]
pub fn ConsentForm(client: RwSignal<ClientView>, filled: Filled) -> impl IntoView {
    let okay = Memo::new(move |_| client.read().okay.is_some());
    let number = Memo::new(move |_| client.read().phone.clone());
    let away = Memo::new(move |_| {
        let client = client.read();
        client.phone.is_none() || (client.block.is_some() && client.okay.is_none())
    });
    let e164 = move || number.get().map(|number| number.as_str().to_owned());
    let lead = move || {
        number
            .get()
            .map(|number| words::form_lead(okay.get(), &number))
    };
    let event = move || if okay.get() { "withdrawn" } else { "given" };
    let first = (String::new(), words::CHOOSE.to_owned());
    let offered = ConsentSource::OFFERED
        .map(|source| (source.as_str().to_owned(), words::source(source).to_owned()));
    let complaint = filled.complaint("event");
    view! {
        <form
            class="fields w-form consent-form"
            method="post"
            action=format!("/clients/{}/consent", client.read_untracked().id)
            novalidate
            aria-labelledby="record-h"
            hidden=move || away.get()
        >
            <div class="field" id="event" tabindex="-1">
                <h3 id="record-h">{words::RECORD}</h3>
                <super::field::FieldError name="event" error=complaint />
                <p>{lead}</p>
            </div>
            <input type="hidden" name="number" value=e164 />
            <input type="hidden" name="event" value=event />
            <SelectField
                name="source"
                label=words::SOURCE
                width="w-m"
                value=filled.value("source", "")
                options=std::iter::once(first).chain(offered).collect()
                error=filled.complaint("source")
            />
            <AreaField
                name="note"
                label=words::NOTE
                hint=words::NOTE_HINT
                rows=2
                value=filled.value("note", "")
                error=filled.complaint("note")
            />
            <div class="row">
                <button class="btn">{move || words::form_button(okay.get())}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Says that the form was taken, where the address says so.
#[component]
pub fn Recorded(shown: bool) -> impl IntoView {
    shown.then(|| {
        view! {
            <div role="status">
                <Note tone=Tone::Good>
                    <p>{words::RECORDED}</p>
                </Note>
            </div>
        }
    })
}
