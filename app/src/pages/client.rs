//! A client: facts, permission, cases.

mod cases;

use crate::{
    api::{ApiError, load_client},
    components::{
        ErrorSummary, Initials, Layout, Loaded, OkayWord, PageTitle, Place,
        client_facts::{ClientFacts, Ledger, SharedPhone},
        refused,
    },
    forms::Filled,
};
use cases::{AddCase, Cases};
use domain::{client::ClientView, ids::ClientId, problem::Problem, words::clients as words};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of a client.
#[component]
pub fn Client() -> impl IntoView {
    let client = Resource::new(id_in_address(), |id| async move { load_client(id?).await });
    view! {
        <Layout place=Place::Clients>
            <Loaded resource=client let:client>
                <Shown client />
            </Loaded>
        </Layout>
    }
    .into_any()
}

/// The client that the address names; nobody, when it names none that could be.
pub fn id_in_address() -> impl Fn() -> Result<ClientId, ApiError> + Send + Sync + 'static {
    let params = use_params_map();
    move || {
        let typed = params.read().get("id").unwrap_or_default();
        typed.parse().or_else(|_| refused(Problem::NotFound))
    }
}

#[component]
fn Shown(client: ClientView) -> impl IntoView {
    let filled = Filled::here();
    let first_case = client.cases.first().map(|case| case.number.clone());
    view! {
        <PageTitle text=client.name.clone() />
        <ErrorSummary filled=filled.clone() />
        <div class="page-head">
            <div class="who">
                <Initials name=client.name.clone() number=first_case />
                <h1 tabindex="-1">
                    <bdi>{client.name.clone()}</bdi>
                </h1>
            </div>
            <a class="btn" href=format!("/clients/{}/edit", client.id)>
                {words::EDIT_CLIENT}
            </a>
        </div>
        <div class="sheet split">
            <div class="stack-l">
                <section class="stack-s" aria-labelledby="cases-h">
                    <h2 id="cases-h">{words::CASES}</h2>
                    <Cases cases=client.cases.clone() />
                </section>
                <AddCase client=client.id filled />
            </div>
            <Aside client />
        </div>
    }
    .into_any()
}

#[component]
fn Aside(client: ClientView) -> impl IntoView {
    let ledger = client.ledger.clone();
    view! {
        <aside class="stack" aria-labelledby="facts-h">
            <h2 id="facts-h">{words::FACTS}</h2>
            <OkayWord okay=client.okay.is_some() />
            <SharedPhone names=client.shared_with.clone() />
            <ClientFacts client />
            <hr />
            <h2>{words::LEDGER}</h2>
            <Ledger lines=ledger />
        </aside>
    }
    .into_any()
}
