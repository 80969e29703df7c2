//! What stands where nothing is yet.

use leptos::prelude::*;

/// Says what would stand here, and offers the next action.
#[component]
pub fn Empty(
    #[prop(into)] heading: String,
    #[prop(into)] text: String,
    /// The next action: a link or a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{heading}</h2>
            <p class="hush">{text}</p>
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
    }
    .into_any()
}
