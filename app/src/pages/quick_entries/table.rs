//! The entries in the order in which they are offered, each with its buttons: small forms, so that they work
//! without scripts.

use super::HERE;
use domain::{
    blanks,
    quick_entry::QuickEntry,
    segments,
    words::{common, quick_entries as words},
};
use leptos::prelude::*;

/// The entries that are offered.
#[component]
pub fn Entries(
    entries: Vec<QuickEntry>,
    /// The id of the entry that is being edited.
    edited: Memo<String>,
) -> impl IntoView {
    let last = entries.len().saturating_sub(1);
    let rows = entries.into_iter().enumerate().map(move |(place, entry)| {
        let id = entry.id.to_string();
        let open = Memo::new(move |_| edited.get() == id);
        let presses = presses(place > 0, place < last);
        view! { <Row entry open presses /> }
    });
    let rows = rows.collect_view();
    (last > 0 || !rows.is_empty()).then(|| view! { <Table caption=words::CAPTION>{rows}</Table> })
}

/// The entries that are no longer offered.
#[component]
pub fn Archived(entries: Vec<QuickEntry>) -> impl IntoView {
    (!entries.is_empty()).then(|| {
        let never = Memo::new(|_| false);
        let row = move |entry| view! { <Row entry open=never presses=vec![("restore", words::RESTORE)] /> };
        view! {
            <details class="archived">
                <summary>{words::ARCHIVED} " (" {entries.len()} ")"</summary>
                <p class="hush">{words::ARCHIVED_LEAD}</p>
                <Table caption=words::ARCHIVED_CAPTION>{entries.into_iter().map(row).collect_view()}</Table>
            </details>
        }
    })
}

fn presses(up: bool, down: bool) -> Vec<(&'static str, &'static str)> {
    let moves = [
        (up, ("up", words::UP)),
        (down, ("down", words::DOWN)),
        (true, ("archive", words::ARCHIVE)),
    ];
    moves
        .into_iter()
        .filter_map(|(offered, press)| offered.then_some(press))
        .collect()
}

#[component]
fn Table(caption: &'static str, children: Children) -> impl IntoView {
    view! {
        <table class="table entries" role="table">
            <caption class="hide">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">
                        {words::NAME}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::TEXT}
                    </th>
                    <th role="columnheader" scope="col" class="act">
                        {words::ACTIONS}
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(
    entry: QuickEntry,
    open: Memo<bool>,
    presses: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let href = format!("{HERE}?edit={}#name", entry.id);
    let length = segments::measure(&entry.body);
    let characters = entry.body.chars().count();
    view! {
        <tr role="row" class:row-open=open>
            <th role="rowheader" scope="row">
                <a href=href aria-current=move || open.get().then_some("true")>
                    <span class="hide">{common::EDIT} " "</span>
                    <bdi>{entry.name.clone()}</bdi>
                </a>
            </th>
            <td role="cell">
                <span dir="auto" class="block">
                    {marked(&entry.body)}
                </span>
                <span class="sub">{words::length(characters, length.parts)}</span>
            </td>
            <td role="cell" class="act">
                <Buttons entry presses />
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Buttons(entry: QuickEntry, presses: Vec<(&'static str, &'static str)>) -> impl IntoView {
    let heard = words::of(&entry.name);
    let button = move |(press, name)| {
        view! {
            <button class="btn btn-small" name="press" value=press>
                {name}
                <span class="hide">{heard.clone()}</span>
            </button>
        }
    };
    view! {
        <form class="row" method="post" action=HERE>
            <input type="hidden" name="id" value=entry.id.to_string() />
            {presses.into_iter().map(button).collect_view()}
        </form>
    }
    .into_any()
}

/// The phrase with its blanks marked.
fn marked(body: &str) -> AnyView {
    let mut at = 0;
    let mut pieces = Vec::new();
    for blank in blanks::find(body) {
        pieces.push(body[at..blank.start].to_owned().into_any());
        pieces.push(view! { <mark>{body[blank.start..blank.end].to_owned()}</mark> }.into_any());
        at = blank.end;
    }
    pieces.push(body[at..].to_owned().into_any());
    pieces.into_any()
}
