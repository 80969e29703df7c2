//! The step "Connect": what Twilio does now is shown before it is overwritten.

use super::check::{bare_line, facts};
use crate::{
    api::load_connection,
    components::{Loaded, Note, Tick, Tone},
    forms::Filled,
};
use domain::{setup::Connection, words::setup as words};
use leptos::prelude::*;

/// Writes our addresses to Twilio.
#[component]
pub fn Connect(filled: Filled) -> impl IntoView {
    let connection = Resource::new(|| (), |()| load_connection());
    let filled = StoredValue::new(filled);
    view! {
        <div class="stack">
            <Loaded resource=connection let:connection>
                <Now connection filled />
            </Loaded>
        </div>
    }
    .into_any()
}

#[component]
fn Now(connection: Connection, filled: StoredValue<Filled>) -> impl IntoView {
    if let Some(why) = connection.why_not {
        return view! {
            <Note tone=Tone::Heed>
                <p>{why}</p>
            </Note>
        }
        .into_any();
    }
    let done = connection.done;
    let lines = connection.lines.into_iter();
    view! {
        <h2>{words::THERE_NOW}</h2>
        <ol class="tasks checks tasks-inset" role="list">
            {lines.map(|line| bare_line(line, ().into_any())).collect_view()}
        </ol>
        {done
            .then(|| {
                view! {
                    <Note tone=Tone::Good>
                        <p>{words::CONNECTED}</p>
                    </Note>
                }
            })}
        <form class="fields" method="post" action="/admin/texting/connect" novalidate>
            <input type="hidden" name="seen" value=connection.seen />
            {overwritten(connection.others, &filled.get_value())}
            <div class="row">
                <button class=if done { "btn" } else { "btn btn-main btn-big" }>
                    {if done { words::CONNECT_AGAIN } else { words::CONNECT }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// What would be overwritten, and the box that allows it.
fn overwritten(others: Vec<(String, String)>, filled: &Filled) -> Option<AnyView> {
    if others.is_empty() {
        return None;
    }
    let error = filled.complaint("overwrite");
    let list = view! {
        {facts(others)}
        <p>{words::OVERWRITE_LEAD}</p>
        <Tick name="overwrite" label=words::OVERWRITE ticked=false error />
    };
    Some(list.into_any())
}
