//! Against guessing passwords: ten tries, then one each minute, for each address that is tried and for each place it comes from.

use governor::{DefaultKeyedRateLimiter, Quota, clock::Clock, clock::DefaultClock};
use std::num::NonZeroU32;

const TRIES: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
/// Beyond this many keys those that would be let through are forgotten.
const KEYS: usize = 10_000;

/// Counts tries.
pub struct Throttle {
    tries: DefaultKeyedRateLimiter<String>,
}

impl Default for Throttle {
    fn default() -> Self {
        let quota = Quota::per_minute(NonZeroU32::MIN).allow_burst(TRIES);
        Self {
            tries: DefaultKeyedRateLimiter::dashmap(quota),
        }
    }
}

impl Throttle {
    /// Counts a try for a key.
    ///
    /// # Errors
    /// Too many: how many minutes to wait.
    pub fn try_once(&self, key: &str) -> Result<(), u32> {
        if self.tries.len() > KEYS {
            self.tries.retain_recent();
        }
        self.tries.check_key(&key.to_owned()).map_err(|full| {
            let seconds = full.wait_time_from(DefaultClock::default().now()).as_secs();
            u32::try_from(seconds.div_ceil(60))
                .unwrap_or(u32::MAX)
                .max(1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ten_tries_one_waits_and_others_do_not() {
        let throttle = Throttle::default();
        for _ in 0..10 {
            assert_eq!(throttle.try_once("dana@example.org"), Ok(()));
        }
        assert_eq!(throttle.try_once("dana@example.org"), Err(1));
        assert_eq!(throttle.try_once("luis@example.org"), Ok(()));
    }
}
