//! The operations: load, ask the domain, save, enqueue.
//!
//! Server functions, plain forms, webhooks and workers all come through here, and here only. Every operation
//! that a person asks for begins with [`Service::allow`].

mod asking;
pub mod audit;
pub mod callers;
pub mod calls;
pub mod carrier;
pub mod cases;
pub mod checks;
pub mod clients;
pub mod clock;
mod clocks;
pub mod compose;
pub mod config;
pub mod consent;
pub mod drafts;
pub mod error;
pub mod first_admin;
mod gather;
mod gathered;
mod halts;
pub mod host;
pub mod hub;
pub mod incoming;
pub mod invitations;
pub mod kept;
pub mod live;
pub mod meters;
mod news;
mod nodes;
pub mod opt_outs;
pub mod outbox;
pub mod passwords;
mod permission;
pub mod phones;
pub mod quick_entries;
pub mod reports;
pub mod reports_of;
mod restored;
pub mod reviews;
pub mod seal;
pub mod send;
pub mod setup;
pub mod sign_in;
pub mod staff;
pub mod test_text;
pub mod texts;
mod throttle;
pub mod tidy;
mod together;
mod torture;
mod unclaimed;
pub mod unclear;
mod waits;
pub mod zones;

use callers::Remembered;
use carrier::Carrier;
use clock::Clock;
use clocks::Watch;
use config::Config;
use domain::{
    problem::Problem,
    role::{Actor, HostActor, Operation},
};
use gathered::Gathered;
use hub::Hub;
use meters::Meters;
use seal::Sealer;

use std::sync::Arc;
use store::Store;
use tokio::sync::Notify;
pub use torture::in_migration;

/// Everything that the program can do. Cheap to clone; one for a process.
#[derive(Clone)]
pub struct Service(Arc<Parts>);

struct Parts {
    store: Store,
    carrier: Arc<dyn Carrier>,
    clock: Arc<dyn Clock>,
    watch: Watch,
    sealer: Sealer,
    config: Config,
    hub: Hub,
    /// Wakes the worker: there may be something to send.
    wake: Notify,
    remembered: Remembered,
    meters: Meters,
    gathered: Gathered,
}

impl Service {
    /// Puts the parts together. Nothing runs yet: see [`Service::run_outbox`].
    pub fn new(
        store: Store,
        carrier: Arc<dyn Carrier>,
        clock: Arc<dyn Clock>,
        sealer: Sealer,
        config: Config,
    ) -> Self {
        let meters = Meters::new(&store);
        let gathered = Gathered::new(&store);
        let watch = Watch::begin(clock.machine());
        Self(Arc::new(Parts {
            store,
            carrier,
            clock,
            watch,
            sealer,
            config,
            hub: Hub::default(),
            wake: Notify::new(),
            remembered: Remembered::default(),
            meters,
            gathered,
        }))
    }

    /// The database, for the operations and commands of the program itself.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// How this process is set up.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    fn now(&self) -> i64 {
        self.0.clock.now()
    }

    /// Whether the actor may do that.
    ///
    /// # Errors
    /// [`Problem::Forbidden`].
    fn allow(actor: &Actor, operation: Operation) -> Result<(), Problem> {
        if actor.role.may(operation) {
            Ok(())
        } else {
            Err(Problem::Forbidden)
        }
    }

    /// Whether somebody of the host may do that.
    ///
    /// # Errors
    /// [`Problem::Forbidden`].
    fn allow_host(host: &HostActor, operation: Operation) -> Result<(), Problem> {
        if host.may(operation) {
            Ok(())
        } else {
            Err(Problem::Forbidden)
        }
    }
}
