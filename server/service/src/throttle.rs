//! Against guessing passwords: counts wrong tries for each address that is tried and for each place they come from, at
//! all servers together. The rule stands in [`domain::tries`], the count in the database.

use crate::{Service, error::OrProblem, sign_in::hashed};
use domain::problem::Problem;
use store::tries::Key;

impl Service {
    /// Takes a try from each key, or from none of them.
    ///
    /// # Errors
    /// [`Problem::TooManyTries`]; the database.
    pub(crate) async fn take_try(&self, keys: &[&str]) -> Result<(), Problem> {
        let taken = self.0.store.take_tries(&hashes(keys), self.now()).await;
        taken
            .or_problem()?
            .map_err(|minutes| Problem::TooManyTries { minutes })
    }

    /// Gives the try back to each key: it was right.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub(crate) async fn give_try_back(&self, keys: &[&str]) -> Result<(), Problem> {
        let given = self.0.store.give_back_tries(&hashes(keys)).await;
        given.or_problem()
    }
}

fn hashes(keys: &[&str]) -> Vec<Key> {
    keys.iter().map(|key| hashed(key)).collect()
}
