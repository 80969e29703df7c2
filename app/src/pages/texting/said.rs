//! What Twilio says of the account and the number, line by line, and our addresses for its console.

use crate::components::{Icon, PlainTime};
use domain::{
    setup::{AccountCheck, Addresses, NumberCheck, SetupForm, SetupView},
    words::setup as words,
};
use leptos::prelude::*;

/// How a line of the list stands.
#[derive(Clone, Copy)]
enum Standing {
    Done,
    Look,
    NotWorking,
    ToDo,
}

/// The lines of the set-up, each with a word and one sentence.
#[component]
pub fn Said(setup: SetupView) -> impl IntoView {
    let responses = responses(&setup.form);
    let (asked, account, number) = match setup.check {
        Some(check) => (
            view! { {words::CHECKED} " " <PlainTime when=check.at /> }.into_any(),
            account(&check.account),
            number(&check.number),
        ),
        None => (
            words::NOT_CHECKED.into_any(),
            (Standing::ToDo, words::ACCOUNT_TO_DO.to_owned()),
            (Standing::ToDo, words::NUMBER_TO_DO.to_owned()),
        ),
    };
    let lines = [
        (words::ACCOUNT_LINE, account),
        (words::NUMBER_LINE, number),
        (words::RESPONSES_LINE, responses),
    ];
    view! {
        <section aria-labelledby="said-h">
            <div class="tasks-head">
                <h2 id="said-h">{words::CHECK}</h2>
                <p class="hush">{asked}</p>
            </div>
            <ol class="tasks" role="list">
                {lines.into_iter().map(|(name, (standing, sentence))| line(name, standing, sentence)).collect_view()}
            </ol>
        </section>
    }
    .into_any()
}

/// The addresses to paste at Twilio.
#[component]
pub fn AddressList(addresses: Addresses) -> impl IntoView {
    view! {
        <section class="part stack-s addresses" aria-labelledby="addresses-h">
            <h2 id="addresses-h">{words::ADDRESSES}</h2>
            <p class="hush">{words::ADDRESSES_LEAD}</p>
            <dl class="facts">
                <div>
                    <dt>{words::STATUS_CALLBACK}</dt>
                    <dd>
                        <code>{addresses.status}</code>
                    </dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

fn line(name: &'static str, standing: Standing, sentence: String) -> impl IntoView {
    let (class, shape, word) = match standing {
        Standing::Done => ("status good", "s-delivered", words::DONE),
        Standing::Look => ("status heed", "s-heed", words::LOOK),
        Standing::NotWorking => ("status bad", "s-failed", words::NOT_WORKING),
        Standing::ToDo => ("status plain", "s-todo", words::TO_DO),
    };
    let row = if matches!(standing, Standing::NotWorking) {
        "task-bad"
    } else {
        ""
    };
    view! {
        <li class=row>
            <div class="task-what">
                <h3>{name}</h3>
                <p>{sentence}</p>
            </div>
            <span class=class>
                <Icon name=shape />
                {word}
            </span>
        </li>
    }
    .into_any()
}

fn account(check: &AccountCheck) -> (Standing, String) {
    let standing = match check {
        AccountCheck::Active { .. } => Standing::Done,
        AccountCheck::Trial { .. } => Standing::Look,
        AccountCheck::NotActive { .. } => Standing::NotWorking,
    };
    (standing, words::account(check))
}

fn number(check: &NumberCheck) -> (Standing, String) {
    let NumberCheck::Ours { voice, .. } = check;
    (
        if *voice {
            Standing::Done
        } else {
            Standing::Look
        },
        words::number(check),
    )
}

fn responses(form: &SetupForm) -> (Standing, String) {
    let written = !form.text_response.trim().is_empty() && !form.call_response.trim().is_empty();
    match written {
        true => (Standing::Done, words::RESPONSES_WRITTEN.to_owned()),
        false => (Standing::ToDo, words::RESPONSES_MISSING.to_owned()),
    }
}
