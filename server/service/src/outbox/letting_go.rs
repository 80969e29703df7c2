//! Letting go of a text that a fault of ours was met with. That fault is this text's alone: others go on.

use super::RECORD_AGAIN;
use crate::{Service, error::OrProblem, news::News};
use domain::{consent::WhyNot, parked, problem::Problem};
use std::time::Duration;
use store::rows::Claimed;

/// A pause between tries is no longer than this.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long a text waits after a fault of ours, in milliseconds.
const FAULT_PAUSE: i64 = 1000;

impl Service {
    /// Gives a text up that a fault of ours was met with: what may have left is unknown; what surely did not waits again,
    /// and after several faults is parked. Tried until it is written, since nobody else takes it up while we live.
    pub(super) async fn let_go(&self, claim: &Claimed) {
        let mut pause = RECORD_AGAIN;
        while let Err(problem) = self.try_let_go(claim).await {
            tracing::error!(text = %claim.text, ?problem, "a text could not be let go of; trying again");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn try_let_go(&self, claim: &Claimed) -> Result<(), Problem> {
        let now = self.now();
        let mut tx = self.0.store.begin(claim.org).await.or_problem()?;
        let (text, token) = (claim.text, claim.token);
        let later = now + FAULT_PAUSE;
        if let Some(faults) = tx.failed(text, token, later, now).await.or_problem()? {
            if parked::is_parked(faults, claim.claims) {
                tracing::error!(%text, faults, claims = claim.claims, "a text is parked: it needs attention");
                let why = WhyNot::Fault.as_str();
                tx.park(text, why, now).await.or_problem()?;
            }
        } else {
            tx.unclear(text, token, now).await.or_problem()?;
        }
        // Told only if the text can be read: letting go of it does not depend on that.
        let record = tx.text(text).await.ok().flatten();
        let news = News {
            texts: record
                .map(|record| (record.case, text))
                .into_iter()
                .collect(),
            ..News::default()
        };
        self.conclude(tx, news).await
    }
}
