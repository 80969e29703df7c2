//! A phone texts. Twilio heeds STOP, START and HELP itself, and then still asks the number's address.
//! Source: twilio.com/docs/messaging/twiml, "Twilio's request to your application", and help.twilio.com on opt-out words.

use domain::keywords::{Keyword, keyword};

use super::hook::Hook;
use super::{Exchange, Line, Media, NoTalk, PhoneText, place};
use crate::state::{Direction, State, Text};
use crate::{Fate, Shared, clock, words};

/// A text that no request to the API made.
#[derive(Debug, Clone)]
pub(crate) struct Talk {
    pub text: Text,
    pub by: By,
    pub media: Vec<Media>,
    pub opt_out_type: Option<String>,
}

/// Who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Phone,
    /// The answer of the number's address.
    Office,
    Twilio,
}

pub(crate) async fn receive(shared: &Shared, text: PhoneText) -> Result<Exchange, NoTalk> {
    let line = Line::find(shared, &text.to)?;
    if !line.number.capabilities.sms {
        return Err(NoTalk::NotCapable);
    }
    let hold = text.hold;
    let (talk, confirmation) = shared.state().take(&line.account_sid, text);
    shared.changed();
    let exchange = if hold {
        Exchange {
            sid: talk.text.sid,
            ..Exchange::default()
        }
    } else {
        post(shared, &line, &talk).await
    };
    Ok(Exchange {
        confirmation,
        ..exchange
    })
}

pub(crate) async fn deliver_again(shared: &Shared, sid: &str) -> Result<Exchange, NoTalk> {
    let talk = shared.state().talk(sid).cloned();
    let talk = talk.ok_or(NoTalk::NoSuchText)?;
    let line = Line::find(shared, &talk.text.to)?;
    Ok(post(shared, &line, &talk).await)
}

async fn post(shared: &Shared, line: &Line, talk: &Talk) -> Exchange {
    let text = &talk.text;
    let hook = Hook {
        line,
        what: "text",
        sid: &text.sid,
        phone: &text.from,
        params: params(talk),
    };
    let asked = hook.ask(shared, addresses(line)).await;
    let (answer, messages) = match asked.answer {
        Some((answer, response)) => (Some(answer), response.messages()),
        None => (None, vec![]),
    };
    let mut error_code = asked.error_code;
    let mut replies = vec![];
    for message in messages {
        match shared.state().reply(text, &message) {
            Ok(()) => replies.push(message),
            Err(code) => error_code = Some(code),
        }
    }
    shared.changed();
    Exchange {
        sid: text.sid.clone(),
        posts: asked.posts,
        answer,
        replies,
        error_code,
        ..Exchange::default()
    }
}

/// An application hides the number's own addresses.
fn addresses(line: &Line) -> [(Option<&str>, Option<&str>); 2] {
    let number = &line.number;
    if number.sms_application_sid.is_some() {
        return [(None, None); 2];
    }
    [
        (number.sms_url.as_deref(), number.sms_method.as_deref()),
        (
            number.sms_fallback_url.as_deref(),
            number.sms_fallback_method.as_deref(),
        ),
    ]
}

fn params(talk: &Talk) -> Vec<(String, String)> {
    let text = &talk.text;
    let owned = |(name, value): (&str, String)| (name.to_owned(), value);
    let named = [
        ("SmsMessageSid", text.sid.clone()),
        ("NumMedia", talk.media.len().to_string()),
        ("SmsSid", text.sid.clone()),
        ("SmsStatus", "received".into()),
        ("Body", text.body.clone()),
        ("To", text.to.clone()),
        ("NumSegments", text.segments.to_string()),
        ("MessageSid", text.sid.clone()),
        ("AccountSid", text.account_sid.clone()),
        ("From", text.from.clone()),
        ("ApiVersion", "2010-04-01".into()),
    ];
    let mut params: Vec<_> = named.map(owned).into();
    params.extend(place::params("From", &text.from));
    params.extend(place::params("To", &text.to));
    for (at, media) in talk.media.iter().enumerate() {
        params.push((format!("MediaUrl{at}"), media.url.clone()));
        params.push((format!("MediaContentType{at}"), media.content_type.clone()));
    }
    if let Some(kind) = &talk.opt_out_type {
        params.push(owned(("OptOutType", kind.clone())));
        params.push(owned(("MessagingServiceSid", SERVICE.into())));
    }
    params
}

/// Only a Messaging Service has Advanced Opt-Out.
const SERVICE: &str = "MG00000000000000000000000000000001";

impl State {
    /// Takes a text in, heeds its keyword, and answers with what Twilio wrote to the phone.
    fn take(&mut self, account_sid: &str, text: PhoneText) -> (Talk, Option<String>) {
        let known = text.sid.as_deref().and_then(|sid| self.talk(sid));
        if let Some(known) = known.filter(|known| known.text.from == text.from) {
            return (known.clone(), None);
        }
        let kind = if text.media.is_empty() { "SM" } else { "MM" };
        let taken = Talk {
            text: Text {
                sid: text.sid.unwrap_or_else(|| clock::new_sid(kind)),
                num_media: text.media.len(),
                ..self.new_text(
                    account_sid,
                    (&text.from, &text.to),
                    &text.body,
                    Direction::Inbound,
                )
            },
            by: By::Phone,
            media: text.media,
            opt_out_type: text.opt_out_type,
        };
        self.talks.push(taken.clone());
        let confirmation = self.heed(&taken);
        if let Some(body) = confirmation {
            let text = self.back(&taken.text, body);
            self.say(text, By::Twilio);
        }
        (taken, confirmation.map(str::to_owned))
    }

    /// Blocks or lifts the block. Twilio writes when that changed something.
    fn heed(&mut self, talk: &Talk) -> Option<&'static str> {
        let (phone, ours) = (talk.text.from.as_str(), talk.text.to.as_str());
        let meant = talk.opt_out_type.as_deref().unwrap_or(&talk.text.body);
        match keyword(meant)? {
            Keyword::Stop => self.block(ours, phone).then_some(words::UNSUBSCRIBED),
            Keyword::Start => {
                let by_fate = self.fate(phone) == Fate::Refused(21610);
                if by_fate {
                    self.set_fate(phone, Fate::Delivered);
                }
                (self.unblock(ours, phone) || by_fate).then_some(words::RESUBSCRIBED)
            }
            Keyword::Help => Some(words::HELP),
        }
    }

    /// Sends what the number's address answered, or gives Twilio's code why not.
    fn reply(&mut self, to: &Text, body: &str) -> Result<(), u32> {
        if self.is_blocked(&to.to, &to.from) {
            return Err(21610);
        }
        if body.encode_utf16().count() > domain::segments::MAX_BODY {
            return Err(21617);
        }
        let mut text = self.back(to, body);
        match self.fate(&to.from) {
            Fate::Refused(code) => return Err(code),
            Fate::Undelivered(code) => {
                (text.status, text.error_code) = ("undelivered", Some(code));
            }
            _ => text.status = "delivered",
        }
        self.say(text, By::Office);
        Ok(())
    }

    /// A text the other way.
    fn back(&self, to: &Text, body: &str) -> Text {
        let ends = (to.to.as_str(), to.from.as_str());
        self.new_text(&to.account_sid, ends, body, Direction::Reply)
    }

    fn say(&mut self, mut text: Text, by: By) {
        text.sent = Some(text.created);
        text.arrived = text.error_code.is_none();
        self.talks.push(Talk {
            text,
            by,
            media: vec![],
            opt_out_type: None,
        });
    }
}
