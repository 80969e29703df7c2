//! A client: facts, permission, cases.

mod cases;

use crate::{
    api::{ApiError, load_client},
    browser::live::{What, follow},
    components::{
        ErrorSummary, Initials, Layout, Loaded, OkayWord, PageTitle, Place,
        client_facts::{ClientFacts, Ledger, SharedPhone},
        permission::{ConsentForm, Recorded, TwoFacts},
        refused,
    },
    forms::Filled,
};
use cases::{AddCase, Cases};
use domain::{
    client::ClientView,
    ids::ClientId,
    problem::Problem,
    words::{clients as words, consent},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page of a client.
#[component]
pub fn Client() -> impl IntoView {
    let client = Resource::new(id_in_address(), |id| async move { load_client(id?).await });
    view! {
        <Layout place=Place::Clients follows=true>
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
    let recorded = use_query_map().read_untracked().get("recorded").is_some();
    let first_case = client.cases.first().map(|case| case.number.clone());
    let (shown, said) = followed(client.clone());
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
                <section class="stack" aria-labelledby="permission-h">
                    <h2 id="permission-h">{words::PERMISSION}</h2>
                    <Recorded shown=recorded />
                    <div class="verdict">
                        {move || view! { <OkayWord okay=shown.read().okay_now() /> }}
                    </div>
                    {move || view! { <TwoFacts client=shown.get() /> }}
                    <ConsentForm client=shown filled=filled.clone() />
                    <h3>{words::LEDGER}</h3>
                    {move || view! { <Ledger lines=shown.read().ledger.clone() /> }}
                </section>
                <AddCase client=client.id filled />
            </div>
            {move || view! { <Aside client=shown.get() /> }}
        </div>
        <p class="hide" role="status">
            {said}
        </p>
    }
    .into_any()
}

/// The client as known now, and what is said aloud when permission changes.
fn followed(client: ClientView) -> (RwSignal<ClientView>, RwSignal<String>) {
    let (id, event) = (client.id, client.event);
    let (shown, said) = (RwSignal::new(client), RwSignal::new(String::new()));
    follow(What::Client(id), event, move |news| {
        if news.consent {
            spawn_local(async move {
                // The next event brings what this one could not.
                if let Ok(now) = load_client(id).await {
                    take(shown, said, now);
                }
            });
        }
    });
    (shown, said)
}

/// What is known now; nothing moves the focus.
fn take(shown: RwSignal<ClientView>, said: RwSignal<String>, now: ClientView) {
    // The page may have been left meanwhile.
    let Some(before) = shown.try_with_untracked(|client| client.okay.is_some()) else {
        return;
    };
    let okay = now.okay.is_some();
    if before != okay {
        let words = if okay {
            consent::CHANGED_GIVEN
        } else {
            consent::CHANGED_ENDED
        };
        said.set(words.to_owned());
    }
    shown.set(now);
}

#[component]
fn Aside(client: ClientView) -> impl IntoView {
    view! {
        <aside class="stack" aria-labelledby="facts-h">
            <h2 id="facts-h">{words::FACTS}</h2>
            <SharedPhone names=client.shared_with.clone() />
            <ClientFacts client />
        </aside>
    }
    .into_any()
}
