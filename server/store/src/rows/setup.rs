//! Texting Setup's steps, its check and its test texts.

use super::phone;
use crate::{Result, error::odd};
use domain::{
    check::Nightly,
    ids::{OrgId, StaffId},
    phone::Phone,
    status::Status,
    voice::{CallResponse, Saying},
};
use sqlx::FromRow;
use uuid::Uuid;

/// The token that takes over, encrypted. No `Debug`: it has no business in a log.
pub struct SecondaryRow {
    pub sealed: Vec<u8>,
    pub set_at: i64,
}

/// The last check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    pub id: Uuid,
    pub started_at: i64,
    /// Nothing while it goes on.
    pub ended_at: Option<i64>,
    /// The lines so far.
    pub lines_json: String,
}

/// Whose setup is checked at night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightRow {
    pub org: OrgId,
    /// IANA name.
    pub zone: String,
    pub checks: Nightly,
}

#[derive(FromRow)]
pub(crate) struct RawNight {
    id: Uuid,
    zone: String,
    night_at: Option<i64>,
    started_at: Option<i64>,
    ended_at: Option<i64>,
}

impl RawNight {
    pub fn read(self) -> NightRow {
        NightRow {
            org: OrgId(self.id),
            zone: self.zone,
            checks: Nightly {
                taken_at: self.night_at,
                began_at: self.started_at,
                ended_at: self.ended_at,
            },
        }
    }
}

/// A new test text.
#[derive(Clone, Copy, Debug)]
pub struct NewTestText<'a> {
    pub id: Uuid,
    pub staff: StaffId,
    pub to: &'a Phone,
    pub at: i64,
}

/// A test text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestTextRow {
    pub id: Uuid,
    pub to: Phone,
    pub status: Status,
    pub error: Option<i64>,
    pub sid: Option<String>,
    pub created_at: i64,
    pub status_at: i64,
}

#[derive(FromRow)]
pub(crate) struct RawTestText {
    id: Uuid,
    to_phone: String,
    status: String,
    error: Option<i64>,
    sid: Option<String>,
    created_at: i64,
    status_at: i64,
}

impl RawTestText {
    pub fn read(self) -> Result<TestTextRow> {
        Ok(TestTextRow {
            id: self.id,
            to: phone(&self.to_phone)?,
            status: Status::from_name(&self.status).ok_or_else(|| odd("status", &self.status))?,
            error: self.error,
            sid: self.sid,
            created_at: self.created_at,
            status_at: self.status_at,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct RawAnswers {
    pub call_response: String,
    pub call_voice: String,
    pub call_language: String,
    pub second_response: String,
    pub second_voice: String,
    pub second_language: String,
}

impl RawAnswers {
    pub fn read(self) -> CallResponse {
        CallResponse {
            first: Saying {
                text: self.call_response,
                voice: self.call_voice,
                language: self.call_language,
            },
            second: Saying {
                text: self.second_response,
                voice: self.second_voice,
                language: self.second_language,
            },
        }
    }
}
