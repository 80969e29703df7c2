//! Live events for open pages.

use crate::{Service, error::OrProblem, hub::Bell};
use domain::{
    ids::CaseId,
    live::{Following, LiveEvent},
    problem::Problem,
    role::{Actor, Operation},
};
use std::time::Duration;

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

    /// Whether events after that one were tidied away: the page has to read everything anew.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn missed_events(&self, actor: &Actor, after: i64) -> Result<bool, Problem> {
        Self::allow(actor, Operation::SeeTexts)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        Ok(after < tx.tidied_up_to().await.or_problem()?)
    }

    /// What the page of a case follows; of a case that is not there nothing happens.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn following_case(
        &self,
        actor: &Actor,
        case: CaseId,
    ) -> Result<Option<Following>, Problem> {
        Self::allow(actor, Operation::SeeTexts)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let client = tx.client_of_case(case).await.or_problem()?;
        Ok(client.map(|client| Following::Case(case, client)))
    }

    /// Rings when there may be new events of the actor's organization, at whichever server they were written.
    pub fn listen(&self, actor: &Actor) -> Bell {
        self.0.hub.listen(actor.org)
    }

    /// How often to look for events although it did not ring.
    pub fn look_every(&self) -> Duration {
        self.0.hub.look_every()
    }
}
