//! Twilio behind the service's port: what its answers mean for what may happen next.

mod list;

use crate::web::webhooks::CHALLENGE;
use domain::{
    check::Route,
    codes::{self, Effect},
    halt::{self, Reason},
    phone::Phone,
    setup::Addresses,
};
use futures::future::BoxFuture;
use service::carrier::{
    Account, AccountFacts, Asked, Carrier, Knock, Listed, NotOpened, NumberFacts, Opened, Outgoing,
    SendOutcome, Unanswered, Word,
};
use twilio::{
    ApiError, Client, CreateOutcome, Credentials, IncomingPhoneNumber, Message, NewMessage,
    NotPosted, NotSent, NumberUpdate, Posted, WebhookPost,
};

/// Twilio's code for refused credentials.
const CREDENTIALS: u32 = 20003;

/// Twilio's code for too many requests.
const BUSY: u32 = 20429;

/// Twilio.
pub struct Twilio(pub Client);

impl Carrier for Twilio {
    fn send<'a>(&'a self, account: &'a Account, text: &'a Outgoing) -> BoxFuture<'a, SendOutcome> {
        Box::pin(async move {
            let message = NewMessage {
                to: text.to.as_str().to_owned(),
                from: text.from.as_str().to_owned(),
                body: text.body.clone(),
                status_callback: Some(text.status_callback.clone()),
                ..NewMessage::default()
            };
            outcome(self.0.create_message(&credentials(account), &message).await)
        })
    }

    fn fetch<'a>(
        &'a self,
        account: &'a Account,
        sid: &'a str,
    ) -> BoxFuture<'a, Result<Word, Unanswered>> {
        Box::pin(async move {
            self.0
                .fetch_message(&credentials(account), sid)
                .await
                .map(word)
                .map_err(unanswered)
        })
    }

    fn list<'a>(
        &'a self,
        account: &'a Account,
        asked: &'a Asked,
    ) -> BoxFuture<'a, Result<Vec<Listed>, Unanswered>> {
        Box::pin(list::list(&self.0, credentials(account), asked))
    }

    fn account<'a>(
        &'a self,
        account: &'a Account,
    ) -> BoxFuture<'a, Result<AccountFacts, Unanswered>> {
        Box::pin(async move {
            let (found, at) = self
                .0
                .fetch_account_and_time(&credentials(account))
                .await
                .map_err(unanswered)?;
            Ok(AccountFacts {
                trial: found.kind.as_deref() == Some("Trial"),
                name: found.friendly_name.unwrap_or_default(),
                status: found.status.unwrap_or_default(),
                at,
            })
        })
    }

    fn balance<'a>(&'a self, account: &'a Account) -> BoxFuture<'a, Result<String, Unanswered>> {
        Box::pin(async move {
            let found = self.0.balance(&credentials(account)).await;
            let found = found.map_err(unanswered)?;
            Ok(money(
                found.balance.as_deref().unwrap_or_default(),
                found.currency.as_deref().unwrap_or_default(),
            ))
        })
    }

    fn numbers<'a>(
        &'a self,
        account: &'a Account,
        number: Option<&'a Phone>,
    ) -> BoxFuture<'a, Result<Vec<NumberFacts>, Unanswered>> {
        Box::pin(async move {
            let wanted = number.map(Phone::as_str);
            let found = self
                .0
                .incoming_numbers(&credentials(account), wanted)
                .await
                .map_err(unanswered)?;
            // Twilio finds numbers that contain what was asked for.
            let ours = found
                .into_iter()
                .filter(|n| wanted.is_none_or(|wanted| n.phone_number == wanted));
            Ok(ours.filter_map(number_facts).collect())
        })
    }

    fn connect<'a>(
        &'a self,
        account: &'a Account,
        number: &'a NumberFacts,
        ours: &'a Addresses,
    ) -> BoxFuture<'a, Result<(), Unanswered>> {
        Box::pin(async move {
            let update = NumberUpdate {
                sms_url: Some(ours.text.clone()),
                sms_method: Some("POST".into()),
                // The same server by another address: Twilio's second try when the first failed.
                sms_fallback_url: ours.older_text.last().cloned(),
                voice_url: Some(ours.voice.clone()),
                voice_method: Some("POST".into()),
                voice_fallback_url: ours.older_voice.last().cloned(),
                // Taken away only where it stands: Twilio refuses to clear what a number never had.
                sms_application_sid: number.sms.application.as_ref().map(|_| String::new()),
                voice_application_sid: number.calls.application.as_ref().map(|_| String::new()),
                trunk_sid: number.trunk.as_ref().map(|_| String::new()),
            };
            self.0
                .update_number(&credentials(account), &number.sid, &update)
                .await
                .map(|_| ())
                .map_err(unanswered)
        })
    }

    fn knock<'a>(
        &'a self,
        account: &'a Account,
        knock: &'a Knock,
    ) -> BoxFuture<'a, Result<Opened, NotOpened>> {
        Box::pin(async move {
            let post = WebhookPost {
                url: &knock.url,
                token: &account.token,
                params: &knock.form,
                header: (CHALLENGE, &knock.challenge),
            };
            match self.0.post_webhook(&post).await {
                Ok(Posted { status, body }) => Ok(Opened { status, body }),
                Err(NotPosted::NoConnection) => Err(NotOpened::NoConnection),
                Err(NotPosted::TooSlow) => Err(NotOpened::TooSlow),
            }
        })
    }

    fn time(&self) -> Option<i64> {
        self.0.time()
    }
}

