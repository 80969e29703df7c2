//! A symbol of the sprite.

use leptos::prelude::*;

/// A symbol of the sprite, by its id. Decoration always: the words beside it say the same.
#[component]
pub fn Icon(
    /// The id in the sprite: "s-delivered", "i-search".
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg aria-hidden="true" focusable="false">
            <use href=format!("#{name}") />
        </svg>
    }
}
