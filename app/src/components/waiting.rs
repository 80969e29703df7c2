//! What waits for somebody to decide: the number in the top line, and the banner that nobody can miss.

use super::{Note, Tone};
use crate::{
    api::{ApiError, load_waiting},
    browser::live::{What, follow, when_office_changes},
};
use domain::{
    incoming::Waiting,
    words::{opt_outs, reviews, unclear},
};
use leptos::prelude::*;

/// What waits, asked once for a page.
pub type Asked = Resource<Result<Waiting, ApiError>>;

/// Asks, and asks again whenever something happens in the office. `page_follows`: the page follows something by itself,
/// and so tells of the office too.
pub fn ask(page_follows: bool) -> Asked {
    let asked = Resource::new(|| (), move |()| load_waiting(Some(!page_follows)));
    when_office_changes(move || asked.refetch());
    if !page_follows {
        follow_office(asked);
    }
    asked
}

/// Follows the office from what is known on, as long as the page is there.
fn follow_office(asked: Asked) {
    let page = Owner::current();
    Effect::new(move |following: Option<bool>| {
        if following == Some(true) {
            return true;
        }
        let known = asked.with(|asked| {
            asked
                .as_ref()
                .and_then(|asked| asked.as_ref().ok())
                .map(|waiting| waiting.event)
        });
        if let (Some(page), Some(event)) = (&page, known) {
            // Owned by the page: what an effect makes goes when it runs again.
            page.with(|| follow(What::Office, event, |_| ()));
        }
        known.is_some()
    });
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
