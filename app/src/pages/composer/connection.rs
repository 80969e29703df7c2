//! What stands between the text and the server: no connection, no session, an old page. The text stays in the page.
//!
//! Signing in again begins by posting the form: the server carries the text through "Sign in", so that nothing is
//! lost, and nothing waits in the browser's storage for the next person at the computer.

use super::writing::{Trouble, Writing};
use crate::{
    browser::connection::{Connection, connection},
    components::{Note, Tone},
};
use domain::words::compose as words;
use leptos::prelude::*;

/// Says what keeps the text from going, or that nothing does any more.
#[component]
pub fn ConnectionNote(writing: Writing) -> impl IntoView {
    let connection = connection();
    Effect::new(move |_| {
        // What was refused for want of a connection can go now; saying so is the other note's part.
        if connection.get() == Connection::Back
            && writing.trouble.get_untracked() == Some(Trouble::Offline)
        {
            writing.trouble.set(None);
        }
    });
    let note = move || match (writing.trouble.get(), connection.get()) {
        (Some(Trouble::SignedOut), _) => sign_in(writing).into_any(),
        (Some(Trouble::Outdated), _) => load_again(writing).into_any(),
        (Some(Trouble::Offline), _) => says(Tone::Heed, words::OFFLINE).into_any(),
        (Some(Trouble::Unclear), _) => says(Tone::Heed, words::UNCLEAR).into_any(),
        (None, Connection::Lost) => says(Tone::Heed, words::OFFLINE_NOW).into_any(),
        (None, Connection::Back) if !writing.text.read().trim().is_empty() => {
            says(Tone::Plain, words::ONLINE_AGAIN).into_any()
        }
        _ => ().into_any(),
    };
    view! { <div role="alert">{note}</div> }
}

fn says(tone: Tone, words: &'static str) -> impl IntoView {
    view! {
        <Note tone>
            <p>{words}</p>
        </Note>
    }
}

fn sign_in(writing: Writing) -> impl IntoView {
    view! {
        <Note tone=Tone::Heed>
            <p>{words::SIGNED_OUT}</p>
            <p>
                <button type="button" class="btn" on:click=move |_| writing.post()>
                    {words::SIGN_IN}
                </button>
            </p>
        </Note>
    }
}

fn load_again(writing: Writing) -> impl IntoView {
    view! {
        <Note tone=Tone::Heed>
            <p>{words::OUTDATED}</p>
            <p>
                <a href=writing.address() rel="external">
                    {words::LOAD_AGAIN}
                </a>
            </p>
        </Note>
    }
}
