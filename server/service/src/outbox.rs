//! The outbox: claim, mark `posting`, commit, hand over, record. **Here a text leaves**, at most once for each
//! press of "Send Message": only what surely did not reach Twilio goes back to waiting by itself.

mod letting_go;
mod recording;
mod taking_out;

pub(crate) use recording::{Sent, known_code};
pub(crate) use taking_out::TakenOut;
pub use taking_out::callback_for;

use crate::{
    Service,
    carrier::SendOutcome,
    error::OrProblem,
    torture::{self, Guard},
};
use domain::{parked, problem::Problem};
use futures::FutureExt;
use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};
use store::rows::{Claim, Claimed};
use tokio::{sync::Semaphore, task::JoinSet};

/// Claims are of one worker for this long, in milliseconds of the database's time.
const LEASE: i64 = 30_000;
/// At most this many are on their way at once.
const AT_ONCE: usize = 96;
/// While some are on their way, more are claimed only so often: many together are cheaper.
const GATHER: Duration = Duration::from_millis(5);
/// How often the outbox is looked at although nobody rang.
const LOOK: Duration = Duration::from_secs(1);
/// How long to wait between tries to record an outcome (the database is away).
const RECORD_AGAIN: Duration = Duration::from_millis(500);

impl Service {
    /// Takes over what ended runs of the program left behind: on SQLite all that is not this run's, on PostgreSQL
    /// what no lease protects any more.
    ///
    /// What was claimed goes back to waiting, since nothing left; what was posting becomes unknown.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn adopt_outbox(&self) -> Result<(), Problem> {
        let found = self
            .0
            .store
            .adopt(&self.0.config.owner)
            .await
            .or_problem()?;
        if found.waiting + found.unknown > 0 {
            tracing::info!(
                back = found.waiting,
                unknown = found.unknown,
                "took over the outbox of an earlier run"
            );
        }
        Ok(())
    }

    /// How many texts have not reached Twilio, and for how many seconds the oldest of them has waited.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn outbox_state(&self) -> Result<(i64, i64), Problem> {
        let (count, oldest) = self.0.store.outbox_depth().await.or_problem()?;
        Ok((count, oldest.map_or(0, |at| (self.now() - at) / 1000)))
    }

    /// Sends what waits, until `stop` resolves; then ends what is on its way.
    pub async fn run_outbox(&self, stop: impl Future<Output = ()>) {
        let slots = Arc::new(Semaphore::new(AT_ONCE));
        let mut jobs = JoinSet::new();
        tokio::pin!(stop);
        loop {
            let claimed = self.claim(slots.available_permits()).await;
            let idle = claimed.is_empty();
            for claim in claimed {
                let (service, slot) = (self.clone(), Arc::clone(&slots).acquire_owned().await);
                jobs.spawn(async move {
                    service.deliver_surely(claim).await;
                    drop(slot);
                    service.0.wake.notify_one();
                });
            }
            while jobs.try_join_next().is_some() {}
            // The end first: whoever was asked to stop claims nothing more.
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = self.0.wake.notified() => {}
                () = tokio::time::sleep(LOOK), if idle || slots.available_permits() == 0 => {}
                () = std::future::ready(()), if !idle && slots.available_permits() > 0 => {}
            }
            if slots.available_permits() < AT_ONCE {
                tokio::time::sleep(GATHER).await;
            }
        }
        while jobs.join_next().await.is_some() {}
    }

    async fn claim(&self, limit: usize) -> Vec<Claimed> {
        if limit == 0 {
            return vec![];
        }
        let claim = Claim {
            owner: &self.0.config.owner,
            token: self.0.clock.id(),
            now: self.now(),
            lease: torture::lease(LEASE),
            limit: i64::try_from(limit).unwrap_or(1),
        };
        self.0.store.claim(&claim).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the outbox cannot be read");
            vec![]
        })
    }

    /// The whole way of one claimed text. A fault on it is that text's alone.
    async fn deliver_surely(&self, claim: Claimed) {
        if parked::is_parked(0, claim.claims) {
            return self.let_go(&claim).await;
        }
        let delivered = AssertUnwindSafe(self.deliver(claim)).catch_unwind().await;
        if delivered.is_err() {
            tracing::error!(text = %claim.text, "a fault while a text was handed over");
            self.let_go(&claim).await;
        }
    }

    async fn deliver(&self, claim: Claimed) {
        let claimed = Instant::now();
        torture::point("after_claim").await;
        let lease = Duration::from_millis(torture::lease(LEASE).unsigned_abs());
        let posting_first = torture::holds(Guard::PostingFirst);
        let taken = match posting_first {
            true => self.leaves(claim).await,
            false => self.look_at(&claim).await,
        };
        match taken {
            Ok(Some((account, outgoing, case))) => {
                torture::point("before_post").await;
                let outcome = match claimed.elapsed() < lease {
                    true => torture::mid_post(self.0.carrier.send(&account, &outgoing)).await,
                    // The process stood still: meanwhile the text may have been taken over, and decided on.
                    false => SendOutcome::Unclear {
                        why: "its claim was over before it left".to_owned(),
                        halt: None,
                    },
                };
                if matches!(outcome, SendOutcome::Accepted(_)) {
                    torture::point("after_201").await;
                }
                if !posting_first {
                    drop(self.leaves(claim).await);
                }
                self.0.meters.sent(&outcome);
                self.record_surely(Sent {
                    claim,
                    case,
                    outcome,
                })
                .await;
            }
            Ok(None) => {}
            // Nothing is the matter with the text: its claim runs out, and it is claimed again.
            Err(Problem::Unavailable) => {
                tracing::warn!(text = %claim.text, "the database is away; a text waits");
            }
            Err(problem) => {
                tracing::error!(text = %claim.text, ?problem, "a text could not be taken out");
                self.let_go(&claim).await;
            }
        }
    }
}
