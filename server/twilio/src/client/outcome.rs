//! What a call can come to.

use std::time::Duration;

use crate::wire::{ErrorBody, Message};

/// What became of a text that was handed to Twilio. Only [`CreateOutcome::TryLater`] may be sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreateOutcome {
    /// Twilio has it; the SID has the right form.
    Accepted(Box<Message>),
    /// Twilio answered 4xx with a code: no text was made, and the same request would be refused again.
    Refused { status: u16, error: ErrorBody },
    /// Certainly not processed. `retry_after` is at most one hour.
    TryLater {
        retry_after: Option<Duration>,
        why: NotSent,
    },
    /// Twilio may or may not have it: look for it before anyone sends again.
    Unknown { why: String },
    /// The answer was to ask another address, which was not asked. As unknown; and Twilio does no such thing.
    Redirected { status: u16 },
}

/// Why a request was certainly not processed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSent {
    /// No connection came about (DNS, TCP or TLS), so no byte of the request left.
    NotReached(String),
    /// HTTP 429, or code 20429: too many requests at once.
    TooManyRequests,
}

/// Why a question or a change got no answer. All such calls may be repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// Twilio answered with an error and its code.
    #[error("Twilio refused with code {} (HTTP {status})", error.code)]
    Refused { status: u16, error: ErrorBody },
    /// No connection came about (DNS, TCP or TLS).
    #[error("Twilio was not reached: {0}")]
    NotReached(String),
    /// Timeout, broken connection, or an answer that can't be read.
    #[error("Twilio's answer is unclear: {0}")]
    Unclear(String),
}
