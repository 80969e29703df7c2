//! How long statements wait for a connection, or for the one writer of SQLite: the first thing to grow when a database
//! is too small for its work.

use crate::Store;
use prometheus_client::metrics::histogram::Histogram;
use std::time::Instant;

/// Upper bounds, in seconds.
const BOUNDS: [f64; 9] = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 2.0, 10.0];

/// The waits of this process.
#[derive(Clone)]
pub(crate) struct Waits(Histogram);

impl Default for Waits {
    fn default() -> Self {
        Self(Histogram::new(BOUNDS))
    }
}

impl Waits {
    /// Waits from now until what is answered is dropped.
    pub fn begin(&self) -> Waiting<'_> {
        Waiting(&self.0, Instant::now())
    }
}

/// Somebody who waits; counted when dropped, also when nothing came of it.
pub(crate) struct Waiting<'a>(&'a Histogram, Instant);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.observe(self.1.elapsed().as_secs_f64());
    }
}

impl Store {
    /// How long statements waited for a connection, in seconds.
    pub fn waits(&self) -> Histogram {
        self.1.0.clone()
    }
}
