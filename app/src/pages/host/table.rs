//! The organizations, each in numbers.

use super::HERE;
use crate::components::{Icon, Name};
use domain::{
    host::OrgLine,
    words::{host as words, thousands},
};
use leptos::prelude::*;

/// The organizations by name.
#[component]
pub fn Organizations(
    orgs: Vec<OrgLine>,
    /// The id of the organization whose administrator is being invited.
    invited: Memo<String>,
) -> impl IntoView {
    let row = move |org: OrgLine| view! { <Row org invited /> };
    view! {
        <table class="table orgs" role="table">
            <caption class="hide">{words::CAPTION}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">
                        {words::NAME}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::STAFF}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::TEXTING}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::TEXTS}
                    </th>
                    <th role="columnheader" scope="col" class="act">
                        {words::ACTIONS}
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">{orgs.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(org: OrgLine, invited: Memo<String>) -> impl IntoView {
    let id = org.id.to_string();
    let href = format!("{HERE}?invite={id}#email");
    let open = Memo::new(move |_| invited.get() == id);
    let heard = words::of(&org.name);
    view! {
        <tr role="row" class:row-open=open>
            <th role="rowheader" scope="row">
                <strong>
                    <Name name=org.name />
                </strong>
                <span class="sub">
                    <code>{org.address.to_string()}</code>
                    " · "
                    {org.zone}
                </span>
            </th>
            <td role="cell">{words::staff(org.staff, org.invited)}</td>
            <td role="cell">
                <Texting connected=org.connected />
            </td>
            <td role="cell">
                {thousands(org.texts)} <span class="unit">" " {words::TEXTS}</span>
            </td>
            <td role="cell" class="act">
                <a class="btn btn-small" href=href aria-current=move || open.get().then_some("true")>
                    {words::INVITE}
                    <span class="hide">{heard}</span>
                </a>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Texting(connected: bool) -> impl IntoView {
    let (class, shape, word) = match connected {
        true => ("status good", "s-delivered", words::CONNECTED),
        false => ("status plain", "s-todo", words::NOT_CONNECTED),
    };
    view! {
        <span class=class>
            <Icon name=shape />
            {word}
        </span>
    }
    .into_any()
}
