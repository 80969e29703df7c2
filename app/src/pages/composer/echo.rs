//! The layer behind the text box: the same words, unseen, with marks under what costs and what is missing.

use super::writing::Writing;
use domain::echo::{Mark, Piece, pieces};
use leptos::prelude::*;

/// Marks behind the text. Only with WASM: without it they would not follow what is typed.
#[component]
pub fn Echo(writing: Writing) -> impl IntoView {
    let marks = move || match writing.hydrated.get() {
        true => pieces(&writing.text.read())
            .into_iter()
            .map(piece)
            .collect_view()
            .into_any(),
        false => ().into_any(),
    };
    view! {
        <div class="echo" aria-hidden="true">
            {marks}
        </div>
    }
}

fn piece(piece: Piece) -> AnyView {
    let Piece { mark, text } = piece;
    match mark {
        Mark::Plain => text.into_any(),
        Mark::Odd => view! { <mark class="odd">{text}</mark> }.into_any(),
        Mark::Gap => view! { <mark class="gap">{text}</mark> }.into_any(),
    }
}
