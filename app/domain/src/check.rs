//! The check of Texting Setup: from what was found out to lines that a person can act on.
//!
//! Asking is the service's. What an answer means is decided here, line by line.

mod carriers;
mod facts;
mod night;
mod reach;

pub use carriers::{UNREGISTERED, carriers_line, refusals_from};
pub use facts::{AccountFacts, NumberFacts, Route, Unanswered};
pub use night::Nightly;
pub use reach::{Arrived, NotReached, reach_lines};

use crate::{
    codes::{self, Effect},
    phone::Phone,
    setup::Addresses,
};
use serde::{Deserialize, Serialize};

/// Twilio refuses requests whose clock is far off, and so do codes that count time: 2 minutes, in milliseconds.
pub const CLOCK_OFF: i64 = 2 * 60 * 1000;
/// A report that has not come after this time is missing: 10 minutes, in milliseconds.
pub const REPORT_OVERDUE: i64 = 10 * 60 * 1000;

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In order.
    Good,
    /// Not in order: somebody has to do something.
    Bad,
    /// Twilio has to do something; nobody here.
    Waiting,
    /// Not done yet, or not looked at because something before it is missing.
    ToDo,
}

/// What a line is about, in the order in which it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Credentials,
    Account,
    Number,
    IncomingTexts,
    IncomingCalls,
    Reachable,
    Signature,
    Clock,
    Reports,
    Carriers,
}

impl Topic {
    /// Every topic, in order.
    pub const ALL: [Self; 10] = [
        Self::Credentials,
        Self::Account,
        Self::Number,
        Self::IncomingTexts,
        Self::IncomingCalls,
        Self::Reachable,
        Self::Signature,
        Self::Clock,
        Self::Reports,
        Self::Carriers,
    ];
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub topic: Topic,
    pub finding: Finding,
}

/// What was found. Times are in milliseconds UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Not looked at: something before it has to be right first.
    After,
    /// Twilio did not answer.
    TwilioSilent,
    /// Twilio refused for another reason than the credentials.
    Refused {
        code: u32,
    },

    NoAccount,
    CredentialsRefused,
    Known {
        name: String,
    },

    Trial,
    NotActive {
        status: String,
    },
    Active {
        balance: Option<String>,
    },

    NoNumber,
    NotOurs,
    CannotText,
    CannotSpeak,
    TextsAndSpeaks {
        number: Phone,
    },

    /// An application at Twilio stands before the number's own address.
    Application {
        sid: String,
    },
    /// A SIP trunk stands before the number's own address.
    Trunk {
        sid: String,
    },
    NoAddress {
        should: String,
    },
    OtherAddress {
        now: String,
        should: String,
    },
    WrongMethod {
        now: String,
    },
    ReachesUs {
        address: String,
    },

    NotReached(NotReached),
    Reached {
        address: String,
    },
    /// The signature's header did not arrive.
    SignatureLost,
    /// A proxy changed the address on the way.
    AddressChanged {
        sent: String,
        arrived: String,
    },
    /// A proxy changed the form on the way.
    FormChanged,
    /// All arrived, and still the signature does not fit.
    SignatureWrong,
    Signed,

    ClockRight,
    /// Ahead of Twilio's, or behind if negative.
    ClockOff {
        seconds: i64,
    },

    NoReportYet,
    ReportAwaited {
        since: i64,
    },
    ReportMissing {
        since: i64,
    },
    LastReport {
        at: i64,
    },

    Unregistered {
        texts: i64,
    },
    /// Carriers refused a text, and none leaves since.
    HeldForRegistration,
    NoneUnregistered,
    /// Since an administrator said that the number is registered.
    NoneUnregisteredSince {
        at: i64,
    },
}

