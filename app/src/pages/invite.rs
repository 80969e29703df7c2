//! Where an invitation leads: name and password, then signed in. A link to set a new password leads here too.

use crate::{
    api::load_invitation,
    components::{Door, ErrorSummary, Loaded, Name, PageTitle, PasswordField, TextField},
    forms::Filled,
};
use domain::{
    invitation::InvitationView,
    words::{common, invitation as words, sign_in},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of a link.
#[component]
pub fn Invite() -> impl IntoView {
    let token = use_params_map()
        .read_untracked()
        .get("token")
        .unwrap_or_default();
    let here = StoredValue::new(format!("/invite/{token}"));
    let invitation = Resource::new(move || token.clone(), load_invitation);
    view! {
        <Door>
            <Loaded resource=invitation let:invitation>
                <Shown invitation here=here.get_value() />
            </Loaded>
        </Door>
    }
    .into_any()
}

#[component]
fn Shown(invitation: InvitationView, here: String) -> impl IntoView {
    let filled = Filled::here();
    let joins = invitation.known.is_none();
    let (heading, button) = match joins {
        true => (words::heading(&invitation.office), words::JOIN),
        false => (words::NEW_PASSWORD.to_owned(), words::SET_PASSWORD),
    };
    let lead = match joins {
        true => words::lead(invitation.role, &common::when(&invitation.expires)),
        false => words::NEW_PASSWORD_LEAD.to_owned(),
    };
    view! {
        <PageTitle text=heading.clone() />
        <ErrorSummary filled=filled.clone() />
        <h1 tabindex="-1">{heading}</h1>
        <p class="hush">{lead}</p>
        <form class="fields" method="post" action=here novalidate>
            <Whose invitation />
            // For password managers: whose password this is.
            {joins
                .then(|| {
                    view! {
                        <TextField
                            name="name"
                            label=sign_in::YOUR_NAME
                            hint=sign_in::YOUR_NAME_HINT
                            autocomplete="name"
                            value=filled.value("name", "")
                            error=filled.complaint("name")
                        />
                    }
                })}
            <PasswordField
                name="password"
                label=sign_in::PASSWORD
                hint=sign_in::password_hint()
                autocomplete="new-password"
                error=filled.complaint("password")
            />
            <div class="row">
                <button class="btn btn-main btn-big">{button}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Who this is about: the address is the invitation's, and cannot be changed here.
#[component]
fn Whose(invitation: InvitationView) -> impl IntoView {
    let email = invitation.email;
    view! {
        <div class="field">
            <label for="email">{sign_in::EMAIL}</label>
            <input class="input" id="email" type="email" readonly value=email autocomplete="username" dir="ltr" />
            {invitation.known.map(|name| view! { <p class="hush"><Name name /></p> })}
        </div>
    }
    .into_any()
}
