//! Cards for people: a client's text reads as a withdrawal of permission, and somebody has to decide whether it is one.

use crate::{
    ids::{ClientId, ReviewId},
    incoming::IncomingRow,
    phone::Phone,
    when::When,
};
use serde::{Deserialize, Serialize};

/// What somebody decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The client wants no more texts: permission ends on every record with the number.
    Withdrawal,
    /// The client meant something else: sending goes on.
    Other,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 2] = [Self::Withdrawal, Self::Other];

    /// The name under which it is stored and posted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawal => "withdrawal",
            Self::Other => "other",
        }
    }

    /// The decision of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.as_str() == name)
    }
}

/// The form of a card, as it is posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    /// The card.
    pub review: String,
    /// "withdrawal" or "other".
    pub decision: String,
    pub note: String,
}

/// By when a card has to be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// YYYY-MM-DD, for `<time datetime>`.
    pub date: String,
    /// "Thu, Dec 10"
    pub day: String,
    /// Business days that are left, the last day included.
    pub left: u32,
    /// The last day is over.
    pub overdue: bool,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewCard {
    pub id: ReviewId,
    pub number: Phone,
    /// What the client wrote.
    pub text: IncomingRow,
    /// The rule that found it: see [`crate::withdrawal::RULES`].
    pub rule: String,
    pub due: Due,
    /// The clients with this number now.
    pub clients: Vec<CardClient>,
    /// How it was decided, once it was.
    pub decided: Option<Decided>,
}

/// A client on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardClient {
    pub id: ClientId,
    pub name: String,
    /// Texting is permitted at this moment.
    pub okay: bool,
}

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub decision: Decision,
    pub by: String,
    pub at: When,
    pub note: String,
}

/// The page of cards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewsView {
    /// Nobody has decided these; the most urgent first.
    pub open: Vec<ReviewCard>,
    /// The last ones that were decided, newest first.
    pub decided: Vec<ReviewCard>,
    /// The newest live event that this page knows.
    pub event: i64,
}
