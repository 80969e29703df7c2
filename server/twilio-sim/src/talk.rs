//! The other direction: phones text and call the accounts' numbers, and Twilio asks the number's addresses what to do.

mod call;
mod hook;
mod place;
mod text;

use serde::{Deserialize, Serialize};

pub(crate) use call::{Call, receive as receive_call};
pub(crate) use text::{By, Talk, deliver_again, receive as receive_text};

use crate::twiml::Said;
use crate::{Shared, SimNumber};

/// A text that somebody types on a phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PhoneText {
    /// The phone, E.164.
    pub from: String,
    /// One of the accounts' numbers, E.164.
    pub to: String,
    pub body: String,
    /// To choose it; made up when absent. One that is there already is delivered once more.
    pub sid: Option<String>,
    pub media: Vec<Media>,
    /// What Advanced Opt-Out says of a Messaging Service's text: `STOP`, `START` or `HELP`. It then decides.
    pub opt_out_type: Option<String>,
    /// Kept back: posted when it is delivered again.
    pub hold: bool,
}

/// A picture or another file beside a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Media {
    pub url: String,
    #[serde(default = "jpeg")]
    pub content_type: String,
}

fn jpeg() -> String {
    "image/jpeg".into()
}

/// A call that somebody makes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct PhoneCall {
    /// The phone, E.164.
    pub from: String,
    /// One of the accounts' numbers, E.164.
    pub to: String,
    /// To choose it; made up when absent.
    #[serde(default)]
    pub sid: Option<String>,
}

/// What came of a text or call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// `SM…`, `MM…` or `CA…`.
    pub sid: String,
    /// What was posted where, in order; empty when nothing is called for the number.
    pub posts: Vec<Post>,
    /// The body of the answer that was used.
    pub answer: Option<String>,
    /// Texts that the answer sent back to the phone.
    pub replies: Vec<String>,
    /// What Twilio itself wrote to the phone, for STOP, START and HELP.
    pub confirmation: Option<String>,
    /// What the caller heard.
    pub said: Vec<Said>,
    /// Twilio's code for what went wrong.
    pub error_code: Option<u32>,
}

/// A request to one of a number's addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Post {
    /// When, UTC, as `2019-05-24T17:18:27.123Z`.
    pub at: String,
    pub sid: String,
    /// The phone, E.164.
    pub phone: String,
    /// `text` or `call`.
    pub what: &'static str,
    pub method: String,
    pub url: String,
    /// The parameters, in the order they were sent.
    pub params: Vec<(String, String)>,
    /// The HTTP status that came back; absent when none did.
    pub status: Option<u16>,
    /// What Twilio's debugger would show: 11200 no good answer, 12100 no TwiML.
    pub error_code: Option<u32>,
}

/// Why a phone reached nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoTalk {
    #[error("no account has this number")]
    NoSuchNumber,
    #[error("this number can't do that")]
    NotCapable,
    #[error("the account is not active")]
    NotActive,
    #[error("no text has this SID")]
    NoSuchText,
}

/// A number of an account, with what a request on its behalf needs.
struct Line {
    account_sid: String,
    token: String,
    number: SimNumber,
}

impl Line {
    /// The line of a number, if its account is active.
    fn find(shared: &Shared, phone_number: &str) -> Result<Self, NoTalk> {
        let state = shared.state();
        let lines = state
            .accounts
            .iter()
            .flat_map(|account| account.numbers.iter().map(move |number| (account, number)));
        let (account, number) = lines
            .into_iter()
            .find(|(_, number)| number.phone_number == phone_number)
            .ok_or(NoTalk::NoSuchNumber)?;
        if account.status() != "active" {
            return Err(NoTalk::NotActive);
        }
        Ok(Self {
            account_sid: account.sid.clone(),
            token: account.auth_token.clone(),
            number: number.clone(),
        })
    }
}

impl crate::Sim {
    /// Somebody texts one of the numbers.
    ///
    /// # Errors
    /// When the number is nobody's, can't text, or its account is not active.
    pub async fn text(&self, text: PhoneText) -> Result<Exchange, NoTalk> {
        receive_text(&self.shared, text).await
    }

    /// Twilio posts a text once more, or for the first time if it was held.
    ///
    /// # Errors
    /// When no text has this SID.
    pub async fn deliver_again(&self, sid: &str) -> Result<Exchange, NoTalk> {
        deliver_again(&self.shared, sid).await
    }

    /// Somebody calls one of the numbers.
    ///
    /// # Errors
    /// When the number is nobody's, can't speak, or its account is not active.
    pub async fn call(&self, call: PhoneCall) -> Result<Exchange, NoTalk> {
        receive_call(&self.shared, call).await
    }
}
