//! A phone calls: the number's voice address is asked, and what it says is heard.
//! Source: twilio.com/docs/voice/twiml#request-parameters.

use super::hook::{Asked, Hook, NO_ANSWER};
use super::{Exchange, Line, NoTalk, PhoneCall, place};
use crate::clock::{self, Timestamp};
use crate::twiml::Said;
use crate::{Shared, words};

/// A call that was made, as the phone shows it.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub sid: String,
    pub at: Timestamp,
    pub from: String,
    pub to: String,
    pub said: Vec<Said>,
    pub error_code: Option<u32>,
}

pub(crate) async fn receive(shared: &Shared, call: PhoneCall) -> Result<Exchange, NoTalk> {
    let line = Line::find(shared, &call.to)?;
    if !line.number.capabilities.voice {
        return Err(NoTalk::NotCapable);
    }
    let sid = call.sid.clone().unwrap_or_else(|| clock::new_sid("CA"));
    let at = clock::now();
    let hook = Hook {
        line: &line,
        what: "call",
        sid: &sid,
        phone: &call.from,
        params: params(&line, &sid, &call),
    };
    let asked = hook.ask(shared, addresses(&line)).await;
    let said = heard(&asked);
    let error_code = asked
        .error_code
        .or(asked.answer.is_none().then_some(NO_ANSWER));
    shared.state().calls.push(Call {
        sid: sid.clone(),
        at,
        from: call.from,
        to: call.to,
        said: said.clone(),
        error_code,
    });
    shared.changed();
    Ok(Exchange {
        sid,
        posts: asked.posts,
        answer: asked.answer.map(|(text, _)| text),
        said,
        error_code,
        ..Exchange::default()
    })
}

/// An application or a trunk hides the number's own addresses.
fn addresses(line: &Line) -> [(Option<&str>, Option<&str>); 2] {
    let number = &line.number;
    if number.voice_application_sid.is_some() || number.trunk_sid.is_some() {
        return [(None, None); 2];
    }
    [
        (number.voice_url.as_deref(), number.voice_method.as_deref()),
        (
            number.voice_fallback_url.as_deref(),
            number.voice_fallback_method.as_deref(),
        ),
    ]
}

/// What the answer says, or what Twilio says when there is none.
fn heard(asked: &Asked) -> Vec<Said> {
    match &asked.answer {
        Some((_, response)) => response.said(),
        None => vec![Said {
            text: words::APPLICATION_ERROR.to_owned(),
            ..Said::default()
        }],
    }
}

fn params(line: &Line, sid: &str, call: &PhoneCall) -> Vec<(String, String)> {
    let named = [
        ("CallSid", sid),
        ("AccountSid", &line.account_sid),
        ("ApiVersion", "2010-04-01"),
        ("CallStatus", "ringing"),
        ("Direction", "inbound"),
        ("From", &call.from),
        ("To", &call.to),
        ("Caller", &call.from),
        ("Called", &call.to),
    ];
    let mut params: Vec<_> = named
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    for (end, number) in [
        ("From", &call.from),
        ("To", &call.to),
        ("Caller", &call.from),
        ("Called", &call.to),
    ] {
        params.extend(place::params(end, number));
    }
    params
}
