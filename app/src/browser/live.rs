//! Live updates of a case by server-sent events. The browser reconnects by itself and says which event it saw last;
//! a hidden page hangs up and catches up when it is looked at again.

mod line;

use domain::ids::{CaseId, TextId};
use leptos::prelude::*;
use line::Line;

/// Follows the texts of a case, from the event after `after` on. `heard` gets the texts that changed, in batches.
/// Answers whether the page is live: false once the connection has been gone for a while.
pub fn follow(case: CaseId, after: i64, heard: impl Fn(Vec<TextId>) + 'static) -> ReadSignal<bool> {
    let (live, set_live) = signal(true);
    let mut heard = Some(heard);
    Effect::new(move |_| {
        let Some(heard) = heard.take() else { return };
        let line = Line::new(case, after, heard, set_live);
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
