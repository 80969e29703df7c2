//! Time and new identifiers come in here, so that tests can hold them still.

use uuid::Uuid;

/// Where time and identifiers come from.
pub trait Clock: Send + Sync {
    /// Now, in milliseconds since 1970 UTC.
    fn now(&self) -> i64;
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
        jiff::Timestamp::now().as_millisecond()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where identifiers are made"
    )]
    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
