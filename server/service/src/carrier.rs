//! The port to the carrier. The program plugs Twilio in; the operations know only this.

use domain::phone::Phone;
use futures::future::BoxFuture;
use secrecy::SecretString;
use std::time::Duration;

/// An organization's account with the carrier.
#[derive(Clone, Debug)]
pub struct Account {
    pub sid: String,
    pub token: SecretString,
}

/// A text on its way out.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub from: Phone,
    pub to: Phone,
    pub body: String,
    /// The address that learns of its status; it names the text.
    pub status_callback: String,
}

/// What came of sending, sorted by what may happen next.
#[derive(Clone, Debug)]
pub enum SendOutcome {
    /// The carrier has it.
    Accepted(Word),
    /// The carrier said no; nothing went out. The code, if it gave one.
    Refused { code: Option<u32> },
    /// It surely did not reach the carrier: send again, not before this time is over.
    NotSent { wait: Duration, why: String },
    /// Nobody knows. Never send again by itself.
    Unclear { why: String },
}

/// The carrier's word about one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub sid: String,
    /// The status in the carrier's own word, known to us or not.
    pub status: String,
    pub error: Option<u32>,
    /// How many parts it is billed as, once known.
    pub parts: Option<u32>,
}

/// The carrier's word about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFacts {
    pub name: String,
    /// "active", "suspended" or "closed".
    pub status: String,
    pub trial: bool,
}

/// The carrier's word about a number of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFacts {
    pub number: Phone,
    pub texts: bool,
    pub voice: bool,
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

/// A company that carries texts.
pub trait Carrier: Send + Sync {
    /// Hands a text over. Called at most once for each press of "Send Message".
    fn send<'a>(&'a self, account: &'a Account, text: &'a Outgoing) -> BoxFuture<'a, SendOutcome>;

    /// Asks about one text.
    fn fetch<'a>(
        &'a self,
        account: &'a Account,
        sid: &'a str,
    ) -> BoxFuture<'a, Result<Word, Unanswered>>;

    /// Asks about the account.
    fn account<'a>(
        &'a self,
        account: &'a Account,
    ) -> BoxFuture<'a, Result<AccountFacts, Unanswered>>;

    /// Asks about a number; `None` when it is not the account's.
    fn number<'a>(
        &'a self,
        account: &'a Account,
        number: &'a Phone,
    ) -> BoxFuture<'a, Result<Option<NumberFacts>, Unanswered>>;
}
