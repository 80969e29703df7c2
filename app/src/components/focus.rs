//! Moving the focus. Browser only; on the server nothing calls these.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Focuses the page's heading, once it is drawn.
pub fn heading() {
    request_animation_frame(|| {
        if let Ok(Some(heading)) = document().query_selector("h1") {
            on(&heading);
        }
    });
}

/// Focuses the element of that id, if there is one.
pub fn by_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        on(&element);
    }
}

/// Focuses an element. One that cannot take the focus leaves it where it is.
pub fn on(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
