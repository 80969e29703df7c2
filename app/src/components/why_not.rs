//! Why a client cannot be texted, in the place of the button.

use super::{Note, Tone};
use crate::context::actor;
use domain::{
    client::ClientView,
    consent::WhyNot,
    ids::ClientId,
    role::Operation,
    words::{clients, consent},
};
use leptos::prelude::*;

/// The reason, what to do, and the way there for those who may go it.
#[component]
pub fn WhyNotNote(why: WhyNot, client: ClientView) -> impl IntoView {
    let (client, ours) = (client.id, client.our_number);
    view! {
        <Note tone=Tone::Heed>
            <h2>{consent::heading(why)}</h2>
            <p>{consent::remedy(why, ours.as_ref())}</p>
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
        // Nobody here can lift these: the client record says what is known.
        WhyNot::Blocked | WhyNot::OptOutHeld | WhyNot::Paused => {
            Some((format!("/clients/{client}"), clients::TO_CLIENT))
        }
        WhyNot::Fault => None,
        WhyNot::NotSetUp => actor()
            .filter(|actor| actor.role.may(Operation::SetUpTexting))
            .map(|_| ("/admin/texting".to_owned(), clients::TO_SETUP)),
    }
}
