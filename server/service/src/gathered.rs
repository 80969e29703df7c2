//! What is done for many at once, each kind in a line of its own.

use crate::{
    callers::Caller,
    gather::Gather,
    incoming::Texted,
    outbox::{Sent, TakenOut},
    reports::Told,
    together::PATIENCE,
};
use std::sync::Arc;
use store::{Store, rows::Claimed};

/// PostgreSQL commits several at a time; more groups would only be smaller ones.
const GROUPS_ON_POSTGRES: usize = 2;

/// The lines.
pub(crate) struct Gathered {
    /// Whose webhook it is: read, not written.
    pub callers: Gather<String, Arc<[Caller]>>,
    pub reports: Gather<Told, ()>,
    pub incoming: Gather<Texted, Option<String>>,
    /// Texts that are about to leave, and what came of them. These are not given up: what leaves has to be recorded.
    pub taken_out: Gather<Claimed, Option<TakenOut>>,
    pub outcomes: Gather<Sent, ()>,
}

impl Gathered {
    pub fn new(store: &Store) -> Self {
        let at_once = match store.has_others() {
            true => GROUPS_ON_POSTGRES,
            false => 1,
        };
        Self {
            callers: Gather::new(1, Some(PATIENCE)),
            reports: Gather::new(at_once, Some(PATIENCE)),
            incoming: Gather::new(at_once, Some(PATIENCE)),
            taken_out: Gather::new(1, None),
            outcomes: Gather::new(1, None),
        }
    }
}
