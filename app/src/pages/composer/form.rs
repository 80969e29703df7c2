//! The form, from quick entry to Cancel/Close.

use super::{
    cancel::Cancel,
    connection::ConnectionNote,
    draft::Keeper,
    earlier::EarlierWords,
    letter::Letter,
    notes::Notes,
    picker::{Picker, QuickEntries},
    problem::Summary,
    send::send,
    writing::Writing,
};
use crate::components::{CaseNumberLabel, Name, PhoneNumber, number_flag::FlagNote};
use domain::{quick_entry::QuickEntry, words::compose as words};
use leptos::{ev::SubmitEvent, prelude::*};

/// The form of the composer.
#[component]
pub fn Form(writing: Writing, entries: Vec<QuickEntry>) -> impl IntoView {
    let picker = Picker::new(entries);
    let name = writing.case.with_value(|case| {
        let phone = case
            .client
            .phone
            .as_ref()
            .map(|phone| phone.display())
            .unwrap_or_default();
        words::form_name(&case.client.name, &phone)
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(writing);
    };
    view! {
        <form
            class="composer stack"
            method="post"
            action=writing.address()
            novalidate
            autocomplete="off"
            aria-label=name
            on:submit=submit
        >
            <Summary writing />
            {move || writing.flag.get().map(|flag| view! { <FlagNote flag /> })}
            <EarlierWords writing />
            <QuickEntries writing picker />
            <Letter writing picker />
            <Notes writing />
            <ConnectionNote writing />
            <div class="send">
                <input type="hidden" name="key" value=move || writing.key.get() />
                <input type="hidden" name="author" value=writing.author.get_value() />
                <SendTo writing />
                <SendButton writing />
                <Cancel writing />
                <Aside sending=writing.sending keeper=writing.keeper />
            </div>
        </form>
    }
}

/// To whom it goes, once more, right above the button.
#[component]
fn SendTo(writing: Writing) -> impl IntoView {
    let case = writing.case.get_value();
    view! {
        <p class="send-to">
            {words::TO} " " <strong>
                <Name name=case.client.name />
            </strong> " " <span class="num">{case.client.phone.map(|number| view! { <PhoneNumber number /> })}</span> " "
            <CaseNumberLabel number=case.number loud=true />
        </p>
    }
}

/// Says what it will do, and is never disabled: a disabled button explains nothing.
#[component]
fn SendButton(writing: Writing) -> impl IntoView {
    // Without WASM the count is of what was loaded, not of what is typed.
    let parts = Memo::new(move |_| {
        if writing.hydrated.get() {
            writing.measure.read().parts
        } else {
            1
        }
    });
    view! {
        <button
            class="btn btn-main btn-big"
            name="press"
            value="send"
            aria-disabled=move || writing.sending.get().then_some("true")
        >
            {move || words::send(parts.get())}
        </button>
    }
}

/// What goes on aside: the draft, or the sending.
#[component]
fn Aside(sending: RwSignal<bool>, keeper: Keeper) -> impl IntoView {
    let said = move || {
        if sending.get() {
            words::SENDING.to_owned()
        } else {
            keeper.words()
        }
    };
    view! { <span class="aside">{said}</span> }
}
