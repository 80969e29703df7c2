//! A host with many organizations: what its administrators see of them, and what they type.

use crate::{address_name::AddressName, ids::OrgId};
use serde::{Deserialize, Serialize};

/// The host's page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostView {
    /// By name.
    pub orgs: Vec<OrgLine>,
}

/// An organization as the host sees it: counts, never what was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgLine {
    pub id: OrgId,
    pub name: String,
    pub address: AddressName,
    /// IANA name.
    pub zone: String,
    /// How many can sign in.
    pub staff: i64,
    /// How many were invited and have not come yet.
    pub invited: i64,
    /// Its account and number at Twilio are entered.
    pub connected: bool,
    /// Texts of the last 30 days.
    pub texts: i64,
}

/// A form of the host's page: a new organization, or the invitation of an administrator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostForm {
    /// "create" or "invite"
    pub press: String,
    pub name: String,
    /// Empty: made of the name.
    pub address: String,
    pub zone: String,
    /// The id of the organization whose administrator is invited.
    pub org: String,
    pub email: String,
}
