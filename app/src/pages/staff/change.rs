//! What can be changed about somebody: role, password, access. Small forms, so that each press does one thing.

use super::{
    HERE,
    invite::{BackToInvite, roles},
};
use crate::{
    components::{Name, SelectField, Tick, field::FieldError},
    forms::Filled,
};
use domain::{staff::StaffLine, words::staff as words};
use leptos::prelude::*;

/// The forms about one person.
#[component]
pub fn ChangeForms(person: StaffLine, oneself: bool) -> impl IntoView {
    let id = person.id.to_string();
    let enabled = person.disabled.is_none();
    view! {
        <div class="stack-l">
            <div>
                <h2>{words::modify(&person.name)}</h2>
                <p class="hush">
                    <Name name=person.email.clone() />
                </p>
            </div>
            <RoleForm id=id.clone() person=person.clone() />
            {enabled.then(|| view! { <PasswordForm id=id.clone() name=person.name.clone() /> })}
            {match enabled {
                true => view! { <DisableForm id=id.clone() name=person.name.clone() oneself /> }.into_any(),
                false => view! { <EnableForm id=id.clone() name=person.name.clone() /> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

#[component]
fn RoleForm(id: String, person: StaffLine) -> impl IntoView {
    let filled = Filled::by("role");
    view! {
        <form class="stack" method="post" action=HERE novalidate>
            <input type="hidden" name="id" value=id />
            <SelectField
                name="role"
                label=words::ROLE
                hint=words::ROLE_HINT
                width="w-m"
                value=filled.value("role", person.role.as_str())
                options=roles()
                error=filled.complaint("role")
            />
            <div class="row">
                <button class="btn btn-main" name="press" value="role">
                    {words::SAVE_ROLE}
                </button>
                <BackToInvite />
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn PasswordForm(id: String, name: String) -> impl IntoView {
    view! {
        <form class="stack-s" method="post" action=HERE novalidate aria-labelledby="password-h">
            <h3 id="password-h">{words::PASSWORD}</h3>
            <p class="hush">{words::PASSWORD_LEAD}</p>
            <input type="hidden" name="id" value=id />
            <button class="btn" name="press" value="reset">
                {words::RESET}
                <span class="hide">{words::link_of(&name)}</span>
            </button>
        </form>
    }
    .into_any()
}

#[component]
fn DisableForm(id: String, name: String, oneself: bool) -> impl IntoView {
    let filled = Filled::by("disable");
    view! {
        <form class="stack-s" method="post" action=HERE novalidate aria-labelledby="access-h">
            <h3 id="access-h">{words::DISABLE_HEADING}</h3>
            <p class="hush">{words::DISABLE_LEAD}</p>
            <input type="hidden" name="id" value=id />
            {match oneself {
                true => {
                    view! {
                        <Tick
                            name="confirm"
                            label=words::CONFIRM
                            hint=words::CONFIRM_HINT
                            ticked=false
                            error=filled.complaint("confirm")
                        />
                    }
                        .into_any()
                }
                // Only a race between two administrators brings a complaint here.
                false => view! { <FieldError name="confirm" error=filled.complaint("confirm") /> }.into_any(),
            }}
            <button class="btn btn-risk" name="press" value="disable">
                {words::DISABLE}
                <span class="hide">{words::of(&name)}</span>
            </button>
        </form>
    }
    .into_any()
}

#[component]
fn EnableForm(id: String, name: String) -> impl IntoView {
    view! {
        <form class="stack-s" method="post" action=HERE novalidate aria-labelledby="access-h">
            <h3 id="access-h">{words::ENABLE_HEADING}</h3>
            <p class="hush">{words::ENABLE_LEAD}</p>
            <input type="hidden" name="id" value=id />
            <button class="btn" name="press" value="enable">
                {words::ENABLE}
                <span class="hide">{words::of(&name)}</span>
            </button>
        </form>
    }
    .into_any()
}
