//! Rows that were drawn as text, and how the browser takes them over: it leaves them as they are.

use super::markup::{Markup, markup};
use crate::browser;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What was drawn. As data it is nothing: it stands in the page already, and is not written there a second time.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Drawn(#[serde(skip)] Option<Arc<str>>);

impl Drawn {
    /// Draws.
    pub fn new(draw: impl FnOnce(&mut Markup)) -> Self {
        Self(Some(markup(draw).into()))
    }
}

/// The body of a table whose rows are drawn. What changes later is changed in the document itself.
#[component]
pub fn DrawnRows(id: &'static str, rows: Drawn) -> impl IntoView {
    // Without what was drawn the page came from the server, and it is there. Told to the framework, it is its own
    // idea of these rows too, so that it exchanges them when another page of them is loaded.
    let html = rows.0.unwrap_or_else(|| browser::inner_html(id).into());
    view! { <tbody id=id role="rowgroup" inner_html=html></tbody> }
}
