//! Handing a text to Twilio: at most one POST, and an honest account of what came of it.

use super::answer::{Answer, BODY_LIMIT, NoAnswer, ask};
use super::{Client, CreateOutcome, Credentials, NewMessage, NotSent};
use crate::sid;
use crate::wire::{ErrorBody, Message};

const TOO_MANY_REQUESTS: u16 = 429;
const TOO_MANY_REQUESTS_CODE: u32 = 20429;

impl Client {
    /// Sends one text by one POST. Repeating it makes a second text, save after [`CreateOutcome::TryLater`].
    pub async fn create_message(
        &self,
        credentials: &Credentials,
        message: &NewMessage,
    ) -> CreateOutcome {
        let url = self.url(credentials, &["Messages.json"]);
        let request = self.writing.post(url).form(&message.params());
        match ask(request, credentials, &self.heard, BODY_LIMIT).await {
            Ok(answer) => judge(&answer),
            Err(NoAnswer::NotReached(why)) => CreateOutcome::TryLater {
                retry_after: None,
                why: NotSent::NotReached(why),
            },
            Err(NoAnswer::Unclear(why)) => CreateOutcome::Unknown { why },
        }
    }
}

fn judge(answer: &Answer) -> CreateOutcome {
    match answer.status {
        200..300 => created(&answer.body),
        400..500 => refused(answer),
        status @ 300..400 => CreateOutcome::Redirected { status },
        status => CreateOutcome::Unknown {
            why: format!("HTTP {status}"),
        },
    }
}

fn created(body: &[u8]) -> CreateOutcome {
    match serde_json::from_slice::<Message>(body) {
        Ok(message) if sid::is_message(&message.sid) => CreateOutcome::Accepted(Box::new(message)),
        Ok(_) => CreateOutcome::Unknown {
            why: "accepted, with no SID of the right form".to_owned(),
        },
        // The parser's words could quote the body; the kind of mistake is enough.
        Err(error) => CreateOutcome::Unknown {
            why: format!("accepted, unreadable ({:?} error)", error.classify()),
        },
    }
}

fn refused(answer: &Answer) -> CreateOutcome {
    let status = answer.status;
    let error = serde_json::from_slice::<ErrorBody>(&answer.body).ok();
    let too_many = error
        .as_ref()
        .is_some_and(|error| error.code == TOO_MANY_REQUESTS_CODE);
    if status == TOO_MANY_REQUESTS || too_many {
        return CreateOutcome::TryLater {
            retry_after: answer.retry_after,
            why: NotSent::TooManyRequests,
        };
    }
    match error {
        Some(error) => CreateOutcome::Refused { status, error },
        None => CreateOutcome::Unknown {
            why: format!("HTTP {status} with no code of Twilio's"),
        },
    }
}
