//! Signing in, and the first administrator.

use serde::{Deserialize, Serialize};

/// The form that signs somebody in.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    pub email: String,
    pub password: String,
}

/// The form that creates the first administrator, and with them the organization.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FirstAdminForm {
    /// The one-time token that the server printed when it started.
    pub setup_token: String,
    pub office: String,
    pub name: String,
    pub email: String,
    pub password: String,
    /// IANA name.
    pub zone: String,
}

/// An e-mail address as it is stored for looking up: trimmed, lower case. `None` when it is none.
pub fn email_key(typed: &str) -> Option<String> {
    let email = typed.trim().to_lowercase();
    let (local, host) = email.rsplit_once('@')?;
    let plain =
        |text: &str| !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let ok = plain(local)
        && plain(host)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.');
    (ok && email.chars().count() <= crate::limits::EMAIL).then_some(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_looked_up_without_regard_to_case() {
        assert_eq!(
            email_key(" Dana@Example.ORG "),
            Some("dana@example.org".into())
        );
        for typed in [
            "",
            "dana",
            "dana@",
            "@example.org",
            "da na@example.org",
            "dana@example",
            "a@b\0.c",
        ] {
            assert_eq!(email_key(typed), None, "{typed}");
        }
    }
}
