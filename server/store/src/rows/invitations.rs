//! Invitations, and links to set a new password.

use super::people::role;
use crate::Result;
use domain::{
    ids::{HostId, InvitationId, OrgId, StaffId},
    invitation::Course,
    role::Role,
};
use sqlx::FromRow;
use uuid::Uuid;

/// Who made a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Staff(StaffId),
    Host(HostId),
}

/// A new link; its token stays with whoever gets it.
#[derive(Clone, Copy, Debug)]
pub struct NewInvitation<'a> {
    pub id: InvitationId,
    pub token_hash: &'a [u8],
    pub email: &'a str,
    /// The address folded.
    pub email_key: &'a str,
    pub role: Role,
    /// Somebody who is there already and is to set a new password.
    pub staff: Option<StaffId>,
    pub by: By,
    pub at: i64,
    pub expires_at: i64,
}

/// A link as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    pub staff: Option<StaffId>,
    pub course: Course,
}

/// A link that was followed, with the organization that it leads into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedInvitation {
    pub org: OrgId,
    /// The organization's name.
    pub office: String,
    /// IANA name.
    pub zone: String,
    /// The name of somebody who is there already.
    pub known: Option<String>,
    pub row: InvitationRow,
}

#[derive(FromRow)]
pub(crate) struct RawInvitation {
    id: Uuid,
    email: String,
    role: String,
    staff_id: Option<Uuid>,
    expires_at: i64,
    used_at: Option<i64>,
    withdrawn_at: Option<i64>,
}

#[derive(FromRow)]
pub(crate) struct RawFollowed {
    org_id: Uuid,
    office: String,
    zone: String,
    known: Option<String>,
    #[sqlx(flatten)]
    row: RawInvitation,
}

impl RawInvitation {
    pub fn read(self) -> Result<InvitationRow> {
        Ok(InvitationRow {
            id: InvitationId(self.id),
            role: role(&self.role)?,
            email: self.email,
            staff: self.staff_id.map(StaffId),
            course: Course {
                expires_at: self.expires_at,
                used_at: self.used_at,
                withdrawn_at: self.withdrawn_at,
            },
        })
    }
}

impl RawFollowed {
    pub fn read(self) -> Result<FollowedInvitation> {
        Ok(FollowedInvitation {
            org: OrgId(self.org_id),
            office: self.office,
            zone: self.zone,
            known: self.known,
            row: self.row.read()?,
        })
    }
}
