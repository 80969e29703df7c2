//! A page that cannot be shown, with the next action.

use super::PageTitle;
use crate::context::host;
use domain::{problem::Problem, role::Operation, words};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Why there is no page here, or, within a page, not what it should show; and what to do.
#[component]
pub fn ProblemView(problem: Problem, #[prop(optional)] within: bool) -> impl IntoView {
    let heading = words::common::problem_heading(&problem);
    let (href, action) = next_action(&problem);
    let head = match within {
        // Around the heading: as a role of its own it would take the heading away.
        true => view! { <div role="alert"><h2>{heading}</h2></div> }.into_any(),
        false => view! {
            <PageTitle text=heading />
            <h1 tabindex="-1">{heading}</h1>
        }
        .into_any(),
    };
    view! {
        <div class="sheet">
            <div class="empty">
                {head} <p class="hush">{words::problem::sentence(&problem)}</p>
                <div class="row">
                    <a class="btn btn-main" href=href rel="external">
                        {action}
                    </a>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Why the person at the screen may not see a page; nothing when they may. The server has refused already;
/// this is for those who come by a link within the program.
#[component]
pub fn NotForYou(
    /// What the page is for.
    operation: Operation,
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    match refusal(operation) {
        None => children().into_any(),
        Some(problem) => view! { <ProblemView problem /> }.into_any(),
    }
}

fn refusal(operation: Operation) -> Option<Problem> {
    let refused = match crate::context::actor() {
        None if host().is_some() => Some(Problem::NotForHosts),
        None => Some(Problem::SignedOut),
        Some(actor) => (!actor.role.may(operation)).then_some(Problem::Forbidden),
    };
    // A page that loads nothing has no server function to give the answer its status.
    #[cfg(feature = "ssr")]
    if let Some(problem) = &refused {
        let _ = crate::api::error::words::<()>(Err(problem.clone()));
    }
    refused
}

/// Where to go on. A loading of the whole page, so that a new session or a new version is met afresh.
fn next_action(problem: &Problem) -> (String, &'static str) {
    match problem {
        Problem::SignedOut => (
            format!("/login?next={}", encoded(&here())),
            words::common::SIGN_IN_AGAIN,
        ),
        Problem::NotForHosts => ("/host".into(), words::common::TO_ORGANIZATIONS),
        Problem::Invitation(_) => ("/login".into(), words::common::SIGN_IN_AGAIN),
        Problem::Forbidden | Problem::NotFound if host().is_some() => {
            ("/host".into(), words::common::TO_ORGANIZATIONS)
        }
        Problem::Forbidden | Problem::NotFound => ("/".into(), words::common::TO_CLIENTS),
        _ => (here(), words::common::TRY_AGAIN),
    }
}

fn here() -> String {
    let location = use_location();
    let (path, query) = (
        location.pathname.get_untracked(),
        location.search.get_untracked(),
    );
    let query = query.trim_start_matches('?');
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}

/// Percent-encoded for a query (RFC 3986): unreserved characters and `/` stay.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn a_page_with_its_query_comes_back_after_signing_in() {
        assert_eq!(
            encoded("/cases/25 1/texts?before=a&b"),
            "/cases/25%201/texts%3Fbefore%3Da%26b"
        );
    }
}
