//! The check: its lines, each with what to do next. While it runs they appear one after the other.

use super::standing::StandingWord;
use crate::components::PlainTime;
use domain::{
    check::{Standing, Topic},
    setup::{CheckView, LineView},
    words::check as words,
};
use leptos::prelude::*;

/// Starts the check.
#[component]
pub fn StartCheck(check: Memo<CheckView>) -> impl IntoView {
    let name = move || match check.with(|check| check.lines.is_empty()) {
        true => words::NOW,
        false => words::AGAIN,
    };
    view! {
        <form method="post" action="/admin/texting">
            <button class="btn">{name}</button>
        </form>
    }
    .into_any()
}

/// What the check said last, or says now.
#[component]
pub fn Check(check: Memo<CheckView>) -> impl IntoView {
    let lines = Memo::new(move |_| check.with(|check| check.lines.clone()));
    view! {
        <section class="flush" aria-labelledby="check" id="check-part">
            <div class="tasks-head">
                <h2 id="check" tabindex="-1">
                    {words::HEADING}
                </h2>
                <div role="status" class="hush">
                    {move || how_far(&check.get())}
                </div>
            </div>
            <ol class="tasks checks" role="list">
                {move || lines.get().into_iter().map(line).collect_view()}
            </ol>
        </section>
    }
    .into_any()
}

/// That it runs and how far it is, or how it ended and when.
fn how_far(check: &CheckView) -> AnyView {
    if check.running {
        let done = check.lines.len().to_string();
        let all = Topic::ALL.len().to_string();
        return view! {
            <p>{words::RUNNING}</p>
            <progress class="progress" aria-label=words::HEADING value=done max=all></progress>
            <p class="no-wasm">
                <a href="/admin/texting" rel="external">
                    {words::LOOK_AGAIN}
                </a>
            </p>
        }
        .into_any();
    }
    let Some(at) = check.at.clone() else {
        return view! { <p>{words::NEVER} " " {words::NIGHTLY}</p> }.into_any();
    };
    view! {
        <p>{words::summary(number(check, Standing::Bad), number(check, Standing::Waiting))}</p>
        <p>{words::LAST} " " <PlainTime when=at /> ". " {words::NIGHTLY}</p>
    }
    .into_any()
}

fn number(check: &CheckView, standing: Standing) -> i64 {
    let of = check.lines.iter().filter(|line| line.standing == standing);
    of.map(|_| 1).sum()
}

/// A line, with the way to where it is put right.
fn line(line: LineView) -> AnyView {
    let way = line
        .step
        .filter(|_| matches!(line.standing, Standing::Bad | Standing::ToDo))
        .map(|step| {
            view! {
                <p>
                    <a href=step.path() aria-label=words::put_right(&line.heading)>
                        {words::PUT_RIGHT}
                    </a>
                </p>
            }
        });
    bare_line(line, way.into_any())
}

/// A line without the way: for the page of its own step.
pub fn bare_line(line: LineView, more: AnyView) -> AnyView {
    let bad = line.standing == Standing::Bad;
    view! {
        <li class=if bad { "task-bad" } else { "" }>
            <div class="task-what">
                <h3>{line.heading}</h3>
                <p class="said">{line.said}</p>
                {facts(line.facts)}
                {line.next.map(|next| view! { <p class="next">{next}</p> })}
                {more}
            </div>
            <StandingWord standing=line.standing />
        </li>
    }
    .into_any()
}

/// Addresses and the like, each with what it is.
pub fn facts(facts: Vec<(String, String)>) -> Option<AnyView> {
    if facts.is_empty() {
        return None;
    }
    let one = |(what, value): (String, String)| {
        view! {
            <div>
                <dt>{what}</dt>
                <dd>
                    <code>{value}</code>
                </dd>
            </div>
        }
    };
    let list = view! { <dl class="facts">{facts.into_iter().map(one).collect_view()}</dl> };
    Some(list.into_any())
}
