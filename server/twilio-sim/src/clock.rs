//! The one place that reads the clock and draws by chance: the simulator stands for the outside world.

use std::time::Duration;

use axum::http::HeaderValue;
use jiff::SignedDuration;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

pub(crate) use jiff::Timestamp;

#[expect(
    clippy::disallowed_methods,
    reason = "the simulator stands for the outside world, which has its own clock"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// As Twilio writes it: `Fri, 24 May 2019 17:18:27 +0000`.
pub(crate) fn rfc2822(at: Timestamp) -> String {
    rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).expect("the clock shows a year of four digits")
}

/// The header `Date` of a clock that is ahead by some seconds: `Fri, 24 May 2019 17:18:27 GMT`.
pub(crate) fn date(ahead: i64) -> HeaderValue {
    let shown = now()
        .checked_add(SignedDuration::from_secs(ahead))
        .unwrap_or_else(|_| now());
    let text = shown
        .to_zoned(TimeZone::UTC)
        .strftime("%a, %d %b %Y %H:%M:%S GMT");
    HeaderValue::try_from(text.to_string()).expect("a date is plain ASCII")
}

/// An identifier nobody has had: two letters and 32 hexadecimal digits.
pub(crate) fn new_sid(kind: &str) -> String {
    format!("{kind}{:032x}", rand::random::<u128>())
}

/// A universally unique token, as it stands in `I-Twilio-Idempotency-Token`.
pub(crate) fn new_token() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// Waits some time of a range in milliseconds.
pub(crate) async fn wait((least, most): (u64, u64)) {
    let milliseconds = rand::random_range(least..=most.max(least));
    if milliseconds > 0 {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
}
