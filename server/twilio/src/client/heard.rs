//! The other side's time, as it was last heard.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A time in milliseconds UTC, and when it was heard. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard(Arc<Mutex<Option<(i64, Instant)>>>);

impl Heard {
    /// Keeps what an answer told of the time.
    pub fn keep(&self, told: Option<i64>) {
        if let Some(told) = told {
            let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            *heard = Some((told, Instant::now()));
        }
    }

    /// That time, counted on since.
    pub fn now(&self) -> Option<i64> {
        let heard = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (told, at) = heard?;
        let since = i64::try_from(at.elapsed().as_millis()).unwrap_or(i64::MAX);
        Some(told.saturating_add(since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_heard_last_counts_and_goes_on() {
        let heard = Heard::default();
        assert_eq!(heard.now(), None);
        heard.keep(Some(1_000));
        heard.keep(Some(1_765_232_047_000));
        heard.keep(None);
        let now = heard.now().expect("a time");
        assert!((1_765_232_047_000..1_765_232_107_000).contains(&now));
    }
}
