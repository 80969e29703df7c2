//! The host's forms: invite an administrator of the chosen organization, or create another one.

use super::HERE;
use crate::{
    components::{SelectField, TextField},
    forms::{Filled, submitted},
};
use domain::{
    host::OrgLine,
    words::{common, host as words, sign_in},
};
use leptos::prelude::*;

/// An office's likely zone, until another is chosen.
const USUAL_ZONE: &str = "America/New_York";

/// The form that the address asks for: an invitation into that organization, or a new organization.
#[component]
pub fn Forms(orgs: Vec<OrgLine>, invited: String) -> impl IntoView {
    let made = submitted().is_some_and(|form| form.problem.is_none());
    let chosen = orgs.into_iter().find(|org| org.id.to_string() == invited);
    match chosen.filter(|_| !made) {
        Some(org) => view! { <InviteForm org /> }.into_any(),
        None => view! { <CreateForm /> }.into_any(),
    }
}

#[component]
fn InviteForm(org: OrgLine) -> impl IntoView {
    let filled = Filled::by("invite");
    view! {
        <form class="stack" method="post" action=HERE novalidate aria-labelledby="invite-h">
            <h2 id="invite-h">{words::invite_heading(&org.name)}</h2>
            <input type="hidden" name="org" value=org.id.to_string() />
            <TextField
                name="email"
                label=words::INVITE_EMAIL
                hint=words::INVITE_HINT
                kind="email"
                code=true
                value=filled.value("email", "")
                error=filled.complaint("email")
            />
            <div class="row">
                <button class="btn btn-main" name="press" value="invite">
                    {words::MAKE_LINK}
                </button>
                <a class="btn" href=HERE>
                    {common::CANCEL_CLOSE}
                </a>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn CreateForm() -> impl IntoView {
    let filled = Filled::by("create");
    view! {
        <form class="stack" method="post" action=HERE novalidate aria-labelledby="create-h">
            <h2 id="create-h">{words::CREATE_HEADING}</h2>
            <TextField
                name="name"
                label=words::ORG_NAME
                value=filled.value("name", "")
                error=filled.complaint("name")
            />
            <SelectField
                name="zone"
                label=words::ZONE
                value=filled.value("zone", USUAL_ZONE)
                options=sign_in::ZONES.map(|(zone, name)| (zone.to_owned(), name.to_owned())).to_vec()
                error=filled.complaint("zone")
            />
            <TextField
                name="address"
                label=words::ADDRESS
                hint=words::ADDRESS_HINT
                code=true
                width="w-m"
                value=filled.value("address", "")
                error=filled.complaint("address")
            />
            <div class="row">
                <button class="btn btn-main" name="press" value="create">
                    {words::CREATE}
                </button>
            </div>
        </form>
    }
    .into_any()
}
