//! What stands at the top of a page whose form could not be taken (after GOV.UK's error summary).

use super::focus;
use crate::forms::Filled;
use domain::{
    problem::{FieldProblem, Problem},
    words,
};
use leptos::prelude::*;

/// The problem of a posted form: takes the focus, is announced, and leads to each field with the same words
/// that stand beside it. Nothing when there is no problem.
#[component]
pub fn ErrorSummary(
    /// The form of the page.
    filled: Filled,
) -> impl IntoView {
    filled.problem().map(|problem| {
        view! {
            <div class="problem" tabindex="-1" autofocus>
                <div role="alert">
                    <h2>{words::problem::HEADING}</h2>
                    {what(problem)}
                </div>
            </div>
        }
    })
}

fn what(problem: Problem) -> AnyView {
    match problem {
        Problem::Fields(fields) => {
            view! { <ul role="list">{fields.into_iter().map(complaint).collect_view()}</ul> }
                .into_any()
        }
        other => view! { <p>{words::problem::sentence(&other)}</p> }.into_any(),
    }
}

/// A line that leads to its field. The browser alone would only scroll there.
fn complaint(problem: FieldProblem) -> impl IntoView {
    let words = words::problem::complaint(&problem.field, &problem.complaint);
    let href = format!("#{}", problem.field);
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus::by_id(&problem.field);
    };
    view! {
        <li>
            <a href=href rel="external" on:click=go>
                {words}
            </a>
        </li>
    }
    .into_any()
}
