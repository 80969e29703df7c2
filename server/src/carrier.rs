//! Twilio behind the service's port: what its answers mean for what may happen next.

use domain::phone::Phone;
use futures::future::BoxFuture;
use service::carrier::{
    Account, AccountFacts, Carrier, NumberFacts, Outgoing, SendOutcome, Unanswered, Word,
};
use std::time::Duration;
use twilio::{ApiError, Client, CreateOutcome, Credentials, Message, NewMessage, NotSent};

/// How long a text waits when Twilio could not be reached.
const NOT_REACHED: Duration = Duration::from_secs(5);
/// How long a text waits when Twilio had too many requests and did not say for how long.
const TOO_MANY: Duration = Duration::from_secs(10);
/// Twilio's code for refused credentials.
const CREDENTIALS: u32 = 20003;

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

    fn account<'a>(
        &'a self,
        account: &'a Account,
    ) -> BoxFuture<'a, Result<AccountFacts, Unanswered>> {
        Box::pin(async move {
            let found = self
                .0
                .fetch_account(&credentials(account))
                .await
                .map_err(unanswered)?;
            let trial = found.kind.as_deref() == Some("Trial");
            let (name, status) = (
                found.friendly_name.unwrap_or_default(),
                found.status.unwrap_or_default(),
            );
            Ok(AccountFacts {
                name,
                status,
                trial,
            })
        })
    }

    fn number<'a>(
        &'a self,
        account: &'a Account,
        number: &'a Phone,
    ) -> BoxFuture<'a, Result<Option<NumberFacts>, Unanswered>> {
        Box::pin(async move {
            let credentials = credentials(account);
            let found = self
                .0
                .incoming_numbers(&credentials, Some(number.as_str()))
                .await
                .map_err(unanswered)?;
            let ours = found
                .into_iter()
                .find(|n| n.phone_number == number.as_str());
            Ok(ours.map(|ours| NumberFacts {
                number: number.clone(),
                texts: ours.capabilities.sms,
                voice: ours.capabilities.voice,
            }))
        })
    }
}

fn credentials(account: &Account) -> Credentials {
    Credentials::of_account(account.sid.clone(), account.token.clone())
}

fn outcome(outcome: CreateOutcome) -> SendOutcome {
    match outcome {
        CreateOutcome::Accepted(message) => SendOutcome::Accepted(word(*message)),
        CreateOutcome::Refused { error, .. } => SendOutcome::Refused {
            code: Some(error.code),
        },
        CreateOutcome::TryLater { retry_after, why } => {
            let (default, why) = match why {
                NotSent::NotReached(why) => (NOT_REACHED, why),
                NotSent::TooManyRequests => (TOO_MANY, "too many requests".to_owned()),
            };
            SendOutcome::NotSent {
                wait: retry_after.unwrap_or(default),
                why,
            }
        }
        CreateOutcome::Unknown { why } => SendOutcome::Unclear { why },
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
        ApiError::Refused { error, .. } if error.code == CREDENTIALS => Unanswered::Credentials,
        ApiError::Refused { error, .. } => Unanswered::Refused { code: error.code },
        ApiError::NotReached(why) | ApiError::Unclear(why) => Unanswered::Silent(why),
    }
}
