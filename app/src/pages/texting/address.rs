//! The step "Public address": where Twilio reaches this organization.

use crate::{components::TextField, forms::Filled};
use domain::{setup::SetupView, words::setup as words};
use leptos::prelude::*;

/// The addresses.
#[component]
pub fn Address(setup: SetupView, filled: Filled) -> impl IntoView {
    view! {
        <form class="fields" method="post" action="/admin/texting/address" novalidate>
            <dl class="facts facts-tall">
                <div>
                    <dt>{words::ADDRESS_IS}</dt>
                    <dd>
                        <code>{setup.addresses.base}</code>
                    </dd>
                </div>
            </dl>
            <TextField
                name="public_url"
                label=words::PUBLIC_URL
                hint=words::public_url_hint(&setup.servers)
                kind="url"
                code=true
                value=filled.value("public_url", &setup.address.public_url)
                error=filled.complaint("public_url")
            />
            <TextField
                name="status_callback"
                label=words::STATUS_CALLBACK
                hint=words::STATUS_CALLBACK_HINT
                kind="url"
                code=true
                value=filled.value("status_callback", &setup.address.status_callback)
                error=filled.complaint("status_callback")
            />
            <div class="row">
                <button class="btn btn-main btn-big">{words::SAVE_GO_ON}</button>
            </div>
        </form>
    }
    .into_any()
}
