//! How many blanks are left, and how the keyboard goes through them.

use super::writing::Writing;
use domain::{blanks, words::compose as words};
use leptos::prelude::*;

/// Stands below the text as long as it has blanks: whoever finds Tab going elsewhere than usual finds out why.
#[component]
pub fn Gaps(writing: Writing) -> impl IntoView {
    let blanks = Memo::new(move |_| {
        if writing.hydrated.get() {
            blanks::find(&writing.text.read()).len()
        } else {
            0
        }
    });
    move || {
        let left = blanks.get();
        (left > 0).then(|| view! { <p class="hint">{words::gaps(left)}</p> })
    }
}
