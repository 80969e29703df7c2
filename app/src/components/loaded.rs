//! What a page shows while it loads, and when it cannot.

use super::ProblemView;
use crate::api::ApiError;
use domain::{problem::Problem, words};
use leptos::{either::Either, prelude::*};

/// What was loaded, drawn by the children; a problem with its next action; or, after a second, that it loads.
/// A later loading keeps what is shown until it is there: `<Loaded resource let:view>…</Loaded>`.
#[component]
pub fn Loaded<T, V, F>(
    resource: Resource<Result<T, ApiError>>,
    /// The page around it has its own title and `h1`: a problem only stands in the place of what is missing.
    #[prop(optional)]
    within: bool,
    children: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
{
    let shown = move || {
        let draw = children.clone();
        Suspend::new(async move {
            match resource.await {
                Ok(loaded) => Either::Left(draw(loaded)),
                Err(error) => {
                    Either::Right(view! { <ProblemView problem=error.problem() within /> })
                }
            }
        })
    };
    view! { <Transition fallback=Loading>{shown}</Transition> }
}

/// Says that the page loads. The style shows it only after a second.
#[component]
fn Loading() -> impl IntoView {
    view! {
        <p class="loading" role="status">
            <svg class="spin" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M8 1.5A6.5 6.5 0 1 1 1.5 8" />
            </svg>
            {words::common::LOADING}
        </p>
    }
    .into_any()
}

/// A refusal that needs no question to the service: an address that cannot be any. On the server it sets the status.
///
/// # Errors
/// Always the problem.
pub fn refused<T>(problem: Problem) -> Result<T, ApiError> {
    #[cfg(feature = "ssr")]
    return crate::api::error::words(Err(problem));
    #[cfg(not(feature = "ssr"))]
    Err(ApiError::Problem(problem))
}
