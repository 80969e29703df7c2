//! The newest texts of a case.

use crate::components::{PlainTime, StatusWord};
use domain::{client::CaseView, text::TextRow, words::clients as words};
use leptos::prelude::*;

/// The newest texts, with the way to all.
#[component]
pub fn LastTexts(case: CaseView) -> impl IntoView {
    if case.last_texts.is_empty() {
        return view! { <p class="hush">{words::NO_TEXTS}</p> }.into_any();
    }
    view! {
        <ul role="list" class="lasts">
            {case.last_texts.into_iter().map(line).collect_view()}
        </ul>
        <p class="row">
            <a href=format!("/cases/{}/texts", case.number.path())>{words::all_texts(case.texts)}</a>
        </p>
    }
    .into_any()
}

fn line(text: TextRow) -> impl IntoView {
    view! {
        <li>
            <StatusWord status=text.status />
            <p class="clip" dir="auto">
                {text.body}
            </p>
            <small class="hush">
                <PlainTime when=text.at />
                " · "
                <bdi>{text.by}</bdi>
            </small>
        </li>
    }
    .into_any()
}
