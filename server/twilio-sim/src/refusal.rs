//! Refusals, with the body that Twilio gives them. Source: twilio.com/docs/api/errors.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A code with its HTTP status and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub code: u32,
    pub status: StatusCode,
    pub message: &'static str,
}

const KNOWN: [(u32, u16, &str); 26] = [
    (20003, 401, "Authenticate"),
    (20004, 405, "Method not allowed"),
    (20005, 403, "Account not active"),
    (
        20009,
        409,
        "Cannot delete this resource before it is complete",
    ),
    (20404, 404, "The requested resource was not found"),
    (20429, 429, "Too Many Requests"),
    (20500, 500, "An internal server error has occurred"),
    (21211, 400, "Invalid 'To' Phone Number"),
    (21266, 400, "'To' and 'From' number cannot be the same"),
    (21402, 400, "Invalid URL"),
    (21403, 400, "Invalid Method"),
    (
        21405,
        400,
        "Cannot set VoiceFallbackUrl without setting Url",
    ),
    (
        21406,
        400,
        "Cannot set SmsFallbackUrl without setting SmsUrl",
    ),
    (
        21407,
        400,
        "This Phone Number type does not support SMS or MMS",
    ),
    (21602, 400, "Message body is required."),
    (21603, 400, "A 'From' phone number is required."),
    (21604, 400, "A 'To' phone number is required."),
    (
        21606,
        400,
        "The 'From' phone number is not a valid, message-capable number for this account.",
    ),
    (
        21608,
        400,
        "The number is unverified. Trial accounts cannot send messages to unverified numbers.",
    ),
    (21609, 400, "The 'StatusCallback' URL is not a valid URL."),
    (21610, 400, "Attempt to send to unsubscribed recipient"),
    (21614, 400, "'To' number is not a valid mobile number"),
    (
        21617,
        400,
        "The concatenated message body exceeds the 1600 character limit.",
    ),
    (
        21659,
        400,
        "'From' is not a Twilio phone number or Short Code country mismatch",
    ),
    (21701, 400, "The Messaging Service does not exist"),
    (30409, 400, "Message cannot be canceled"),
];

const CARRIER: [(u32, &str); 7] = [
    (30003, "Unreachable destination handset"),
    (30004, "Message blocked"),
    (30005, "Unknown destination handset"),
    (30006, "Landline or unreachable carrier"),
    (30007, "Carrier violation"),
    (30008, "Unknown error"),
    (30034, "US A2P 10DLC - Message from an Unregistered Number"),
];

impl Refusal {
    /// The refusal of this code; one that is not in the list is a plain 400.
    pub fn of(code: u32) -> Self {
        let (status, message) = KNOWN
            .iter()
            .find(|known| known.0 == code)
            .map_or((400, carrier_words(code).unwrap_or("Refused")), |known| {
                (known.1, known.2)
            });
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self {
            code,
            status,
            message,
        }
    }

    pub const NOT_FOUND: u32 = 20404;
}

/// Twilio's words for what a carrier reports.
pub(crate) fn carrier_words(code: u32) -> Option<&'static str> {
    CARRIER
        .iter()
        .find(|known| known.0 == code)
        .map(|known| known.1)
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status.as_u16(),
        });
        let response = (self.status, Json(body));
        match self.status {
            StatusCode::UNAUTHORIZED => (
                [(WWW_AUTHENTICATE, r#"Basic realm="Twilio API""#)],
                response,
            )
                .into_response(),
            StatusCode::TOO_MANY_REQUESTS => ([(RETRY_AFTER, "1")], response).into_response(),
            _ => response.into_response(),
        }
    }
}
