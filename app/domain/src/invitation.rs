//! Invitations: single-use links by which somebody joins an organization, or sets a new password.

use crate::{role::Role, when::When};
use serde::{Deserialize, Serialize};

/// How long an invitation is good for (7 days), in milliseconds.
pub const GOOD_FOR: i64 = 7 * 24 * 60 * 60 * 1000;

/// Why a link does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Over {
    /// There never was one, or it was mistyped.
    Unknown,
    /// Its time is over.
    Expired,
    /// It was used.
    Used,
    /// It was taken back, or a newer one replaced it.
    Withdrawn,
}

/// What became of an invitation, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    pub expires_at: i64,
    pub used_at: Option<i64>,
    pub withdrawn_at: Option<i64>,
}

impl Course {
    /// Whether it still is good for something.
    ///
    /// # Errors
    /// Why not.
    pub fn check(self, now: i64) -> Result<(), Over> {
        match self {
            Self {
                used_at: Some(_), ..
            } => Err(Over::Used),
            Self {
                withdrawn_at: Some(_),
                ..
            } => Err(Over::Withdrawn),
            Self { expires_at, .. } if expires_at <= now => Err(Over::Expired),
            _ => Ok(()),
        }
    }
}

/// What somebody who follows the link sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    pub office: String,
    pub email: String,
    pub role: Role,
    /// The name of somebody who is staff already and sets a new password.
    pub known: Option<String>,
    pub expires: When,
}

/// What they type. No `Debug`: a password has no business in a log.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AcceptForm {
    pub name: String,
    pub password: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_works_once_and_for_a_week() {
        let fresh = Course {
            expires_at: GOOD_FOR,
            ..Course::default()
        };
        assert_eq!(fresh.check(GOOD_FOR - 1), Ok(()));
        assert_eq!(fresh.check(GOOD_FOR), Err(Over::Expired));
        let used = Course {
            used_at: Some(1),
            ..fresh
        };
        assert_eq!(used.check(2), Err(Over::Used));
        assert_eq!(used.check(GOOD_FOR), Err(Over::Used), "used says more");
        let withdrawn = Course {
            withdrawn_at: Some(1),
            ..fresh
        };
        assert_eq!(withdrawn.check(2), Err(Over::Withdrawn));
    }
}
