//! A card: who, their words, why it was found, by when; and the two decisions.

use super::HERE;
use crate::{
    components::{Note, OkayWord, PhoneNumber, PlainTime, Tone, field::FieldError, markup::markup},
    forms::{Filled, submitted},
    pages::texts::received,
};
use domain::{
    review::{CardClient, Decision, ReviewCard},
    words::{incoming, reviews as words},
};
use leptos::{prelude::*, tachys::html::InertElement};

/// A card that nobody has decided.
#[component]
pub fn Card(card: ReviewCard) -> impl IntoView {
    let heading = format!("review-{}", card.id);
    let late = card.due.overdue;
    let due = view! { <time datetime=card.due.date.clone()>{words::left(&card.due)}</time> };
    let due = match late {
        true => view! { <Note tone=Tone::Bad><p>{words::DUE} ": " {due}</p></Note> }.into_any(),
        false => view! { <p>{words::DUE} ": " <strong>{due}</strong></p> }.into_any(),
    };
    view! {
        <article class="part card" aria-labelledby=heading>
            <div class="stack">
                <h3 id=format!("review-{}", card.id)>
                    <bdi>{names(&card)}</bdi>
                    " "
                    <span class="hush num">
                        <PhoneNumber number=card.number.clone() />
                    </span>
                </h3>
                <blockquote class="kept" dir="auto">
                    {card.text.body.clone()}
                </blockquote>
                <div class="hush">
                    <InertElementOf html=markup(256, |html| received(html, &card.text)) />
                    " " <PlainTime when=card.text.at.clone() />
                </div>
                <dl class="facts">
                    <div>
                        <dt>{words::FOUND}</dt>
                        <dd>{words::rule(&card.rule)}</dd>
                    </div>
                    <div>
                        <dt>{words::CLIENTS}</dt>
                        <dd>
                            <Clients clients=card.clients.clone() />
                        </dd>
                    </div>
                </dl>
            </div>
            <div class="stack">{due} <Decide card /></div>
        </article>
    }
    .into_any()
}

#[component]
fn InertElementOf(html: String) -> impl IntoView {
    InertElement::new(format!("<div>{html}</div>"))
}

fn names(card: &ReviewCard) -> String {
    let names: Vec<String> = card
        .clients
        .iter()
        .map(|client| client.name.clone())
        .collect();
    match names.is_empty() {
        true => incoming::NOBODYS.into(),
        false => domain::words::list(&names),
    }
}

#[component]
fn Clients(clients: Vec<CardClient>) -> impl IntoView {
    if clients.is_empty() {
        return view! { <p>{words::NOBODY}</p> }.into_any();
    }
    let client = |client: CardClient| {
        view! {
            <li class="row">
                <a href=format!("/clients/{}", client.id)>
                    <bdi>{client.name}</bdi>
                </a>
                <OkayWord okay=client.okay />
            </li>
        }
    };
    view! { <ul role="list">{clients.into_iter().map(client).collect_view()}</ul> }.into_any()
}

/// The form. What was typed into it comes back to this card and no other.
#[component]
fn Decide(card: ReviewCard) -> impl IntoView {
    let id = card.id.to_string();
    let typed = submitted().is_some_and(|form| form.value("review") == Some(&id));
    let filled = typed.then(Filled::here);
    let complaint = |field| filled.as_ref().and_then(|filled| filled.complaint(field));
    let value = filled
        .as_ref()
        .map(|filled| filled.value("note", ""))
        .unwrap_or_default();
    // The links of the error summary lead to the card that was posted.
    let own = |field: &str| {
        if typed {
            field.to_owned()
        } else {
            format!("{field}-{id}")
        }
    };
    let (note, bad) = (own("note"), complaint("note").is_some());
    let hint = format!("{note}-hint");
    let described = if bad {
        format!("{hint} note-error")
    } else {
        hint.clone()
    };
    let about = words::about(&card.number.display());
    let press = |decision: Decision| {
        view! {
            <button class="btn" name="decision" value=decision.as_str()>
                {words::decision(decision)}
                <span class="hide">{about.clone()}</span>
            </button>
        }
    };
    view! {
        <form class="stack" method="post" action=HERE novalidate>
            <input type="hidden" name="review" value=id.clone() />
            <div class="field" class:field-bad=bad>
                <label for=note.clone()>{words::NOTE} <span class="hide">{about.clone()}</span></label>
                <p class="hint" id=hint>
                    {words::NOTE_HINT}
                </p>
                <FieldError name="note" error=complaint("note") />
                <input
                    class="input"
                    id=note
                    name="note"
                    value=value
                    autocomplete="off"
                    dir="auto"
                    aria-describedby=described
                    aria-invalid=bad.then_some("true")
                />
            </div>
            <FieldError name="decision" error=complaint("decision") />
            <div class="row" id=own("decision") tabindex="-1">
                {Decision::ALL.map(press).into_iter().collect_view()}
            </div>
            <p class="hush small">{words::MEANS}</p>
        </form>
    }
    .into_any()
}

/// A card that was decided.
#[component]
pub fn Decided(card: ReviewCard) -> impl IntoView {
    let name = names(&card);
    let decided = card.decided.map(|decided| {
        view! {
            <strong>{words::decision(decided.decision)}</strong>
            <small class="hush">
                <PlainTime when=decided.at />
                " · "
                <bdi>{decided.by}</bdi>
            </small>
            {(!decided.note.is_empty()).then(|| view! { <small dir="auto">{decided.note}</small> })}
        }
    });
    view! {
        <li>
            <p>
                <bdi>{name}</bdi>
                " "
                <span class="hush num">
                    <PhoneNumber number=card.number />
                </span>
            </p>
            <q class="said-words" dir="auto">
                {card.text.body}
            </q>
            {decided}
        </li>
    }
    .into_any()
}
