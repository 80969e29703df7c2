//! JSON as the REST API writes it, every field of Twilio's OpenAPI description included.

use serde_json::{Map, Value, json};

use crate::clock::{Timestamp, rfc2822};
use crate::refusal::carrier_words;
use crate::state::Text;
use crate::{SimAccount, SimNumber};

/// The simulator's accounts have always been there.
const FOUNDED: Timestamp = Timestamp::UNIX_EPOCH;

pub(crate) fn account_path(account_sid: &str) -> String {
    format!("/2010-04-01/Accounts/{account_sid}")
}

pub(crate) fn message(text: &Text) -> Value {
    let path = format!("{}/Messages/{}", account_path(&text.account_sid), text.sid);
    json!({
        "account_sid": text.account_sid,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": rfc2822(text.created),
        "date_sent": text.sent.map(rfc2822),
        "date_updated": rfc2822(text.updated),
        "direction": text.direction.name(),
        "error_code": text.error_code,
        "error_message": text.error_code.and_then(carrier_words),
        "from": text.from,
        "messaging_service_sid": null,
        "num_media": text.num_media.to_string(),
        "num_segments": text.segments.to_string(),
        "price": null,
        "price_unit": "USD",
        "sid": text.sid,
        "status": text.status,
        "subresource_uris": { "media": format!("{path}/Media.json") },
        "to": text.to,
        "uri": format!("{path}.json"),
    })
}

pub(crate) fn account(account: &SimAccount) -> Value {
    let path = account_path(&account.sid);
    json!({
        "auth_token": account.auth_token,
        "date_created": rfc2822(FOUNDED),
        "date_updated": rfc2822(FOUNDED),
        "friendly_name": account.friendly_name,
        "owner_account_sid": account.sid,
        "sid": account.sid,
        "status": account.status(),
        "subresource_uris": {
            "incoming_phone_numbers": format!("{path}/IncomingPhoneNumbers.json"),
            "messages": format!("{path}/Messages.json"),
        },
        "type": account.kind.name(),
        "uri": format!("{path}.json"),
    })
}

pub(crate) fn balance(account: &SimAccount) -> Value {
    json!({ "account_sid": account.sid, "balance": account.balance(), "currency": "USD" })
}

pub(crate) fn number(account_sid: &str, number: &SimNumber) -> Value {
    json!({
        "account_sid": account_sid,
        "address_requirements": "none",
        "address_sid": null,
        "api_version": "2010-04-01",
        "beta": false,
        "bundle_sid": null,
        "capabilities": {
            "voice": number.capabilities.voice,
            "sms": number.capabilities.sms,
            "mms": number.capabilities.mms,
            "fax": false,
        },
        "date_created": rfc2822(FOUNDED),
        "date_updated": rfc2822(FOUNDED),
        "emergency_address_sid": null,
        "emergency_address_status": "unregistered",
        "emergency_status": "Inactive",
        "friendly_name": number.friendly_name.as_deref().unwrap_or(&number.phone_number),
        "identity_sid": null,
        "origin": "twilio",
        "phone_number": number.phone_number,
        "sid": number.sid,
        "sms_application_sid": number.sms_application_sid,
        "sms_fallback_method": method(&number.sms_fallback_method),
        "sms_fallback_url": number.sms_fallback_url,
        "sms_method": method(&number.sms_method),
        "sms_url": number.sms_url,
        "status": "in-use",
        "status_callback": number.status_callback,
        "status_callback_method": method(&number.status_callback_method),
        "trunk_sid": number.trunk_sid,
        "type": "local",
        "uri": format!("{}/IncomingPhoneNumbers/{}.json", account_path(account_sid), number.sid),
        "voice_application_sid": number.voice_application_sid,
        "voice_caller_id_lookup": false,
        "voice_fallback_method": method(&number.voice_fallback_method),
        "voice_fallback_url": number.voice_fallback_url,
        "voice_method": method(&number.voice_method),
        "voice_receive_mode": "voice",
        "voice_url": number.voice_url,
    })
}

fn method(given: &Option<String>) -> &str {
    given.as_deref().unwrap_or("POST")
}

/// Where a page stands: the addresses are relative to the host, as Twilio's are.
pub(crate) struct PageOf<'a> {
    /// `messages` or `incoming_phone_numbers`.
    pub name: &'static str,
    pub path: &'a str,
    /// The filters, as a query without page parameters.
    pub filters: &'a str,
    pub number: usize,
    pub size: usize,
    /// The token of the next page, when there is one.
    pub next: Option<String>,
}

impl PageOf<'_> {
    pub fn with(self, items: Vec<Value>) -> Value {
        let uri = |page: usize, token: Option<&str>| {
            let filters = if self.filters.is_empty() {
                String::new()
            } else {
                format!("{}&", self.filters)
            };
            let token = token.map_or(String::new(), |token| format!("&PageToken={token}"));
            format!(
                "{}?{filters}PageSize={}&Page={page}{token}",
                self.path, self.size
            )
        };
        let start = self.number * self.size;
        let mut page = Map::new();
        page.insert("end".into(), (start + items.len().saturating_sub(1)).into());
        page.insert("first_page_uri".into(), uri(0, None).into());
        page.insert(
            "next_page_uri".into(),
            self.next
                .as_deref()
                .map(|next| uri(self.number + 1, Some(next)))
                .into(),
        );
        page.insert("page".into(), self.number.into());
        page.insert("page_size".into(), self.size.into());
        page.insert("previous_page_uri".into(), Value::Null);
        page.insert("start".into(), start.into());
        page.insert("uri".into(), uri(self.number, None).into());
        page.insert(self.name.into(), items.into());
        Value::Object(page)
    }
}
