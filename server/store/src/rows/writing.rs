//! What is written of texts: new ones, and what is learned of them.

use domain::{
    ids::{CaseId, ClientId, FormKey, StaffId, TextId},
    phone::Phone,
    status::{Source, Status},
};
use uuid::Uuid;

/// A new text.
#[derive(Clone, Copy, Debug)]
pub struct NewText<'a> {
    pub id: TextId,
    pub case: CaseId,
    pub client: ClientId,
    pub staff: StaffId,
    /// The form that it came with: the same form never makes a second text.
    pub key: FormKey,
    pub body: &'a str,
    pub to: &'a Phone,
    pub parts: i64,
    pub encoding: &'a str,
    pub at: i64,
}

/// Twilio took the text.
#[derive(Clone, Copy, Debug)]
pub struct Accepted<'a> {
    pub sid: &'a str,
    pub status: Status,
    pub rank: i16,
    pub parts: Option<i64>,
    pub error: Option<i64>,
    pub at: i64,
}

/// A word of Twilio on a text, as it came.
#[derive(Clone, Copy, Debug)]
pub struct NewReport<'a> {
    pub id: Uuid,
    /// Nothing when no text of ours is known for it.
    pub text: Option<TextId>,
    pub sid: Option<&'a str>,
    pub source: Source,
    /// Twilio's own word, known or not.
    pub status: &'a str,
    pub error: Option<i64>,
    pub at: i64,
}

/// A status to climb to.
#[derive(Clone, Copy, Debug)]
pub struct Advance {
    pub status: Status,
    pub rank: i16,
    pub error: Option<i64>,
    pub at: i64,
    /// Twilio was asked, so one final status may replace another.
    pub corrects: bool,
}

/// A word of Twilio on a text whose Sid is known, that carries no error.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The report's own.
    pub id: Uuid,
    pub text: TextId,
    pub sid: &'a str,
    /// Twilio's own word, and what it is to us.
    pub word: &'a str,
    pub status: Status,
}

/// A text that climbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Climbed {
    pub text: TextId,
    pub case: CaseId,
    pub created_at: i64,
    /// The code that was known of it before.
    pub error: Option<i64>,
}

/// An incoming call.
#[derive(Clone, Copy, Debug)]
pub struct NewCall<'a> {
    pub sid: &'a str,
    /// Who calls, in Twilio's words: a number, or "anonymous".
    pub from: &'a str,
    pub to: &'a str,
    pub at: i64,
}
