//! Accounts and numbers as a test wants them: suspended, on trial, with traps, with a clock that is wrong.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Deserializer};

use crate::{AccountKind, Shared, SimAccount, SimCapabilities, SimNumber};

/// `{"status": "suspended", "kind": "Trial", "secondary_token": "…"}`; what is absent stays, an empty text clears.
/// Without `account_sid` the first account is meant.
#[derive(Deserialize)]
pub(super) struct SetAccount {
    account_sid: Option<String>,
    status: Option<String>,
    kind: Option<AccountKind>,
    balance: Option<String>,
    auth_token: Option<String>,
    secondary_token: Option<String>,
}

pub(super) async fn set_account(
    State(shared): State<Arc<Shared>>,
    Json(set): Json<SetAccount>,
) -> StatusCode {
    let mut state = shared.state();
    let account = state
        .accounts
        .iter_mut()
        .find(|account| meant(account, set.account_sid.as_deref()));
    let Some(account) = account else {
        return StatusCode::NOT_FOUND;
    };
    put(&mut account.status, set.status);
    put(&mut account.balance, set.balance);
    put(&mut account.auth_token, set.auth_token);
    account.kind = set.kind.unwrap_or(account.kind);
    if let Some(token) = set.secondary_token {
        account.secondary_token = Some(token).filter(|token| !token.is_empty());
    }
    StatusCode::NO_CONTENT
}

fn meant(account: &SimAccount, sid: Option<&str>) -> bool {
    sid.is_none_or(|sid| account.sid == sid)
}

fn put(field: &mut String, given: Option<String>) {
    if let Some(given) = given {
        *field = given;
    }
}

/// `{"phone_number": "+16615550100", "capabilities": {"sms": false}, "trunk_sid": "TK…"}`; what is absent stays,
/// null clears. A number that nobody has becomes one of the account's.
#[derive(Deserialize)]
pub(super) struct SetNumber {
    account_sid: Option<String>,
    phone_number: String,
    sid: Option<String>,
    capabilities: Option<SimCapabilities>,
    #[serde(default, deserialize_with = "given")]
    friendly_name: Change,
    #[serde(default, deserialize_with = "given")]
    sms_url: Change,
    #[serde(default, deserialize_with = "given")]
    sms_method: Change,
    #[serde(default, deserialize_with = "given")]
    sms_fallback_url: Change,
    #[serde(default, deserialize_with = "given")]
    sms_application_sid: Change,
    #[serde(default, deserialize_with = "given")]
    voice_url: Change,
    #[serde(default, deserialize_with = "given")]
    voice_method: Change,
    #[serde(default, deserialize_with = "given")]
    voice_fallback_url: Change,
    #[serde(default, deserialize_with = "given")]
    voice_application_sid: Change,
    #[serde(default, deserialize_with = "given")]
    trunk_sid: Change,
}

/// Absent, null or a text.
type Change = Option<Option<String>>;

fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Change, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

pub(super) async fn set_number(
    State(shared): State<Arc<Shared>>,
    Json(set): Json<SetNumber>,
) -> StatusCode {
    let done = {
        let mut state = shared.state();
        let account = state
            .accounts
            .iter_mut()
            .find(|account| meant(account, set.account_sid.as_deref()));
        account.map(|account| set.into_account(account))
    };
    shared.changed();
    done.map_or(StatusCode::NOT_FOUND, |()| StatusCode::NO_CONTENT)
}

impl SetNumber {
    fn into_account(self, account: &mut SimAccount) {
        let of = |number: &SimNumber| number.phone_number == self.phone_number;
        let at = account.numbers.iter().position(of).unwrap_or_else(|| {
            account.numbers.push(SimNumber {
                sid: crate::clock::new_sid("PN"),
                phone_number: self.phone_number.clone(),
                ..SimNumber::default()
            });
            account.numbers.len() - 1
        });
        self.change(&mut account.numbers[at]);
    }

    fn change(self, number: &mut SimNumber) {
        put(&mut number.sid, self.sid);
        number.capabilities = self.capabilities.unwrap_or(number.capabilities);
        let changes = [
            (self.friendly_name, &mut number.friendly_name),
            (self.sms_url, &mut number.sms_url),
            (self.sms_method, &mut number.sms_method),
            (self.sms_fallback_url, &mut number.sms_fallback_url),
            (self.sms_application_sid, &mut number.sms_application_sid),
            (self.voice_url, &mut number.voice_url),
            (self.voice_method, &mut number.voice_method),
            (self.voice_fallback_url, &mut number.voice_fallback_url),
            (
                self.voice_application_sid,
                &mut number.voice_application_sid,
            ),
            (self.trunk_sid, &mut number.trunk_sid),
        ];
        for (change, field) in changes {
            if let Some(value) = change {
                *field = value.filter(|value| !value.is_empty());
            }
        }
    }
}

/// `{"skew_seconds": 600}`: the answers' `Date` is so much ahead of the time, or behind it.
#[derive(Deserialize)]
pub(super) struct SetClock {
    skew_seconds: i64,
}

pub(super) async fn set_clock(
    State(shared): State<Arc<Shared>>,
    Json(set): Json<SetClock>,
) -> StatusCode {
    shared.state().skew_seconds = set.skew_seconds;
    StatusCode::NO_CONTENT
}