impl Finding {
    /// How a line with this finding stands.
    pub fn standing(&self) -> Standing {
        use Finding as F;
        match self {
            F::Known { .. }
            | F::Active { .. }
            | F::TextsAndSpeaks { .. }
            | F::ReachesUs { .. }
            | F::Reached { .. }
            | F::Signed
            | F::ClockRight
            | F::LastReport { .. }
            | F::NoneUnregistered
            | F::NoneUnregisteredSince { .. } => Standing::Good,
            F::TwilioSilent | F::ReportAwaited { .. } => Standing::Waiting,
            F::After | F::NoAccount | F::NoNumber | F::NoReportYet => Standing::ToDo,
            F::Refused { .. }
            | F::CredentialsRefused
            | F::Trial
            | F::NotActive { .. }
            | F::NotOurs
            | F::CannotText
            | F::CannotSpeak
            | F::Application { .. }
            | F::Trunk { .. }
            | F::NoAddress { .. }
            | F::OtherAddress { .. }
            | F::WrongMethod { .. }
            | F::NotReached(_)
            | F::SignatureLost
            | F::AddressChanged { .. }
            | F::FormChanged
            | F::SignatureWrong
            | F::ClockOff { .. }
            | F::ReportMissing { .. }
            | F::Unregistered { .. }
            | F::HeldForRegistration => Standing::Bad,
        }
    }
}

impl Line {
    /// A line.
    pub fn new(topic: Topic, finding: Finding) -> Self {
        Self { topic, finding }
    }
}

/// What Twilio's answer about the account means; `None`: there is no account to ask about.
pub fn account_lines(
    answer: Option<&Result<AccountFacts, Unanswered>>,
    balance: Option<String>,
) -> [Line; 2] {
    let (credentials, account) = match answer {
        None => (Finding::NoAccount, Finding::After),
        Some(Err(unanswered)) => match unanswered.finding() {
            silent @ Finding::TwilioSilent => (silent.clone(), silent),
            refused => (refused, Finding::After),
        },
        Some(Ok(facts)) => (
            Finding::Known {
                name: facts.name.clone(),
            },
            account(facts, balance),
        ),
    };
    [
        Line::new(Topic::Credentials, credentials),
        Line::new(Topic::Account, account),
    ]
}

fn account(facts: &AccountFacts, balance: Option<String>) -> Finding {
    match (facts.status.as_str(), facts.trial) {
        ("active", false) => Finding::Active { balance },
        ("active", true) => Finding::Trial,
        (status, _) => Finding::NotActive {
            status: status.to_owned(),
        },
    }
}

/// What Twilio's answer about the number means. `chosen`: a number is set; `None` as the answer: it was not asked,
/// since the account is not right.
pub fn number_lines(
    chosen: bool,
    answer: Option<&Result<Option<NumberFacts>, Unanswered>>,
    ours: &Addresses,
) -> [Line; 3] {
    let (number, texts, calls) = match answer {
        _ if !chosen => (Finding::NoNumber, Finding::After, Finding::After),
        None => (Finding::After, Finding::After, Finding::After),
        Some(Err(unanswered)) => {
            let finding = unanswered.finding();
            (finding.clone(), finding.clone(), finding)
        }
        Some(Ok(None)) => (Finding::NotOurs, Finding::After, Finding::After),
        Some(Ok(Some(facts))) => (
            can(facts),
            route(&facts.sms, &ours.text, &ours.older_text),
            match &facts.trunk {
                Some(sid) => Finding::Trunk { sid: sid.clone() },
                None => route(&facts.calls, &ours.voice, &ours.older_voice),
            },
        ),
    };
    [
        Line::new(Topic::Number, number),
        Line::new(Topic::IncomingTexts, texts),
        Line::new(Topic::IncomingCalls, calls),
    ]
}

fn can(facts: &NumberFacts) -> Finding {
    match (facts.texts, facts.voice) {
        (false, _) => Finding::CannotText,
        (true, false) => Finding::CannotSpeak,
        (true, true) => Finding::TextsAndSpeaks {
            number: facts.number.clone(),
        },
    }
}

