//! The life of a text after it was accepted: statuses in time, each reported to the text's status callback.

use std::sync::Arc;

use crate::callback::Report;
use crate::state::Text;
use crate::{Fate, Shared, clock};

/// Lives the text through in the background. Reports go out one after another, as time passes.
pub(crate) fn begin(shared: &Arc<Shared>, text: &Text) {
    tokio::spawn(live(shared.clone(), text.sid.clone(), text.fate));
}

async fn live(shared: Arc<Shared>, sid: String, fate: Fate) {
    let delays = shared.state().delays;
    clock::wait(delays.queued_to_sent).await;
    if fate == Fate::Disorder {
        return out_of_order(&shared, &sid, delays.sent_to_delivered).await;
    }
    step(&shared, &sid, "sent", None).await;
    if fate == Fate::Silent {
        return;
    }
    clock::wait(delays.sent_to_delivered).await;
    match fate {
        Fate::Undelivered(code) => step(&shared, &sid, "undelivered", Some(code)).await,
        _ => step(&shared, &sid, "delivered", None).await,
    }
}

async fn step(shared: &Shared, sid: &str, status: &'static str, code: Option<u32>) {
    let moved = shared.state().advance(sid, status, code);
    shared.changed();
    if let Some(text) = moved {
        Report::of(&text, status).send(shared).await;
    }
}

/// Delivered is reported first; what came before follows late, and the last report comes twice.
async fn out_of_order(shared: &Shared, sid: &str, between: (u64, u64)) {
    shared.state().advance(sid, "sent", None);
    step(shared, sid, "delivered", None).await;
    let Some(text) = shared.state().find(sid).cloned() else {
        return;
    };
    for status in ["sent", "sending", "delivered", "sent"] {
        clock::wait(between).await;
        Report::of(&text, status).send(shared).await;
    }
}
