//! Whether the browser has a connection at all.

use leptos::{ev, prelude::*};

/// What became of the connection while the page was open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Never lost.
    #[default]
    Steady,
    /// Lost now.
    Lost,
    /// Lost, and there again.
    Back,
}

/// Whether there is a connection now, as far as the browser knows. "Yes" proves nothing; "no" does.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Follows the connection.
pub fn connection() -> RwSignal<Connection> {
    let state = RwSignal::new(Connection::Steady);
    Effect::new(move |_| {
        if !is_online() {
            state.set(Connection::Lost);
        }
        let lost = window_event_listener(ev::offline, move |_| state.set(Connection::Lost));
        let back = window_event_listener(ev::online, move |_| {
            if state.get_untracked() == Connection::Lost {
                state.set(Connection::Back);
            }
        });
        on_cleanup(move || {
            lost.remove();
            back.remove();
        });
    });
    state
}
