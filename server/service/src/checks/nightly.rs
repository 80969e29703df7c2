//! The check that runs by itself, once a night in the organization's zone; a night that the program slept through is
//! made up for when it wakes, and a check that was cut off is begun again.

use super::Service;
use crate::{clocks::NIGHTLY, error::OrProblem, zones};
use domain::{clocks::Trust, problem::Problem};
use std::time::Duration;
use store::rows::NightRow;

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
        if self.is_held(NIGHTLY) || self.trust() == Trust::Alone {
            return Ok(());
        }
        for row in self.0.store.nights().await.or_problem()? {
            let night = zones::night(self.now(), &row.zone);
            if row.checks.is_due(night, self.now()) && self.take_night(&row).await? {
                self.check_now(row.org).await?;
            }
        }
        Ok(())
    }

    /// Of several servers one takes the night.
    async fn take_night(&self, row: &NightRow) -> Result<bool, Problem> {
        let mut tx = self.0.store.begin(row.org).await.or_problem()?;
        let (id, seen) = (self.0.clock.id(), row.checks.taken_at);
        let taken = tx.take_night(id, self.now(), seen).await;
        let taken = taken.or_problem()?;
        tx.commit().await.or_problem()?;
        Ok(taken)
    }
}
