//! A case: whether its client may be texted, and what was texted last.

mod last_texts;

use crate::{
    api::load_case,
    components::{
        CaseTabs, Layout, Loaded, Place, Strip, Tab,
        client_facts::{ClientFacts, Ledger, Permission, SharedPhone},
        why_not::WhyNotNote,
    },
};
use domain::{
    client::CaseView,
    words::{clients as words, common},
};
use last_texts::LastTexts;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of a case.
#[component]
pub fn Case() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    let case = Resource::new(number, load_case);
    view! {
        <Layout place=Place::Clients>
            <Loaded resource=case let:case>
                <Shown case />
            </Loaded>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(case: CaseView) -> impl IntoView {
    let ledger = case.client.ledger.clone();
    view! {
        <CaseTabs case=case.clone() current=Tab::Case />
        <article class="sheet sheet-tabbed">
            <Strip case=case.clone() label=common::CLIENT />
            <Go case=case.clone() />
            <div class="split">
                <section aria-labelledby="consent-h" class="stack">
                    <h2 id="consent-h">{words::PERMISSION}</h2>
                    <Permission client=case.client.clone() />
                    <h3 id="ledger-h">{words::LEDGER}</h3>
                    <Ledger lines=ledger />
                </section>
                <Aside case />
            </div>
        </article>
    }
    .into_any()
}

/// The way to the composer, or in its place why there is none and what to do.
#[component]
fn Go(case: CaseView) -> impl IntoView {
    let href = format!("/cases/{}/text", case.number.path());
    let go = match case.why_not {
        Some(why) => view! { <WhyNotNote why client=case.client.clone() /> }.into_any(),
        None => view! {
            <p class="hush">{words::SEND_TEXT_LEAD}</p>
            <a class="btn btn-main btn-big" href=href>
                {common::SEND_TEXT}
            </a>
        }
        .into_any(),
    };
    view! { <div class="part case-go">{go}</div> }
}

#[component]
fn Aside(case: CaseView) -> impl IntoView {
    let client = case.client.clone();
    view! {
        <aside class="stack" aria-labelledby="facts-h">
            <h2 id="facts-h">{words::FACTS}</h2>
            <SharedPhone names=client.shared_with.clone() />
            <ClientFacts client=client.clone() />
            <p>
                <a href=format!("/clients/{}", client.id)>{words::TO_CLIENT}</a>
            </p>
            <hr />
            <h2>{words::LAST_TEXTS}</h2>
            <LastTexts case />
        </aside>
    }
    .into_any()
}
