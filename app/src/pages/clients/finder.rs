//! The search line: a plain form; with WASM the list follows what is typed.

use super::address::Address;
use crate::components::Icon;
use domain::{client_list::ClientsAsked, words::clients as words};
use leptos::{ev, html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use std::time::Duration;

/// How long nothing must be typed before the list follows.
const PAUSE: Duration = Duration::from_millis(200);

/// The search line. The address holds what is searched for, so that Back and Reload keep it.
#[component]
pub fn Finder(address: Memo<Address>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let navigate = use_navigate();
    let path = use_location().pathname;
    let follow = move || {
        // Somebody may have left the page within the pause.
        if let (Some(field), Some("/")) = (
            field.try_get_untracked().flatten(),
            path.try_get_untracked().as_deref(),
        ) {
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..Default::default()
            };
            let Some(Address { mut asked, .. }) = address.try_get_untracked() else {
                return;
            };
            asked.query = field.value();
            navigate(&Address::of(&asked).href(), options);
        }
    };
    let now = follow.clone();
    let submitted = move |event: ev::SubmitEvent| {
        event.prevent_default();
        now();
    };
    let typed = debounce(PAUSE, move |_: ev::Event| follow());
    view! {
        <form class="finder" role="search" method="get" action="/" novalidate on:submit=submitted>
            {move || kept(&address.read().asked)}
            <label for="q">{words::SEARCH_LABEL}</label>
            <div class="search">
                <div class="search-box">
                    <Icon name="i-search" />
                    <input
                        class="input"
                        id="q"
                        type="search"
                        name="q"
                        value=address.get_untracked().asked.query
                        autocomplete="off"
                        spellcheck="false"
                        node_ref=field
                        on:input=typed
                    />
                </div>
                <button class="btn">{words::SEARCH}</button>
            </div>
        </form>
    }
    .into_any()
}

/// What else the address asks for goes along when the form is sent without scripts.
fn kept(asked: &ClientsAsked) -> impl IntoView + use<> {
    let field = |(name, value): (&'static str, Option<&'static str>)| {
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    };
    [
        ("okay", asked.whom.as_str()),
        ("sort", asked.order.as_str()),
    ]
    .map(field)
    .into_iter()
    .collect_view()
}
