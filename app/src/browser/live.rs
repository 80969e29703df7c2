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
            Self::Case(case) => format!("/live?case={case}&office=1&after={after}"),
            Self::Client(client) => format!("/live?client={client}&office=1&after={after}"),
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
    /// What waits for somebody in the office may be another number now, whatever the page itself follows.
    pub office: bool,
}

/// What the top line does when something happened in the office. Each page has one connection: whatever it follows
/// tells the top line as well.
#[derive(Clone, Copy)]
struct TopLine {
    renew: Callback<()>,
    behind: Callback<i64, bool>,
}

/// Does this whenever something happened in the office, as long as something in this page follows; also when that
/// begins after an event of which the top line does not know (`behind`): it was read before the page.
pub fn when_office_changes(
    renew: impl Fn() + Send + Sync + 'static,
    behind: impl Fn(i64) -> bool + Send + Sync + 'static,
) {
    provide_context(TopLine {
        renew: Callback::new(move |()| renew()),
        behind: Callback::new(behind),
    });
}

/// Follows from the event after `after` on. `heard` gets what happened, in batches.
/// Answers whether the page is live: false once the connection has been gone for a while.
pub fn follow(what: What, after: i64, heard: impl Fn(News) + 'static) -> ReadSignal<bool> {
    let (live, set_live) = signal(true);
    let top = use_context::<TopLine>();
    let mut heard = Some(move |news: News| {
        if let Some(top) = top.filter(|_| news.office) {
            top.renew.run(());
        }
        if !news.is_of_office_only() {
            heard(news);
        }
    });
    Effect::new(move |_| {
        let Some(heard) = heard.take() else { return };
        if let Some(top) = top.filter(|top| top.behind.run(after)) {
            top.renew.run(());
        }
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
