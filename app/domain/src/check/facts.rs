//! What Twilio says when it is asked.

use super::Finding;
use crate::phone::Phone;

/// The carrier's word about an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountFacts {
    pub name: String,
    /// "active", "suspended" or "closed".
    pub status: String,
    pub trial: bool,
    /// The carrier's own time when it answered, in milliseconds UTC.
    pub at: Option<i64>,
}

impl AccountFacts {
    /// Texts can leave it.
    pub fn is_active(&self) -> bool {
        self.status == "active"
    }
}

/// The carrier's word about a number of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFacts {
    /// How the carrier names it, for changes.
    pub sid: String,
    pub number: Phone,
    pub texts: bool,
    pub voice: bool,
    /// What happens with texts to it.
    pub sms: Route,
    /// What happens with calls to it.
    pub calls: Route,
    /// A trunk that takes its calls, if one does.
    pub trunk: Option<String>,
}

/// What the carrier does with what comes in for a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Empty: none.
    pub url: String,
    pub method: String,
    /// What is asked when the address fails. Empty: nothing.
    pub fallback: String,
    /// An application that decides in place of the address.
    pub application: Option<String>,
}

/// Why a question got no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    #[error("refused with code {code}")]
    Refused { code: u32 },
    #[error("credentials refused")]
    Credentials,
    #[error("no clear answer: {0}")]
    Silent(String),
}

impl Unanswered {
    /// What this says of the setup.
    pub fn finding(&self) -> Finding {
        match self {
            // An account that is not there is refused with 20404.
            Self::Credentials
            | Self::Refused {
                code: 20003 | 20404,
            } => Finding::CredentialsRefused,
            Self::Refused { code } => Finding::Refused { code: *code },
            Self::Silent(_) => Finding::TwilioSilent,
        }
    }
}
