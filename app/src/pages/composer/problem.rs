//! The error summary of the composer, in GOV.UK's manner: the same after a plain post and after a press with WASM.

use super::writing::{BODY, Writing};
use crate::components::focus;
use domain::{
    blanks,
    problem::{FieldProblem, Problem},
    words,
};
use leptos::{ev::MouseEvent, html::Div, prelude::*};

/// What has to be put right, with links that lead there. Takes the focus when it appears.
#[component]
pub fn Summary(writing: Writing) -> impl IntoView {
    let node = NodeRef::<Div>::new();
    Effect::new(move |before: Option<bool>| {
        let problem = writing.problem.get().is_some();
        // What the server rendered has its focus by `autofocus`.
        if let (true, Some(_), Some(summary)) = (problem, before, node.get()) {
            focus::on(&summary);
            mark_title();
        }
        problem
    });
    move || {
        writing.problem.get().map(|problem| {
            // Once WASM runs, the effect moves the focus; the browser would complain of a second attempt.
            let first_focus = !writing.hydrated.get_untracked();
            view! {
                <div class="problem" tabindex="-1" autofocus=first_focus node_ref=node>
                    <div role="alert">
                        <h2>{words::problem::HEADING}</h2>
                        {what(writing, problem)}
                    </div>
                </div>
            }
        })
    }
}

fn what(writing: Writing, problem: Problem) -> AnyView {
    match problem {
        Problem::Fields(fields) => {
            let lines = fields
                .into_iter()
                .map(|field| line(writing, field))
                .collect_view();
            view! { <ul role="list">{lines}</ul> }.into_any()
        }
        other => view! { <p>{words::problem::sentence(&other)}</p> }.into_any(),
    }
}

fn line(writing: Writing, problem: FieldProblem) -> impl IntoView {
    let words = words::problem::complaint(&problem.field, &problem.complaint);
    let href = format!("#{}", problem.field);
    let go = move |event: MouseEvent| {
        event.prevent_default();
        lead(writing, &problem.field);
    };
    view! {
        <li>
            <a href=href rel="external" on:click=go>
                {words}
            </a>
        </li>
    }
}

/// Leads to the field; in the text, to the first blank that is left.
fn lead(writing: Writing, field: &str) {
    let blank = blanks::find(&writing.text.read_untracked())
        .into_iter()
        .next();
    match blank {
        Some(blank) if field == BODY => writing.select(blank.start, blank.end),
        _ => focus::by_id(field),
    }
}

/// The title begins with "Error: ", as after a post.
fn mark_title() {
    let title = document().title();
    if !title.starts_with(words::problem::ERROR) {
        document().set_title(&format!("{}{title}", words::problem::ERROR));
    }
}
