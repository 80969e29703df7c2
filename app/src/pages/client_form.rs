//! The form of a client: a new one with the first case, or a change.

use super::client::id_in_address;
use crate::{
    api::load_client_form,
    components::{ErrorSummary, Layout, Loaded, PageTitle, Place, SelectField, TextField, Tick},
    forms::Filled,
};
use domain::{
    client::{ClientForm, ClientFormView, Language},
    ids::ClientId,
    phone::Phone,
    problem::Complaint,
    words::{clients as words, common, consent},
};
use leptos::prelude::*;

/// Adds a client.
#[component]
pub fn NewClient() -> impl IntoView {
    let form = Resource::new(|| (), |()| load_client_form(None));
    view! {
        <Layout place=Place::Clients>
            <Loaded resource=form let:form>
                <Form form />
            </Loaded>
        </Layout>
    }
    .into_any()
}

/// Changes a client.
#[component]
pub fn EditClient() -> impl IntoView {
    let form = Resource::new(id_in_address(), |id| async move {
        load_client_form(Some(id?)).await
    });
    view! {
        <Layout place=Place::Clients>
            <Loaded resource=form let:form>
                <Form form />
            </Loaded>
        </Layout>
    }
    .into_any()
}

#[component]
fn Form(form: ClientFormView) -> impl IntoView {
    let filled = Filled::here();
    let (title, address, back) = places(form.client);
    let new = form.client.is_none();
    view! {
        <PageTitle text=title />
        <ErrorSummary filled=filled.clone() />
        <div class="page-head">
            <h1 tabindex="-1">{title}</h1>
        </div>
        <div class="sheet">
            <form class="part fields w-form" method="post" action=address novalidate>
                <Person form=form.form.clone() filled=filled.clone() />
                <Customs form filled=filled.clone() />
                {new.then(|| view! { <FirstCase filled /> })}
                <div class="row">
                    <button class="btn btn-main btn-big">{words::SAVE}</button>
                    <a class="btn btn-big" href=back>
                        {common::CANCEL_CLOSE}
                    </a>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// Title, where the form goes, and where Cancel leads.
fn places(client: Option<ClientId>) -> (&'static str, String, String) {
    match client {
        None => (words::ADD_CLIENT, "/clients/new".into(), "/".into()),
        Some(id) => (
            words::EDIT_CLIENT,
            format!("/clients/{id}/edit"),
            format!("/clients/{id}"),
        ),
    }
}

/// Name, number, and permission for that number.
#[component]
fn Person(form: ClientForm, filled: Filled) -> impl IntoView {
    let complaint = filled.complaint("okay");
    // What changed meanwhile is shown as it stands now, and asked about anew; else what was shown stays what was shown.
    let changed = matches!(complaint, Some(Complaint::PermissionChanged { .. }));
    let shown = |field: &str, now: &str| match changed {
        true => now.to_owned(),
        false => filled.value(field, now),
    };
    let okay_for = shown("okay_for", &form.okay_for);
    let [cell_was, okay_was] =
        [("cell_was", &form.cell_was), ("okay_was", &form.okay_was)].map(|(f, now)| shown(f, now));
    let okay = form.okay.is_some();
    // Asked anew about another number, the box is empty again: the old tick says nothing about it.
    let ticked = match complaint {
        Some(Complaint::PermissionChanged { .. }) => okay,
        Some(Complaint::AskConsentAnew) => false,
        _ => filled.ticked("okay", okay),
    };
    let hint = match Phone::from_e164(&okay_for) {
        Some(number) => words::okay_for(&number.display()),
        None => words::OKAY_HINT.to_owned(),
    };
    view! {
        <TextField
            name="name"
            label=words::NAME
            width="w-l"
            value=filled.value("name", &form.name)
            error=filled.complaint("name")
        />
        <TextField
            name="cell"
            label=words::CELL
            hint=words::CELL_HINT
            kind="tel"
            code=true
            width="w-m"
            value=filled.value("cell", &form.cell)
            error=filled.complaint("cell")
        />
        <input type="hidden" name="okay_for" value=okay_for />
        <input type="hidden" name="cell_was" value=cell_was />
        <input type="hidden" name="okay_was" value=okay_was />
        <Tick name="okay" label=consent::OKAY_TO_TEXT hint ticked error=complaint />
    }
    .into_any()
}

/// Language and time zone.
#[component]
fn Customs(form: ClientFormView, filled: Filled) -> impl IntoView {
    let languages =
        Language::ALL.map(|one| (one.tag().to_owned(), words::language(one).to_owned()));
    let office = (String::new(), words::office_zone(&form.office_zone));
    let zones = form
        .zones
        .iter()
        .map(|zone| (zone.clone(), words::zone(zone)));
    let zones: Vec<_> = std::iter::once(office).chain(zones).collect();
    view! {
        <SelectField
            name="language"
            label=words::LANGUAGE
            width="w-m"
            value=filled.value("language", &form.form.language)
            options=languages.to_vec()
            error=filled.complaint("language")
        />
        <SelectField
            name="zone"
            label=words::ZONE
            width="w-m"
            value=filled.value("zone", &form.form.zone)
            options=zones
            error=filled.complaint("zone")
        />
    }
    .into_any()
}

#[component]
fn FirstCase(filled: Filled) -> impl IntoView {
    view! {
        <TextField
            name="case_number"
            label=words::FIRST_CASE
            hint=words::FIRST_CASE_HINT
            code=true
            width="w-m"
            value=filled.value("case_number", "")
            error=filled.complaint("case_number")
        />
    }
    .into_any()
}
