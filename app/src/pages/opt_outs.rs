//! Many opt-outs at once: the administrator decides whether they are real.

use crate::{
    api::load_opt_outs,
    components::{
        AreaField, Empty, ErrorSummary, Layout, Loaded, NotForYou, PageTitle, PhoneNumber, Place,
        PlainTime, field::FieldError,
    },
    forms::Filled,
};
use domain::{
    opt_outs::{OptOut, OptOutsView, Verdict},
    role::Operation,
    words::{self as said, opt_outs as words},
};
use leptos::prelude::*;

/// Where this page is, and where its form goes.
const HERE: &str = "/admin/opt-outs";

/// The opt-outs that wait for a decision.
#[component]
pub fn OptOuts() -> impl IntoView {
    let opt_outs = Resource::new(|| (), |()| load_opt_outs());
    view! {
        <Layout place=Place::Setup>
            <NotForYou operation=Operation::DecideOptOuts>
                <Loaded resource=opt_outs let:view>
                    <Shown view />
                </Loaded>
            </NotForYou>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(view: OptOutsView) -> impl IntoView {
    let filled = Filled::here();
    let content = match view.opt_outs.is_empty() {
        true => view! { <Empty heading=words::NONE text=words::NONE_MEANS /> }.into_any(),
        false => view! {
            <div class="split">
                <div class="flush">
                    <p class="part-bar hush">{words::waiting(view.held, view.limit)}</p>
                    <List opt_outs=view.opt_outs />
                </div>
                <Decide filled=filled.clone() />
            </div>
        }
        .into_any(),
    };
    view! {
        <PageTitle text=words::TITLE />
        <ErrorSummary filled />
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p>{words::LEAD}</p>
            </div>
        </div>
        <div class="sheet">{content}</div>
    }
    .into_any()
}

#[component]
fn List(opt_outs: Vec<OptOut>) -> impl IntoView {
    let heads = [words::NUMBER, words::CLIENTS, words::WHEN, words::STATE];
    let head = |name| view! { <th role="columnheader" scope="col">{name}</th> };
    view! {
        <table class="table" role="table">
            <caption class="hide">{words::CAPTION}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads.map(head).into_iter().collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{opt_outs.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(opt_out: OptOut) -> AnyView {
    let state = if opt_out.held {
        words::WAITS
    } else {
        words::TAKEN
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="num">
                <PhoneNumber number=opt_out.number />
            </th>
            <td role="cell">
                <bdi>{said::list(&opt_out.clients)}</bdi>
            </td>
            <td role="cell">
                <PlainTime when=opt_out.at />
            </td>
            <td role="cell">{state}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn Decide(filled: Filled) -> impl IntoView {
    let press = |verdict: Verdict| {
        let (name, means) = match verdict {
            Verdict::Apply => (words::APPLY, words::APPLY_MEANS),
            Verdict::Discard => (words::DISCARD, words::DISCARD_MEANS),
        };
        view! {
            <div class="stack-s">
                <button class="btn" name="verdict" value=verdict.as_str()>
                    {name}
                </button>
                <p class="hush">{means}</p>
            </div>
        }
    };
    view! {
        <form class="stack" method="post" action=HERE novalidate aria-labelledby="verdict">
            <h2 id="verdict" tabindex="-1">
                {words::WHAT}
            </h2>
            <FieldError name="verdict" error=filled.complaint("verdict") />
            <AreaField
                name="note"
                label=words::NOTE
                hint=words::NOTE_HINT
                rows=2
                value=filled.value("note", "")
                error=filled.complaint("note")
            />
            {Verdict::ALL.map(press).into_iter().collect_view()}
        </form>
    }
    .into_any()
}
