//! The frame of every page: skip link, training banner, top line, main part.

use super::{
    Icon,
    waiting::{self, HeldBanner, Known, OpenReviews, UnclearLink},
};
use crate::context::{Training, actor, host};
use domain::{
    role::{Actor, Operation},
    words::{common as words, reviews, unclear},
};
use leptos::prelude::*;

/// A place of the top line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Elsewhere,
    Clients,
    Reviews,
    Unclear,
    Setup,
    Texting,
    Organizations,
}

/// The frame of a page for those who are signed in; for others it shows no places.
#[component]
pub fn Layout(
    #[prop(optional)] place: Place,
    /// A class of the main part beside "page".
    #[prop(optional)]
    class: &'static str,
    /// The page follows what happens (`browser::live::follow`): its connection serves the top line too.
    #[prop(optional)]
    follows: bool,
    children: Children,
) -> impl IntoView {
    let home = if host().is_some() { "/host" } else { "/" };
    let known = actor().map(|_| waiting::watch(follows));
    view! {
        <Frame>
            <header class="top no-print">
                <a class="brand" href=home>
                    <Brand />
                </a>
                {actor()
                    .zip(known)
                    .map(|(actor, known)| view! { <Places place actor=actor.clone() known /> <Me name=actor.name /> })}
                {host().map(|host| view! { <HostPlaces place /> <Me name=host.name /> })}
            </header>
            {known.map(|known| view! { <HeldBanner known /> })}
            <main id="main" class=format!("page {class}").trim_end().to_owned() tabindex="-1">
                {children()}
            </main>
        </Frame>
    }
    .into_any()
}

/// What comes before the main part of every page, signed in or not: skip link and training banner.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let training = use_context::<Training>().unwrap_or_default().0;
    // External links are the browser's own: it moves the focus to the main part, and the training phone is
    // a page of the server.
    view! {
        <a class="skip" href="#main" rel="external">
            {words::SKIP}
        </a>
        {training
            .then(|| {
                view! {
                    <aside class="training no-print" aria-label=words::TRAINING>
                        <strong>{words::TRAINING_BANNER}</strong>
                        <span>{words::TRAINING_MORE}</span>
                        <a href="/sim" rel="external">
                            {words::TRAINING_LINK}
                        </a>
                    </aside>
                }
            })}
        {children()}
    }
    .into_any()
}

/// The program's mark with the name of the office.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <Icon name="i-bands" />
        {words::PROGRAM}
        {actor().map(|actor| view! { <span>{actor.office}</span> })}
    }
    .into_any()
}

#[component]
fn Places(place: Place, actor: Actor, known: Known) -> impl IntoView {
    let mut places = vec![
        (Place::Clients, "/", words::CLIENTS),
        (Place::Reviews, "/reviews", reviews::REVIEWS),
        (Place::Unclear, "/unclear", unclear::PLACE),
    ];
    if actor.role.may(Operation::EditQuickEntries) {
        places.push((Place::Setup, "/admin/setup", words::SETUP_FUNCTIONS));
    }
    if actor.role.may(Operation::SetUpTexting) {
        places.push((Place::Texting, "/admin/texting", words::TEXTING_SETUP));
    }
    view! { <PlaceList place places known /> }
}

/// The places of the host: one.
#[component]
fn HostPlaces(place: Place) -> impl IntoView {
    let places = vec![(Place::Organizations, "/host", domain::words::host::TITLE)];
    view! { <PlaceList place places /> }
}

#[component]
fn PlaceList(
    place: Place,
    places: Vec<(Place, &'static str, &'static str)>,
    /// What waits for staff.
    #[prop(optional)]
    known: Option<Known>,
) -> impl IntoView {
    let link = move |(there, href, name)| {
        if there == Place::Unclear {
            return known
                .map(|known| view! { <UnclearLink known here=there == place /> })
                .into_any();
        }
        let open = known
            .filter(|_| there == Place::Reviews)
            .map(|known| view! { <OpenReviews known /> });
        view! {
            <a href=href aria-current=(there == place).then_some("page")>
                {name}
                {open}
            </a>
        }
        .into_any()
    };
    view! {
        <nav class="places" aria-label=words::PLACES>
            {places.into_iter().map(link).collect_view()}
        </nav>
    }
    .into_any()
}

#[component]
fn Me(name: String) -> impl IntoView {
    view! {
        <div class="me">
            <span>
                <bdi>{name}</bdi>
            </span>
            <form method="post" action="/logout">
                <button class="btn btn-line">{words::SIGN_OUT}</button>
            </form>
        </div>
    }
    .into_any()
}
