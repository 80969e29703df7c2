//! Texts as they are read, and what waits to be sent.

use super::{maybe_phone, phone};
use crate::{Result, error::odd};
use domain::{
    consent::Standing,
    ids::{CaseId, ClientId, FormKey, OrgId, StaffId, TextId},
    phone::Phone,
    status::Status,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRecord {
    pub id: TextId,
    pub case: CaseId,
    pub client: ClientId,
    pub staff: StaffId,
    /// The name of who wrote it.
    pub by: String,
    pub key: FormKey,
    pub body: String,
    pub to: Phone,
    pub parts: i64,
    pub status: Status,
    pub rank: i16,
    /// Twilio's error code, once seen.
    pub error: Option<i64>,
    /// Why it was stopped here.
    pub stopped: Option<String>,
    /// Twilio's SID, once known.
    pub sid: Option<String>,
    pub created_at: i64,
    /// When the status was last learned.
    pub status_at: i64,
    /// How many times of the schedule for asking Twilio are over.
    pub asked: i64,
}

/// Who claims texts, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// This run of the program.
    pub owner: &'a str,
    /// New for every claim: the fence that late writes break on.
    pub token: Uuid,
    pub now: i64,
    /// For so long, in milliseconds of the database's time.
    pub lease: i64,
    pub limit: i64,
}

/// A text that was claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed {
    pub org: OrgId,
    pub text: TextId,
    pub token: Uuid,
    /// How many times in a row it was claimed, with this time.
    pub claims: i64,
}

/// What a new run of the program found of those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adopted {
    /// Claimed, never posted: waiting again.
    pub waiting: u64,
    /// Perhaps posted: unknown now.
    pub unknown: u64,
}

/// A text about which Twilio is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueAsk {
    pub org: OrgId,
    pub text: TextId,
    pub sid: String,
    /// How many times of the schedule are over.
    pub asked: i64,
    pub ask_at: i64,
}

/// A text of which it is not known whether Twilio has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    pub org: OrgId,
    pub text: TextId,
    pub posting_at: i64,
    /// The number from which it was posted, as it was stored.
    pub from: Option<String>,
}

#[derive(FromRow)]
pub(crate) struct RawText {
    id: Uuid,
    case_id: Uuid,
    client_id: Uuid,
    staff_id: Uuid,
    by_name: String,
    form_key: Uuid,
    body: String,
    to_phone: String,
    parts: i64,
    status: String,
    rank: i64,
    error: Option<i64>,
    stopped: Option<String>,
    sid: Option<String>,
    created_at: i64,
    status_at: i64,
    asked: i64,
}

impl RawText {
    pub fn read(self) -> Result<TextRecord> {
        Ok(TextRecord {
            id: TextId(self.id),
            case: CaseId(self.case_id),
            client: ClientId(self.client_id),
            staff: StaffId(self.staff_id),
            key: FormKey(self.form_key),
            to: phone(&self.to_phone)?,
            status: Status::from_name(&self.status).ok_or_else(|| odd("status", &self.status))?,
            rank: i16::try_from(self.rank).map_err(|_| odd("rank", &self.rank.to_string()))?,
            by: self.by_name,
            body: self.body,
            parts: self.parts,
            error: self.error,
            stopped: self.stopped,
            sid: self.sid,
            created_at: self.created_at,
            status_at: self.status_at,
            asked: self.asked,
        })
    }
}

/// A text that a worker is about to take out, with what decides whether it may leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    pub text: TextId,
    pub case: CaseId,
    pub to: Phone,
    pub body: String,
    /// The client's number now, and the number that may be texted.
    pub phone: Option<Phone>,
    pub okay_phone: Option<Phone>,
    /// What stands against the number that the text goes to.
    pub standing: Standing,
    /// All this stays so until the transaction ends. Not so while a word of the number is being written: it may be STOP.
    pub settled: bool,
}

#[derive(FromRow)]
pub(crate) struct RawLeaving {
    id: Uuid,
    case_id: Uuid,
    to_phone: String,
    body: String,
    phone: Option<String>,
    okay_phone: Option<String>,
    /// Of the block, if there is one.
    held: Option<i64>,
    paused: i64,
}

impl RawLeaving {
    pub fn read(self) -> Result<Leaving> {
        Ok(Leaving {
            text: TextId(self.id),
            case: CaseId(self.case_id),
            to: phone(&self.to_phone)?,
            body: self.body,
            phone: maybe_phone(self.phone.as_deref())?,
            okay_phone: maybe_phone(self.okay_phone.as_deref())?,
            standing: Standing {
                blocked: self.held.is_some(),
                held: self.held == Some(1),
                paused: self.paused == 1,
            },
            settled: true,
        })
    }
}
