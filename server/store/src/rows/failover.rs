//! What is compared with Twilio's list after the database moved to another server.

use super::phone;
use crate::Result;
use domain::{
    ids::{CaseId, OrgId, TextId},
    phone::Phone,
};
use sqlx::FromRow;
use uuid::Uuid;

/// An organization whose texts are to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    pub org: OrgId,
    /// When the move was noticed.
    pub moved: i64,
}

/// A text of which is not known here that Twilio has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InQuestion {
    pub text: TextId,
    pub case: CaseId,
    pub to: Phone,
    pub body: String,
    pub written_at: i64,
    /// When it was handed over, if it is known that it was.
    pub posting_at: Option<i64>,
}

#[derive(FromRow)]
pub(crate) struct RawInQuestion {
    message_id: Uuid,
    posting_at: Option<i64>,
    created_at: i64,
    case_id: Uuid,
    body: String,
    to_phone: String,
}

impl RawInQuestion {
    pub fn read(self) -> Result<InQuestion> {
        Ok(InQuestion {
            text: TextId(self.message_id),
            case: CaseId(self.case_id),
            to: phone(&self.to_phone)?,
            body: self.body,
            written_at: self.created_at,
            posting_at: self.posting_at,
        })
    }
}
