//! Texts: what went to a client on a case, newest first, and what became of it. Live while it is open.

mod asked;
mod row;
mod rows;
mod table;

use crate::{
    api::load_texts,
    browser::live::follow,
    components::{CaseTabs, Empty, ErrorSummary, Layout, Loaded, Strip, Tab},
    context::actor,
    forms::Filled,
};
use asked::Asked;
use domain::{
    client::CaseView,
    text::TextsView,
    words::{common, texts as words},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use rows::Rows;
use table::Table;

/// The texts of a case: `/cases/:number/texts`, `?before=` for older ones, `?asked=ID` after Message Status was
/// pressed without WASM.
#[component]
pub fn Texts() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        (
            params.read().get("number").unwrap_or_default(),
            query.read().get("before"),
        )
    };
    let loaded = Resource::new(asked, |(number, before)| load_texts(number, before));
    view! {
        <Layout class="texts">
            <Loaded resource=loaded let:view>
                <Sheet view older=query.read_untracked().get("before").is_some() />
            </Loaded>
        </Layout>
    }
}

#[component]
fn Sheet(
    view: TextsView,
    /// Not the first page.
    older: bool,
) -> impl IntoView {
    let TextsView {
        case,
        rows,
        next,
        event,
        zone,
    } = view;
    let rows = Rows::new(rows, !older);
    let live = follow(case.id, event, move |texts| rows.refresh(texts));
    let (base, empty_case) = (format!("/cases/{}", case.number.path()), case.clone());
    let asked = Asked::here();
    view! {
        <CaseTabs case=case.clone() current=Tab::Texts />
        <div class="sheet sheet-tabbed">
            <Strip case=case.clone() label=words::TEXTS_WITH />
            <div class="part-bar row row-apart">
                <p class="hush">{words::summary(case.texts, &zone)} <Printed /></p>
                <p class="row no-print">
                    <a class="btn btn-main btn-small" href=format!("{base}/text")>
                        {common::SEND_TEXT}
                    </a>
                </p>
            </div>
            <ErrorSummary filled=Filled::here() />
            <p class="hush part-bar no-print" role="status" class:hide=move || live.get()>
                {move || (!live.get()).then_some(words::NOT_LIVE)}
            </p>
            <Show
                when=move || rows.any()
                fallback=move || view! { <Nothing case=empty_case.clone() older /> }
            >
                <Table case=case.clone() rows asked=asked.clone() />
            </Show>
            <Pages base=format!("{base}/texts") next older />
            <p class="hide" role="status">
                {rows.said}
            </p>
        </div>
    }
}

/// Who printed it: on paper only.
#[component]
fn Printed() -> impl IntoView {
    actor().map(|actor| view! { <span class="only-print">{words::printed(&actor.name, &actor.office)}</span> })
}

#[component]
fn Nothing(case: CaseView, older: bool) -> impl IntoView {
    let (heading, text) = match older {
        true => (words::NO_MORE, words::NO_MORE_MEANS),
        false => (words::NONE_YET, words::NONE_YET_MEANS),
    };
    let send = format!("/cases/{}/text", case.number.path());
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
