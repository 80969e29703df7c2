//! The clients of the office, and the search for one.

mod address;
mod finder;
mod table;
mod whom;

use crate::{
    api::load_clients,
    components::{Empty, Layout, Loaded, PageTitle, Place, focus},
};
use address::Address;
use domain::{
    client::ClientList,
    client_list::ClientsAsked,
    words::{clients as words, common},
};
use finder::Finder;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use table::ClientTable;
use whom::WhomLinks;

/// The clients that the address asks for: searched, chosen and ordered as it says.
#[component]
pub fn Clients() -> impl IntoView {
    let query = use_query_map();
    let address = Memo::new(move |_| Address::read(&query.read()));
    let list = Resource::new(
        move || address.get(),
        |address| {
            let Address { asked, after } = address;
            let (okay, sort) = (asked.whom.as_str(), asked.order.as_str());
            load_clients(
                asked.query,
                okay.map(str::to_owned),
                sort.map(str::to_owned),
                after,
            )
        },
    );
    let heard = Heard::new();
    focus_on_another_page(address);
    view! {
        <Layout place=Place::Clients>
            <PageTitle text=common::CLIENTS />
            <div class="page-head">
                <h1 tabindex="-1">{common::CLIENTS}</h1>
                <Finder address />
                <a class="btn btn-main" href="/clients/new">
                    {words::ADD_CLIENT}
                </a>
            </div>
            <p class="hide" role="status">
                {heard.words}
            </p>
            <Loaded resource=list within=true let:list>
                <Found list heard />
            </Loaded>
        </Layout>
    }
    .into_any()
}

/// The next page of a list is another place: the link that led to it is gone.
fn focus_on_another_page(address: Memo<Address>) {
    Effect::new(move |last: Option<Address>| {
        let now = address.get();
        if last.is_some_and(|last| last.asked == now.asked && last.after != now.after) {
            focus::heading();
        }
        now
    });
}

/// What was found. A list that is not the first is announced, without its names.
#[component]
fn Found(list: ClientList, heard: Heard) -> impl IntoView {
    let ClientList {
        asked,
        items,
        next,
        none_yet,
    } = list;
    let words = words::found(items.len(), next.is_some());
    heard.announce(words.clone());
    if none_yet {
        return view! { <NoneYet /> }.into_any();
    }
    let more = next.map(|next| Address::of(&asked).after(next).href());
    let rows = match items.is_empty() {
        true => view! { <NoneFound asked=asked.clone() /> }.into_any(),
        false => view! { <ClientTable items asked=asked.clone() /> }.into_any(),
    };
    view! {
        <div class="row row-apart list-head">
            <p class="hush">{words}</p>
            <WhomLinks asked />
        </div>
        <div class="sheet">{rows}</div>
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
fn NoneFound(asked: ClientsAsked) -> impl IntoView {
    view! {
        <Empty heading=words::none_found(&asked) text=words::NONE_FOUND_MORE>
            <a class="btn" href="/">
                {words::SHOW_ALL}
            </a>
        </Empty>
    }
    .into_any()
}
