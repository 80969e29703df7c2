//! A status as a word and a silhouette. The color only repeats what they say.

use super::Icon;
use domain::{status::Status, words};
use leptos::prelude::*;

/// The status of a text.
#[component]
pub fn StatusWord(status: Status) -> impl IntoView {
    view! {
        <span class=class(words::status::tone(status))>
            <Icon name=words::status::shape(status) />
            {words::status::word(status)}
        </span>
    }
    .into_any()
}

/// Whether a client may be texted.
#[component]
pub fn OkayWord(okay: bool) -> impl IntoView {
    let (tone, shape, word) = match okay {
        true => ("good", "s-delivered", words::consent::OKAY_TO_TEXT),
        false => ("", "s-waiting", words::consent::NOT_OKAY),
    };
    view! {
        <span class=class(tone)>
            <Icon name=shape />
            {word}
        </span>
    }
    .into_any()
}

fn class(tone: &str) -> String {
    format!("status {tone}").trim_end().to_owned()
}
