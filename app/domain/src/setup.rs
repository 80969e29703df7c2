//! Texting Setup: the organization's account, number, responses and limits.

mod addresses;
mod public_address;

pub use addresses::Addresses;
pub use public_address::read_public_address;

use crate::{
    check::{Line, Standing, Topic},
    halt::Reason,
    phone::Phone,
    status::{FINAL, Status},
    when::When,
};
use serde::{Deserialize, Serialize};

/// Texting Setup as shown. The tokens themselves never leave the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupView {
    pub steps: Vec<StepView>,
    pub account: AccountForm,
    /// When the auth token was set, if it was.
    pub token_set: Option<When>,
    /// When the token that takes over was set, if one was.
    pub secondary_set: Option<When>,
    /// The number as people read it; empty: none yet.
    pub number: String,
    pub responses: ResponsesForm,
    pub address: AddressForm,
    /// Our addresses, from the public address.
    pub addresses: Addresses,
    /// Where an organization is reached that has no public address of its own.
    pub servers: String,
    /// The last test text.
    pub test: Option<TestView>,
    /// The key of the next one.
    pub test_key: String,
    pub check: CheckView,
    /// Why texts wait, the oldest reason first.
    #[serde(default)]
    pub halts: Vec<HaltView>,
    /// This server's clock is ahead by so many seconds, or behind if negative, and cannot be trusted.
    #[serde(default)]
    pub clock_off: Option<i64>,
}

/// A halt of the queue, as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HaltView {
    pub reason: Reason,
    pub since: When,
}

/// The steps of the set-up, in the order in which a person takes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Account,
    Number,
    Responses,
    Address,
    Connect,
    Test,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 6] = [
        Self::Account,
        Self::Number,
        Self::Responses,
        Self::Address,
        Self::Connect,
        Self::Test,
    ];

    /// The last part of its page's address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Number => "number",
            Self::Responses => "responses",
            Self::Address => "address",
            Self::Connect => "connect",
            Self::Test => "test",
        }
    }

    /// The step of that address.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    /// The address of its page.
    pub fn path(self) -> String {
        format!("/admin/texting/{}", self.slug())
    }

    /// The page after it: the next step, or the list after the last.
    pub fn next_path(self) -> String {
        let after = Self::ALL
            .iter()
            .position(|step| *step == self)
            .map(|n| n + 1);
        let next = after.and_then(|n| Self::ALL.get(n));
        next.map_or_else(|| "/admin/texting".to_owned(), |step| step.path())
    }

    /// The lines of the check that speak of this step.
    pub fn topics(self) -> &'static [Topic] {
        match self {
            Self::Account => &[Topic::Credentials, Topic::Account],
            Self::Number => &[Topic::Number],
            Self::Responses => &[],
            Self::Address => &[Topic::Reachable, Topic::Signature, Topic::Clock],
            Self::Connect => &[Topic::IncomingTexts, Topic::IncomingCalls],
            Self::Test => &[Topic::Reports, Topic::Carriers],
        }
    }
}

/// A step as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    pub step: Step,
    pub standing: Standing,
    /// What was entered or found, in a few words.
    pub said: String,
}

/// What a step's standing follows from: what is entered, and what the check last said of its topics.
///
/// What is not entered is to do, whatever the check said earlier. A red line makes the step red.
pub fn standing(step: Step, entered: bool, lines: &[Line]) -> Standing {
    let found: Vec<Standing> = lines
        .iter()
        .filter(|line| step.topics().contains(&line.topic))
        .map(|line| line.finding.standing())
        .collect();
    let has = |standing| found.contains(&standing);
    match entered {
        false => Standing::ToDo,
        true if has(Standing::Bad) => Standing::Bad,
        true if has(Standing::Waiting) => Standing::Waiting,
        // Nothing to ask about, or everything that was asked is in order.
        true if step.topics().is_empty() || has(Standing::Good) => Standing::Good,
        true => Standing::ToDo,
    }
}

/// The standing of the last step, which follows from the last test text.
pub fn test_standing(test: Option<Status>) -> Standing {
    match test {
        None => Standing::ToDo,
        Some(Status::Delivered | Status::Read | Status::PartiallyDelivered) => Standing::Good,
        Some(status) if status.rank() == FINAL => Standing::Bad,
        Some(_) => Standing::Waiting,
    }
}

/// The check as shown: its lines in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckView {
    pub lines: Vec<LineView>,
    /// It goes on now; more lines will come.
    pub running: bool,
    /// When the last one ended.
    pub at: Option<When>,
}

/// A line of the check in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    pub heading: String,
    pub standing: Standing,
    pub said: String,
    /// Addresses and the like that belong to it, each with what it is.
    pub facts: Vec<(String, String)>,
    /// What to do next, if there is something to do.
    pub next: Option<String>,
    /// The step that it belongs to, where it is put right.
    pub step: Option<Step>,
}

/// A number of the account, to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberChoice {
    pub number: Phone,
    pub texts: bool,
    pub voice: bool,
}

/// The numbers to choose from, as far as Twilio told them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberChoices {
    pub numbers: Vec<NumberChoice>,
    /// Why there are none, in words.
    pub why_not: Option<String>,
}

