//! Reports on texts that are nobody's. A report may come before anybody knows whose it is; after a day nobody will.

use crate::{Service, error::OrProblem, zones};
use domain::{
    follow_up,
    problem::Problem,
    words::{check, common},
};

/// The most that are told.
const TOLD: i64 = 20;

impl Service {
    /// What Twilio reported on and nobody has, for the console: each with the name of its organization, the newest first.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn unclaimed(&self) -> Result<Vec<(String, String)>, Problem> {
        let now = self.now();
        let found = self
            .0
            .store
            .unclaimed(follow_up::unclaimed(now), TOLD)
            .await;
        let told = found.or_problem()?.into_iter().map(|one| {
            let when = common::when(&zones::when(one.at, &one.zone, now));
            (one.office, check::unclaimed(&one.sid, &when))
        });
        Ok(told.collect())
    }
}
