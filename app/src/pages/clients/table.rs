//! The table of clients. Its roles are written out, since phones lay it out as blocks.

use crate::components::{CaseNumberLabel, Initials, OkayWord, PhoneNumber};
use domain::{
    case_number::CaseNumber,
    client::ClientItem,
    phone::Phone,
    words::{clients as words, common, consent},
};
use leptos::prelude::*;

/// A page of clients.
#[component]
pub fn ClientTable(items: Vec<ClientItem>) -> impl IntoView {
    let heads = [
        common::CLIENT,
        common::CASE_NUMBER,
        common::CELL_NUMBER,
        consent::OKAY_TO_TEXT,
    ];
    let head = |name| view! { <th role="columnheader" scope="col">{name}</th> };
    view! {
        <table class="table clients" role="table">
            <caption class="hide">{words::CAPTION}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads.map(head).into_iter().collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{items.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(item: ClientItem) -> impl IntoView {
    let href = format!("/clients/{}", item.id);
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="c-name">
                <span class="who">
                    <Initials name=item.name.clone() number=item.cases.first().cloned() />
                    <a href=href>
                        <bdi>{item.name}</bdi>
                    </a>
                </span>
            </th>
            <td role="cell" class="c-case">
                {cases(item.cases)}
            </td>
            <td role="cell" class="c-cell">
                {cell(item.phone)}
            </td>
            <td role="cell" class="c-ok">
                <OkayWord okay=item.okay />
            </td>
        </tr>
    }
    .into_any()
}

fn cases(cases: Vec<CaseNumber>) -> AnyView {
    if cases.is_empty() {
        return view! { <span class="hush">{words::NO_CASE}</span> }.into_any();
    }
    let link = |number: CaseNumber| {
        let href = format!("/cases/{}", number.path());
        view! {
            <a class="case-link" href=href>
                <CaseNumberLabel number />
            </a>
        }
    };
    cases.into_iter().map(link).collect_view().into_any()
}

fn cell(phone: Option<Phone>) -> AnyView {
    match phone {
        Some(number) => view! { <PhoneNumber number /> }.into_any(),
        None => view! { <span class="hush">{common::NO_CELL}</span> }.into_any(),
    }
}
