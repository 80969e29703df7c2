//! Texts of which nobody knows whether they went out.

use super::phone;
use crate::{Result, error::odd};
use domain::{ids::TextId, phone::Phone, unclear::ListSaid};
use sqlx::FromRow;
use uuid::Uuid;

/// A text that staff are asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclearRecord {
    pub text: TextId,
    pub posting_at: i64,
    /// When Twilio's list was looked at last, and what it said.
    pub list: Option<(ListSaid, i64)>,
    pub body: String,
    pub to: Phone,
    pub by: String,
    pub client: String,
    /// The case's number, as it was typed.
    pub case: String,
}

#[derive(FromRow)]
pub(crate) struct RawUnclear {
    message_id: Uuid,
    posting_at: i64,
    looked_at: Option<i64>,
    list_said: Option<String>,
    body: String,
    to_phone: String,
    by_name: String,
    client: String,
    number: String,
}

impl RawUnclear {
    pub fn read(self) -> Result<UnclearRecord> {
        let said = self
            .list_said
            .map(|name| ListSaid::from_name(&name).ok_or_else(|| odd("word of a list", &name)));
        Ok(UnclearRecord {
            text: TextId(self.message_id),
            posting_at: self.posting_at,
            list: said.transpose()?.zip(self.looked_at),
            to: phone(&self.to_phone)?,
            body: self.body,
            by: self.by_name,
            client: self.client,
            case: self.number,
        })
    }
}

/// A Sid that Twilio reported on and that no text has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclaimed {
    /// The organization whose account it is, and its time zone.
    pub office: String,
    pub zone: String,
    pub sid: String,
    /// When it was reported on last.
    pub at: i64,
}
