//! Whom the list shows: links, so that the choice stands in the address and works without scripts.

use super::address::Address;
use domain::{
    client_list::{ClientsAsked, Whom},
    words::clients as words,
};
use leptos::prelude::*;

/// All clients, those who may be texted, those who may not.
#[component]
pub fn WhomLinks(asked: ClientsAsked) -> impl IntoView {
    let link = |whom: Whom| {
        let here = whom == asked.whom;
        let href = Address::of(&ClientsAsked {
            whom,
            ..asked.clone()
        })
        .href();
        view! {
            <a href=href aria-current=here.then_some("true")>
                {words::whom(whom)}
            </a>
        }
    };
    view! {
        <nav class="choice" aria-label=words::WHOM>
            {Whom::ALL.map(link).into_iter().collect_view()}
        </nav>
    }
    .into_any()
}
