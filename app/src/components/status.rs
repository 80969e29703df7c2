//! A status as a word and a silhouette. The color only repeats what they say.

use super::{
    Icon,
    icon::icon,
    markup::{Markup, markup},
};
use domain::{client::Okay, status::Status, words};
use leptos::{prelude::*, tachys::html::InertElement};

/// The status of a text, drawn.
pub fn status_word(html: &mut Markup, status: Status) {
    let class = class(words::status::tone(status));
    html.element("span", &[("class", &class)], |html| {
        icon(html, words::status::shape(status));
        html.text(words::status::word(status));
    });
}

/// The status of a text.
#[component]
pub fn StatusWord(status: Status) -> impl IntoView {
    InertElement::new(markup(0, |html| status_word(html, status))).into_any()
}

/// Whether a client may be texted.
#[component]
pub fn OkayWord(#[prop(into)] okay: Okay) -> impl IntoView {
    let (tone, shape, word) = match okay {
        Okay::Yes => ("good", "s-delivered", words::consent::OKAY_TO_TEXT),
        Okay::Paused => ("heed", "s-hourglass", words::consent::PAUSED_FOR_REVIEW),
        Okay::No => ("", "s-waiting", words::consent::NOT_OKAY),
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
