//! Organizations, staff and sessions.

use crate::{Result, error::odd, here::Values};
use domain::{
    ids::{OrgId, StaffId},
    incoming::Waiting,
    role::Role,
};
use rusqlite::Row;
use sqlx::FromRow;
use uuid::Uuid;

/// A new organization.
#[derive(Clone, Copy, Debug)]
pub struct NewOrg<'a> {
    pub id: OrgId,
    pub name: &'a str,
    /// Its address name, unique among all.
    pub slug: &'a str,
    /// IANA name.
    pub zone: &'a str,
    pub at: i64,
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgRow {
    pub id: OrgId,
    pub name: String,
    /// Its address name.
    pub slug: String,
    /// IANA name.
    pub zone: String,
}

/// A new member of staff.
#[derive(Clone, Copy)]
pub struct NewStaff<'a> {
    pub id: StaffId,
    pub email: &'a str,
    /// The address folded, unique among all organizations.
    pub email_key: &'a str,
    pub name: &'a str,
    pub role: Role,
    pub password_hash: &'a str,
    pub at: i64,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    pub id: StaffId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub zone: Option<String>,
    pub theme: Option<String>,
    pub created_at: i64,
    /// Since when they cannot sign in, if they cannot.
    pub disabled_at: Option<i64>,
}

/// What signing in needs to know. No `Debug`: the hash has no business in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffLogin {
    pub id: StaffId,
    pub org: OrgId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub password_hash: String,
    pub disabled: bool,
}

/// A new session; the token itself stays with the browser.
#[derive(Clone, Copy)]
pub struct NewSession<'a> {
    pub token_hash: &'a [u8],
    pub staff: StaffId,
    pub at: i64,
    pub expires_at: i64,
}

/// A session that stands, with the person whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    pub staff: StaffId,
    pub org: OrgId,
    pub role: Role,
    pub name: String,
    pub email: String,
    /// The organization's name.
    pub office: String,
    /// The person's time zone, or the organization's.
    pub zone: String,
    pub theme: Option<String>,
    pub expires_at: i64,
}

#[derive(FromRow)]
pub(crate) struct RawOrg {
    id: Uuid,
    name: String,
    slug: String,
    zone: String,
}

#[derive(FromRow)]
pub(crate) struct RawStaff {
    id: Uuid,
    email: String,
    name: String,
    role: String,
    zone: Option<String>,
    theme: Option<String>,
    created_at: i64,
    disabled_at: Option<i64>,
}

#[derive(FromRow)]
pub(crate) struct RawLogin {
    id: Uuid,
    org_id: Uuid,
    name: String,
    email: String,
    role: String,
    password_hash: String,
    disabled_at: Option<i64>,
}

#[derive(FromRow)]
pub(crate) struct RawSession {
    staff_id: Uuid,
    org_id: Uuid,
    role: String,
    name: String,
    email: String,
    office: String,
    zone: String,
    theme: Option<String>,
    expires_at: i64,
}

/// A session with what waits in its organization.
#[derive(FromRow)]
pub(crate) struct RawArrival {
    #[sqlx(flatten)]
    session: RawSession,
    #[sqlx(flatten)]
    waiting: RawWaiting,
}

#[derive(FromRow)]
pub(crate) struct RawWaiting {
    reviews: i64,
    held: i64,
    unclear: i64,
    event: i64,
}

pub(super) fn role(name: &str) -> Result<Role> {
    Role::from_name(name).ok_or_else(|| odd("role", name))
}

impl RawOrg {
    pub fn read(self) -> OrgRow {
        OrgRow {
            id: OrgId(self.id),
            name: self.name,
            slug: self.slug,
            zone: self.zone,
        }
    }
}

impl RawStaff {
    pub fn read(self) -> Result<StaffRow> {
        Ok(StaffRow {
            id: StaffId(self.id),
            role: role(&self.role)?,
            email: self.email,
            name: self.name,
            zone: self.zone,
            theme: self.theme,
            created_at: self.created_at,
            disabled_at: self.disabled_at,
        })
    }
}

impl RawLogin {
    pub fn read(self) -> Result<StaffLogin> {
        Ok(StaffLogin {
            id: StaffId(self.id),
            org: OrgId(self.org_id),
            role: role(&self.role)?,
            name: self.name,
            email: self.email,
            password_hash: self.password_hash,
            disabled: self.disabled_at.is_some(),
        })
    }
}

impl RawSession {
    pub fn read(self) -> Result<SessionRow> {
        Ok(SessionRow {
            staff: StaffId(self.staff_id),
            org: OrgId(self.org_id),
            role: role(&self.role)?,
            name: self.name,
            email: self.email,
            office: self.office,
            zone: self.zone,
            theme: self.theme,
            expires_at: self.expires_at,
        })
    }
}

impl RawArrival {
    /// In the order of the statement.
    pub fn here(row: &Row<'_>) -> rusqlite::Result<Self> {
        let mut values = Values::of(row);
        Ok(Self {
            session: RawSession {
                staff_id: values.value()?,
                org_id: values.value()?,
                role: values.value()?,
                name: values.value()?,
                email: values.value()?,
                office: values.value()?,
                zone: values.value()?,
                theme: values.value()?,
                expires_at: values.value()?,
            },
            waiting: RawWaiting {
                reviews: values.value()?,
                held: values.value()?,
                unclear: values.value()?,
                event: values.value()?,
            },
        })
    }

    pub fn read(self) -> Result<(SessionRow, Waiting)> {
        Ok((self.session.read()?, self.waiting.read()))
    }
}

impl RawWaiting {
    pub fn read(self) -> Waiting {
        Waiting {
            reviews: self.reviews,
            held: self.held,
            unclear: self.unclear,
            event: self.event,
        }
    }
}
