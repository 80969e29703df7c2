//! The cases of a client, and the form that adds one.

use crate::{
    components::{CaseNumberLabel, TextField},
    forms::Filled,
};
use domain::{
    client::CaseItem,
    ids::ClientId,
    words::{clients as words, common, count},
};
use leptos::prelude::*;

/// The cases with the ways to their texts.
#[component]
pub fn Cases(cases: Vec<CaseItem>) -> impl IntoView {
    if cases.is_empty() {
        return view! { <p class="hush">{words::NO_CASE}</p> }.into_any();
    }
    view! { <ul role="list" class="cases">{cases.into_iter().map(line).collect_view()}</ul> }
        .into_any()
}

fn line(case: CaseItem) -> impl IntoView {
    let base = format!("/cases/{}", case.number.path());
    let heard = words::on_case(case.number.as_str());
    let texts = count(case.texts, "text", "texts");
    view! {
        <li>
            <a class="case-link" href=base.clone()>
                <span class="hide">{common::CASE} " "</span>
                <CaseNumberLabel number=case.number />
            </a>
            <a href=format!("{base}/texts")>
                {texts} <span class="hide">{heard.clone()}</span>
            </a>
            <a class="btn btn-main btn-small" href=format!("{base}/text")>
                {common::SEND_TEXT}
                <span class="hide">{heard}</span>
            </a>
        </li>
    }
    .into_any()
}

/// The form that adds a case.
#[component]
pub fn AddCase(client: ClientId, filled: Filled) -> impl IntoView {
    view! {
        <form
            class="stack-s"
            method="post"
            action=format!("/clients/{client}")
            novalidate
            aria-labelledby="add-case-h"
        >
            <h2 id="add-case-h">{words::ADD_CASE}</h2>
            <TextField
                name="case_number"
                label=common::CASE_NUMBER
                hint=words::FIRST_CASE_HINT
                code=true
                width="w-m"
                value=filled.value("case_number", "")
                error=filled.complaint("case_number")
            />
            <div class="row">
                <button class="btn">{words::ADD_CASE_BUTTON}</button>
            </div>
        </form>
    }
    .into_any()
}
