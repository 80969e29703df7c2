//! What our own texts say of a client's number: in a word beside it, and as a note for who is about to write.

use super::{Icon, Note, Tone};
use domain::{number_flag::FlagView, words::number_flag as words};
use leptos::prelude::*;

/// Beside the number: the word, what to do, and what it follows from.
#[component]
pub fn FlagFacts(flag: FlagView) -> impl IntoView {
    view! {
        <small>
            <span class="status heed">
                <Icon name="s-heed" />
                {words::word(flag.flag)}
            </span>
        </small>
        <small>{words::sentence(flag.flag)} " " {words::from_text(&flag.at)}</small>
    }
    .into_any()
}

/// Above the text box. It forbids nothing.
#[component]
pub fn FlagNote(flag: FlagView) -> impl IntoView {
    view! {
        <Note tone=Tone::Heed>
            <p>
                <strong>{words::sentence(flag.flag)}</strong>
                " "
                {words::from_text(&flag.at)}
                " "
                {words::STILL}
            </p>
        </Note>
    }
    .into_any()
}
