//! What time it is. Twilio tells with each of its answers; it is asked before anything is done by the clock, and again
//! while the clocks disagree.

use super::Rests;
use crate::{Service, clocks::ASKING, error::OrProblem};
use domain::{clocks::Trust, problem::Problem};
use std::time::{Duration, Instant};

/// So long after Twilio was asked for the time it is asked again.
const AGAIN: Duration = Duration::from_secs(10);

/// Whose clock agreed, and when Twilio was last asked for the time.
#[derive(Default)]
pub(super) struct Told {
    agreed: bool,
    asked: Option<Instant>,
}

impl Service {
    /// Whether the time is known, so that what is due may be done. After it was not, what a wrong clock put off for years
    /// is due at once.
    pub(super) async fn time_is_known(&self, rests: &mut Rests) -> Result<bool, Problem> {
        let told = &mut rests.told;
        let again = told.asked.is_none_or(|at| at.elapsed() >= AGAIN);
        if self.trust() != Trust::Agreed && again {
            told.asked = Some(Instant::now());
            self.ask_the_time().await?;
        }
        let agreed = !self.is_held(ASKING) && self.trust() == Trust::Agreed;
        if agreed && !told.agreed {
            let mended = self.0.store.mend_times(self.now()).await.or_problem()?;
            if mended > 0 {
                tracing::warn!(mended, "what a wrong clock had put off is due now");
            }
            rests.was_away = true;
        }
        rests.told.agreed = agreed;
        Ok(agreed)
    }

    /// Any answer tells the time, a refusal as well. Without an account nobody is asked, and nothing is due.
    async fn ask_the_time(&self) -> Result<(), Problem> {
        for row in self.0.store.nights().await.or_problem()? {
            if let Some(account) = self.account_for(row.org).await? {
                if let Err(why) = self.0.carrier.account(&account).await {
                    tracing::debug!(%why, "Twilio was asked for the time");
                }
                return Ok(());
            }
        }
        Ok(())
    }
}
