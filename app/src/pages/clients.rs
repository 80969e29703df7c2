//! The clients of the office, and the search for one.

mod finder;
mod table;

use crate::{
    api::load_clients,
    components::{Empty, Layout, Loaded, PageTitle, Place, focus},
};
use domain::{
    client::ClientList,
    words::{clients as words, common},
};
use finder::Finder;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use table::ClientTable;

/// The clients, by name, those that match the search first typed into the address.
#[component]
pub fn Clients() -> impl IntoView {
    let address = use_query_map();
    let asked = Memo::new(move |_| {
        let address = address.read();
        (address.get("q").unwrap_or_default(), address.get("after"))
    });
    let list = Resource::new(
        move || asked.get(),
        |(query, after)| load_clients(query, after),
    );
    let heard = Heard::new();
    focus_on_another_page(asked);
    view! {
        <Layout place=Place::Clients>
            <PageTitle text=common::CLIENTS />
            <div class="page-head">
                <h1 tabindex="-1">{common::CLIENTS}</h1>
                <Finder query=asked.get_untracked().0 />
                <a class="btn btn-main" href="/clients/new">
                    {words::ADD_CLIENT}
                </a>
            </div>
            <p class="hide" role="status">
                {heard.words}
            </p>
            <Loaded resource=list let:list>
                <Found list heard />
            </Loaded>
        </Layout>
    }
    .into_any()
}

/// The next page of a list is another place: the link that led to it is gone.
fn focus_on_another_page(asked: Memo<(String, Option<String>)>) {
    Effect::new(move |last: Option<Option<String>>| {
        let (_, after) = asked.get();
        if last.is_some_and(|last| last != after) {
            focus::heading();
        }
        after
    });
}

/// What was found. A list that is not the first is announced, without its names.
#[component]
fn Found(list: ClientList, heard: Heard) -> impl IntoView {
    let words = words::found(list.items.len(), list.next.is_some());
    heard.announce(words.clone());
    if list.none_yet {
        return view! { <NoneYet /> }.into_any();
    }
    if list.items.is_empty() {
        return view! { <NoneFound query=list.query /> }.into_any();
    }
    let more = list.next.as_deref().map(|next| address(&list.query, next));
    view! {
        <div class="row row-apart list-head">
            <p class="hush">{words}</p>
        </div>
        <div class="sheet">
            <ClientTable items=list.items />
        </div>
        {more.map(|href| view! { <p class="row more"><a class="btn" href=href>{words::MORE}</a></p> })}
    }
    .into_any()
}

/// What the page says aloud, and whether it has shown a list already: a fresh page is read anyway.
#[derive(Clone, Copy)]
struct Heard {
    words: RwSignal<String>,
    shown: StoredValue<bool>,
}

impl Heard {
    fn new() -> Self {
        Self {
            words: RwSignal::new(String::new()),
            shown: StoredValue::new(false),
        }
    }

    fn announce(self, words: String) {
        Effect::new(move |_| {
            if self.shown.get_value() {
                self.words.set(words.clone());
            }
            self.shown.set_value(true);
        });
    }
}

#[component]
fn NoneYet() -> impl IntoView {
    view! {
        <div class="sheet">
            <Empty heading=words::NONE_YET text=words::NONE_YET_MORE>
                <a class="btn" href="/clients/new">
                    {words::ADD_CLIENT}
                </a>
            </Empty>
        </div>
    }
    .into_any()
}

#[component]
fn NoneFound(query: String) -> impl IntoView {
    view! {
        <div class="sheet">
            <Empty heading=words::none_found(&query) text=words::NONE_FOUND_MORE>
                <a class="btn" href="/">
                    {words::SHOW_ALL}
                </a>
            </Empty>
        </div>
    }
    .into_any()
}

/// The address of the list for a search, after a place.
fn address(query: &str, after: &str) -> String {
    let mut address = leptos_router::params::ParamsMap::new();
    if !query.is_empty() {
        address.insert("q", query.to_owned());
    }
    if !after.is_empty() {
        address.insert("after", after.to_owned());
    }
    format!("/{}", address.to_query_string())
}
