//! What is done now and then, whatever staff do.

use crate::{Service, clocks::TIDYING, error::OrProblem};
use domain::problem::Problem;
use std::time::Duration;

/// How often it is looked for what servers left behind that are gone.
const ADOPT: Duration = Duration::from_secs(10);
/// At the first look, and at each so many after it, everything is tidied.
const LOOKS: u32 = 6;
/// Sessions that expired this long ago are forgotten (7 days), in milliseconds.
const FORGOTTEN: i64 = 7 * 24 * 60 * 60 * 1000;
/// Events this old are told to nobody any more (7 days): a page that was away for longer reads everything anew.
const TOLD: i64 = 7 * 24 * 60 * 60 * 1000;

impl Service {
    /// Tidies until `stop` resolves.
    pub async fn run_tidying(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        for look in 1_u32.. {
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(ADOPT) => {}
            }
            if let Err(problem) = self.tidy(look % LOOKS == 1).await {
                tracing::warn!(?problem, "could not tidy up; trying again later");
            }
        }
    }

    /// However many servers tidy, each row is tidied once: they are changed and removed by what they are.
    async fn tidy(&self, all: bool) -> Result<(), Problem> {
        // Leases are in the database's time; all else goes by the clock.
        self.adopt_outbox().await?;
        if all && !self.is_held(TIDYING) {
            self.tidy_all().await?;
        }
        Ok(())
    }

    async fn tidy_all(&self) -> Result<(), Problem> {
        self.adopt_tests().await?;
        let spent = self.0.store.delete_spent_tries(self.now()).await;
        spent.or_problem()?;
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
