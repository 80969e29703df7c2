//! What stands against a number, and who has it.

use super::{maybe_phone, phone};
use crate::{Result, error::odd, here::Values};
use domain::{
    consent::{BlockCause, Standing},
    ids::{BlockId, ClientId, IncomingId, ReviewId, StaffId},
    phone::Phone,
    review::Decision,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A client who has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub id: ClientId,
    pub name: String,
    /// The number for which permission stands.
    pub okay_phone: Option<Phone>,
}

/// A block of a number, as it begins.
#[derive(Clone, Copy, Debug)]
pub struct NewBlock<'a> {
    pub id: BlockId,
    pub phone: &'a Phone,
    pub because: BlockCause,
    /// The client's own, where it was a text.
    pub words: &'a str,
    /// The administrator is to be asked.
    pub held: bool,
    pub at: i64,
}

/// A block that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockRow {
    pub id: BlockId,
    pub phone: Phone,
    pub since: i64,
    pub because: BlockCause,
    pub words: String,
    pub held: bool,
}

/// What is known of a number, and of what its client wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberFacts {
    pub block: Option<BlockRow>,
    /// The card that waits for somebody.
    pub review: Option<ReviewId>,
    /// How many texts the client wrote.
    pub received: i64,
    /// Staff see them.
    pub shown: bool,
}

impl NumberFacts {
    /// What stands against the number.
    pub fn standing(&self) -> Standing {
        Standing {
            blocked: self.block.is_some(),
            held: self.block.as_ref().is_some_and(|block| block.held),
            paused: self.review.is_some(),
        }
    }
}

/// Opt-outs by error codes within a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptOutCount {
    /// So many came within the window.
    pub before: i64,
    /// So many wait for the administrator.
    pub held: i64,
    /// So many are taken as they are.
    pub limit: i64,
}

/// A new card.
#[derive(Clone, Copy, Debug)]
pub struct NewReview<'a> {
    pub id: ReviewId,
    pub phone: &'a Phone,
    pub incoming: IncomingId,
    /// The rule that found it.
    pub rule: &'a str,
    pub at: i64,
    /// YYYY-MM-DD
    pub due_on: &'a str,
}

/// A decision on a card.
#[derive(Clone, Copy, Debug)]
pub struct NewDecision<'a> {
    pub review: ReviewId,
    pub decision: Decision,
    pub note: &'a str,
    pub by: StaffId,
    pub at: i64,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    pub id: ReviewId,
    pub phone: Phone,
    pub incoming: IncomingId,
    pub rule: String,
    pub due_on: String,
    pub decided: Option<DecidedRow>,
}

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedRow {
    pub decision: Decision,
    /// The name of who decided.
    pub by: String,
    pub at: i64,
    pub note: String,
}

#[derive(FromRow)]
pub(crate) struct RawHolder {
    id: Uuid,
    name: String,
    okay_phone: Option<String>,
}

impl RawHolder {
    pub fn read(self) -> Result<Holder> {
        Ok(Holder {
            id: ClientId(self.id),
            name: self.name,
            okay_phone: maybe_phone(self.okay_phone.as_deref())?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct RawBlock {
    id: Uuid,
    phone: String,
    since: i64,
    because: String,
    words: String,
    held: i64,
}

impl RawBlock {
    pub fn read(self) -> Result<BlockRow> {
        let because = BlockCause::from_name(&self.because);
        Ok(BlockRow {
            id: BlockId(self.id),
            phone: phone(&self.phone)?,
            since: self.since,
            because: because.ok_or_else(|| odd("cause of a block", &self.because))?,
            words: self.words,
            held: self.held != 0,
        })
    }
}

/// Everything of a block may be missing: then none stands.
#[derive(FromRow)]
pub(crate) struct RawFacts {
    block_id: Option<Uuid>,
    block_phone: Option<String>,
    block_since: Option<i64>,
    block_because: Option<String>,
    block_words: Option<String>,
    block_held: Option<i64>,
    review_id: Option<Uuid>,
    received: i64,
    shown: i64,
}

impl RawFacts {
    /// The next values of a row.
    pub fn here(values: &mut Values<'_, '_>) -> rusqlite::Result<Self> {
        Ok(Self {
            block_id: values.value()?,
            block_phone: values.value()?,
            block_since: values.value()?,
            block_because: values.value()?,
            block_words: values.value()?,
            block_held: values.value()?,
            review_id: values.value()?,
            received: values.value()?,
            shown: values.value()?,
        })
    }

    pub fn read(self) -> Result<NumberFacts> {
        let raw = (|| {
            Some(RawBlock {
                id: self.block_id?,
                phone: self.block_phone?,
                since: self.block_since?,
                because: self.block_because?,
                words: self.block_words?,
                held: self.block_held?,
            })
        })();
        Ok(NumberFacts {
            block: raw.map(RawBlock::read).transpose()?,
            review: self.review_id.map(ReviewId),
            received: self.received,
            shown: self.shown != 0,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct RawReview {
    id: Uuid,
    phone: String,
    incoming_id: Uuid,
    rule: String,
    due_on: String,
    decided_at: Option<i64>,
    decided_by: Option<String>,
    decision: Option<String>,
    note: Option<String>,
}

impl RawReview {
    pub fn read(self) -> Result<ReviewRow> {
        let decided = match (self.decided_at, self.decision) {
            (Some(at), Some(name)) => Some(DecidedRow {
                decision: Decision::from_name(&name).ok_or_else(|| odd("decision", &name))?,
                by: self.decided_by.unwrap_or_default(),
                at,
                note: self.note.unwrap_or_default(),
            }),
            _ => None,
        };
        Ok(ReviewRow {
            id: ReviewId(self.id),
            phone: phone(&self.phone)?,
            incoming: IncomingId(self.incoming_id),
            rule: self.rule,
            due_on: self.due_on,
            decided,
        })
    }
}
