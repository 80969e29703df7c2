//! Send Text: the composer of a case. A plain form that the server can take as it is; WASM adds the counter, the
//! picker, drafts as one types, and sending without leaving the page.

mod announcer;
mod beside;
mod cancel;
mod connection;
pub mod counter;
mod draft;
mod earlier;
mod echo;
mod form;
mod gaps;
mod keys;
mod letter;
mod notes;
mod picker;
mod problem;
mod select;
mod send;
mod sent_box;
mod stop;
mod writing;

use crate::{
    api::{ApiError, load_composer, load_sent},
    browser::live::{What, follow},
    components::{CaseTabs, Layout, Loaded, Strip, Tab},
    forms::Filled,
};
use beside::Beside;
use domain::{
    compose::{ComposerView, Sent},
    words,
};
use form::Form;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sent_box::SentBox;
use stop::Stop;
use writing::Writing;

/// The composer of a case: `/cases/:number/text`, `?again=ID` with the words of an earlier text, and `?sent=ID` after a
/// text was sent without WASM.
#[component]
pub fn Composer() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let number = params.read().get("number").unwrap_or_default();
        let query = query.read_untracked();
        (number, query.get("sent"), query.get("again"))
    };
    let loaded = Resource::new(asked, |(number, sent, again)| load(number, sent, again));
    view! {
        <Layout class="compose" follows=true>
            <Loaded resource=loaded let:loaded>
                <Desk view=loaded.0 sent=loaded.1 />
            </Loaded>
        </Layout>
    }
}

async fn load(
    number: String,
    sent: Option<String>,
    again: Option<String>,
) -> Result<(ComposerView, Option<Sent>), ApiError> {
    let again = again.and_then(|id| id.parse().ok());
    let view = load_composer(number.clone(), again).await?;
    let sent = match sent.and_then(|id| id.parse().ok()) {
        Some(text) => Some(load_sent(number, text).await?),
        None => None,
    };
    Ok((view, sent))
}

/// The sheet: strip, form or the reason why there is none, and what to know before sending.
#[component]
fn Desk(view: ComposerView, sent: Option<Sent>) -> impl IntoView {
    let filled = Filled::here();
    let writing = Writing::new(&view, &filled, sent);
    let case = view.case.clone();
    let last = beside::LastTexts::new(&case);
    follow(What::Case(case.id), view.event, move |news| {
        if !news.texts.is_empty() {
            last.refresh(news.texts.clone());
            sent_box::refresh(writing, &news.texts);
        }
        if news.consent {
            stop::look_again(writing);
        }
    });
    let entries = StoredValue::new(view.quick_entries);
    let form = move || match writing.why_not.get() {
        Some(why) => view! { <Stop why writing /> }.into_any(),
        None => view! { <Form writing entries=entries.get_value() /> }.into_any(),
    };
    view! {
        <CaseTabs case=case.clone() current=Tab::SendText texts=last.count() />
        <div class="sheet sheet-tabbed">
            <Strip case=case.clone() label=words::compose::SEND_TEXT_TO okay=writing.okay />
            <div class="split">
                <div>{form}</div>
                <Beside case last />
            </div>
        </div>
        <SentBox writing />
    }
}
