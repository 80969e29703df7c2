//! Why a client cannot be texted, in the place of the button.

use super::{Note, Tone};
use crate::context::actor;
use domain::{
    consent::WhyNot,
    ids::ClientId,
    role::Operation,
    words::{clients, consent},
};
use leptos::prelude::*;

/// The reason, what to do, and the way there for those who may go it.
#[component]
pub fn WhyNotNote(why: WhyNot, client: ClientId) -> impl IntoView {
    view! {
        <Note tone=Tone::Heed>
            <h2>{consent::heading(why)}</h2>
            <p>{consent::remedy(why)}</p>
            {way(why, client).map(|(href, name)| view! { <p><a class="btn" href=href>{name}</a></p> })}
        </Note>
    }
    .into_any()
}

fn way(why: WhyNot, client: ClientId) -> Option<(String, &'static str)> {
    match why {
        WhyNot::NoNumber | WhyNot::NotOkay => {
            Some((format!("/clients/{client}/edit"), clients::EDIT_CLIENT))
        }
        WhyNot::NotSetUp => actor()
            .filter(|actor| actor.role.may(Operation::SetUpTexting))
            .map(|_| ("/admin/texting".to_owned(), clients::TO_SETUP)),
    }
}
