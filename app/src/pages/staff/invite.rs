//! The form that invites somebody, and who was invited and has not come yet.

use super::HERE;
use crate::{
    components::{PlainTime, SelectField, TextField},
    forms::Filled,
};
use domain::{
    role::Role,
    staff::InvitedLine,
    words::{common, staff as words},
};
use leptos::prelude::*;

/// Both roles with their words.
pub fn roles() -> Vec<(String, String)> {
    [Role::Staff, Role::Administrator]
        .map(|role| (role.as_str().to_owned(), words::role(role).to_owned()))
        .to_vec()
}

/// Invites somebody.
#[component]
pub fn InviteForm() -> impl IntoView {
    let filled = Filled::by("invite");
    view! {
        <form class="stack" method="post" action=HERE novalidate aria-labelledby="invite-h">
            <h2 id="invite-h">{words::INVITE_HEADING}</h2>
            <p class="hush">{words::INVITE_LEAD}</p>
            <TextField
                name="email"
                label=words::EMAIL
                kind="email"
                code=true
                value=filled.value("email", "")
                error=filled.complaint("email")
            />
            <SelectField
                name="role"
                label=words::ROLE
                hint=words::ROLE_HINT
                width="w-m"
                value=filled.value("role", Role::Staff.as_str())
                options=roles()
                error=filled.complaint("role")
            />
            <div class="row">
                <button class="btn btn-main" name="press" value="invite">
                    {words::MAKE_LINK}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Who has a link and did not use it yet; nothing when there is nobody.
#[component]
pub fn Invited(invited: Vec<InvitedLine>) -> impl IntoView {
    (!invited.is_empty()).then(|| {
        view! {
            <section class="invited" aria-labelledby="invited-h">
                <div class="tasks-head">
                    <h2 id="invited-h">{words::INVITED}</h2>
                    <p class="hush">{words::INVITED_LEAD}</p>
                </div>
                <table class="table people" role="table">
                    <caption class="hide">{words::INVITED_CAPTION}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">
                                {words::EMAIL}
                            </th>
                            <th role="columnheader" scope="col">
                                {words::ROLE}
                            </th>
                            <th role="columnheader" scope="col">
                                {words::WORKS_UNTIL}
                            </th>
                            <th role="columnheader" scope="col" class="act">
                                {words::ACTIONS}
                            </th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{invited.into_iter().map(row).collect_view()}</tbody>
                </table>
            </section>
        }
    })
}

fn row(line: InvitedLine) -> impl IntoView {
    let heard = words::of(&line.email);
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                {line.email}
            </th>
            <td role="cell">{words::role(line.role)}</td>
            <td role="cell">
                {match line.expired {
                    true => words::EXPIRED.into_any(),
                    false => view! { <PlainTime when=line.expires /> }.into_any(),
                }}
            </td>
            <td role="cell" class="act">
                <form method="post" action=HERE>
                    <input type="hidden" name="id" value=line.id.to_string() />
                    <button class="btn btn-small" name="press" value="withdraw">
                        {words::WITHDRAW}
                        <span class="hide">{heard}</span>
                    </button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

/// The way back from one person to the form that invites.
#[component]
pub fn BackToInvite() -> impl IntoView {
    view! {
        <a class="btn" href=HERE>
            {common::CANCEL_CLOSE}
        </a>
    }
}
