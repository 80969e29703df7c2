//! The host's page: organizations in numbers, a new one, the invitation of an administrator.

mod form;
mod table;

use crate::{
    api::load_organizations,
    components::{Empty, ErrorSummary, Layout, Loaded, PageTitle, Place, ShownOnce, focus},
    forms::Filled,
};
use domain::{host::HostView, words::host as words};
use form::Forms;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use table::Organizations;

/// Where this page is, and where its forms go.
const HERE: &str = "/host";

/// Organizations, for somebody of the host.
#[component]
pub fn Host() -> impl IntoView {
    let view = Resource::new(|| (), |()| load_organizations());
    view! {
        <Layout place=Place::Organizations>
            <Loaded resource=view let:view>
                <Shown view />
            </Loaded>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(view: HostView) -> impl IntoView {
    let filled = Filled::here();
    let address = use_query_map();
    let invited = filled.value("org", "");
    let invited = Memo::new(move |_| {
        let asked = address.read().get("invite").unwrap_or_default();
        if asked.is_empty() {
            invited.clone()
        } else {
            asked
        }
    });
    let orgs = StoredValue::new(view.orgs.clone());
    Effect::new(move |last: Option<String>| {
        let now = invited.get();
        if last.is_some_and(|last| last != now) {
            request_animation_frame(|| focus::by_id("email"));
        }
        now
    });
    view! {
        <PageTitle text=words::TITLE />
        <ErrorSummary filled=filled />
        <ShownOnce />
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p>{words::LEAD}</p>
            </div>
        </div>
        <div class="sheet split">
            <div class="flush">
                {match view.orgs.is_empty() {
                    true => view! { <Empty heading=words::NONE text=words::NONE_MORE /> }.into_any(),
                    false => view! { <Organizations orgs=view.orgs invited /> }.into_any(),
                }}
            </div>
            <For each=move || [invited.get()] key=String::clone let:invited>
                <Forms orgs=orgs.get_value() invited />
            </For>
        </div>
    }
    .into_any()
}
