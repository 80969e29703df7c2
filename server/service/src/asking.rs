//! What Twilio is asked by itself: whether it has a text of which nobody knows, what became of texts without a final
//! word, and what clients wrote while it could not reach us. All by the service's clock; the loop only looks whether
//! something is due.

mod unknown;

use crate::Service;
use std::time::Duration;

/// How often it is looked whether something is due.
const LOOK: Duration = Duration::from_secs(1);

impl Service {
    /// Asks Twilio what is due, until `stop` resolves.
    pub async fn run_asking(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => return,
                () = self.ask_all() => {}
            }
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn ask_all(&self) {
        if let Err(problem) = self.look_for_unknown().await {
            tracing::warn!(
                ?problem,
                "texts of which nobody knows were not looked for; trying again"
            );
        }
    }
}
