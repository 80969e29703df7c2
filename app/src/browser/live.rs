//! Live updates by server-sent events. The browser reconnects by itself and says which event it saw last;
//! a hidden page hangs up and catches up when it is looked at again.

mod line;

use domain::ids::{CaseId, ClientId, IncomingId, TextId};
use leptos::prelude::*;
use line::Line;

/// What a page follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A case and the client whose it is.
    Case(CaseId),
    Client(ClientId),
    /// What comes in, and what is to be decided.
    Office,
}

impl What {
    fn address(self, after: i64) -> String {
        match self {
            Self::Case(case) => format!("/live?case={case}&after={after}"),
            Self::Client(client) => format!("/live?client={client}&after={after}"),
            Self::Office => format!("/live?office=1&after={after}"),
        }
    }
}

/// What happened within a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Texts of ours that are new or have changed.
    pub texts: Vec<TextId>,
    /// Texts that came in.
    pub incoming: Vec<IncomingId>,
    /// Something about permission changed, or is to be decided.
    pub consent: bool,
}

/// Follows from the event after `after` on. `heard` gets what happened, in batches.
/// Answers whether the page is live: false once the connection has been gone for a while.
pub fn follow(what: What, after: i64, heard: impl Fn(News) + 'static) -> ReadSignal<bool> {
    let (live, set_live) = signal(true);
    let mut heard = Some(heard);
    Effect::new(move |_| {
        let Some(heard) = heard.take() else { return };
        let line = Line::new(what, after, heard, set_live);
        line.look();
        // The browser may keep the listener longer than the page lives: it must not keep the line.
        let looked = line.weak();
        let listener = window_event_listener_untyped("visibilitychange", move |_| {
            if let Some(line) = looked.upgrade() {
                line.look();
            }
        });
        on_cleanup(move || listener.remove());
        // Hangs up when the page goes.
        StoredValue::new_local(line);
    });
    live
}
