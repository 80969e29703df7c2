//! Texting Setup, quick entries and the audit.

use super::{RawAnswers, maybe_phone};
use crate::Result;
use domain::{
    ids::{OrgId, QuickEntryId, StaffId},
    phone::Phone,
    quick_entry::QuickEntry,
    voice::CallResponse,
};
use sqlx::FromRow;
use uuid::Uuid;

/// Texting Setup as stored. No `Debug`: the sealed token has no business in a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SetupRow {
    pub number: Option<Phone>,
    pub account_sid: Option<String>,
    /// The auth token, encrypted.
    pub sealed_token: Option<Vec<u8>>,
    pub token_set_at: Option<i64>,
    pub text_response: String,
    pub call_response: String,
    pub status_callback: String,
    pub max_parts: i64,
    pub checked_at: Option<i64>,
    /// What Twilio said when asked.
    pub check_json: Option<String>,
}

/// An organization that uses an account of Twilio.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRow {
    pub org: OrgId,
    pub number: Option<Phone>,
    pub sealed_token: Vec<u8>,
    /// The token that takes over, encrypted, while tokens are changed.
    pub sealed_secondary: Option<Vec<u8>>,
    /// Under which address Twilio reaches it, if not under the program's.
    pub public_url: Option<String>,
    /// The address that Twilio was given for status callbacks.
    pub status_callback: String,
    /// What callers hear.
    pub spoken: CallResponse,
}

#[derive(FromRow)]
pub(crate) struct RawAccount {
    org_id: Uuid,
    number: Option<String>,
    sealed_token: Vec<u8>,
    sealed_secondary: Option<Vec<u8>>,
    public_url: Option<String>,
    status_callback: String,
    #[sqlx(flatten)]
    answers: RawAnswers,
}

impl RawAccount {
    pub fn read(self) -> Result<AccountRow> {
        Ok(AccountRow {
            org: OrgId(self.org_id),
            number: maybe_phone(self.number.as_deref())?,
            sealed_token: self.sealed_token,
            sealed_secondary: self.sealed_secondary,
            public_url: self.public_url,
            status_callback: self.status_callback,
            spoken: self.answers.read(),
        })
    }
}

/// A quick entry as written.
#[derive(Clone, Copy, Debug)]
pub struct NewQuickEntry<'a> {
    pub id: QuickEntryId,
    pub name: &'a str,
    /// The name folded, unique among those in use.
    pub name_key: &'a str,
    pub body: &'a str,
    pub at: i64,
}

/// A new line of the audit.
#[derive(Clone, Copy, Debug)]
pub struct NewAudit<'a> {
    pub id: Uuid,
    pub staff: Option<StaffId>,
    pub at: i64,
    pub what: &'a str,
    pub subject: &'a str,
}

#[derive(FromRow)]
pub(crate) struct RawSetup {
    number: Option<String>,
    account_sid: Option<String>,
    sealed_token: Option<Vec<u8>>,
    token_set_at: Option<i64>,
    text_response: String,
    call_response: String,
    status_callback: String,
    max_parts: i64,
    checked_at: Option<i64>,
    check_json: Option<String>,
}

impl RawSetup {
    pub fn read(self) -> Result<SetupRow> {
        Ok(SetupRow {
            number: maybe_phone(self.number.as_deref())?,
            account_sid: self.account_sid,
            sealed_token: self.sealed_token,
            token_set_at: self.token_set_at,
            text_response: self.text_response,
            call_response: self.call_response,
            status_callback: self.status_callback,
            max_parts: self.max_parts,
            checked_at: self.checked_at,
            check_json: self.check_json,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct RawQuickEntry {
    id: Uuid,
    name: String,
    body: String,
    archived_at: Option<i64>,
}

impl RawQuickEntry {
    pub fn read(self) -> QuickEntry {
        let archived = self.archived_at.is_some();
        QuickEntry {
            id: QuickEntryId(self.id),
            name: self.name,
            body: self.body,
            archived,
        }
    }
}
