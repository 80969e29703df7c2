//! A symbol of the sprite.

use super::markup::Markup;
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

/// The same, drawn.
pub fn icon(html: &mut Markup, name: &'static str) {
    html.raw("<svg aria-hidden=\"true\" focusable=\"false\"><use href=\"#");
    html.raw(name);
    html.raw("\"></use></svg>");
}
