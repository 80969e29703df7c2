//! The account's phone numbers: list, fetch, change of the addresses that Twilio calls.

use url::Url;

use super::{Answer, Call, ok, paging};
use crate::refusal::Refusal;
use crate::{Shared, SimNumber, wire};

const FILTERS: [&str; 3] = ["PhoneNumber", "FriendlyName", "Origin"];

pub(super) fn list(shared: &Shared, call: &Call) -> Answer {
    let state = shared.state();
    let account = state
        .account(&call.account_sid)
        .ok_or(Refusal::of(Refusal::NOT_FOUND))?;
    let all: Vec<&SimNumber> = account
        .numbers
        .iter()
        .filter(|number| takes(call, number))
        .collect();
    let list = paging::List {
        name: "incoming_phone_numbers",
        path: format!(
            "{}/IncomingPhoneNumbers.json",
            wire::account_path(&account.sid)
        ),
        filters: &FILTERS,
        sid: |number: &&SimNumber| number.sid.clone(),
    };
    ok(list.page(call, &all, |number| wire::number(&account.sid, number)))
}

/// `PhoneNumber` may be a part of a number, `*` any digits; `FriendlyName` is the whole name.
fn takes(call: &Call, number: &SimNumber) -> bool {
    let name = number
        .friendly_name
        .as_ref()
        .unwrap_or(&number.phone_number);
    call.given("PhoneNumber")
        .is_none_or(|wanted| holds(&number.phone_number, &wanted))
        && call
            .given("FriendlyName")
            .is_none_or(|wanted| wanted == *name)
        && call.given("Origin").is_none_or(|wanted| wanted == "twilio")
}

/// True when the pieces of a pattern come one after another.
fn holds(number: &str, pattern: &str) -> bool {
    let mut rest = number;
    pattern.split('*').all(|piece| {
        let found = rest.split_once(piece);
        rest = found.map_or("", |(_, after)| after);
        found.is_some()
    })
}

pub(super) fn fetch(shared: &Shared, call: &Call, sid: &str) -> Answer {
    let state = shared.state();
    let numbers = state
        .account(&call.account_sid)
        .map_or(&[][..], |account| &account.numbers);
    let number = numbers
        .iter()
        .find(|number| number.sid == sid)
        .ok_or(Refusal::of(Refusal::NOT_FOUND))?;
    ok(wire::number(&call.account_sid, number))
}

pub(super) fn update(shared: &Shared, call: &Call, sid: &str) -> Answer {
    let answer = {
        let mut state = shared.state();
        let numbers = state
            .accounts
            .iter_mut()
            .filter(|account| account.sid == call.account_sid)
            .flat_map(|account| &mut account.numbers);
        let number = numbers
            .into_iter()
            .find(|number| number.sid == sid)
            .ok_or(Refusal::of(Refusal::NOT_FOUND))?;
        let mut changed = number.clone();
        change(&mut changed, call);
        check(&changed).map_err(Refusal::of)?;
        *number = changed;
        wire::number(&call.account_sid, number)
    };
    shared.changed();
    ok(answer)
}

/// What is given changes, what is given empty is cleared.
fn change(number: &mut SimNumber, call: &Call) {
    let fields = [
        ("FriendlyName", &mut number.friendly_name),
        ("SmsUrl", &mut number.sms_url),
        ("SmsMethod", &mut number.sms_method),
        ("SmsFallbackUrl", &mut number.sms_fallback_url),
        ("SmsFallbackMethod", &mut number.sms_fallback_method),
        ("SmsApplicationSid", &mut number.sms_application_sid),
        ("VoiceUrl", &mut number.voice_url),
        ("VoiceMethod", &mut number.voice_method),
        ("VoiceFallbackUrl", &mut number.voice_fallback_url),
        ("VoiceFallbackMethod", &mut number.voice_fallback_method),
        ("VoiceApplicationSid", &mut number.voice_application_sid),
        ("TrunkSid", &mut number.trunk_sid),
        ("StatusCallback", &mut number.status_callback),
        ("StatusCallbackMethod", &mut number.status_callback_method),
    ];
    for (name, field) in fields {
        if let Some(value) = call.value(name) {
            *field = Some(value).filter(|value| !value.is_empty());
        }
    }
}

/// The number as it would be, or Twilio's code for what it can't be.
fn check(number: &SimNumber) -> Result<(), u32> {
    let urls = [
        &number.sms_url,
        &number.sms_fallback_url,
        &number.voice_url,
        &number.voice_fallback_url,
        &number.status_callback,
    ];
    let methods = [
        &number.sms_method,
        &number.sms_fallback_method,
        &number.voice_method,
        &number.voice_fallback_method,
        &number.status_callback_method,
    ];
    let is_web = |url: &String| Url::parse(url).is_ok_and(|url| url.scheme().starts_with("http"));
    if !urls.into_iter().flatten().all(is_web) {
        return Err(21402);
    }
    if !methods
        .into_iter()
        .flatten()
        .all(|method| matches!(method.as_str(), "GET" | "POST"))
    {
        return Err(21403);
    }
    if number.voice_fallback_url.is_some() && number.voice_url.is_none() {
        return Err(21405);
    }
    if number.sms_fallback_url.is_some() && number.sms_url.is_none() {
        return Err(21406);
    }
    Ok(())
}
