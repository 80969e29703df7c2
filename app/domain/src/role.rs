//! Who may do what. Every operation of the service asks [`Role::may`]; the browser only hides.

use crate::ids::{HostId, OrgId, StaffId};
use serde::{Deserialize, Serialize};

/// What a member of staff is trusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works with clients, and sets the office's texting up.
    Administrator,
    /// Works with clients.
    Staff,
}

/// What can be asked of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    SeeClients,
    EditClients,
    SeeTexts,
    SendTexts,
    /// Decide what a client meant.
    DecideReviews,
    /// Decide whether a text of which nobody knows went out.
    DecideUnclear,
    /// Let the queue go on after a backup was restored, or once the number is registered with US carriers.
    ReleaseQueue,
    /// Decide about many opt-outs at once.
    DecideOptOuts,
    /// See texts from numbers that no client has.
    SeeUnmatched,
    EditQuickEntries,
    SetUpTexting,
    ManageStaff,
    /// Creates organizations and invites their administrators.
    ManageOrganizations,
}

impl Role {
    /// Whether somebody of this role may do that.
    pub fn may(self, operation: Operation) -> bool {
        match operation {
            Operation::SeeClients
            | Operation::EditClients
            | Operation::SeeTexts
            | Operation::SendTexts
            | Operation::DecideReviews
            | Operation::DecideUnclear => true,
            Operation::ReleaseQueue
            | Operation::DecideOptOuts
            | Operation::SeeUnmatched
            | Operation::EditQuickEntries
            | Operation::SetUpTexting
            | Operation::ManageStaff => self == Self::Administrator,
            // Not even an administrator: organizations are the host's.
            Operation::ManageOrganizations => false,
        }
    }

    /// The name under which the role is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Staff => "staff",
        }
    }

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "administrator" => Some(Self::Administrator),
            "staff" => Some(Self::Staff),
            _ => None,
        }
    }
}

/// The person at the screen, as every page and every operation knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub staff: StaffId,
    pub org: OrgId,
    pub role: Role,
    pub name: String,
    pub email: String,
    /// The organization's name, as shown beside the program's.
    pub office: String,
    /// The time zone in which this person reads times (IANA name).
    pub zone: String,
    /// "light", "dark", or nothing: as the system is set.
    pub theme: Option<String>,
}

/// Somebody of the host. They belong to no organization: there is none in here to look into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostActor {
    pub host: HostId,
    pub name: String,
    pub email: String,
}

impl HostActor {
    /// Whether somebody of the host may do that: manage organizations, and nothing within one.
    pub fn may(&self, operation: Operation) -> bool {
        operation == Operation::ManageOrganizations
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_text_clients_but_do_not_set_texting_up() {
        assert!(Role::Staff.may(Operation::SendTexts));
        assert!(!Role::Staff.may(Operation::SetUpTexting));
        assert!(!Role::Staff.may(Operation::EditQuickEntries));
        assert!(!Role::Staff.may(Operation::DecideOptOuts));
        assert!(!Role::Staff.may(Operation::SeeUnmatched));
    }

    #[test]
    fn administrators_may_do_everything_staff_may() {
        for operation in [
            Operation::SeeClients,
            Operation::SendTexts,
            Operation::SetUpTexting,
            Operation::ManageStaff,
        ] {
            assert!(Role::Administrator.may(operation));
        }
    }

    #[test]
    fn the_host_manages_organizations_and_sees_no_client_and_no_text() {
        let host = HostActor {
            host: HostId(uuid::Uuid::nil()),
            name: "Hal".into(),
            email: "hal@host.example".into(),
        };
        assert!(host.may(Operation::ManageOrganizations));
        for operation in [
            Operation::SeeClients,
            Operation::EditClients,
            Operation::SeeTexts,
            Operation::SendTexts,
            Operation::EditQuickEntries,
            Operation::SetUpTexting,
            Operation::ManageStaff,
        ] {
            assert!(!host.may(operation), "{operation:?}");
        }
    }

    #[test]
    fn organizations_are_the_hosts_alone() {
        for role in [Role::Administrator, Role::Staff] {
            assert!(!role.may(Operation::ManageOrganizations));
        }
    }

    #[test]
    fn a_role_is_found_by_the_name_it_is_stored_under() {
        for role in [Role::Administrator, Role::Staff] {
            assert_eq!(Role::from_name(role.as_str()), Some(role));
        }
        assert_eq!(Role::from_name("root"), None);
    }
}
