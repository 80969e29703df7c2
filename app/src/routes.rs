//! Which address shows which page.

use crate::{
    components::sprite::Sprite,
    context::{Session, Site, Training, session},
    forms::{self, Carried},
    pages,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// The program as the browser sees it. Every page is rendered whole before it is sent, so that it reads
/// without scripts, and so that "not found" is a status and not only a sentence.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    carry_to_the_browser();
    view! {
        <Sprite />
        <Router>
            <Routes fallback=pages::missing::Missing>
                <Route path=path!("/login") view=pages::login::Login ssr=SsrMode::Async />
                <Route path=path!("/first") view=pages::first::First ssr=SsrMode::Async />
                <Route path=path!("/") view=pages::clients::Clients ssr=SsrMode::Async />
                <Route path=path!("/clients/new") view=pages::client_form::NewClient ssr=SsrMode::Async />
                <Route path=path!("/clients/:id") view=pages::client::Client ssr=SsrMode::Async />
                <Route path=path!("/clients/:id/edit") view=pages::client_form::EditClient ssr=SsrMode::Async />
                <Route path=path!("/cases/:number") view=pages::case::Case ssr=SsrMode::Async />
                <Route path=path!("/cases/:number/text") view=pages::composer::Composer ssr=SsrMode::Async />
                <Route path=path!("/cases/:number/texts") view=pages::texts::Texts ssr=SsrMode::Async />
                <Route path=path!("/admin/setup") view=pages::setup::Setup ssr=SsrMode::Async />
                <Route
                    path=path!("/admin/setup/tables/quick-entries")
                    view=pages::quick_entries::QuickEntries
                    ssr=SsrMode::Async
                />
                <Route path=path!("/admin/texting") view=pages::texting::Texting ssr=SsrMode::Async />
                <Route
                    path=path!("/admin/texting/by-hand")
                    view=pages::texting::by_hand::ByHand
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/admin/texting/:step")
                    view=pages::texting::step::StepPage
                    ssr=SsrMode::Async
                />
            </Routes>
        </Router>
    }
}

/// Session and posted form are known to the server; the page carries them, so that hydration sees the same.
fn carry_to_the_browser() {
    let session: Session = SharedValue::new(session).into_inner();
    provide_context(session);
    let carried: Carried =
        SharedValue::new(|| use_context::<Carried>().unwrap_or_default()).into_inner();
    #[cfg(feature = "hydrate")]
    if let Some(form) = &carried.0 {
        crate::browser::settle_address(form);
    }
    forms::hold(carried);
    let training: Training =
        SharedValue::new(|| Training(use_context::<Site>().is_some_and(|site| site.training)))
            .into_inner();
    provide_context(training);
}
