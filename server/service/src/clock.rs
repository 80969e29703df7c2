//! Time and new identifiers come in here, so that tests can hold them still.

use crate::torture;
use std::{fs, path::PathBuf};
use uuid::Uuid;

/// Where time and identifiers come from.
pub trait Clock: Send + Sync {
    /// Now, in milliseconds since 1970 UTC.
    fn now(&self) -> i64;
    /// What the machine's own clock shows, also where [`Self::now`] was put forward on purpose.
    fn machine(&self) -> i64;
    /// A new UUIDv7.
    fn id(&self) -> Uuid;
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> i64 {
        torture::machine_clock(jiff::Timestamp::now().as_millisecond())
    }

    fn machine(&self) -> i64 {
        self.now()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where identifiers are made"
    )]
    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// The machine's clock, put forward (or back) by as many milliseconds as a file says: so that tests and trainings need not
/// wait for hours. Without the file, or while it holds no number, it is the machine's own.
#[derive(Clone, Debug)]
pub struct ShiftedClock(pub PathBuf);

impl Clock for ShiftedClock {
    fn now(&self) -> i64 {
        let shift = fs::read_to_string(&self.0).ok();
        let shift = shift.and_then(|text| text.trim().parse::<i64>().ok());
        SystemClock.now().saturating_add(shift.unwrap_or(0))
    }

    fn machine(&self) -> i64 {
        SystemClock.machine()
    }

    fn id(&self) -> Uuid {
        SystemClock.id()
    }
}
