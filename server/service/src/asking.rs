//! What Twilio is asked by itself: whether it has a text of which nobody knows, what it has that a database lacks which
//! moved to another server, what became of texts without a final word, and what clients wrote while it could not reach
//! us. All by the service's clock, as long as that can be trusted; the loop only looks whether something is due.

mod account;
mod due;
mod failover;
mod missed;
mod time;
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
/// 10 seconds, in milliseconds.
const LITTLE: i64 = 10_000;

/// After an outage Twilio's lists are read anew, at most so often, in milliseconds.
const ANEW: i64 = 60_000;

/// Accounts that are left alone for a while, and until when; and when all lists were begun to be read anew.
#[derive(Default)]
struct Rests {
    until: HashMap<OrgId, i64>,
    begun_at: Option<i64>,
    /// The database was away since: Twilio could bring nothing.
    was_away: bool,
    told: time::Told,
}

impl Rests {
    /// At the start, and once the database is there again.
    fn begins(&self, now: i64) -> bool {
        self.begun_at
            .is_none_or(|at| self.was_away && (now - at).abs() >= ANEW)
    }

    fn begun(&mut self, now: i64) {
        (self.begun_at, self.was_away) = (Some(now), false);
    }

    /// When a list that is read now is read next. What was too young to be taken is not left for long.
    fn next_listing(&self, now: i64) -> i64 {
        match self.begun_at {
            Some(at) if (0..missed::YOUNG).contains(&(now - at)) => now + missed::YOUNG + LITTLE,
            _ => now + missed::OFTEN,
        }
    }

    fn rest(&mut self, org: OrgId, now: i64) {
        tracing::warn!(%org, "Twilio has too many requests; it is asked nothing for a minute");
        self.until.insert(org, now + REST);
    }

    fn is_resting(&self, org: OrgId, now: i64) -> bool {
        self.until.get(&org).is_some_and(|until| now < *until)
    }
}

impl Service {
    /// Asks Twilio what is due, until `stop` resolves.
    pub async fn run_asking(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let mut rests = Rests::default();
        loop {
            tokio::select! {
                () = &mut stop => return,
                done = self.ask_all(&mut rests) => if let Err(problem) = done {
                    tracing::warn!(?problem, "Twilio was not asked about all that is due; trying again");
                    rests.was_away |= problem == Problem::Unavailable;
                }
            }
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn ask_all(&self, rests: &mut Rests) -> Result<(), Problem> {
        if !self.time_is_known(rests).await? {
            return Ok(());
        }
        if rests.begins(self.now()) {
            self.0.store.list_anew().await.or_problem()?;
            rests.begun(self.now());
        }
        self.ask_about_accounts().await?;
        self.compare_after_failover().await?;
        self.look_for_unknown(rests).await?;
        self.fetch_missed(rests).await?;
        self.ask_due(rests).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_765_232_047_000;

    #[test]
    fn lists_are_read_at_the_start_and_after_the_database_was_away_but_not_each_second() {
        let mut rests = Rests::default();
        assert!(rests.begins(NOW));
        rests.begun(NOW);
        assert!(!rests.begins(NOW + 10 * ANEW));
        rests.was_away = true;
        assert!(!rests.begins(NOW + ANEW - 1));
        assert!(rests.begins(NOW + ANEW));
        rests.begun(NOW + ANEW);
        assert!(!rests.begins(NOW + 2 * ANEW));
    }

    #[test]
    fn what_was_too_young_when_all_began_is_looked_at_soon() {
        let mut rests = Rests::default();
        rests.begun(NOW);
        assert_eq!(rests.next_listing(NOW), NOW + missed::YOUNG + LITTLE);
        let later = NOW + missed::YOUNG + LITTLE;
        assert_eq!(rests.next_listing(later), later + missed::OFTEN);
    }
}
