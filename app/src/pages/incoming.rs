//! Incoming texts, for the administrator: how they are handled, and those from numbers that no client has.

mod handling;

use crate::{
    api::{load_incoming_setup, load_unmatched},
    components::{
        Drawn, DrawnRows, Empty, ErrorSummary, Layout, Loaded, NotForYou, PageTitle, Place,
    },
    forms::Filled,
    pages::texts::{ROOM, incoming_row},
};
use domain::{
    incoming::IncomingForm,
    role::Operation,
    words::{incoming as words, setup, texts},
};
use handling::Handling;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

/// Where this page is, and where its form goes.
const HERE: &str = "/admin/incoming";

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Page {
    form: IncomingForm,
    next: Option<String>,
    any: bool,
    drawn: Drawn,
}

/// Incoming texts: `?before=` for older ones.
#[component]
pub fn Incoming() -> impl IntoView {
    let query = use_query_map();
    let loaded = Resource::new(
        move || query.read().get("before"),
        |before| async move {
            let form = load_incoming_setup().await?;
            let unmatched = load_unmatched(before).await?;
            let drawn = Drawn::new(unmatched.rows.len() * ROOM, |html| {
                for text in &unmatched.rows {
                    incoming_row(html, text, text.number.as_ref());
                }
            });
            Ok(Page {
                form,
                next: unmatched.next,
                any: !unmatched.rows.is_empty(),
                drawn,
            })
        },
    );
    view! {
        <Layout place=Place::Setup class="texts">
            <NotForYou operation=Operation::SeeUnmatched>
                <Loaded resource=loaded let:page>
                    <Shown page />
                </Loaded>
            </NotForYou>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(page: Page) -> impl IntoView {
    let query = use_query_map();
    let query = query.read_untracked();
    let (older, saved) = (query.get("before").is_some(), query.get("saved").is_some());
    view! {
        <PageTitle text=words::TITLE />
        <ErrorSummary filled=Filled::here() />
        <div class="page-head">
            <div>
                <nav class="crumbs" aria-label=setup::YOU_ARE_IN>
                    <a href="/admin/setup">{setup::SETUP_FUNCTIONS}</a>
                </nav>
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p>{words::LEAD}</p>
            </div>
        </div>
        <div class="sheet">
            <Handling form=page.form saved />
            <section class="part-above" aria-labelledby="unmatched-h">
                <div class="part-bar">
                    <h2 id="unmatched-h">{words::UNMATCHED}</h2>
                    <p class="hush">{words::UNMATCHED_LEAD}</p>
                </div>
                {(!page.any).then(|| view! { <Empty heading=words::NONE text=words::NONE_MEANS /> })}
                <Table any=page.any drawn=page.drawn />
                <Pages next=page.next older />
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Table(any: bool, drawn: Drawn) -> impl IntoView {
    let heads = [texts::DATE, texts::TEXT, words::FROM, texts::MESSAGE_STATUS];
    let head = |name| view! { <th role="columnheader" scope="col">{name}</th> };
    view! {
        <table class="table texts-table" role="table" hidden=!any>
            <caption class="hide">{words::CAPTION}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads.map(head).into_iter().collect_view()}</tr>
            </thead>
            <DrawnRows id="unmatched" rows=drawn />
        </table>
    }
    .into_any()
}

/// To older texts, and back to the newest.
#[component]
fn Pages(next: Option<String>, older: bool) -> impl IntoView {
    let next = next.map(|next| format!("{HERE}?before={next}"));
    (older || next.is_some()).then(|| {
        view! {
            <nav class="part-bar row" aria-label=words::CAPTION>
                {older.then(|| view! { <a class="btn" href=HERE>{texts::NEWEST}</a> })}
                {next.map(|href| view! { <a class="btn" href=href>{texts::OLDER}</a> })}
            </nav>
        }
    })
}
