//! Against guessing passwords: counts wrong tries for each address that is tried and for each place they come from.
//! The rule stands in [`domain::tries`]; this remembers.

use domain::tries::Tries;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Beyond this many keys those with nothing left to remember are forgotten.
const KEYS: usize = 10_000;

/// The tries of this process.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<String, Tries>>);

impl Throttle {
    /// Takes a try from each key, or from none of them.
    ///
    /// # Errors
    /// One has none left: how many minutes to wait.
    pub fn take(&self, keys: &[&str], now: i64) -> Result<(), u32> {
        let mut all = self.all();
        if all.len() > KEYS {
            all.retain(|_, tries| !tries.is_spent(now));
        }
        for (taken, key) in keys.iter().enumerate() {
            if let Err(minutes) = all.entry((*key).to_owned()).or_default().take(now) {
                give_back(&mut all, &keys[..taken]);
                return Err(minutes);
            }
        }
        Ok(())
    }

    /// Gives the try back to each key: it was right.
    pub fn give_back(&self, keys: &[&str]) {
        give_back(&mut self.all(), keys);
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Tries>> {
        // A count is whole after every step: a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn give_back(all: &mut HashMap<String, Tries>, keys: &[&str]) {
    for key in keys {
        if let Some(tries) = all.get_mut(*key) {
            tries.give_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_to_wait_for_one_key_pays_with_no_other() {
        let throttle = Throttle::default();
        for _ in 0..10 {
            assert_eq!(throttle.take(&["office", "dana"], 0), Ok(()));
        }
        throttle.give_back(&["office"]);
        assert_eq!(throttle.take(&["office", "dana"], 0), Err(1));
        assert_eq!(throttle.take(&["office", "luis"], 0), Ok(()));
    }
}
