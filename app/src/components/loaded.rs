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
            let loaded = resource.await;
            #[cfg(feature = "ssr")]
            at_second_look().await;
            match loaded {
                Ok(loaded) => Either::Left(draw(loaded)),
                Err(error) => {
                    Either::Right(view! { <ProblemView problem=error.problem() within /> })
                }
            }
        })
    };
    view! { <Transition fallback=Loading>{shown}</Transition> }
}

/// The framework tries twice what it will render, to learn what that waits for, and throws away what comes of it. What is
/// loaded at once would be drawn three times that way; a try looks only once, so it is drawn at the second look.
#[cfg(feature = "ssr")]
async fn at_second_look() {
    let mut looked = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut looked, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
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
