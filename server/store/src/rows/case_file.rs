//! A case with all that stands over its pages.

use super::{
    CaseRow, ClientRecord, ListedText, NumberFacts, RawClient, RawFacts, maybe_phone, read_listed,
};
use crate::{Result, here::Values};
use domain::{ids::CaseId, phone::Phone};
use rusqlite::Row;
use sqlx::FromRow;
use uuid::Uuid;

/// A case, its client, and what decides whether the client may be texted: read at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    pub case: CaseRow,
    pub client: ClientRecord,
    /// What is known of the client's number.
    pub facts: NumberFacts,
    /// The office's number.
    pub our_number: Option<Phone>,
    /// Account, token and number are there.
    pub set_up: bool,
    /// How many parts a text may have; nothing before Texting Setup was saved.
    pub max_parts: Option<i64>,
    /// How many texts the case has.
    pub texts: i64,
    /// The organization's newest event at that moment.
    pub event: i64,
}

#[derive(FromRow)]
pub(crate) struct RawCaseFile {
    case_id: Uuid,
    case_number: String,
    #[sqlx(flatten)]
    client: RawClient,
    #[sqlx(flatten)]
    facts: RawFacts,
    our_number: Option<String>,
    set_up: i64,
    max_parts: Option<i64>,
    texts: i64,
    event: i64,
}

/// The same, and a page of its texts as JSON.
#[derive(FromRow)]
pub(crate) struct RawCaseWithTexts {
    #[sqlx(flatten)]
    file: RawCaseFile,
    listed: String,
}

impl RawCaseWithTexts {
    pub fn read(self) -> Result<(CaseFile, Vec<ListedText>)> {
        Ok((self.file.read()?, read_listed(&self.listed)?))
    }
}

impl RawCaseFile {
    /// In the order of the statement.
    pub fn here(row: &Row<'_>) -> rusqlite::Result<Self> {
        let mut values = Values::of(row);
        Ok(Self {
            case_id: values.value()?,
            case_number: values.value()?,
            client: RawClient::here(&mut values)?,
            facts: RawFacts::here(&mut values)?,
            our_number: values.value()?,
            max_parts: values.value()?,
            set_up: values.value()?,
            texts: values.value()?,
            event: values.value()?,
        })
    }

    /// Which case it is.
    pub fn case(&self) -> Uuid {
        self.case_id
    }

    pub fn read(self) -> Result<CaseFile> {
        let client = self.client.read()?;
        Ok(CaseFile {
            case: CaseRow {
                id: CaseId(self.case_id),
                client: client.id,
                number: self.case_number,
            },
            client,
            facts: self.facts.read()?,
            our_number: maybe_phone(self.our_number.as_deref())?,
            set_up: self.set_up != 0,
            max_parts: self.max_parts,
            texts: self.texts,
            event: self.event,
        })
    }
}
