//! The check that runs by itself, once a night in the organization's zone; a night that the program slept through is
//! made up for when it wakes.

use super::Service;
use crate::{error::OrProblem, zones};
use domain::problem::Problem;
use std::time::Duration;
use store::rows::OrgRow;

/// How often it is looked whether a night has begun.
const LOOK: Duration = Duration::from_secs(60);

impl Service {
    /// Checks every organization once a night until `stop` resolves.
    pub async fn run_nightly(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            tokio::select! {
                () = &mut stop => return,
                done = self.check_due() => if let Err(problem) = done {
                    tracing::warn!(?problem, "the nightly checks were cut off; trying again later");
                }
            }
        }
    }

    /// Checks the organizations whose night has begun and that were not checked in it.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn check_due(&self) -> Result<(), Problem> {
        for org in self.0.store.orgs().await.or_problem()? {
            if self.is_due(&org).await? {
                self.check_now(org.id).await?;
            }
        }
        Ok(())
    }

    async fn is_due(&self, org: &OrgRow) -> Result<bool, Problem> {
        let now = self.now();
        let mut tx = self.0.store.begin(org.id).await.or_problem()?;
        let set = tx.setup().await.or_problem()?;
        if set.is_none_or(|setup| setup.sealed_token.is_none()) {
            return Ok(false);
        }
        let night = zones::night(now, &org.zone);
        let taken = tx
            .take_night(self.0.clock.id(), now, night)
            .await
            .or_problem()?;
        tx.commit().await.or_problem()?;
        Ok(taken)
    }
}
