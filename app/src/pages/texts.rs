//! Texts: what went to a client on a case, newest first, and what became of it. Live while it is open.

mod ask;
mod asked;
mod incoming_row;
mod row;
mod rows;
mod shown;
mod table;

pub use incoming_row::{incoming_row, received};
pub use row::ROOM;

use crate::{
    api::{load_case, load_texts},
    browser::live::{What, follow},
    components::{CaseTabs, Drawn, Empty, ErrorSummary, Layout, Loaded, Strip, Tab},
    context::actor,
    forms::Filled,
};
use asked::Asked;
use domain::{
    client::Okay,
    incoming::{Entry, merged},
    text::TextsView,
    words::{common, incoming, texts as words},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_params_map, use_query_map};
use rows::Rows;
use serde::{Deserialize, Serialize};
use table::Table;

/// What the page is made of: its data, and the rows, which are drawn as soon as they are loaded and are not among
/// the data that the page carries to the browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Page {
    view: TextsView,
    any: bool,
    drawn: Drawn,
}

impl Page {
    fn of(mut view: TextsView, asked: &Asked) -> Self {
        let out = std::mem::take(&mut view.rows);
        let lines = merged(out, std::mem::take(&mut view.incoming));
        let phone = view.case.client.phone.as_ref();
        let drawn = Drawn::new(lines.len() * ROOM, |html| {
            for line in &lines {
                match line {
                    Entry::Out(text) => row::row(html, text, phone, asked),
                    Entry::In(text) => incoming_row(html, text, phone),
                }
            }
        });
        Self {
            view,
            any: !lines.is_empty(),
            drawn,
        }
    }
}

/// The texts of a case: `/cases/:number/texts`, `?before=` for older ones, `?asked=ID` after Message Status was
/// pressed without WASM.
#[component]
pub fn Texts() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let wanted = move || {
        (
            params.read().get("number").unwrap_or_default(),
            query.read().get("before"),
        )
    };
    let asked = Asked::here();
    let loaded = Resource::new(wanted, move |(number, before)| {
        let asked = asked.clone();
        // Boxed: all that the operation may hold while it waits is 60 kB, and is moved ten times on its way otherwise.
        Box::pin(async move {
            let loaded = load_texts(number, before).await;
            loaded.map(|view| Page::of(view, &asked))
        })
    });
    view! {
        <Layout class="texts" follows=true>
            <Loaded resource=loaded let:page>
                <Sheet page older=query.read_untracked().get("before").is_some() />
            </Loaded>
        </Layout>
    }
}

#[component]
fn Sheet(
    page: Page,
    /// Not the first page.
    older: bool,
) -> impl IntoView {
    let Page { view, any, drawn } = page;
    let TextsView {
        case,
        next,
        event,
        zone,
        received,
        incoming_shown,
        ..
    } = view;
    let rows = Rows::new(any, case.client.phone.clone(), !older);
    let okay = RwSignal::new(case.client.okay_now());
    let number = StoredValue::new(case.number.to_string());
    let live = follow(What::Case(case.id), event, move |news| {
        rows.refresh(news.texts);
        rows.receive(news.incoming);
        if news.consent {
            ask_permission(number, okay);
        }
    });
    let hidden = (!incoming_shown && received > 0).then(|| incoming::not_shown(received));
    let base = format!("/cases/{}", case.number.path());
    let send = format!("{base}/text");
    view! {
        <CaseTabs case=case.clone() current=Tab::Texts />
        <div class="sheet sheet-tabbed">
            <Strip case=case.clone() label=words::TEXTS_WITH okay />
            <div class="part-bar row row-apart">
                <p class="hush">{words::summary(case.texts, &zone)} <Printed /></p>
                <p class="row no-print">
                    <a class="btn btn-main btn-small" href=send.clone()>
                        {common::SEND_TEXT}
                    </a>
                </p>
            </div>
            {hidden.map(|said| view! { <p class="hush part-bar">{said}</p> })}
            <ErrorSummary filled=Filled::here() />
            <p class="hush part-bar no-print" role="status" class:hide=move || live.get()>
                {move || (!live.get()).then_some(words::NOT_LIVE)}
            </p>
            <Show when=move || !rows.any.get()>
                <Nothing send=send.clone() older />
            </Show>
            <Table number=case.number rows drawn />
            <Pages base=format!("{base}/texts") next older />
            <p class="hide" role="status">
                {rows.said}
            </p>
        </div>
    }
}

/// Looks again whether the client may be texted.
fn ask_permission(number: StoredValue<String>, okay: RwSignal<Okay>) {
    let Some(number) = number.try_get_value() else {
        return;
    };
    spawn_local(async move {
        // The next event brings what this one could not.
        if let Ok(case) = load_case(number).await {
            okay.try_set(case.client.okay_now());
        }
    });
}

/// Who printed it: on paper only.
#[component]
fn Printed() -> impl IntoView {
    actor().map(|actor| view! { <span class="only-print">{words::printed(&actor.name, &actor.office)}</span> })
}

#[component]
fn Nothing(send: String, older: bool) -> impl IntoView {
    let (heading, text) = match older {
        true => (words::NO_MORE, words::NO_MORE_MEANS),
        false => (words::NONE_YET, words::NONE_YET_MEANS),
    };
    view! {
        <Empty heading text>
            <a class="btn btn-main" href=send>
                {common::SEND_TEXT}
            </a>
        </Empty>
    }
}

/// To older texts, and back to the newest.
#[component]
fn Pages(base: String, next: Option<String>, older: bool) -> impl IntoView {
    let older_link = next.map(|next| format!("{base}?before={next}"));
    let any = older || older_link.is_some();
    any.then(|| {
        view! {
            <nav class="part-bar row no-print" aria-label=words::ON_OLDER_PAGE>
                {older
                    .then(|| {
                        view! {
                            <a class="btn" href=base>
                                {words::NEWEST}
                            </a>
                        }
                    })}
                {older_link
                    .map(|href| {
                        view! {
                            <a class="btn" href=href>
                                {words::OLDER}
                            </a>
                        }
                    })}
            </nav>
        }
    })
}
