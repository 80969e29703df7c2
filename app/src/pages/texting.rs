//! Texting Setup: the account, the number, the responses, and what Twilio says of them.

mod form;
mod said;

use crate::{
    api::load_setup,
    components::{ErrorSummary, Layout, Loaded, NotForYou, PageTitle, Place},
    forms::Filled,
};
use domain::{role::Operation, setup::SetupView, words::setup as words};
use form::SetupFields;
use leptos::prelude::*;
use said::{AddressList, Said};

/// The page of Texting Setup.
#[component]
pub fn Texting() -> impl IntoView {
    let setup = Resource::new(|| (), |()| load_setup());
    view! {
        <Layout place=Place::Texting>
            <NotForYou operation=Operation::SetUpTexting>
                <Loaded resource=setup let:setup>
                    <Shown setup />
                </Loaded>
            </NotForYou>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(setup: SetupView) -> impl IntoView {
    let filled = Filled::here();
    view! {
        <PageTitle text=words::TEXTING_SETUP />
        <ErrorSummary filled=filled.clone() />
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{words::TEXTING_SETUP}</h1>
                <p>{words::TEXTING_LEAD}</p>
            </div>
        </div>
        <div class="sheet split split-even">
            <SetupFields setup=setup.clone() filled />
            <div class="flush">
                <Said setup=setup.clone() />
                <AddressList addresses=setup.addresses />
            </div>
        </div>
    }
    .into_any()
}
