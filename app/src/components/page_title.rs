//! The title of the document, and where the focus goes after a change of page.

use super::focus;
use crate::{
    context::actor,
    forms::{let_go, submitted},
};
use domain::words;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use std::sync::Mutex;

/// Titles the document "<h1> – <office>", with "Error: " before it when the page has a problem.
/// After a change of page it moves the focus to the `h1`; not when the document was just loaded.
///
/// In the browser the title is set as text, and never emptied between two pages.
#[component]
pub fn PageTitle(
    /// The words of the page's `h1`.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let bad = submitted().is_some_and(|form| form.problem.is_some());
    let title = words::common::title(&text, actor().map(|a| a.office).as_deref(), bad);
    #[cfg(feature = "ssr")]
    if let Some(head) = use_context::<crate::shell::Title>() {
        head.tell(&title);
    }
    let path = page(&use_location().pathname.get_untracked());
    Effect::new(move |_| {
        document().set_title(&title);
        if arrived_from_elsewhere(&path) {
            let_go();
            focus::heading();
        }
    });
}

/// The page that is shown: an address, and of a list which of its pages.
fn page(path: &str) -> String {
    let query = use_query_map();
    let part = query.read_untracked().get("before").unwrap_or_default();
    format!("{path}?{part}")
}

/// Whether another page was shown before. Runs in the browser only, where there is one document.
fn arrived_from_elsewhere(path: &str) -> bool {
    static SHOWN: Mutex<Option<String>> = Mutex::new(None);
    let Ok(mut shown) = SHOWN.lock() else {
        return false;
    };
    shown
        .replace(path.to_owned())
        .is_some_and(|last| last != path)
}
