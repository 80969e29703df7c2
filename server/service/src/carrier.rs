//! The port to the carrier. The program plugs Twilio in; the operations know only this.

pub use domain::check::{AccountFacts, NumberFacts, Unanswered};

use domain::{halt::Reason, phone::Phone, setup::Addresses};
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
    /// The carrier surely made nothing of it: it waits, and the organization's queue with it, for this reason.
    NotSent {
        halt: Reason,
        /// So long the carrier wants to be left alone, if it said so.
        asked: Option<Duration>,
        /// The carrier's code, if it gave one.
        code: Option<u32>,
        why: String,
    },
    /// Nobody knows. Never send again by itself.
    Unclear {
        why: String,
        /// Why no other text is to meet with the same, if that is known.
        halt: Option<Reason>,
    },
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

/// Which texts of the carrier's list are wanted.
#[derive(Clone, Debug)]
pub struct Asked {
    pub to: Option<Phone>,
    pub from: Option<Phone>,
    /// Made at this time or later, in milliseconds UTC.
    pub since: i64,
}

/// A text in the carrier's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub word: Word,
    /// A client's text to us.
    pub incoming: bool,
    pub from: String,
    pub to: String,
    pub body: String,
    /// When the carrier made it, in milliseconds UTC, if the list tells.
    pub at: Option<i64>,
    /// How many files came with it.
    pub media: i64,
}

/// A request to ourselves, as the carrier would make it.
#[derive(Clone, Debug)]
pub struct Knock {
    pub url: String,
    /// Tells us that it is ours.
    pub challenge: String,
    pub form: Vec<(String, String)>,
}

/// What answered a request to ourselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Why nothing answered a request to ourselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpened {
    NoConnection,
    TooSlow,
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

    /// The texts of the list that are asked for, newest first.
    fn list<'a>(
        &'a self,
        account: &'a Account,
        asked: &'a Asked,
    ) -> BoxFuture<'a, Result<Vec<Listed>, Unanswered>>;

    /// Asks about the account.
    fn account<'a>(
        &'a self,
        account: &'a Account,
    ) -> BoxFuture<'a, Result<AccountFacts, Unanswered>>;

    /// Asks what is left on the account, as people write it: "$20.00".
    fn balance<'a>(&'a self, account: &'a Account) -> BoxFuture<'a, Result<String, Unanswered>>;

    /// The account's numbers, or the one that is asked for, if it is the account's.
    fn numbers<'a>(
        &'a self,
        account: &'a Account,
        number: Option<&'a Phone>,
    ) -> BoxFuture<'a, Result<Vec<NumberFacts>, Unanswered>>;

    /// Has a number of the account ask our addresses about what comes in, and nobody else.
    fn connect<'a>(
        &'a self,
        account: &'a Account,
        number: &'a NumberFacts,
        ours: &'a Addresses,
    ) -> BoxFuture<'a, Result<(), Unanswered>>;

    /// Posts to one of our own addresses as the carrier does: signed, once, no redirect followed.
    fn knock<'a>(
        &'a self,
        account: &'a Account,
        knock: &'a Knock,
    ) -> BoxFuture<'a, Result<Opened, NotOpened>>;

    /// The carrier's own time: as it was last heard with an answer, whatever that was, and counted on since by a clock
    /// that nobody sets. In milliseconds UTC.
    fn time(&self) -> Option<i64>;
}
