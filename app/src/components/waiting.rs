//! What waits for somebody to decide: the number in the top line, and the banner that nobody can miss.

use super::{Note, Tone};
use crate::api::{ApiError, load_waiting};
use domain::{
    incoming::Waiting,
    words::{opt_outs, reviews, unclear},
};
use leptos::prelude::*;

/// What waits, asked once for a page.
pub type Asked = Resource<Result<Waiting, ApiError>>;

/// Asks.
pub fn ask() -> Asked {
    Resource::new(|| (), |()| load_waiting())
}

/// How many cards are open, beside the link to them; nothing when there is none or nobody can say.
#[component]
pub fn OpenReviews(asked: Asked) -> impl IntoView {
    let number = move || {
        Suspend::new(async move {
            let open = asked.await.map_or(0, |waiting| waiting.reviews);
            (open > 0).then(|| {
                view! {
                    <span class="count" aria-hidden="true">
                        {open.to_string()}
                    </span>
                    <span class="hide">{reviews::open(open)}</span>
                }
            })
        })
    };
    view! { <Transition>{number}</Transition> }
}

/// The link to texts of which nobody knows: there while there are some, and on their own page.
#[component]
pub fn UnclearLink(asked: Asked, here: bool) -> impl IntoView {
    let link = move || {
        Suspend::new(async move {
            let open = asked.await.map_or(0, |waiting| waiting.unclear);
            (open > 0 || here).then(|| {
                view! {
                    <a href="/unclear" aria-current=here.then_some("page")>
                        {unclear::PLACE}
                        {(open > 0)
                            .then(|| {
                                view! {
                                    <span class="count" aria-hidden="true">
                                        {open.to_string()}
                                    </span>
                                    <span class="hide">{unclear::open(open)}</span>
                                }
                            })}
                    </a>
                }
            })
        })
    };
    view! { <Transition>{link}</Transition> }
}

/// Asks the administrator about opt-outs, on every page until it is decided.
#[component]
pub fn HeldBanner(asked: Asked) -> impl IntoView {
    let banner = move || {
        Suspend::new(async move {
            let held = asked.await.map_or(0, |waiting| waiting.held);
            (held > 0).then(|| {
                view! {
                    <aside class="held no-print" aria-label=opt_outs::ASKED>
                        <Note tone=Tone::Bad>
                            <p>{opt_outs::banner(held)}</p>
                            <p>
                                <a class="btn" href="/admin/opt-outs">
                                    {opt_outs::GO}
                                </a>
                            </p>
                        </Note>
                    </aside>
                }
            })
        })
    };
    view! { <Transition>{banner}</Transition> }
}
