//! The clipboard.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlInputElement};

/// Copies what stands in a field. Answers whether it is on the clipboard; the field is selected in any case.
///
/// `execCommand` is deprecated, but its successor does not work where a server is reached without TLS.
pub fn copy(field: &HtmlInputElement) -> bool {
    field.select();
    let document = document().unchecked_into::<HtmlDocument>();
    document.exec_command("copy").unwrap_or(false)
}
