//! The last step: a text to the administrator's own phone, followed until nothing more is expected.

use super::followed;
use crate::{
    components::{Note, PlainTime, StatusWord, TextField, Tone},
    forms::Filled,
};
use domain::{
    setup::{SetupView, TestView},
    status::Status,
    words::{check, codes, setup as words, status},
};
use leptos::prelude::*;

/// The form, and how the last test text goes.
#[component]
pub fn Test(setup: SetupView, filled: Filled) -> impl IntoView {
    let phone = setup
        .test
        .as_ref()
        .map(|test| test.to.display())
        .unwrap_or_default();
    let key = setup.test_key.clone();
    let shown = followed(setup, |setup| {
        setup.test.as_ref().is_some_and(|test| !test.ended)
    });
    let test = Memo::new(move |_| shown.with(|setup| setup.test.clone()));
    view! {
        <div class="stack-l">
            <form class="fields" method="post" action="/admin/texting/test" novalidate>
                <input type="hidden" name="key" value=key />
                <TextField
                    name="phone"
                    label=words::TEST_PHONE
                    hint=words::TEST_PHONE_HINT
                    kind="tel"
                    autocomplete="tel"
                    width="w-m"
                    value=filled.value("phone", &phone)
                    error=filled.complaint("phone")
                />
                <div class="row">
                    <button class="btn btn-main btn-big">{words::TEST_SEND}</button>
                </div>
            </form>
            <div role="status">{move || test.get().map(went)}</div>
        </div>
    }
    .into_any()
}

fn went(test: TestView) -> AnyView {
    let delivered = matches!(test.status, Status::Delivered | Status::Read);
    let sentence = match (delivered, test.error) {
        (true, _) => words::TEST_DONE.to_owned(),
        (false, Some(code)) => format!("{} (Twilio’s code {code})", codes::meaning(code)),
        (false, None) => status::sentence(test.status).to_owned(),
    };
    let tone = match (delivered, test.ended) {
        (true, _) => Tone::Good,
        (false, true) => Tone::Bad,
        (false, false) => Tone::Plain,
    };
    view! {
        <section class="stack-s" aria-labelledby="last-h">
            <h2 id="last-h">{words::TEST_LAST}</h2>
            <p class="row">
                <StatusWord status=test.status />
                <span>
                    {words::TEST_SENT_TO} " " <bdi dir="ltr">{test.to.display()}</bdi> ", "
                    <PlainTime when=test.at />
                </span>
            </p>
            <Note tone>
                <p>{sentence}</p>
            </Note>
            {(!test.ended)
                .then(|| {
                    view! {
                        <p class="hush wasm">{words::TEST_GOES_ON}</p>
                        <p class="no-wasm">
                            <a href="/admin/texting/test" rel="external">
                                {check::LOOK_AGAIN}
                            </a>
                        </p>
                    }
                })}
        </section>
    }
    .into_any()
}