/// Whether what Twilio does with a text or a call ends at our address. Applications go before addresses.
fn route(route: &Route, should: &str, older: &[String]) -> Finding {
    if let Some(sid) = &route.application {
        return Finding::Application { sid: sid.clone() };
    }
    let now = route.url.clone();
    let known = is_ours(&now, should, older);
    match (now.is_empty(), known) {
        (true, _) => Finding::NoAddress {
            should: should.to_owned(),
        },
        (false, false) => Finding::OtherAddress {
            now,
            should: should.to_owned(),
        },
        (false, true) if !route.method.eq_ignore_ascii_case("POST") => Finding::WrongMethod {
            now: route.method.clone(),
        },
        (false, true) => Finding::ReachesUs { address: now },
    }
}

fn is_ours(url: &str, should: &str, older: &[String]) -> bool {
    // What follows the # is for Twilio itself.
    let plain = url.split('#').next().unwrap_or_default();
    plain == should || older.iter().any(|older| older.eq_ignore_ascii_case(plain))
}

/// The addresses that Twilio asks when the first one fails, for texts and for calls, as far as they are not ours.
pub fn other_fallbacks(facts: &NumberFacts, ours: &Addresses) -> [Option<String>; 2] {
    let other = |route: &Route, should, older| {
        let there = !route.fallback.is_empty() && !is_ours(&route.fallback, should, older);
        there.then(|| route.fallback.clone())
    };
    [
        other(&facts.sms, &ours.text, &ours.older_text),
        other(&facts.calls, &ours.voice, &ours.older_voice),
    ]
}

/// Whether our clock and Twilio's agree; `None`: Twilio did not say.
pub fn clock_line(ours: i64, twilios: Option<i64>) -> Line {
    let finding = match twilios {
        None => Finding::After,
        Some(theirs) if (ours - theirs).abs() <= CLOCK_OFF => Finding::ClockRight,
        Some(theirs) => Finding::ClockOff {
            seconds: (ours - theirs) / 1000,
        },
    };
    Line::new(Topic::Clock, finding)
}

/// Whether Twilio's reports come: the last one, and the last text that Twilio took.
pub fn reports_line(now: i64, last_report: Option<i64>, last_taken: Option<i64>) -> Line {
    let finding = match (last_report, last_taken) {
        (None, None) => Finding::NoReportYet,
        (Some(at), None) => Finding::LastReport { at },
        (Some(at), Some(taken)) if at >= taken => Finding::LastReport { at },
        (_, Some(since)) if now - since > REPORT_OVERDUE => Finding::ReportMissing { since },
        (Some(at), Some(_)) => Finding::LastReport { at },
        (None, Some(since)) => Finding::ReportAwaited { since },
    };
    Line::new(Topic::Reports, finding)
}

/// What Twilio's code for a text says of the setup, if it says that it is wrong: until the next check says otherwise.
pub fn line_of_code(code: u32) -> Option<Line> {
    if !codes::lookup(code).has(Effect::SetupRed) {
        return None;
    }
    let topic = match code {
        20003 => Topic::Credentials,
        // The account is a trial.
        21608 => Topic::Account,
        code if UNREGISTERED.contains(&i64::from(code)) => Topic::Carriers,
        _ => Topic::Number,
    };
    Some(Line::new(topic, Finding::Refused { code }))
}

/// The lines with those that were looked at anew in place of the old ones, in the order of the topics.
pub fn merge(old: Vec<Line>, new: impl IntoIterator<Item = Line>) -> Vec<Line> {
    let new: Vec<Line> = new.into_iter().collect();
    let looked_at = |topic| new.iter().any(|line| line.topic == topic);
    let mut lines: Vec<Line> = old
        .into_iter()
        .filter(|line| !looked_at(line.topic))
        .collect();
    lines.extend(new);
    lines.sort_by_key(|line| line.topic as u8);
    lines
}
