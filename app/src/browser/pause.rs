//! Something that is done once nothing has happened for a while.

use leptos::prelude::*;
use std::time::Duration;

/// A pause. Ends with its owner: what was not done by then is not done any more.
#[derive(Clone, Copy)]
pub struct Pause {
    /// Counts the calls; only the last one is still meant.
    turn: StoredValue<u32>,
    length: Duration,
}

impl Pause {
    /// A pause of this length.
    pub fn new(length: Duration) -> Self {
        Self {
            turn: StoredValue::new(0),
            length,
        }
    }

    /// Does this after the pause, unless something else is asked for, or it is called off, until then.
    pub fn then(self, act: impl FnOnce() + 'static) {
        self.call_off();
        let Some(mine) = self.turn.try_get_value() else {
            return;
        };
        let act = move || {
            if self.turn.try_get_value() == Some(mine) {
                act();
            }
        };
        set_timeout(act, self.length);
    }

    /// Calls off what was asked for.
    pub fn call_off(self) {
        self.turn
            .try_update_value(|turn| *turn = turn.wrapping_add(1));
    }
}
