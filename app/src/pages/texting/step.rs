//! The page of one step: what is entered, and beside it what the check says of it.

use super::{
    account::Account, address::Address, check::bare_line, connect::Connect, number::Number,
    responses::Responses, test::Test,
};
use crate::{
    api::load_setup,
    components::{ErrorSummary, Layout, Loaded, NotForYou, PageTitle, Place, refused},
    forms::Filled,
};
use domain::{
    problem::Problem,
    role::Operation,
    setup::{LineView, SetupView, Step},
    words::{check, setup as words},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of a step.
#[component]
pub fn StepPage() -> impl IntoView {
    let params = use_params_map();
    let slug = move || params.read().get("step").unwrap_or_default();
    let setup = Resource::new(slug, |slug| async move {
        match Step::of_slug(&slug) {
            Some(step) => Ok((step, load_setup().await?)),
            None => refused(Problem::NotFound),
        }
    });
    view! {
        <Layout place=Place::Texting>
            <NotForYou operation=Operation::SetUpTexting>
                <Loaded resource=setup let:loaded>
                    <Shown step=loaded.0 setup=loaded.1 />
                </Loaded>
            </NotForYou>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(step: Step, setup: SetupView) -> impl IntoView {
    let filled = Filled::here();
    let lines: Vec<LineView> = setup
        .check
        .lines
        .iter()
        .filter(|line| line.step == Some(step))
        .cloned()
        .collect();
    view! {
        <PageTitle text=words::step(step) />
        <ErrorSummary filled=filled.clone() />
        <div class="page-head">
            <div>
                <nav class="crumbs" aria-label=words::YOU_ARE_IN>
                    <a href="/admin/texting">{words::TEXTING_SETUP}</a>
                </nav>
                <h1 tabindex="-1">{words::step(step)}</h1>
                <p>{words::lead(step)}</p>
            </div>
        </div>
        <div class="sheet split">
            {form(step, setup, filled)}
            <Beside step lines />
        </div>
    }
    .into_any()
}

fn form(step: Step, setup: SetupView, filled: Filled) -> AnyView {
    match step {
        Step::Account => view! { <Account setup filled /> }.into_any(),
        Step::Number => view! { <Number setup filled /> }.into_any(),
        Step::Responses => view! { <Responses setup filled /> }.into_any(),
        Step::Address => view! { <Address setup filled /> }.into_any(),
        Step::Connect => view! { <Connect filled /> }.into_any(),
        Step::Test => view! { <Test setup filled /> }.into_any(),
    }
}

/// What the check said last of this step, and the ways on.
#[component]
fn Beside(step: Step, lines: Vec<LineView>) -> impl IntoView {
    // Nothing is checked of the responses; and at "Connect" Twilio itself has just been asked.
    let checked = !matches!(step, Step::Responses | Step::Connect);
    view! {
        <aside class="flush" aria-label=words::BESIDE>
            {checked.then(|| said(lines))}
            <div class="tasks-foot stack-s">
                {(step == Step::Connect)
                    .then(|| view! { <a href="/admin/texting/by-hand">{words::BY_HAND}</a> })}
                <a href="/admin/texting">{words::BACK}</a>
            </div>
        </aside>
    }
    .into_any()
}

fn said(lines: Vec<LineView>) -> AnyView {
    let empty = lines.is_empty();
    let shown = lines
        .into_iter()
        .map(|line| bare_line(line, ().into_any()))
        .collect_view();
    view! {
        <div class="tasks-head">
            <h2>{check::HEADING}</h2>
            {empty.then(|| view! { <p class="hush">{check::NOTHING_HERE}</p> })}
        </div>
        {(!empty)
            .then(|| {
                view! {
                    <ol class="tasks checks" role="list">
                        {shown}
                    </ol>
                }
            })}
    }
    .into_any()
}
