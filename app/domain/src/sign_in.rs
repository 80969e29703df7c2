//! Signing in, and the first administrator.

use crate::{
    limits,
    problem::{Complaint, line},
};
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
    let plain = |text: &str| {
        let fits = |c: char| !c.is_whitespace() && !c.is_control() && !is_unseen(c);
        !text.is_empty() && text.chars().all(fits)
    };
    let ok = plain(local)
        && plain(host)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.');
    (ok && email.chars().count() <= crate::limits::EMAIL).then_some(email)
}

/// What nobody sees, or what turns what they see around: two addresses that look alike would be two people.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// An e-mail address as it was typed, folded for looking up.
///
/// # Errors
/// The complaint to show beside the field.
pub fn read_email(typed: &str) -> Result<String, Complaint> {
    let typed = line(typed, limits::EMAIL)?;
    email_key(&typed).ok_or(Complaint::NotAnEmail)
}

/// A new password is long enough, and not so long that hashing it would be an attack.
///
/// # Errors
/// The complaint to show.
pub fn check_password(typed: &str) -> Result<(), Complaint> {
    let (min, max) = limits::PASSWORD;
    match typed.chars().count() {
        0 => Err(Complaint::Missing),
        n if n < min => Err(Complaint::TooShort { min }),
        n if n > max => Err(Complaint::TooLong { max }),
        _ => Ok(()),
    }
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
            "\u{202e}anad@example.org",
            "dana\u{200b}@example.org",
            "dana@exam\u{ad}ple.org",
        ] {
            assert_eq!(email_key(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_password_is_neither_short_nor_endless() {
        assert_eq!(check_password(""), Err(Complaint::Missing));
        assert_eq!(
            check_password("short"),
            Err(Complaint::TooShort { min: 12 })
        );
        assert_eq!(
            check_password(&"x".repeat(257)),
            Err(Complaint::TooLong { max: 256 })
        );
        assert_eq!(check_password("correct horse battery"), Ok(()));
    }
}
