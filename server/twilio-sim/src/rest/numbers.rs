//! The account's phone numbers: list, fetch, change of the addresses that Twilio calls.

use super::{Answer, Call, ok};
use crate::refusal::Refusal;
use crate::{Shared, SimNumber, wire};

pub(super) fn list(shared: &Shared, call: &Call) -> Answer {
    let wanted = call.given("PhoneNumber");
    let state = shared.state();
    let account = state
        .account(&call.account_sid)
        .ok_or(Refusal::of(Refusal::NOT_FOUND))?;
    let shown: Vec<_> = account
        .numbers
        .iter()
        .filter(|number| {
            wanted
                .as_deref()
                .is_none_or(|wanted| number.phone_number.contains(wanted))
        })
        .map(|number| wire::number(&account.sid, number))
        .collect();
    let place = wire::PageOf {
        name: "incoming_phone_numbers",
        path: &format!(
            "{}/IncomingPhoneNumbers.json",
            wire::account_path(&account.sid)
        ),
        filters: "",
        number: 0,
        size: shown.len().max(50),
        next: None,
    };
    ok(place.with(shown))
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
        change(number, call);
        wire::number(&call.account_sid, number)
    };
    shared.changed();
    ok(answer)
}

/// What is given changes, what is given empty is cleared.
fn change(number: &mut SimNumber, call: &Call) {
    let fields = [
        ("SmsUrl", &mut number.sms_url),
        ("SmsMethod", &mut number.sms_method),
        ("SmsFallbackUrl", &mut number.sms_fallback_url),
        ("SmsApplicationSid", &mut number.sms_application_sid),
        ("VoiceUrl", &mut number.voice_url),
        ("VoiceMethod", &mut number.voice_method),
        ("VoiceFallbackUrl", &mut number.voice_fallback_url),
        ("VoiceApplicationSid", &mut number.voice_application_sid),
        ("TrunkSid", &mut number.trunk_sid),
    ];
    for (name, field) in fields {
        if let Some(value) = call.value(name) {
            *field = Some(value).filter(|value| !value.is_empty());
        }
    }
}
