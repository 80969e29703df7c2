//! Live events for open pages.

use crate::{Service, error::OrProblem};
use domain::{
    ids::OrgId,
    live::LiveEvent,
    problem::Problem,
    role::{Actor, Operation},
};
use tokio::sync::broadcast;

/// How many events are read at once.
pub const BATCH: i64 = 500;

impl Service {
    /// The events of the actor's organization after the one with this id, oldest first, at most [`BATCH`].
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn events_after(&self, actor: &Actor, after: i64) -> Result<Vec<LiveEvent>, Problem> {
        Self::allow(actor, Operation::SeeTexts)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        tx.events_after(after, BATCH).await.or_problem()
    }

    /// The newest event of the actor's organization.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn last_event(&self, actor: &Actor) -> Result<i64, Problem> {
        Self::allow(actor, Operation::SeeTexts)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        tx.last_event().await.or_problem()
    }

    /// The bell of this process: rings when there may be new events.
    pub fn listen(&self) -> broadcast::Receiver<(OrgId, LiveEvent)> {
        self.0.hub.listen()
    }
}
