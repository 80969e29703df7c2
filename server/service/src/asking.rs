//! What Twilio is asked by itself: whether it has a text of which nobody knows, what became of texts without a final
//! word, and what clients wrote while it could not reach us. All by the service's clock; the loop only looks whether
//! something is due.

mod account;
mod due;
mod missed;
mod unknown;

use crate::{Service, error::OrProblem};
use domain::{ids::OrgId, problem::Problem};
use std::{collections::HashMap, time::Duration};

/// How often it is looked whether something is due.
const LOOK: Duration = Duration::from_secs(1);
/// Twilio's code for too many requests.
const BUSY: u32 = 20429;
/// How long an organization's account is left alone after that, in milliseconds.
const REST: i64 = 60_000;

/// Accounts that are left alone for a while, and until when.
#[derive(Default)]
struct Rests(HashMap<OrgId, i64>);

impl Rests {
    fn rest(&mut self, org: OrgId, now: i64) {
        tracing::warn!(%org, "Twilio has too many requests; it is asked nothing for a minute");
        self.0.insert(org, now + REST);
    }

    fn is_resting(&self, org: OrgId, now: i64) -> bool {
        self.0.get(&org).is_some_and(|until| now < *until)
    }
}

impl Service {
    /// Asks Twilio what is due, until `stop` resolves.
    pub async fn run_asking(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let (mut rests, mut begun) = (Rests::default(), false);
        loop {
            tokio::select! {
                () = &mut stop => return,
                done = self.ask_all(&mut rests, &mut begun) => if let Err(problem) = done {
                    tracing::warn!(?problem, "Twilio was not asked about all that is due; trying again");
                }
            }
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn ask_all(&self, rests: &mut Rests, begun: &mut bool) -> Result<(), Problem> {
        if !*begun {
            self.0.store.list_anew().await.or_problem()?;
            *begun = true;
        }
        self.ask_about_accounts().await?;
        self.look_for_unknown().await?;
        self.fetch_missed(rests).await?;
        self.ask_due(rests).await
    }
}
