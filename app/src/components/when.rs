//! Moments. The server wrote the words in the reader's zone; here they are only shown.

use domain::{when::When, words};
use leptos::prelude::*;

/// A moment in the reader's zone. Pressing it, by mouse or keyboard and with or without scripts, shows the same
/// moment to the second in UTC: a tool tip would be out of reach for many. Not within a paragraph: it holds a block.
#[component]
pub fn WhenTime(when: When) -> impl IntoView {
    let exact = when.exact.clone();
    view! {
        <details class="when">
            <summary>
                <PlainTime when />
            </summary>
            <small>{exact}</small>
        </details>
    }
    .into_any()
}

/// A moment in the reader's zone, for sentences.
#[component]
pub fn PlainTime(when: When) -> impl IntoView {
    view! { <time datetime=when.utc.clone()>{words::common::when(&when)}</time> }
}
