//! The carrier's block: Twilio refuses texts to a number whose owner texted STOP (error 21610), until they text START.

use super::WhyNot;
use crate::when::When;
use serde::{Deserialize, Serialize};

/// What stands against a number, whatever the office was permitted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// A block stands.
    pub blocked: bool,
    /// It stands by an error code, and the administrator has not decided whether it is real.
    pub held: bool,
    /// A text that reads as a withdrawal waits for somebody to decide.
    pub paused: bool,
}

impl Standing {
    /// Whether nothing stands against the number.
    ///
    /// # Errors
    /// What does.
    pub fn allows(self) -> Result<(), WhyNot> {
        match self {
            Self { held: true, .. } => Err(WhyNot::OptOutHeld),
            Self { blocked: true, .. } => Err(WhyNot::Blocked),
            Self { paused: true, .. } => Err(WhyNot::Paused),
            _ => Ok(()),
        }
    }
}

/// How we know of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockCause {
    /// The phone texted STOP, or another word that Twilio takes for it.
    Keyword,
    /// Twilio refused a text with 21610.
    Code,
}

impl BlockCause {
    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Code => "code",
        }
    }

    /// The cause of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Keyword, Self::Code]
            .into_iter()
            .find(|cause| cause.as_str() == name)
    }
}

/// How a block ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiftCause {
    /// The phone texted START, or another word that Twilio takes for it.
    Keyword,
    /// The administrator decided that the error codes were a mistake.
    Discarded,
}

impl LiftCause {
    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Discarded => "discarded",
        }
    }
}

/// A block that stands, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockView {
    pub since: When,
    pub because: BlockCause,
    /// The client's own words.
    pub words: String,
    /// The administrator is asked whether it is real.
    pub held: bool,
}
