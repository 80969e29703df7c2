//! Texts that clients write.

use crate::{Result, error::odd};
use domain::{
    ids::{IncomingId, OrgId},
    incoming::{Kind, Silence},
};
use sqlx::FromRow;
use uuid::Uuid;

/// A text that came in.
#[derive(Clone, Copy, Debug)]
pub struct NewIncoming<'a> {
    pub id: IncomingId,
    /// Twilio's: the same one is the same text.
    pub sid: &'a str,
    /// E.164, or as it came where it is no phone.
    pub from: &'a str,
    pub to: &'a str,
    /// As it can be shown.
    pub body: &'a str,
    /// As it came, where that differs.
    pub raw: Option<&'a [u8]>,
    pub media_count: i64,
    /// Addresses and types as JSON.
    pub media: &'a str,
    /// Twilio's own word on it, where it gave one.
    pub opt_out: Option<&'a str>,
    pub kind: Kind,
    pub answer: Option<&'a str>,
    pub silence: Option<Silence>,
    pub late: bool,
    /// How many clients have the number now.
    pub clients: i64,
    pub at: i64,
}

/// An organization whose incoming texts are to be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    pub org: OrgId,
    /// Texts until then are here.
    pub listed_to: Option<i64>,
    /// When this listing was due; 0: at once.
    pub list_at: i64,
    /// Since when the account is the organization's here.
    pub begun_at: Option<i64>,
}

/// How a text is to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answering {
    pub text_response: String,
    /// So many of one number are answered within the window.
    pub limit: i64,
    /// So many came from this number within the window already.
    pub before: i64,
}

/// A text that came with this Sid before, and what it was answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameBefore {
    pub from: String,
    pub answer: Option<String>,
}

/// A text that came in, as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingRecord {
    pub id: IncomingId,
    pub from: String,
    pub body: String,
    pub kind: Kind,
    pub media: i64,
    /// Not all that came can be shown.
    pub altered: bool,
    pub answer: Option<String>,
    pub silence: Option<Silence>,
    pub late: bool,
    pub at: i64,
}

/// How incoming texts are handled, as the administrator set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncomingSetup {
    pub shown: bool,
    pub answer_limit: i64,
    pub opt_out_limit: i64,
}

#[derive(FromRow)]
pub(crate) struct RawIncoming {
    id: Uuid,
    from_phone: String,
    body: String,
    kind: String,
    media_count: i64,
    altered: i64,
    answer: Option<String>,
    silence: Option<String>,
    late: i64,
    at: i64,
}

impl RawIncoming {
    pub fn read(self) -> Result<IncomingRecord> {
        let silence = self
            .silence
            .as_deref()
            .map(|name| Silence::from_name(name).ok_or_else(|| odd("reason for silence", name)));
        Ok(IncomingRecord {
            id: IncomingId(self.id),
            kind: Kind::from_name(&self.kind).ok_or_else(|| odd("kind of text", &self.kind))?,
            silence: silence.transpose()?,
            from: self.from_phone,
            body: self.body,
            media: self.media_count,
            altered: self.altered != 0,
            answer: self.answer,
            late: self.late != 0,
            at: self.at,
        })
    }
}
