//! Clients, their cases and their consent.

use super::{maybe_phone, phone};
use crate::{Result, error::odd, here::Values};
use domain::{
    consent::{ConsentEvent, ConsentSource},
    ids::{BlockId, CaseId, ClientId, StaffId},
    phone::Phone,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A client, as stored and as handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRecord {
    pub id: ClientId,
    pub name: String,
    /// The name folded: the order of the list.
    pub name_key: String,
    pub phone: Option<Phone>,
    /// BCP 47 tag.
    pub language: String,
    /// IANA name.
    pub zone: String,
    /// The number for which permission to text stands.
    pub okay_phone: Option<Phone>,
    pub okay_at: Option<i64>,
    pub okay_by: Option<StaffId>,
    pub created_at: i64,
    pub updated_at: i64,
}

/// A new case.
#[derive(Clone, Copy, Debug)]
pub struct NewCase<'a> {
    pub id: CaseId,
    pub client: ClientId,
    pub number: &'a str,
    /// The number folded, unique in the organization.
    pub key: &'a str,
    pub at: i64,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    pub id: CaseId,
    pub client: ClientId,
    pub number: String,
}

/// A new line of the consent ledger.
#[derive(Clone, Copy, Debug)]
pub struct NewConsent<'a> {
    pub id: Uuid,
    pub client: ClientId,
    pub phone: &'a Phone,
    pub event: ConsentEvent,
    pub at: i64,
    pub by: Option<StaffId>,
    pub source: Option<ConsentSource>,
    /// What staff noted.
    pub note: &'a str,
    /// The client's own words.
    pub words: &'a str,
    /// The block that did it.
    pub block: Option<BlockId>,
}

/// A line of the consent ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRow {
    pub event: ConsentEvent,
    pub phone: Phone,
    pub at: i64,
    /// The name of the member of staff, unless it came from the client.
    pub by: Option<String>,
    /// Where it came from; older lines do not say.
    pub source: Option<ConsentSource>,
    pub note: String,
    pub words: String,
}

#[derive(FromRow)]
pub(crate) struct RawClient {
    id: Uuid,
    name: String,
    name_key: String,
    phone: Option<String>,
    language: String,
    zone: String,
    okay_phone: Option<String>,
    okay_at: Option<i64>,
    okay_by: Option<Uuid>,
    created_at: i64,
    updated_at: i64,
}

impl RawClient {
    /// The next values of a row.
    pub fn here(values: &mut Values<'_, '_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: values.value()?,
            name: values.value()?,
            name_key: values.value()?,
            phone: values.value()?,
            language: values.value()?,
            zone: values.value()?,
            okay_phone: values.value()?,
            okay_at: values.value()?,
            okay_by: values.value()?,
            created_at: values.value()?,
            updated_at: values.value()?,
        })
    }

    pub fn read(self) -> Result<ClientRecord> {
        Ok(ClientRecord {
            id: ClientId(self.id),
            phone: maybe_phone(self.phone.as_deref())?,
            okay_phone: maybe_phone(self.okay_phone.as_deref())?,
            okay_by: self.okay_by.map(StaffId),
            name: self.name,
            name_key: self.name_key,
            language: self.language,
            zone: self.zone,
            okay_at: self.okay_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

/// A client in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedClient {
    pub client: ClientRecord,
    /// When their last text was written, if they had one.
    pub last_text_at: Option<i64>,
}

#[derive(FromRow)]
pub(crate) struct RawListed {
    #[sqlx(flatten)]
    client: RawClient,
    last_text_at: i64,
}

impl RawListed {
    pub fn read(self) -> Result<ListedClient> {
        Ok(ListedClient {
            client: self.client.read()?,
            last_text_at: (self.last_text_at > 0).then_some(self.last_text_at),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct RawConsent {
    event: String,
    phone: String,
    at: i64,
    by_name: Option<String>,
    source: Option<String>,
    note: Option<String>,
    words: Option<String>,
}

impl RawConsent {
    pub fn read(self) -> Result<ConsentRow> {
        let event = ConsentEvent::from_name(&self.event)
            .ok_or_else(|| odd("consent event", &self.event))?;
        Ok(ConsentRow {
            event,
            phone: phone(&self.phone)?,
            at: self.at,
            by: self.by_name,
            source: self.source.as_deref().and_then(ConsentSource::from_name),
            note: self.note.unwrap_or_default(),
            words: self.words.unwrap_or_default(),
        })
    }
}
