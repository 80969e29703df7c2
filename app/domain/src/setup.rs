//! Texting Setup: the organization's account, number, responses and limits.

use crate::{phone::Phone, when::When};
use serde::{Deserialize, Serialize};

/// Texting Setup as shown. The token itself never leaves the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupView {
    pub form: SetupForm,
    /// When the auth token was set, if it was.
    pub token_set: Option<When>,
    /// What Twilio said when it was last asked.
    pub check: Option<SetupCheck>,
    /// Our addresses, from the public address.
    pub addresses: Addresses,
}

/// Our addresses, as Twilio must know them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    /// Where Twilio reports what became of a text.
    pub status: String,
}

/// The form of Texting Setup, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetupForm {
    pub number: String,
    pub sid: String,
    /// Empty means: keep the one that is set.
    pub token: String,
    pub text_response: String,
    pub call_response: String,
    pub status_callback: String,
    pub max_parts: String,
}

/// What Twilio said of the account and the number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupCheck {
    pub at: When,
    pub account: AccountCheck,
    pub number: NumberCheck,
}

/// What Twilio said of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountCheck {
    /// In use, under this name.
    Active { name: String },
    /// A trial: texts reach verified numbers only (Twilio error 21608).
    Trial { name: String },
    /// Suspended or closed.
    NotActive { name: String, status: String },
}

/// What Twilio said of the number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberCheck {
    /// It is the account's, and can text (and speak).
    Ours { number: Phone, voice: bool },
}

/// Whether this has the form of an account's SID: `AC` and 32 hexadecimal digits.
pub fn is_account_sid(text: &str) -> bool {
    text.strip_prefix("AC")
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether this has the form of an auth token: 32 hexadecimal digits.
pub fn is_auth_token(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether Twilio could call this address: `http` or `https`, a host without underscores, no blanks.
/// (Twilio refuses a status callback whose host has an underscore.)
pub fn is_callable_url(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty()
        && !host.contains('_')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sids_and_tokens_are_told_by_their_form() {
        let hex = "0123456789abcdef0123456789abcdef";
        assert!(is_account_sid(&format!("AC{hex}")));
        assert!(!is_account_sid(&format!("SM{hex}")));
        assert!(!is_account_sid("AC123"));
        assert!(is_auth_token(hex));
        assert!(!is_auth_token(&hex[1..]));
        assert!(!is_auth_token("0123456789abcdef0123456789abcdeg"));
    }

    #[test]
    fn twilio_calls_no_host_with_an_underscore() {
        assert!(is_callable_url("https://text.example.org/twilio/status"));
        assert!(!is_callable_url("https://my_office.example.org/"));
        assert!(!is_callable_url("ftp://example.org"));
        assert!(!is_callable_url("https:///x"));
        assert!(!is_callable_url("https://example.org/a b"));
    }
}
