//! The few things asked of the browser itself. Nothing here runs on the server: it is called from effects and
//! event handlers only.

pub mod area;
pub mod beacon;
pub mod clipboard;
pub mod connection;
pub mod elsewhere;
pub mod live;
pub mod pause;

use leptos::prelude::*;

/// Marks the document as taken over by WASM: styles and tests wait for it.
pub fn mark_hydrated() {
    if let Some(root) = document().document_element() {
        // A page without the mark still works; there is nobody to tell if it fails.
        let _ = root.set_attribute("data-hydrated", "");
    }
}

/// Shows another address for this page, without drawing anything anew. Such as its own without what stands after `?`,
/// once that has done its work: a reload must not do it once more.
pub fn replace_address(address: &str) {
    // Where the history cannot be written, the address stays as it was, and that is all.
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
    }
}

/// A page that came as the answer to a form may be another page's: "Sign in" where a session had ended. The address
/// must be that of the page shown, or the router would draw another one over it.
#[cfg(feature = "hydrate")]
pub fn settle_address(form: &crate::forms::Submitted) {
    let here = window().location().pathname().unwrap_or_default();
    if here != form.path {
        replace_address(&form.path);
    }
}

/// Whether WASM runs this page: false while rendering, on the server and in the browser alike, so that hydration
/// sees the same tree; true right after.
pub fn hydrated() -> ReadSignal<bool> {
    let (hydrated, set_hydrated) = signal(false);
    Effect::new(move |_| set_hydrated.set(true));
    hydrated
}

/// Shows the element with this id if it is scrolled out of its list.
pub fn reveal(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// What stands in the element with this id, as HTML.
pub fn inner_html(id: &str) -> String {
    let element = document().get_element_by_id(id);
    element
        .map(|element| element.inner_html())
        .unwrap_or_default()
}

/// Whether somebody can see this page now.
pub fn is_hidden() -> bool {
    document().hidden()
}
