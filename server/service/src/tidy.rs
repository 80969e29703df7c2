//! What is done now and then, whatever staff do.

use crate::{Service, error::OrProblem};
use domain::problem::Problem;
use std::time::Duration;

/// How often.
const OFTEN: Duration = Duration::from_secs(60);
/// Sessions that expired this long ago are forgotten (7 days), in milliseconds.
const FORGOTTEN: i64 = 7 * 24 * 60 * 60 * 1000;
/// Events this old are told to nobody any more (7 days): a page that was away for longer reads everything anew.
const TOLD: i64 = 7 * 24 * 60 * 60 * 1000;

impl Service {
    /// Tidies until `stop` resolves.
    pub async fn run_tidying(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(OFTEN) => {}
            }
            if let Err(problem) = self.tidy().await {
                tracing::warn!(?problem, "could not tidy up; trying again later");
            }
        }
    }

    async fn tidy(&self) -> Result<(), Problem> {
        self.adopt_outbox().await?;
        self.adopt_tests().await?;
        self.0
            .store
            .delete_expired_sessions(self.now() - FORGOTTEN)
            .await
            .or_problem()?;
        self.0
            .store
            .tidy_events(self.now() - TOLD)
            .await
            .or_problem()?;
        self.0
            .store
            .delete_expired_host_sessions(self.now() - FORGOTTEN)
            .await
            .or_problem()?;
        Ok(())
    }
}
