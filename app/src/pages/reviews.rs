//! Reviews: clients wrote what reads as a withdrawal, and somebody decides what they meant.

mod card;

use crate::{
    api::load_reviews,
    browser::live::{What, follow},
    components::{Empty, ErrorSummary, Layout, Loaded, PageTitle, Place},
    forms::Filled,
};
use card::{Card, Decided};
use domain::{
    review::{ReviewCard, ReviewsView},
    words::reviews as words,
};
use leptos::{prelude::*, task::spawn_local};

/// Where this page is, and where its forms go.
const HERE: &str = "/reviews";

/// The cards.
#[component]
pub fn Reviews() -> impl IntoView {
    let reviews = Resource::new(|| (), |()| load_reviews());
    view! {
        <Layout place=Place::Reviews follows=true>
            <Loaded resource=reviews let:reviews>
                <Shown reviews />
            </Loaded>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(reviews: ReviewsView) -> impl IntoView {
    let shown = followed(reviews);
    let none = Memo::new(move |_| shown.read().open.is_empty());
    // Cards keep what is being written into them while others come and go.
    let open = move || shown.read().open.clone();
    let decided = move || shown.read().decided.clone();
    view! {
        <PageTitle text=words::REVIEWS />
        <ErrorSummary filled=Filled::here() />
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{words::REVIEWS}</h1>
                <p>{words::LEAD}</p>
            </div>
        </div>
        <div class="sheet">
            <section aria-labelledby="open-h">
                <h2 id="open-h" class="hide">
                    {words::OPEN}
                </h2>
                <Show when=move || none.get()>
                    <Empty heading=words::NONE text=words::NONE_MEANS />
                </Show>
                <For each=open key=|card: &ReviewCard| card.id let:card>
                    <Card card />
                </For>
            </section>
            <Show when=move || !shown.read().decided.is_empty()>
                <section class="part stack-s" aria-labelledby="decided-h">
                    <h2 id="decided-h">{words::DECIDED}</h2>
                    <ul role="list" class="decided">
                        <For each=decided key=|card: &ReviewCard| card.id let:card>
                            <Decided card />
                        </For>
                    </ul>
                </section>
            </Show>
        </div>
    }
    .into_any()
}

/// The cards as they are now.
fn followed(reviews: ReviewsView) -> RwSignal<ReviewsView> {
    let event = reviews.event;
    let shown = RwSignal::new(reviews);
    follow(What::Office, event, move |_| {
        spawn_local(async move {
            // The next event brings what this one could not; the page may be left by then.
            if let Ok(now) = load_reviews().await {
                shown.try_set(now);
            }
        });
    });
    shown
}
