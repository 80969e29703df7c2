//! The check that runs by itself, once a night in the organization's zone; a night that the program slept through is
//! made up for when it wakes.

use super::Service;
use crate::{error::OrProblem, zones};
use domain::{ids::OrgId, problem::Problem};
use std::time::Duration;

/// When it is first looked whether a night has begun: the address should answer by then.
const FIRST: Duration = Duration::from_secs(10);
/// How often it is looked after that.
const LOOK: Duration = Duration::from_secs(60);

impl Service {
    /// Checks every organization once a night until `stop` resolves.
    pub async fn run_nightly(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let mut pause = FIRST;
        loop {
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(pause) => pause = LOOK,
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
    async fn check_due(&self) -> Result<(), Problem> {
        for row in self.0.store.nights().await.or_problem()? {
            let night = zones::night(self.now(), &row.zone);
            let is_due = row.night_at.is_none_or(|at| at < night);
            if is_due && self.take_night(row.org, night).await? {
                self.check_now(row.org).await?;
            }
        }
        Ok(())
    }

    /// Of several servers one takes the night.
    async fn take_night(&self, org: OrgId, night: i64) -> Result<bool, Problem> {
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let taken = tx.take_night(self.0.clock.id(), self.now(), night).await;
        let taken = taken.or_problem()?;
        tx.commit().await.or_problem()?;
        Ok(taken)
    }
}
