//! Who can sign in, and who no longer can.

use super::HERE;
use crate::components::{Icon, Name, WhenTime};
use domain::{
    ids::StaffId,
    staff::StaffLine,
    words::{common, staff as words},
};
use leptos::prelude::*;

/// Staff by name.
#[component]
pub fn People(
    people: Vec<StaffLine>,
    me: StaffId,
    /// The id of the person who is being changed.
    edited: Memo<String>,
) -> impl IntoView {
    let row = move |person: StaffLine| view! { <Row oneself=person.id == me person edited /> };
    view! {
        <table class="table people" role="table">
            <caption class="hide">{words::CAPTION}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">
                        {words::NAME}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::ROLE}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::SINCE}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::ACCESS}
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">{people.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(person: StaffLine, oneself: bool, edited: Memo<String>) -> impl IntoView {
    let id = person.id.to_string();
    let href = format!("{HERE}?edit={id}#role");
    let open = Memo::new(move |_| edited.get() == id);
    view! {
        <tr role="row" class:row-open=open>
            <th role="rowheader" scope="row">
                <a href=href aria-current=move || open.get().then_some("true")>
                    <span class="hide">{common::EDIT} " "</span>
                    <Name name=person.name />
                </a>
                {oneself.then(|| view! { " (" {words::YOU} ")" })}
                <span class="sub">{person.email}</span>
            </th>
            <td role="cell">{words::role(person.role)}</td>
            <td role="cell">
                <span class="phone-label">{words::SINCE} ": "</span>
                <WhenTime when=person.since />
            </td>
            <td role="cell">
                <span class="phone-label">{words::ACCESS} ": "</span>
                {match person.disabled {
                    None => {
                        view! {
                            <span class="status good">
                                <Icon name="s-delivered" />
                                {words::ENABLED}
                            </span>
                        }
                            .into_any()
                    }
                    Some(since) => {
                        view! {
                            <span class="status bad">
                                <Icon name="s-cancelled" />
                                {words::DISABLED}
                            </span>
                            <WhenTime when=since />
                        }
                            .into_any()
                    }
                }}
            </td>
        </tr>
    }
    .into_any()
}
