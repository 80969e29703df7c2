//! The staff of an organization, as its administrators manage it.

use crate::{
    ids::{InvitationId, StaffId},
    problem::Complaint,
    role::Role,
    when::When,
};
use serde::{Deserialize, Serialize};

/// The page of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffTable {
    /// By name; those who cannot sign in come last.
    pub people: Vec<StaffLine>,
    /// Who was invited and has not come yet, the newest first.
    pub invited: Vec<InvitedLine>,
    /// Who looks.
    pub me: StaffId,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffLine {
    pub id: StaffId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub since: When,
    /// Since when they cannot sign in, if they cannot.
    pub disabled: Option<When>,
}

/// An invitation that nobody followed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedLine {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    pub expires: When,
    /// Its time is over.
    pub expired: bool,
}

/// A form of the page of staff.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StaffForm {
    /// "invite", "role", "disable", "enable", "reset" or "withdraw"
    pub press: String,
    /// Of a member of staff, or of an invitation that is withdrawn.
    pub id: String,
    pub email: String,
    pub role: String,
    /// Ticked by those who mean to disable themselves.
    pub confirm: Option<String>,
}

/// What changes with a member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Role(Role),
    Disable,
    Enable,
}

/// Whether the change leaves an administrator who can sign in.
///
/// # Errors
/// [`Complaint::LastAdministrator`].
pub fn keeps_an_administrator(
    change: Change,
    role: Role,
    disabled: bool,
    // Administrators who can sign in, this person included.
    administrators: i64,
) -> Result<(), Complaint> {
    let is_one = role == Role::Administrator && !disabled;
    let stays_one = match change {
        Change::Role(new) => new == Role::Administrator,
        Change::Disable => false,
        Change::Enable => true,
    };
    if is_one && !stays_one && administrators <= 1 {
        Err(Complaint::LastAdministrator)
    } else {
        Ok(())
    }
}

/// Nobody disables themselves by accident.
///
/// # Errors
/// [`Complaint::DisablesOneself`], unless they said that they mean it.
pub fn means_it(change: Change, oneself: bool, confirmed: bool) -> Result<(), Complaint> {
    if change == Change::Disable && oneself && !confirmed {
        Err(Complaint::DisablesOneself)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_administrator_stays_one() {
        let of = |change, administrators| {
            keeps_an_administrator(change, Role::Administrator, false, administrators)
        };
        let last = Err(Complaint::LastAdministrator);
        assert_eq!(of(Change::Disable, 1), last);
        assert_eq!(of(Change::Role(Role::Staff), 1), last);
        assert_eq!(of(Change::Role(Role::Administrator), 1), Ok(()));
        assert_eq!(of(Change::Disable, 2), Ok(()));
        assert_eq!(of(Change::Role(Role::Staff), 2), Ok(()));
    }

    #[test]
    fn who_is_no_administrator_can_be_changed_however_few_there_are() {
        for (role, disabled) in [(Role::Staff, false), (Role::Administrator, true)] {
            for change in [Change::Disable, Change::Role(Role::Staff), Change::Enable] {
                assert_eq!(keeps_an_administrator(change, role, disabled, 1), Ok(()));
            }
        }
    }

    #[test]
    fn nobody_disables_themselves_by_accident() {
        let refused = Err(Complaint::DisablesOneself);
        assert_eq!(means_it(Change::Disable, true, false), refused);
        assert_eq!(means_it(Change::Disable, true, true), Ok(()));
        assert_eq!(means_it(Change::Disable, false, false), Ok(()));
        assert_eq!(means_it(Change::Role(Role::Staff), true, false), Ok(()));
    }
}
