//! The words of an earlier text that is tried again. A draft goes before them, and the page says so.

use super::writing::Writing;
use crate::components::Note;
use domain::{fixes::Edit, words::compose as words};
use leptos::prelude::*;

/// Says that a draft stands in the box, and puts the earlier words in its place on a press; one undo takes that back.
#[component]
pub fn EarlierWords(writing: Writing) -> impl IntoView {
    let replace = move |earlier: &str| {
        // Read to the end before the edit writes.
        let end = writing.text.with_untracked(String::len);
        let with = earlier.to_owned();
        writing.edit(&Edit {
            start: 0,
            end,
            with,
        });
        writing.earlier.set(None);
    };
    move || {
        writing.earlier.get().map(|earlier| {
            view! {
                <Note>
                    <p>
                        <strong>{words::DRAFT_BEFORE_EARLIER}</strong>
                    </p>
                    <p class="as-typed">{earlier.clone()}</p>
                    {move || {
                        let earlier = earlier.clone();
                        writing
                            .hydrated
                            .get()
                            .then(|| {
                                view! {
                                    <p class="row">
                                        <button type="button" class="btn" on:click=move |_| replace(&earlier)>
                                            {words::USE_EARLIER}
                                        </button>
                                    </p>
                                }
                            })
                    }}
                </Note>
            }
        })
    }
}
