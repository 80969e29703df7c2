//! People of the host, and organizations as they see them.

use domain::ids::{HostId, OrgId};
use sqlx::FromRow;
use uuid::Uuid;

/// A new administrator of the host.
#[derive(Clone, Copy)]
pub struct NewHost<'a> {
    pub id: HostId,
    pub email: &'a str,
    /// The address folded, unique among hosts and all staff.
    pub email_key: &'a str,
    pub name: &'a str,
    pub password_hash: &'a str,
    pub at: i64,
}

/// What signing in needs to know. No `Debug`: the hash has no business in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct HostLogin {
    pub id: HostId,
    pub password_hash: String,
}

/// A host's session; the token itself stays with the browser.
#[derive(Clone, Copy)]
pub struct NewHostSession<'a> {
    pub token_hash: &'a [u8],
    pub host: HostId,
    pub at: i64,
    pub expires_at: i64,
}

/// A host's session that stands, with the person whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostSessionRow {
    pub host: HostId,
    pub name: String,
    pub email: String,
    pub expires_at: i64,
}

/// An organization in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgOverview {
    pub id: OrgId,
    pub name: String,
    pub slug: String,
    pub zone: String,
    /// How many can sign in.
    pub staff: i64,
    /// How many have an invitation that still works.
    pub invited: i64,
    /// Account, token and number are entered.
    pub connected: bool,
    /// Texts since the moment that was asked for.
    pub texts: i64,
}

#[derive(FromRow)]
pub(crate) struct RawOverview {
    id: Uuid,
    name: String,
    slug: String,
    zone: String,
    staff: i64,
    invited: i64,
    connected: i64,
    texts: i64,
}

impl RawOverview {
    pub fn read(self) -> OrgOverview {
        OrgOverview {
            id: OrgId(self.id),
            name: self.name,
            slug: self.slug,
            zone: self.zone,
            staff: self.staff,
            invited: self.invited,
            connected: self.connected > 0,
            texts: self.texts,
        }
    }
}
