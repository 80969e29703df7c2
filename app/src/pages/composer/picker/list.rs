//! The list of phrases found. It opens in the flow and pushes the text down, so that zoom and small screens
//! never lose it.

use super::{LIST, Picker, insert, option_id};
use crate::pages::composer::writing::Writing;
use domain::{
    echo::{Mark, Piece, pieces},
    quick_entry::QuickEntry,
    words::compose as words,
};
use leptos::{ev::MouseEvent, prelude::*};

/// The phrases found, while the list is open.
#[component]
pub fn List(writing: Writing, picker: Picker) -> impl IntoView {
    let options = move || picker.found.get().into_iter().enumerate();
    let list = move || match (picker.open.get(), picker.found.read().is_empty()) {
        (false, _) => ().into_any(),
        (true, true) => view! { <p class="hint">{words::NO_PHRASE}</p> }.into_any(),
        (true, false) => view! {
            <div class="listbox" id=LIST role="listbox" aria-label=words::PHRASES>
                {options()
                    .map(|(place, entry)| view! { <Choice writing picker place entry /> })
                    .collect_view()}
            </div>
        }
        .into_any(),
    };
    let count = move || match picker.open.get() {
        true => words::found(picker.found.read().len()),
        false => String::new(),
    };
    view! {
        {list}
        <p class="hide" role="status">
            {count}
        </p>
    }
}

#[component]
fn Choice(writing: Writing, picker: Picker, place: usize, entry: QuickEntry) -> impl IntoView {
    let selected = move || {
        if picker.active.get() == place {
            "true"
        } else {
            "false"
        }
    };
    let body = pieces(&entry.body).into_iter().map(piece).collect_view();
    let name = entry.name.clone();
    // The focus stays in the input: pressing must not take it.
    let stay = |event: MouseEvent| event.prevent_default();
    view! {
        <div
            role="option"
            id=option_id(place)
            aria-selected=selected
            on:mousedown=stay
            on:click=move |_| insert(writing, picker, &entry)
        >
            <b>{name}</b>
            <span dir="auto">{body}</span>
        </div>
    }
}

fn piece(piece: Piece) -> AnyView {
    match piece.mark {
        Mark::Gap => view! { <mark>{piece.text}</mark> }.into_any(),
        _ => piece.text.into_any(),
    }
}
