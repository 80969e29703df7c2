//! A case: whether its client may be texted, and what was texted last.

mod last_texts;

use crate::{
    api::load_case,
    browser::live::{What, follow},
    components::{
        CaseTabs, Layout, Loaded, Place, Strip, Tab,
        client_facts::{ClientFacts, Ledger, Permission, SharedPhone},
        permission::TwoFacts,
        why_not::WhyNotNote,
    },
};
use domain::{
    client::CaseView,
    words::{clients as words, common},
};
use last_texts::LastTexts;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;

/// The page of a case.
#[component]
pub fn Case() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    let case = Resource::new(number, load_case);
    view! {
        <Layout place=Place::Clients follows=true>
            <Loaded resource=case let:case>
                <Shown case />
            </Loaded>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(case: CaseView) -> impl IntoView {
    let shown = followed(case.clone());
    let okay = Signal::derive(move || shown.read().client.okay_now());
    view! {
        <CaseTabs case=case.clone() current=Tab::Case />
        <article class="sheet sheet-tabbed">
            <Strip case=case.clone() label=common::CLIENT okay />
            {move || view! { <Go case=shown.get() /> }}
            <div class="split">
                <section aria-labelledby="consent-h" class="stack">
                    <h2 id="consent-h">{words::PERMISSION}</h2>
                    {move || view! { <Permission client=shown.get().client /> }}
                    {move || view! { <TwoFacts client=shown.get().client /> }}
                    <h3 id="ledger-h">{words::LEDGER}</h3>
                    {move || view! { <Ledger lines=shown.read().client.ledger.clone() /> }}
                </section>
                <Aside case shown />
            </div>
        </article>
    }
    .into_any()
}

/// The case as known now: whether its client may be texted follows what happens.
fn followed(case: CaseView) -> RwSignal<CaseView> {
    let (id, event) = (case.id, case.client.event);
    let number = StoredValue::new(case.number.to_string());
    let shown = RwSignal::new(case);
    follow(What::Case(id), event, move |news| {
        let Some(number) = number.try_get_value().filter(|_| news.consent) else {
            return;
        };
        spawn_local(async move {
            // The next event brings what this one could not; the page may be left by then.
            if let Ok(now) = load_case(number).await {
                shown.try_set(now);
            }
        });
    });
    shown
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
fn Aside(case: CaseView, shown: RwSignal<CaseView>) -> impl IntoView {
    let client = case.client.clone();
    view! {
        <aside class="stack" aria-labelledby="facts-h">
            <h2 id="facts-h">{words::FACTS}</h2>
            <SharedPhone names=client.shared_with.clone() />
            {move || view! { <ClientFacts client=shown.get().client /> }}
            <p class="row">
                <a href=format!("/clients/{}", client.id)>{words::TO_CLIENT}</a>
            </p>
            <hr />
            <h2>{words::LAST_TEXTS}</h2>
            <LastTexts case />
        </aside>
    }
    .into_any()
}