fn number_facts(found: IncomingPhoneNumber) -> Option<NumberFacts> {
    let set = |text: Option<String>| text.filter(|text| !text.is_empty());
    let route =
        |url: Option<String>, method: Option<String>, fallback: Option<String>, app| Route {
            url: url.unwrap_or_default(),
            method: method.unwrap_or_else(|| "POST".into()),
            fallback: fallback.unwrap_or_default(),
            application: set(app),
        };
    Some(NumberFacts {
        number: Phone::from_e164(&found.phone_number)?,
        sid: found.sid,
        texts: found.capabilities.sms,
        voice: found.capabilities.voice,
        sms: route(
            found.sms_url,
            found.sms_method,
            found.sms_fallback_url,
            found.sms_application_sid,
        ),
        calls: route(
            found.voice_url,
            found.voice_method,
            found.voice_fallback_url,
            found.voice_application_sid,
        ),
        trunk: set(found.trunk_sid),
    })
}

/// "20.50" and "USD" as "$20.50".
fn money(amount: &str, currency: &str) -> String {
    match currency {
        "USD" => format!("${amount}"),
        _ => format!("{amount} {currency}"),
    }
}

fn credentials(account: &Account) -> Credentials {
    Credentials::of_account(account.sid.clone(), account.token.clone())
}

fn outcome(outcome: CreateOutcome) -> SendOutcome {
    match outcome {
        CreateOutcome::Accepted(message) => SendOutcome::Accepted(word(*message)),
        CreateOutcome::Refused { error, status } => {
            let unauthorized = (status == 401).then_some(Reason::Credentials);
            // Too many, too fast, or enough for a day: nothing was made of it, and it goes later.
            let later = codes::lookup(error.code).has(Effect::WaitsAndRetries);
            let busy = later.then_some(Reason::Busy);
            match halt::of_code(error.code).or(unauthorized).or(busy) {
                Some(halt) => SendOutcome::NotSent {
                    halt,
                    asked: None,
                    code: Some(error.code),
                    why: format!("refused with code {}", error.code),
                },
                None => SendOutcome::Refused {
                    code: Some(error.code),
                },
            }
        }
        CreateOutcome::TryLater { retry_after, why } => {
            let (halt, why) = match why {
                NotSent::NotReached(why) => (Reason::Unreachable, why),
                NotSent::TooManyRequests => (Reason::Busy, "too many requests".to_owned()),
            };
            SendOutcome::NotSent {
                halt,
                asked: retry_after,
                code: None,
                why,
            }
        }
        CreateOutcome::Unknown { why } => SendOutcome::Unclear { why, halt: None },
        CreateOutcome::Redirected { status } => SendOutcome::Unclear {
            why: format!("HTTP {status}: sent on to another address, and not followed"),
            halt: Some(Reason::Redirected),
        },
    }
}

fn word(message: Message) -> Word {
    Word {
        sid: message.sid,
        status: message.status,
        error: message.error_code,
        parts: message
            .num_segments
            .and_then(|parts| parts.parse().ok())
            .filter(|parts| *parts > 0),
    }
}

fn unanswered(error: ApiError) -> Unanswered {
    match error {
        ApiError::Refused { status: 401, .. } => Unanswered::Credentials,
        ApiError::Refused { status: 429, .. } => Unanswered::Refused { code: BUSY },
        ApiError::Refused { error, .. } if error.code == CREDENTIALS => Unanswered::Credentials,
        ApiError::Refused { error, .. } => Unanswered::Refused { code: error.code },
        ApiError::NotReached(why) | ApiError::Unclear(why) => Unanswered::Silent(why),
    }
}
