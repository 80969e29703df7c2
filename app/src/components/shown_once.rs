//! A link that somebody gets by other ways than this program.

use super::{CopyField, Note, Tone};
use crate::forms::submitted;
use domain::words::invitation as words;
use leptos::prelude::*;

/// The link that the form just made, this once; nothing when it made none.
#[component]
pub fn ShownOnce() -> impl IntoView {
    let form = submitted().filter(|form| form.problem.is_none());
    form.and_then(|form| {
        let link = form.value("link")?.to_owned();
        let label = match form.value("press") {
            Some("reset") => words::PASSWORD_LINK,
            _ => words::LINK,
        };
        Some(view! {
            <div class="shown-once" tabindex="-1" autofocus>
                <Note tone=Tone::Good>
                    <h2>{words::link_for(label, form.value("link_to").unwrap_or_default())}</h2>
                    <p>{words::SHOWN_ONCE}</p>
                    <CopyField id="link" label value=link />
                    <p>{words::GOOD_FOR}</p>
                </Note>
            </div>
        })
    })
}
