//! A text, as it is shown.

use crate::{
    client::CaseView, halt::Reason, ids::TextId, incoming::IncomingRow, phone::Phone,
    status::Status, when::When,
};
use serde::{Deserialize, Serialize};

/// A row of the Texts page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRow {
    pub id: TextId,
    pub body: String,
    /// The number it went to, stamped when it was written: a client's number changes, this does not.
    pub to: Phone,
    pub status: Status,
    /// Twilio's error code, once seen.
    pub error: Option<u32>,
    /// Why a text was stopped here.
    pub stopped: Option<crate::consent::WhyNot>,
    /// How many texts it is billed as.
    pub parts: u32,
    pub by: String,
    /// Written by the reader.
    pub mine: bool,
    pub at: When,
    /// When the status was last learned.
    pub status_at: When,
    /// Twilio was asked for days, and the carrier never gave a final word.
    #[serde(default)]
    pub no_final_word: bool,
    /// Twilio has given it a Sid, so that it can be asked about it.
    pub with_twilio: bool,
    /// Why it waits, where there is something to say of that.
    #[serde(default)]
    pub waiting: Option<Box<Waiting>>,
}

/// Why a text waits here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// The office's queue stands still; until then, where that is known.
    Halted(Reason, Option<When>),
    /// Others are before it: its place, 1 is the next, and about how many seconds until it leaves.
    InLine(i64, i64),
}

/// A page of a case's texts, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextsView {
    pub case: CaseView,
    pub rows: Vec<TextRow>,
    /// What the client wrote within the same page; see [`crate::incoming::merged`].
    #[serde(default)]
    pub incoming: Vec<IncomingRow>,
    /// How many texts the client wrote in all, shown or not.
    #[serde(default)]
    pub received: i64,
    /// The administrator lets staff see what clients write.
    #[serde(default)]
    pub incoming_shown: bool,
    /// Where the next page begins, if there is one: put it into `before`.
    pub next: Option<String>,
    /// The newest live event that this page knows; live updates go on from here.
    pub event: i64,
    /// The reader's zone, in words: "PST".
    pub zone: String,
}

/// What Twilio said when asked about one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusAnswer {
    pub row: TextRow,
    /// Twilio's own word, as it came.
    pub said: String,
    pub asked_at: When,
}
