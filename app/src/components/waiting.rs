//! What waits for somebody to decide: the number in the top line, and the banner that nobody can miss.

use super::{Note, Tone};
use crate::{
    api::load_waiting,
    browser::live::{What, follow, when_office_changes},
};
use domain::{
    incoming::Waiting,
    words::{opt_outs, reviews, unclear},
};
use leptos::{prelude::*, task::spawn_local};

/// What waits, as far as it is known here.
pub type Known = RwSignal<Waiting>;

/// What the program knows of it, whatever page is shown.
#[derive(Clone, Copy)]
struct Top {
    known: Known,
    /// It came with the page that is shown now.
    fresh: StoredValue<bool>,
}

/// What came with the page.
pub fn provide(waiting: Waiting) {
    provide_context(Top {
        known: RwSignal::new(waiting),
        fresh: StoredValue::new(true),
    });
}

/// What waits while this page is shown: asked again whenever something happens in the office, and first when the page
/// did not come from the server with it. `page_follows`: the page follows something by itself, and so tells of the
/// office too.
pub fn watch(page_follows: bool) -> Known {
    let Top { known, fresh } = use_context().unwrap_or_else(|| Top {
        known: RwSignal::default(),
        fresh: StoredValue::new(false),
    });
    let current = RwSignal::new(fresh.get_value());
    fresh.set_value(false);
    let renew = move || {
        spawn_local(async move {
            // The next event brings what this one could not.
            if let Ok(waiting) = load_waiting().await {
                // Two answers may overtake each other.
                known.try_update(|known| {
                    if waiting.event >= known.event {
                        *known = waiting;
                    }
                });
                current.try_set(true);
            }
        });
    };
    // One that is not current is asked for anyway.
    let behind = move |event| current.get_untracked() && known.read_untracked().event < event;
    when_office_changes(renew, behind);
    Effect::new(move |_| {
        if !current.get_untracked() {
            renew();
        }
    });
    if !page_follows {
        follow_office(known, current);
    }
    known
}

/// Follows the office from what is known on, as soon as that is current, as long as the page is there.
fn follow_office(known: Known, current: RwSignal<bool>) {
    let page = Owner::current();
    Effect::new(move |following: Option<bool>| {
        if following == Some(true) {
            return true;
        }
        let current = current.get();
        if let (Some(page), true) = (&page, current) {
            let event = known.with_untracked(|waiting| waiting.event);
            // Owned by the page: what an effect makes goes when it runs again.
            page.with(|| follow(What::Office, event, |_| ()));
        }
        current
    });
}

/// How many cards are open, beside the link to them; nothing when there is none.
#[component]
pub fn OpenReviews(known: Known) -> impl IntoView {
    move || {
        let open = known.read().reviews;
        (open > 0).then(|| {
            view! {
                <span class="count" aria-hidden="true">
                    {open.to_string()}
                </span>
                <span class="hide">{reviews::open(open)}</span>
            }
        })
    }
}

/// The link to texts of which nobody knows: there while there are some, and on their own page.
#[component]
pub fn UnclearLink(known: Known, here: bool) -> impl IntoView {
    move || {
        let open = known.read().unclear;
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
    }
}

/// Asks the administrator about opt-outs, on every page until it is decided.
#[component]
pub fn HeldBanner(known: Known) -> impl IntoView {
    move || {
        let held = known.read().held;
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
    }
}
