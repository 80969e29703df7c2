//! The box after sending: what Twilio answered, or honestly that it has not yet. Follows along while it is open.

use super::{cancel::after_closing, writing::Writing};
use crate::{
    api::load_sent,
    browser::replace_address,
    components::{CaseNumberLabel, Dialog, Name, PhoneNumber},
};
use domain::{
    compose::Sent,
    following,
    ids::TextId,
    words::{common, compose as words},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// The box, while there is something to say.
#[component]
pub fn SentBox(writing: Writing) -> impl IntoView {
    let open = Memo::new(move |_| writing.sent.read().is_some());
    view! {
        <Show when=move || open.get()>
            <Answer writing />
        </Show>
    }
}

#[component]
fn Answer(writing: Writing) -> impl IntoView {
    // The box closes before its words are gone.
    let last = StoredValue::new(writing.sent.get_untracked());
    let sent = move || {
        let now = writing.sent.get();
        if now.is_some() {
            last.set_value(now);
        }
        last.get_value()
    };
    let case = writing.case.get_value();
    let close = move || {
        writing.sent.set(None);
        replace_address(&writing.address());
        after_closing(writing);
    };
    let ok = move |event: SubmitEvent| {
        event.prevent_default();
        close();
    };
    view! {
        <Dialog labelled_by="sent-heading" on_close=Callback::new(move |()| close())>
            <h2 id="sent-heading" aria-live="polite">
                {move || sent().map(heading)}
            </h2>
            <p>
                {words::TO} " " <strong>
                    <Name name=case.client.name />
                </strong> ", "
                <span class="num">{case.client.phone.map(|number| view! { <PhoneNumber number /> })}</span> ", "
                <CaseNumberLabel number=case.number loud=true /> ", "
                {move || sent().map(|sent| common::when(&sent.at))}
            </p>
            {move || sent().map(meaning)}
            <form method="get" action=writing.address() class="row" on:submit=ok>
                <button class="btn btn-main btn-big" autofocus>
                    {words::OK}
                </button>
            </form>
        </Dialog>
    }
}

fn heading(sent: Sent) -> impl IntoView {
    let answer = words::box_answer(&sent).map(|answer| {
        view! {
            " "
            <span class="box-answer">{answer}</span>
        }
    });
    view! {
        {words::box_heading(&sent)}
        {answer}
    }
}

fn meaning(sent: Sent) -> impl IntoView {
    let sentences = words::box_meaning(&sent)
        .into_iter()
        .map(|sentence| view! { <p class="hush">{sentence}</p> });
    view! {
        {sentences.collect_view()}
        {words::box_code(&sent)
            .map(|code| {
                view! {
                    <p>
                        <small>{code}</small>
                    </p>
                }
            })}
    }
}

/// Something happened to these texts: if the box is about one of them, it says what is known now.
pub fn refresh(writing: Writing, texts: &[TextId]) {
    // The page may be gone by the time a batch of events arrives.
    let Some(shown) = writing
        .sent
        .try_get_untracked()
        .flatten()
        .filter(|sent| texts.contains(&sent.text))
    else {
        return;
    };
    let number = writing.case.with_value(|case| case.number.to_string());
    spawn_local(async move {
        // The next event or the Texts page tells what this one could not.
        let Ok(now) = load_sent(number, shown.text).await else {
            return;
        };
        writing.sent.try_update(|sent| {
            if let Some(sent) = sent
                .as_mut()
                .filter(|sent| sent.text == now.text && follows(sent, &now))
            {
                *sent = now;
            }
        });
    });
}

/// Until Twilio has answered the box follows; what Twilio responded with then stays, unless it went wrong.
fn follows(shown: &Sent, now: &Sent) -> bool {
    let answered = words::box_answer(shown).is_some();
    (!answered || words::went_wrong(now.status)) && following::climbs(shown.status, now.status)
}
