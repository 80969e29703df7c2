//! Wakes whoever waits in this process for something to happen. The event table is the truth; this is only the bell.

use domain::{ids::OrgId, live::LiveEvent};
use tokio::sync::broadcast;

/// A slow listener misses at most this many before it has to look at the table again.
const BACKLOG: usize = 1024;

/// The bell of this process.
pub struct Hub {
    events: broadcast::Sender<(OrgId, LiveEvent)>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            events: broadcast::Sender::new(BACKLOG),
        }
    }
}

impl Hub {
    /// Rings.
    pub fn ring(&self, org: OrgId, event: LiveEvent) {
        // Nobody listening is fine.
        let _ = self.events.send((org, event));
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<(OrgId, LiveEvent)> {
        self.events.subscribe()
    }
}
