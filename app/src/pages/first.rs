//! The first administrator: shown as long as there is nobody.

use crate::{
    components::{Door, ErrorSummary, PageTitle, PasswordField, SelectField, TextField},
    forms::Filled,
};
use domain::words::sign_in as words;
use leptos::prelude::*;

/// The office's likely zone, until another is chosen.
const USUAL_ZONE: &str = "America/New_York";

/// Creates the office and its first administrator, with the token that the server printed.
#[component]
pub fn First() -> impl IntoView {
    let filled = Filled::here();
    view! {
        <Door>
            <PageTitle text=words::FIRST />
            <ErrorSummary filled=filled.clone() />
            <h1 tabindex="-1">{words::FIRST}</h1>
            <p class="hush">{words::FIRST_LEAD}</p>
            <form class="fields" method="post" action="/first" novalidate>
                <TextField
                    name="setup_token"
                    label=words::SETUP_TOKEN
                    hint=words::SETUP_TOKEN_HINT
                    code=true
                    value=filled.value("setup_token", "")
                    error=filled.complaint("setup_token")
                />
                <TextField
                    name="office"
                    label=words::OFFICE
                    autocomplete="organization"
                    value=filled.value("office", "")
                    error=filled.complaint("office")
                />
                <SelectField
                    name="zone"
                    label=words::ZONE
                    value=filled.value("zone", USUAL_ZONE)
                    options=words::ZONES.map(|(zone, name)| (zone.to_owned(), name.to_owned())).to_vec()
                    error=filled.complaint("zone")
                />
                <Administrator filled />
                <div class="row">
                    <button class="btn btn-main btn-big">{words::CREATE}</button>
                </div>
            </form>
        </Door>
    }
    .into_any()
}

#[component]
fn Administrator(filled: Filled) -> impl IntoView {
    view! {
        <TextField
            name="name"
            label=words::YOUR_NAME
            hint=words::YOUR_NAME_HINT
            autocomplete="name"
            value=filled.value("name", "")
            error=filled.complaint("name")
        />
        <TextField
            name="email"
            label=words::EMAIL
            kind="email"
            autocomplete="username"
            code=true
            value=filled.value("email", "")
            error=filled.complaint("email")
        />
        <PasswordField
            name="password"
            label=words::PASSWORD
            hint=words::password_hint()
            autocomplete="new-password"
            error=filled.complaint("password")
        />
    }
    .into_any()
}
