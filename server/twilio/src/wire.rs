//! What Twilio's REST API answers, read tolerantly: a field that is new, missing or null is no error.
//! Source: Twilio's OpenAPI description, api v2010. Dates are RFC 2822 text in GMT, kept as they came.

use std::collections::BTreeMap;

use jiff::fmt::rfc2822;
use serde::{Deserialize, Deserializer, Serialize};

/// A text, out or in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Message {
    /// `SM…` or `MM…`; [`crate::sid::is_message`] tells whether it has that form.
    #[serde(deserialize_with = "text")]
    pub sid: String,
    pub account_sid: Option<String>,
    pub api_version: Option<String>,
    pub body: Option<String>,
    pub date_created: Option<String>,
    pub date_updated: Option<String>,
    pub date_sent: Option<String>,
    /// `outbound-api`, `outbound-reply`, `outbound-call` or `inbound`.
    pub direction: Option<String>,
    #[serde(deserialize_with = "code_or_none")]
    pub error_code: Option<u32>,
    pub error_message: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub messaging_service_sid: Option<String>,
    /// A number, written as text.
    #[serde(deserialize_with = "text_or_number")]
    pub num_media: Option<String>,
    /// A number, written as text.
    #[serde(deserialize_with = "text_or_number")]
    pub num_segments: Option<String>,
    /// Null until billed; then like `-0.00750`.
    #[serde(deserialize_with = "text_or_number")]
    pub price: Option<String>,
    pub price_unit: Option<String>,
    /// `queued`, `sent`, `delivered` …; a value that nobody knows yet is data like any other.
    #[serde(deserialize_with = "text")]
    pub status: String,
    pub uri: Option<String>,
    #[serde(deserialize_with = "or_default")]
    pub subresource_uris: BTreeMap<String, Option<String>>,
}

impl Message {
    /// When Twilio made it, in milliseconds UTC, if it says so in a way that can be read.
    pub fn created_at(&self) -> Option<i64> {
        let made = rfc2822::parse(self.date_created.as_deref()?).ok()?;
        Some(made.timestamp().as_millisecond())
    }
}

/// One page of texts, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePage {
    pub messages: Vec<Message>,
    #[serde(flatten)]
    pub page: Page,
}

/// Where a page stands in its list. The addresses are relative to the API's host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    pub page: u32,
    pub page_size: u32,
    pub start: u32,
    pub end: u32,
    pub uri: Option<String>,
    pub first_page_uri: Option<String>,
    pub next_page_uri: Option<String>,
    pub previous_page_uri: Option<String>,
}

/// An account. Its `auth_token` is left out on purpose: nothing here needs a second copy of a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub sid: String,
    pub friendly_name: Option<String>,
    /// `active`, `suspended` or `closed`.
    pub status: Option<String>,
    /// `Trial` or `Full`; a trial account reaches verified numbers only.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub owner_account_sid: Option<String>,
    pub date_created: Option<String>,
    pub date_updated: Option<String>,
    pub uri: Option<String>,
}

/// What is left on an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    pub account_sid: Option<String>,
    /// A decimal number, written as text.
    #[serde(default, deserialize_with = "text_or_number")]
    pub balance: Option<String>,
    /// Like `USD`.
    pub currency: Option<String>,
}

/// A phone number of the account, with the addresses that Twilio calls for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IncomingPhoneNumber {
    #[serde(deserialize_with = "text")]
    pub sid: String,
    pub account_sid: Option<String>,
    pub friendly_name: Option<String>,
    /// E.164.
    #[serde(deserialize_with = "text")]
    pub phone_number: String,
    #[serde(deserialize_with = "or_default")]
    pub capabilities: Capabilities,
    pub sms_url: Option<String>,
    pub sms_method: Option<String>,
    pub sms_fallback_url: Option<String>,
    pub sms_fallback_method: Option<String>,
    /// When set, Twilio ignores all `sms_…` addresses of the number.
    pub sms_application_sid: Option<String>,
    pub voice_url: Option<String>,
    pub voice_method: Option<String>,
    pub voice_fallback_url: Option<String>,
    pub voice_fallback_method: Option<String>,
    /// When set, Twilio ignores all `voice_…` addresses of the number.
    pub voice_application_sid: Option<String>,
    /// When set, calls go to the trunk and not to `voice_url`.
    pub trunk_sid: Option<String>,
    pub status_callback: Option<String>,
    pub status_callback_method: Option<String>,
    pub uri: Option<String>,
}

/// What a phone number can do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Capabilities {
    #[serde(alias = "SMS")]
    pub sms: bool,
    #[serde(alias = "MMS")]
    pub mms: bool,
    pub voice: bool,
    pub fax: bool,
}

/// One page of phone numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingPhoneNumberPage {
    pub incoming_phone_numbers: Vec<IncomingPhoneNumber>,
    #[serde(flatten)]
    pub page: Page,
}

/// The body of every refusal. Key on `code`: the words may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// See twilio.com/docs/api/errors.
    #[serde(deserialize_with = "code")]
    pub code: u32,
    #[serde(default, deserialize_with = "text")]
    pub message: String,
    #[serde(default)]
    pub more_info: Option<String>,
    /// The HTTP status, repeated.
    #[serde(default)]
    pub status: Option<u16>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum TextOrNumber {
    Text(String),
    Number(serde_json::Number),
}

impl TextOrNumber {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<TextOrNumber>::deserialize(from)?.map(TextOrNumber::into_text))
}

fn code_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    // An empty text is how a form spells "none".
    let given = text_or_number(from)?.filter(|text| !text.is_empty());
    given
        .map(|text| text.trim().parse().map_err(serde::de::Error::custom))
        .transpose()
}

fn code<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    code_or_none(from)?.ok_or_else(|| serde::de::Error::custom("no code"))
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    or_default(from)
}

fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(from)?.unwrap_or_default())
}
