//! The machine's clock beside those that it can be compared with. **Whoever does by itself what is due at a time asks here
//! first**; what a person asks for is done by any clock.

use crate::Service;
use domain::clocks::{Clocks, Trust};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

/// The kinds of work that are held.
pub(crate) const WORK: [&str; 3] = [ASKING, TIDYING, NIGHTLY];
pub(crate) const ASKING: &str = "asking";
pub(crate) const TIDYING: &str = "tidying";
pub(crate) const NIGHTLY: &str = "nightly_check";

/// Where counting began, and whether it was told that the clock is wrong.
pub(crate) struct Watch {
    wall: i64,
    since: Instant,
    told: AtomicBool,
}

impl Watch {
    /// The program begins: the machine's clock shows this.
    pub fn begin(wall: i64) -> Self {
        Self {
            wall,
            since: Instant::now(),
            told: AtomicBool::new(false),
        }
    }

    fn counted(&self) -> i64 {
        let since = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.wall.saturating_add(since)
    }
}

impl Service {
    pub(crate) fn clocks(&self) -> Clocks {
        Clocks {
            wall: self.0.clock.machine(),
            counted: self.0.watch.counted(),
            twilios: self.0.carrier.time(),
        }
    }

    /// How far the machine's clock can be trusted now. When that changes the log says so, once.
    pub(crate) fn trust(&self) -> Trust {
        let trust = self.clocks().trust();
        let told = &self.0.watch.told;
        match trust {
            Trust::Off { seconds } if !told.swap(true, Ordering::Relaxed) => tracing::error!(
                seconds,
                "this machine's clock is wrong: what is due by itself is held until it is right; texts that staff send go out"
            ),
            Trust::Agreed | Trust::Alone if told.swap(false, Ordering::Relaxed) => {
                tracing::info!("the clocks agree again: what was held goes on");
            }
            _ => {}
        }
        trust
    }

    /// Whether this kind of work has to wait because the clock is wrong.
    pub(crate) fn is_held(&self, work: &'static str) -> bool {
        let held = matches!(self.trust(), Trust::Off { .. });
        if held {
            self.0.meters.held(work);
        }
        held
    }
}
