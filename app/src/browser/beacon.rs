//! The last word of a page that is going away: a request that outlives it.

use leptos::prelude::window;
use serde::Serialize;
use web_sys::{Blob, BlobPropertyBag, js_sys::Array};

/// What the server function is called with.
#[derive(Serialize)]
pub struct DraftArgs<'a> {
    pub number: &'a str,
    pub body: &'a str,
    pub author: &'a str,
    pub key: &'a str,
}

/// Saves a draft while the page goes away. The same server function as ever, called without waiting for the answer.
/// Returns whether the browser took it on.
pub fn save_draft(draft: &DraftArgs<'_>) -> bool {
    let Ok(json) = serde_json::to_string(draft) else {
        return false;
    };
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = Array::of1(&json.into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &kind) else {
        return false;
    };
    window()
        .navigator()
        .send_beacon_with_opt_blob("/api/save_draft", Some(&blob))
        .unwrap_or(false)
}
