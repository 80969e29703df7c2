//! Rows that were drawn as text, and how the browser takes them over: it leaves them as they are.

use super::markup::{Markup, markup};
use crate::browser;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What was drawn. As data it is nothing: it stands in the page already, and is not written there a second time.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Drawn {
    // A field with a name: serde writes the only field of a tuple even if it is told to skip it.
    #[serde(skip)]
    html: Option<Arc<str>>,
}

impl Drawn {
    /// Draws. `room`: about how many bytes that makes, so that the text does not move while it grows.
    pub fn new(room: usize, draw: impl FnOnce(&mut Markup)) -> Self {
        let html = Some(markup(room, draw).into());
        Self { html }
    }
}

/// The body of a table whose rows are drawn. What changes later is changed in the document itself.
#[component]
pub fn DrawnRows(id: &'static str, rows: Drawn) -> impl IntoView {
    // Without what was drawn the page came from the server, and it is there. Told to the framework, it is its own
    // idea of these rows too, so that it exchanges them when another page of them is loaded.
    let html = rows.html.unwrap_or_else(|| browser::inner_html(id).into());
    view! { <tbody id=id role="rowgroup" inner_html=html></tbody> }
}

#[cfg(test)]
mod tests {
    use super::Drawn;

    #[test]
    fn what_is_drawn_is_not_sent_a_second_time_as_data() {
        let drawn = Drawn::new(0, |html| html.words("td", &[], "Hello"));
        assert_eq!(serde_json::to_string(&drawn).expect("data"), "{}");
    }
}
