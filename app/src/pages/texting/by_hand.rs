//! The manual's steps, for those who set Twilio up themselves, with the addresses to paste.

use crate::{
    api::load_setup,
    components::{CopyField, Layout, Loaded, NotForYou, PageTitle, Place},
};
use domain::{role::Operation, setup::Addresses, words::setup as words};
use leptos::prelude::*;

/// The page with the manual's steps.
#[component]
pub fn ByHand() -> impl IntoView {
    let setup = Resource::new(|| (), |()| load_setup());
    view! {
        <Layout place=Place::Texting>
            <NotForYou operation=Operation::SetUpTexting>
                <Loaded resource=setup let:setup>
                    <Shown addresses=setup.addresses />
                </Loaded>
            </NotForYou>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(addresses: Addresses) -> impl IntoView {
    let step = move |(n, (name, what)): (usize, (&'static str, &'static str))| {
        // The last two steps are those with something to paste.
        let paste = match n {
            5 => copy("calls", words::HAND_CALLS, addresses.voice.clone()),
            6 => copy("texts", words::HAND_TEXTS, addresses.text.clone()),
            _ => ().into_any(),
        };
        view! {
            <li>
                <div class="task-what stack-s">
                    <h2>{name}</h2>
                    <p>{what}</p>
                    {paste}
                </div>
            </li>
        }
    };
    let status = addresses.status.clone();
    view! {
        <PageTitle text=words::BY_HAND />
        <div class="page-head">
            <div>
                <nav class="crumbs" aria-label=words::YOU_ARE_IN>
                    <a href="/admin/texting">{words::TEXTING_SETUP}</a>
                </nav>
                <h1 tabindex="-1">{words::BY_HAND}</h1>
                <p>{words::HAND_LEAD}</p>
            </div>
        </div>
        <div class="sheet">
            <ol class="tasks by-hand" role="list">
                {words::HAND.into_iter().enumerate().map(step).collect_view()}
            </ol>
            <div class="part stack-s">
                <p>{words::HAND_STATUS_LEAD}</p>
                {copy("status", words::HAND_STATUS, status)}
                <p class="hush">{words::HAND_OLDER}</p>
            </div>
        </div>
    }
    .into_any()
}

fn copy(id: &'static str, label: &'static str, value: String) -> AnyView {
    view! { <CopyField id label value /> }.into_any()
}
