//! Which address shows which page.

use crate::{
    browser,
    components::{sprite::Sprite, waiting},
    context::{Session, Site, Training, session},
    forms::{self, Carried},
    pages,
};
use leptos::prelude::*;
use leptos_router::{
    PossibleRouteMatch, SsrMode,
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};

/// Where the composer is, for both programs.
macro_rules! composer {
    () => {
        path!("/cases/:number/text")
    };
}

/// The program as the browser sees it. Every page is rendered whole before it is sent, so that it reads
/// without scripts, and so that "not found" is a status and not only a sentence.
#[component]
pub fn App() -> impl IntoView {
    carry_to_the_browser();
    view! {
        <Sprite />
        <Router>
            <FlatRoutes fallback=pages::missing::Missing>
                <Route path=path!("/login") view=pages::login::Login ssr=SsrMode::Async />
                <Route path=path!("/first") view=pages::first::First ssr=SsrMode::Async />
                <Route path=path!("/") view=pages::clients::Clients ssr=SsrMode::Async />
                <Route path=path!("/clients/new") view=pages::client_form::NewClient ssr=SsrMode::Async />
                <Route path=path!("/clients/:id") view=pages::client::Client ssr=SsrMode::Async />
                // The form of permission stands on the client's page, and is posted to this address of it.
                <Route path=path!("/clients/:id/consent") view=pages::client::Client ssr=SsrMode::Async />
                <Route path=path!("/clients/:id/edit") view=pages::client_form::EditClient ssr=SsrMode::Async />
                <Route path=path!("/cases/:number") view=pages::case::Case ssr=SsrMode::Async />
                <Route path=composer!() view=pages::composer::Composer ssr=SsrMode::Async />
                <Route path=path!("/cases/:number/texts") view=pages::texts::Texts ssr=SsrMode::Async />
                <Route path=path!("/reviews") view=pages::reviews::Reviews ssr=SsrMode::Async />
                <Route path=path!("/unclear") view=pages::unclear::Unclear ssr=SsrMode::Async />
                <Route path=path!("/admin/opt-outs") view=pages::opt_outs::OptOuts ssr=SsrMode::Async />
                <Route path=path!("/admin/incoming") view=pages::incoming::Incoming ssr=SsrMode::Async />
                <Route path=path!("/admin/setup") view=pages::setup::Setup ssr=SsrMode::Async />
                <Route
                    path=path!("/admin/setup/tables/quick-entries")
                    view=pages::quick_entries::QuickEntries
                    ssr=SsrMode::Async
                />
                <Route path=path!("/admin/staff") view=pages::staff::Staff ssr=SsrMode::Async />
                <Route path=path!("/invite/:token") view=pages::invite::Invite ssr=SsrMode::Async />
                <Route path=path!("/host") view=pages::host::Host ssr=SsrMode::Async />
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
            </FlatRoutes>
        </Router>
    }
}

/// The composer alone: the program of a page that was opened by the composer's address. It is what people wait for
/// most, on the slowest lines, so it does not carry the other pages: they are asked of the server.
#[component]
pub fn ComposerAlone() -> impl IntoView {
    carry_to_the_browser();
    view! {
        <Sprite />
        <Router>
            <FlatRoutes fallback=Elsewhere>
                <Route path=composer!() view=pages::composer::Composer ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}

/// Whether the page of this address is the composer.
pub fn is_composer(path: &str) -> bool {
    composer!()
        .test(path)
        .is_some_and(|found| found.is_complete())
}

/// What this program does not have. Links to it never come here (see [`crate::browser::elsewhere`]); whatever else
/// leads away does.
#[component]
fn Elsewhere() -> impl IntoView {
    let here = use_location();
    Effect::new(move |_| {
        let (path, search) = (here.pathname.get(), here.search.get());
        browser::elsewhere::go(&match search.as_str() {
            "" => path,
            _ => format!("{path}?{search}"),
        });
    });
}

/// Session and posted form are known to the server; the page carries them, so that hydration sees the same.
fn carry_to_the_browser() {
    let session: Session = SharedValue::new(session).into_inner();
    waiting::provide(session.2);
    provide_context(session);
    let carried: Carried =
        SharedValue::new(|| use_context::<Carried>().unwrap_or_default()).into_inner();
    #[cfg(feature = "hydrate")]
    if let Some(form) = &carried.0 {
        crate::browser::settle_address(form);
    }
    forms::hold(carried);
    let training: Training = SharedValue::new(|| {
        Training(use_context::<std::sync::Arc<Site>>().is_some_and(|site| site.training))
    })
    .into_inner();
    provide_context(training);
}

#[cfg(test)]
mod tests {
    use super::is_composer;

    #[test]
    fn the_composers_program_runs_at_the_composers_address_only() {
        assert!(is_composer("/cases/25-0142-17/text"));
        assert!(is_composer("/cases/a%2Fb/text"));
        for other in [
            "/",
            "/cases/25-0142-17",
            "/cases/25-0142-17/texts",
            "/cases/1/text/2",
            "/text",
        ] {
            assert!(!is_composer(other), "{other}");
        }
    }
}
