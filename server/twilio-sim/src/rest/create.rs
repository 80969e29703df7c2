//! `POST …/Messages.json`: checks in Twilio's order, then the phone's fate.

use std::sync::Arc;

use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::phone::Phone;
use domain::segments::MAX_BODY;
use tokio::sync::broadcast::error::RecvError;
use url::Url;

use super::{Answer, Call};
use crate::refusal::Refusal;
use crate::state::{Checked, State};
use crate::{AccountKind, Fate, Shared, Signal, SimAccount, clock, life, wire};

const TRIAL_PREFIX: &str = "Sent from your Twilio trial account - ";

pub(super) async fn create(shared: &Arc<Shared>, call: Call) -> Answer {
    let to = call.value("To").unwrap_or_default();
    if shared.state().fate(&to) != Fate::Held {
        return make(shared, &call).await;
    }
    // On its own: it goes on when the client has hung up.
    let shared = shared.clone();
    let made = tokio::spawn(async move {
        let_go(&shared, &to).await;
        make(&shared, &call).await
    });
    made.await.unwrap_or_else(|_| Err(Refusal::of(20500)))
}

/// Ends when texts to the phone are held no longer, or the simulator closes.
async fn let_go(shared: &Shared, phone: &str) {
    let mut signals = shared.signals.subscribe();
    while shared.state().fate(phone) == Fate::Held {
        if matches!(
            signals.recv().await,
            Ok(Signal::Closed) | Err(RecvError::Closed)
        ) {
            return;
        }
    }
}

async fn make(shared: &Arc<Shared>, call: &Call) -> Answer {
    let (text, no_answer) = {
        let mut state = shared.state();
        let checked = check(&state, call).map_err(Refusal::of)?;
        (state.accept(checked), state.delays.no_answer)
    };
    shared.changed();
    let answer = match text.fate {
        Fate::AnswerLost => Refusal::of(20500).into_response(),
        _ => (StatusCode::CREATED, Json(wire::message(&text))).into_response(),
    };
    life::begin(shared, &text);
    let wait = match text.fate {
        Fate::Slow(seconds) => seconds.saturating_mul(1000),
        Fate::Timeout => no_answer,
        _ => 0,
    };
    tokio::select! {
        () = clock::wait((wait, wait)) => {}
        () = shared.closed() => {}
    }
    Ok(answer)
}

/// The text to make, or the code of the refusal.
fn check(state: &State, call: &Call) -> Result<Checked, u32> {
    let account = state.account(&call.account_sid).ok_or(20003u32)?;
    if account.status() != "active" {
        return Err(20005);
    }
    let to = recipient(call)?;
    let body = body(account, call)?;
    let from = sender(state, account, call)?;
    let status_callback = call.given("StatusCallback");
    if status_callback
        .as_deref()
        .is_some_and(|url| !is_callback(url))
    {
        return Err(21609);
    }
    if from == to {
        return Err(21266);
    }
    if account.kind == AccountKind::Trial && !account.verified.contains(&to) {
        return Err(21608);
    }
    if state.is_blocked(&from, &to) {
        return Err(21610);
    }
    let fate = accepting(state.fate(&to))?;
    Ok(Checked {
        account_sid: call.account_sid.clone(),
        from,
        to,
        body,
        status_callback,
        fate,
    })
}

fn recipient(call: &Call) -> Result<String, u32> {
    let to = call.given("To").ok_or(21604u32)?;
    Phone::from_e164(&to).map(|_| to).ok_or(21211)
}

fn body(account: &SimAccount, call: &Call) -> Result<String, u32> {
    let body = call.given("Body").ok_or(21602u32)?;
    if body.encode_utf16().count() > MAX_BODY {
        return Err(21617);
    }
    Ok(match account.kind {
        AccountKind::Trial => format!("{TRIAL_PREFIX}{body}"),
        AccountKind::Full => body,
    })
}

fn sender(state: &State, account: &SimAccount, call: &Call) -> Result<String, u32> {
    let Some(from) = call.given("From") else {
        return Err(if call.given("MessagingServiceSid").is_some() {
            21701
        } else {
            21603
        });
    };
    let can_text = |account: &SimAccount| {
        let mut numbers = account.numbers.iter();
        numbers
            .find(|number| number.phone_number == from)
            .map(|number| number.capabilities.sms)
    };
    if can_text(account) == Some(true) {
        Ok(from)
    } else if state
        .accounts
        .iter()
        .any(|account| can_text(account).is_some())
    {
        Err(21606)
    } else {
        Err(21659)
    }
}

/// Twilio calls http and https addresses whose host has no underscore.
fn is_callback(url: &str) -> bool {
    let good = |url: Url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| !host.contains('_'))
    };
    Url::parse(url).is_ok_and(good)
}

/// The fate of a text that is made, or the code of the refusal.
fn accepting(fate: Fate) -> Result<Fate, u32> {
    match fate {
        Fate::Refused(code) => Err(code),
        // Still held: the simulator closes.
        Fate::ServerError | Fate::Held => Err(20500),
        Fate::TooManyRequests => Err(20429),
        fate => Ok(fate),
    }
}
