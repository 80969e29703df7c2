//! What a simulator starts with.

use serde::{Deserialize, Serialize};
use url::Url;

/// Everything that a simulator knows at its start.
#[derive(Debug, Clone, Default)]
pub struct SimConfig {
    /// Where the router is nested, such as `/sim`; empty at the root. The page's links begin with it.
    pub prefix: String,
    /// Where the program that sends the texts is, such as `/`; the page links to it.
    pub home: Option<String>,
    pub accounts: Vec<SimAccount>,
    /// Phones that are shown before they got anything.
    pub phones: Vec<SimPhone>,
    pub delays: Delays,
    /// When given, reports go only to addresses of this scheme, host and port.
    pub callback_base: Option<Url>,
}

/// An account.
#[derive(Debug, Clone, Default)]
pub struct SimAccount {
    /// `AC…`.
    pub sid: String,
    /// The password of the REST API and the key of the signatures.
    pub auth_token: String,
    pub friendly_name: String,
    pub kind: AccountKind,
    /// `active`, `suspended` or `closed`; empty stands for `active`.
    pub status: String,
    pub numbers: Vec<SimNumber>,
    /// Numbers (E.164) that a trial account may text.
    pub verified: Vec<String>,
    /// A second token, while the first is being replaced: it opens the REST API, but signs nothing.
    pub secondary_token: Option<String>,
    /// In US dollars, such as `20.00`, which an empty text stands for.
    pub balance: String,
}

impl SimAccount {
    pub(crate) fn status(&self) -> &str {
        if self.status.is_empty() {
            "active"
        } else {
            &self.status
        }
    }

    pub(crate) fn balance(&self) -> &str {
        if self.balance.is_empty() {
            "20.00"
        } else {
            &self.balance
        }
    }

    /// The tokens that open the REST API.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &str> {
        [
            Some(self.auth_token.as_str()),
            self.secondary_token.as_deref(),
        ]
        .into_iter()
        .flatten()
    }
}

/// Whether an account was paid for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountKind {
    /// Texts verified numbers only, and puts a line of its own before each text.
    Trial,
    #[default]
    Full,
}

impl AccountKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Trial => "Trial",
            Self::Full => "Full",
        }
    }
}

/// A phone number of an account, with what Twilio would call for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SimNumber {
    /// `PN…`.
    pub sid: String,
    /// E.164.
    pub phone_number: String,
    /// What its owner calls it; the number itself when absent.
    pub friendly_name: Option<String>,
    pub capabilities: SimCapabilities,
    pub sms_url: Option<String>,
    pub sms_method: Option<String>,
    pub sms_fallback_url: Option<String>,
    pub sms_fallback_method: Option<String>,
    pub sms_application_sid: Option<String>,
    pub voice_url: Option<String>,
    pub voice_method: Option<String>,
    pub voice_fallback_url: Option<String>,
    pub voice_fallback_method: Option<String>,
    pub voice_application_sid: Option<String>,
    pub trunk_sid: Option<String>,
    pub status_callback: Option<String>,
    pub status_callback_method: Option<String>,
}

/// What a number can do; all of it unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SimCapabilities {
    pub voice: bool,
    pub sms: bool,
    pub mms: bool,
}

impl Default for SimCapabilities {
    fn default() -> Self {
        Self {
            voice: true,
            sms: true,
            mms: true,
        }
    }
}

/// A phone on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimPhone {
    /// E.164.
    pub phone_number: String,
    /// Whose it is.
    pub name: String,
}

/// How long a text takes; each a range in milliseconds, of which every text draws its own. Zero is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delays {
    pub queued_to_sent: (u64, u64),
    pub sent_to_delivered: (u64, u64),
    /// How long a request hangs when Twilio is told not to answer; longer than any client waits.
    pub no_answer: u64,
}

impl Default for Delays {
    fn default() -> Self {
        Self {
            queued_to_sent: (500, 1_200),
            sent_to_delivered: (700, 1_800),
            no_answer: 30_000,
        }
    }
}

impl Delays {
    /// No delay between statuses: for tests.
    pub const NONE: Self = Self {
        queued_to_sent: (0, 0),
        sent_to_delivered: (0, 0),
        no_answer: 30_000,
    };
}
