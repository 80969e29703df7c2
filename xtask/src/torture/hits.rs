//! Faults that were really hit, counted by kind where they happen.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

/// How many times each kind of fault was hit.
#[derive(Default)]
pub struct Hits(Mutex<BTreeMap<String, u64>>);

impl Hits {
    pub fn add(&self, kind: &str) {
        *self.all().entry(kind.to_owned()).or_default() += 1;
    }

    pub fn of(&self, kind: &str) -> u64 {
        self.all().get(kind).copied().unwrap_or(0)
    }

    /// "crash at after_201 3, SIGKILL 12".
    pub fn in_words(&self) -> String {
        let all = self.all();
        let words = all.iter().map(|(kind, times)| format!("{kind} {times}"));
        words.collect::<Vec<_>>().join(", ")
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}