/// What Twilio does now with what comes in, beside what it should do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    pub lines: Vec<LineView>,
    /// What would be overwritten: what it is for, and what is there.
    pub others: Vec<(String, String)>,
    /// Twilio already does what it should.
    pub done: bool,
    /// Why it cannot be connected now, in words.
    pub why_not: Option<String>,
    /// What was seen, so that a press overwrites nothing else than what was shown.
    pub seen: String,
}

/// A text to the administrator's own phone, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestView {
    pub to: Phone,
    pub status: Status,
    pub error: Option<u32>,
    pub at: When,
    pub status_at: When,
    /// Nothing more is expected.
    pub ended: bool,
}

/// The step "Account", as it is typed. What is pressed tells what is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountForm {
    pub sid: String,
    /// Empty means: keep the one that is set.
    pub token: String,
    /// The token that takes over.
    pub secondary: String,
    /// "save", "add", "promote" or "remove".
    pub press: String,
}

/// The step "Twilio #", as it is chosen or typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NumberForm {
    pub number: String,
}

/// The step of the responses, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResponsesForm {
    pub text_response: String,
    pub call_response: String,
    /// A value of [`crate::voice::Voice::key`].
    pub call_voice: String,
    /// May be empty.
    pub second_response: String,
    pub second_voice: String,
    pub max_parts: String,
    /// Parts a second, one of [`crate::pace::CHOICES`]. Empty: as it is.
    pub pace: String,
}

/// The step "Public address", as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    /// The organization's own; empty: the program's.
    pub public_url: String,
    /// Empty: under the public address.
    pub status_callback: String,
}

/// The step "Connect", as it is pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectForm {
    /// What was shown as being overwritten.
    pub seen: String,
    /// Ticked: what is there may be overwritten.
    pub overwrite: String,
}

/// The step of the test text, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TestForm {
    pub phone: String,
    /// Made with the page: one press is one text.
    pub key: String,
}

/// Whether this has the form of an account's SID: `AC` and 32 hexadecimal digits.
pub fn is_account_sid(text: &str) -> bool {
    text.strip_prefix("AC")
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether this has the form of an auth token: 32 hexadecimal digits.
pub fn is_auth_token(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether Twilio could call this address: `http` or `https`, the name or number of a host, and nothing that has no place in
/// an address. (Twilio refuses every text whose status callback it cannot call, as one whose host has an underscore.)
pub fn is_callable_url(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let of_a_host = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]@%".contains(&b);
    let of_an_address = |b: u8| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b);
    !host.is_empty() && host.bytes().all(of_a_host) && rest.bytes().all(of_an_address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Finding;

    #[test]
    fn steps_follow_one_another_to_the_list() {
        assert_eq!(Step::Account.next_path(), "/admin/texting/number");
        assert_eq!(Step::Test.next_path(), "/admin/texting");
        for step in Step::ALL {
            assert_eq!(Step::of_slug(step.slug()), Some(step));
        }
        assert_eq!(Step::of_slug("by-hand"), None);
    }

    #[test]
    fn a_step_is_as_good_as_the_worst_of_its_lines() {
        let line = Line::new;
        let good = line(Topic::Credentials, Finding::Known { name: "A".into() });
        let trial = line(Topic::Account, Finding::Trial);
        let silent = line(Topic::Account, Finding::TwilioSilent);
        let of = |entered, lines: &[Line]| standing(Step::Account, entered, lines);
        assert_eq!(of(true, std::slice::from_ref(&good)), Standing::Good);
        assert_eq!(of(true, &[good.clone(), trial.clone()]), Standing::Bad);
        assert_eq!(of(true, &[good.clone(), silent]), Standing::Waiting);
        assert_eq!(of(true, &[]), Standing::ToDo);
        assert_eq!(of(false, &[good, trial]), Standing::ToDo);
        assert_eq!(standing(Step::Responses, true, &[]), Standing::Good);
    }

    #[test]
    fn sids_and_tokens_are_told_by_their_form() {
        let hex = "0123456789abcdef0123456789abcdef";
        assert!(is_account_sid(&format!("AC{hex}")));
        assert!(!is_account_sid(&format!("SM{hex}")));
        assert!(!is_account_sid("AC123"));
        assert!(is_auth_token(hex));
        assert!(!is_auth_token(&hex[1..]));
        assert!(!is_auth_token("0123456789abcdef0123456789abcdeg"));
    }

    #[test]
    fn twilio_calls_no_host_with_an_underscore() {
        assert!(is_callable_url("https://text.example.org/twilio/status"));
        assert!(!is_callable_url("https://my_office.example.org/"));
        assert!(!is_callable_url("ftp://example.org"));
        assert!(!is_callable_url("https:///x"));
        assert!(!is_callable_url("https://example.org/a b"));
    }

    #[test]
    fn what_has_no_place_in_an_address_is_none() {
        for good in [
            "https://text.example.org:8443/twilio/status?x=%20&y=1#rc=3",
            "http://127.0.0.1:3000/twilio/status",
            "http://[::1]:3000/",
            "https://user:word@text.example.org/~a/b_c",
        ] {
            assert!(is_callable_url(good), "{good}");
        }
        for bad in [
            "https://</textarea><script>alert(1)</script>",
            "https://\u{202e}gro.elpmaxe/",
            "https://text.example.org/\u{200b}",
            "https://text.example.org/a\0",
            "https://text.example.org/<script>",
            "https://text.example.org\\@evil.example",
            "https://text.example.org/\u{fffd}",
        ] {
            assert!(!is_callable_url(bad), "{bad}");
        }
    }
}
