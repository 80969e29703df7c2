//! The table of clients. Its roles are written out, since phones lay it out as blocks.

use super::address::Address;
use crate::components::{CaseNumberLabel, Icon, Initials, OkayWord, PhoneNumber, PlainTime};
use domain::{
    case_number::CaseNumber,
    client::ClientItem,
    client_list::{ClientOrder, ClientsAsked},
    phone::Phone,
    when::When,
    words::{clients as words, common, consent},
};
use leptos::prelude::*;

/// A page of clients. Two heads are links that order the list; one of them says that it does.
#[component]
pub fn ClientTable(items: Vec<ClientItem>, asked: ClientsAsked) -> impl IntoView {
    let head = |name| view! { <th role="columnheader" scope="col">{name}</th> };
    view! {
        <table class="table clients" role="table">
            <caption class="hide">{words::caption(&asked)}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {order_head(&asked, ClientOrder::Name)} {head(common::CASE_NUMBER)} {head(common::CELL_NUMBER)}
                    {head(consent::OKAY_TO_TEXT)} {order_head(&asked, ClientOrder::LastText)}
                </tr>
            </thead>
            <tbody role="rowgroup">{items.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn order_head(asked: &ClientsAsked, order: ClientOrder) -> impl IntoView + use<> {
    let (name, sorted) = match order {
        ClientOrder::Name => (common::CLIENT, "ascending"),
        ClientOrder::LastText => (words::LAST_TEXT, "descending"),
    };
    let here = asked.order == order;
    let href = Address::of(&ClientsAsked {
        order,
        ..asked.clone()
    })
    .href();
    view! {
        <th role="columnheader" scope="col" aria-sort=here.then_some(sorted)>
            <a href=href>{name} {here.then(|| view! { <Icon name="i-sort" /> })}</a>
        </th>
    }
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
            <td role="cell" class="c-last">
                {last_text(item.last_text)}
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

fn last_text(when: Option<When>) -> AnyView {
    match when {
        Some(when) => view! {
            <span class="unit hush">{words::LAST_TEXT} " "</span>
            <PlainTime when />
        }
        .into_any(),
        None => view! {
            <span class="unit hush">{words::LAST_TEXT} " "</span>
            <span class="hush">{words::NEVER}</span>
        }
        .into_any(),
    }
}

fn cell(phone: Option<Phone>) -> AnyView {
    match phone {
        Some(number) => view! { <PhoneNumber number /> }.into_any(),
        None => view! { <span class="hush">{common::NO_CELL}</span> }.into_any(),
    }
}
