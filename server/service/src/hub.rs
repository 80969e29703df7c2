//! Wakes whoever waits in this process for something to happen, here or at another server. The event table is the
//! truth; this is only the bell.

use domain::ids::OrgId;
use std::{
    collections::HashSet,
    mem,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, broadcast};

/// A slow listener misses at most this many rings; then it counts as rung.
const BACKLOG: usize = 1024;

/// How often who waits looks for itself, while it hears all that happens and while it does not.
const LOOK: Duration = Duration::from_secs(30);
const LOOK_DEAF: Duration = Duration::from_secs(5);

/// For whom it rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ring {
    /// For one organization.
    Of(OrgId),
    /// For all: what was missed is not known.
    All,
}

/// The bell of this process.
pub(crate) struct Hub {
    rings: broadcast::Sender<Ring>,
    /// The organizations of which other servers were not told yet.
    untold: Mutex<HashSet<OrgId>>,
    to_tell: Notify,
    /// Other servers are not heard now: who waits has to look for itself.
    is_deaf: AtomicBool,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            rings: broadcast::Sender::new(BACKLOG),
            untold: Mutex::default(),
            to_tell: Notify::new(),
            is_deaf: AtomicBool::new(false),
        }
    }
}

impl Hub {
    /// Rings for what this process committed; other servers are to be told.
    pub fn ring(&self, org: OrgId) {
        self.rung_elsewhere(Ring::Of(org));
        self.untold().insert(org);
        self.to_tell.notify_one();
    }

    /// Rings for what another server told.
    pub fn rung_elsewhere(&self, ring: Ring) {
        // Nobody listening is fine.
        let _ = self.rings.send(ring);
    }

    /// Waits until there is something of which other servers were not told.
    pub async fn something_to_tell(&self) {
        self.to_tell.notified().await;
    }

    /// Of which organizations other servers are to be told now.
    pub fn take_untold(&self) -> HashSet<OrgId> {
        mem::take(&mut *self.untold())
    }

    /// Other servers are heard, or not.
    pub fn set_deaf(&self, is_deaf: bool) {
        self.is_deaf.store(is_deaf, Ordering::Relaxed);
    }

    /// How often who waits looks for itself. Seldom where the bell is heard: then it only misses what a server did not
    /// tell that ended between its commit and its word.
    pub fn look_every(&self) -> Duration {
        match self.is_deaf.load(Ordering::Relaxed) {
            true => LOOK_DEAF,
            false => LOOK,
        }
    }

    /// Listens for an organization from now on.
    pub fn listen(&self, org: OrgId) -> Bell {
        Bell(org, self.rings.subscribe())
    }

    fn untold(&self) -> MutexGuard<'_, HashSet<OrgId>> {
        // A set is whole after every step: a panic elsewhere leaves nothing half done.
        self.untold.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Rings for one organization.
pub struct Bell(OrgId, broadcast::Receiver<Ring>);

impl Bell {
    /// Waits until it rings; what rang since the last time counts once.
    pub async fn rung(&mut self) {
        use broadcast::error::RecvError::{Closed, Lagged};
        let mine = |ring: Ring, org| matches!(ring, Ring::All) || ring == Ring::Of(org);
        loop {
            match self.1.recv().await {
                Ok(ring) if !mine(ring, self.0) => {}
                Ok(_) | Err(Lagged(_)) => break,
                Err(Closed) => std::future::pending().await,
            }
        }
        while let Ok(_) | Err(broadcast::error::TryRecvError::Lagged(_)) = self.1.try_recv() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;
    use uuid::Uuid;

    const NORTH: OrgId = OrgId(Uuid::from_u128(1));
    const SOUTH: OrgId = OrgId(Uuid::from_u128(2));

    #[test]
    fn it_rings_for_ones_own_organization_and_for_all_and_once_for_many() {
        let hub = Hub::default();
        let mut bell = hub.listen(NORTH);
        hub.ring(SOUTH);
        assert!(bell.rung().now_or_never().is_none());
        hub.ring(NORTH);
        hub.ring(NORTH);
        assert!(bell.rung().now_or_never().is_some());
        assert!(bell.rung().now_or_never().is_none());
        hub.rung_elsewhere(Ring::All);
        assert!(bell.rung().now_or_never().is_some());
    }

    #[test]
    fn who_is_too_slow_to_hear_counts_as_rung() {
        let hub = Hub::default();
        let mut bell = hub.listen(NORTH);
        for _ in 0..=BACKLOG {
            hub.ring(SOUTH);
        }
        assert!(bell.rung().now_or_never().is_some());
    }

    #[test]
    fn others_are_told_once_of_each_organization_and_not_of_what_they_told() {
        let hub = Hub::default();
        hub.rung_elsewhere(Ring::Of(SOUTH));
        assert!(hub.take_untold().is_empty());
        hub.ring(NORTH);
        hub.ring(NORTH);
        assert!(hub.something_to_tell().now_or_never().is_some());
        assert_eq!(hub.take_untold(), HashSet::from([NORTH]));
        assert!(hub.take_untold().is_empty());
    }
}
