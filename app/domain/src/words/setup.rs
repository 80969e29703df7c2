//! Setup Functions and Texting Setup.

use crate::{phone::Phone, setup::Step, status::Status};

pub const SETUP_FUNCTIONS: &str = "Setup Functions";
pub const SETUP_TABLES: &str = "Setup Tables";
pub const TEXTING: &str = "Texting";
pub const TEXTING_SETUP: &str = "Texting Setup";
pub const YOU_ARE_IN: &str = "You are in";
pub const SETUP_LEAD: &str = "What an administrator sets for the whole office.";
pub const QUICK_ENTRIES_LEAD: &str = "The phrases that staff insert into a text.";
pub const TEXTING_LEAD: &str =
    "The office’s account and number at Twilio, and what clients hear back.";
pub const BESIDE: &str = "How this step stands";
pub const STEPS: &str = "The steps";
pub const STEPS_LEAD: &str = "From top to bottom; each is saved for itself.";
pub const BY_HAND: &str = "By hand, in Twilio’s console";
pub const BY_HAND_LEAD: &str = "The steps of the manual, with the addresses to paste.";

pub const SAVE_GO_ON: &str = "Save and go on";
pub const GO_ON: &str = "Go on";
pub const BACK: &str = "Back to the steps";

pub const ACCOUNT_LEAD: &str = "Both stand in Twilio’s console, on its first page under “Account info”. Twilio is asked whether they fit before they are saved.";
pub const SID: &str = "SID";
pub const SID_HINT: &str = "The Account SID: AC and 32 letters and digits.";
pub const TOKEN: &str = "Auth Token";
pub const TOKEN_HINT: &str = "Kept encrypted and never shown again.";
pub const ROTATION: &str = "Change the Auth Token";
pub const ROTATION_LEAD: &str = "Without a gap: make a secondary token in Twilio’s console and enter it here. From then on requests signed by either are taken, while texts still go out with the first. Promote it in Twilio’s console, and then here.";
pub const SECONDARY: &str = "Secondary Auth Token";
pub const ADD: &str = "Accept it beside the first";
pub const PROMOTE: &str = "Make it the Auth Token";
pub const REMOVE: &str = "Remove it";

pub const NUMBER: &str = "Twilio #";
pub const NUMBER_LEAD: &str =
    "The number that texts go out from, and that clients text and call back.";
pub const NUMBER_HINT: &str = "These are the account’s numbers, as Twilio tells them now.";
pub const NUMBER_TYPED: &str = "Like (661) 555-0100.";
pub const CHOOSE: &str = "Choose a number";
pub const NO_NUMBERS: &str = "The account has no number yet. Buy one in Twilio’s console, under Phone Numbers, Buy a number, that can text and call; then open this page again.";

pub const RESPONSES_LEAD: &str =
    "Twilio asks what to answer when a client texts or calls the number.";
pub const TEXT_RESPONSE: &str = "Text Response";
pub const TEXT_RESPONSE_HINT: &str =
    "Sent to clients who text the number; the words STOP and START get Twilio’s own answer.";
pub const CALL_RESPONSE: &str = "Call Response";
pub const CALL_RESPONSE_HINT: &str =
    "Spoken to whoever calls the number. Write numbers as they should be spoken: 6 6 1, 5 5 5.";
pub const CALL_VOICE: &str = "Voice and language";
pub const SECOND_RESPONSE: &str = "Call Response in a second language";
pub const SECOND_RESPONSE_HINT: &str = "Spoken after the first. Empty: nothing more is said.";
pub const SECOND_VOICE: &str = "Its voice and language";
pub const LIMITS: &str = "Limits";
pub const MAX_PARTS: &str = "Longest text";
pub const PACE: &str = "Pace";
pub const PACE_HINT: &str = "How fast the phone companies take texts from the number. What goes faster would wait at Twilio, where nobody here can stop it.";
pub const MAX_PARTS_HINT: &str = "A long text goes out in parts, and each part is paid for.";

pub const ADDRESS_LEAD: &str = "Twilio must reach this server from the internet, and its signatures are checked over this very address.";
pub const ADDRESS_IS: &str = "Twilio reaches us at";
pub const PUBLIC_URL: &str = "Your own public address";
pub const STATUS_CALLBACK: &str = "Status Callback";
pub const STATUS_CALLBACK_HINT: &str = "Where Twilio reports what became of a text. Leave it empty, unless reports come by another address.";

pub const CONNECT_LEAD: &str =
    "Twilio is told to ask this server about every text and call that comes in for the number.";
pub const CONNECT: &str = "Connect this number";
pub const CONNECT_AGAIN: &str = "Connect it again";
pub const CONNECTED: &str = "Twilio asks this server. There is nothing to do here.";
pub const THERE_NOW: &str = "What Twilio has there now";
pub const OVERWRITE_LEAD: &str = "Connecting overwrites it: whatever answers there today gets no more texts and calls of this number.";
pub const OVERWRITE: &str = "This may be overwritten";
pub const FOR_TEXTS: &str = "For texts";
pub const FOR_CALLS: &str = "For calls";
pub const SECOND_FOR_TEXTS: &str = "For texts, when the first address fails";
pub const SECOND_FOR_CALLS: &str = "For calls, when the first address fails";

pub const TEST_LEAD: &str =
    "The proof of everything above: a text to your own phone, followed until it is delivered.";
pub const TEST_PHONE: &str = "Your own phone";
pub const TEST_PHONE_HINT: &str = "Not a client’s. The text says only that this is a test.";
pub const TEST_SEND: &str = "Send a test text";
pub const TEST_SENT_TO: &str = "To";
pub const TEST_LAST: &str = "The last test text";
pub const TEST_GOES_ON: &str = "This page follows it.";
pub const TEST_DONE: &str = "It arrived. Texting works.";

pub const HAND_LEAD: &str =
    "For those who set Twilio up themselves. “Connect this number” does steps 6 and 7 for you.";
pub const HAND: [(&str, &str); 7] = [
    (
        "Sign up",
        "Open twilio.com, press Sign up, and enter name, e-mail address and a password.",
    ),
    (
        "Confirm",
        "Open the e-mail that Twilio sent and confirm; then confirm your phone by the code that it texts.",
    ),
    (
        "Make it a full account",
        "Upgrade: Admin, Account billing, Upgrade. A trial account texts only numbers that were verified at Twilio.",
    ),
    (
        "Buy a number",
        "Phone Numbers, Manage, Buy a number. Choose one that can do Voice and SMS. In the United States register it with the carriers (A2P 10DLC, or toll-free verification).",
    ),
    (
        "Copy SID and Auth Token",
        "Both stand on the console’s first page under Account info. Enter them here at the step Account.",
    ),
    (
        "Set what happens with calls",
        "Phone Numbers, Manage, Active numbers: open the number. Under Voice Configuration choose Webhook and HTTP POST for “A call comes in”, and paste:",
    ),
    (
        "Set what happens with texts",
        "On the same page, under Messaging Configuration, choose Webhook and HTTP POST for “A message comes in”, paste, and press Save configuration:",
    ),
];
pub const HAND_CALLS: &str = "Address for calls";
pub const HAND_TEXTS: &str = "Address for texts";
pub const HAND_STATUS: &str = "Status Callback";
pub const HAND_STATUS_LEAD: &str = "The Status Callback goes along with every text, so there is nothing to paste for it. Should Twilio ask for one, it is:";
pub const HAND_OLDER: &str = "The addresses that you may have there from before, ending in TextHandler.ashx and VoiceMessage.ashx, work as well.";

/// Beside an organization's own public address: when it needs none.
pub fn public_url_hint(servers: &str) -> String {
    format!(
        "Only if a name of your own leads to this server, like https://text.example.org. Empty: Twilio and your staff use {servers}."
    )
}

/// The name of a step.
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Account => "Account",
        Step::Number => NUMBER,
        Step::Responses => "Text Response and Call Response",
        Step::Address => "Public address",
        Step::Connect => "Connect the number",
        Step::Test => "A text to your own phone",
    }
}

/// What a page of a step is for.
pub fn lead(step: Step) -> &'static str {
    match step {
        Step::Account => ACCOUNT_LEAD,
        Step::Number => NUMBER_LEAD,
        Step::Responses => RESPONSES_LEAD,
        Step::Address => ADDRESS_LEAD,
        Step::Connect => CONNECT_LEAD,
        Step::Test => TEST_LEAD,
    }
}

/// What is entered at the step "Account": never all of the SID.
pub fn account_said(sid: Option<&str>) -> String {
    let ends = sid.and_then(|sid| sid.get(..6).zip(sid.get(sid.len().saturating_sub(4)..)));
    match ends {
        Some((start, end)) => format!("{start}…{end}"),
        None => "SID and Auth Token from Twilio’s console.".into(),
    }
}

/// What is chosen at the step "Twilio #".
pub fn number_said(number: Option<&Phone>) -> String {
    number.map_or_else(
        || "One of the account’s numbers.".into(),
        |number| number.display(),
    )
}

/// What is written at the step of the responses.
pub fn responses_said(text: bool, call: bool) -> String {
    match (text, call) {
        (true, true) => "Both are written.",
        (true, false) => "The Call Response is missing.",
        (false, true) => "The Text Response is missing.",
        (false, false) => "What clients hear who text or call the number.",
    }
    .into()
}

/// What the step "Connect" is about.
pub fn connect_said(number: Option<&Phone>) -> String {
    number.map_or_else(
        || "Once a number is chosen.".into(),
        |number| format!("Texts and calls to {} come here.", number.display()),
    )
}

/// How the last test text went.
pub fn test_said(test: Option<Status>) -> String {
    match test {
        None => "Proves everything above in one go.".into(),
        Some(status) => format!(
            "The last one: {}.",
            super::status::word(status).to_lowercase()
        ),
    }
}

/// What the test text says.
pub fn test_body(office: &str) -> String {
    format!("{office}: this is a test of our texting, and it works. There is nothing to answer.")
}

/// A number to choose, with what it cannot do.
pub fn choice(number: &Phone, texts: bool, voice: bool) -> String {
    let shown = number.display();
    match (texts, voice) {
        (true, true) => shown,
        (true, false) => format!("{shown} – takes no calls"),
        (false, _) => format!("{shown} – cannot text"),
    }
}

/// Beside the token: that there is one, and since when.
pub fn token_set(when: &str) -> String {
    format!(
        "Set {}. Leave this empty to keep it, or paste a new one to replace it.",
        on(when)
    )
}

/// That a token takes over, and since when.
pub fn secondary_set(when: &str) -> String {
    format!(
        "A secondary token was entered {}. Requests signed by it are taken; texts go out with the first.",
        on(when)
    )
}

/// A moment within a sentence: "today, 2:14 PM PST", "on Sat, Nov 21, 2:14 PM PST".
fn on(when: &str) -> String {
    ["Today", "Yesterday"]
        .into_iter()
        .find_map(|day| {
            let rest = when.strip_prefix(day)?;
            Some(format!("{}{rest}", day.to_lowercase()))
        })
        .unwrap_or_else(|| format!("on {when}"))
}

/// What a pace is meant for.
pub fn pace(a_second: i64) -> String {
    match a_second {
        0 => "As fast as Twilio takes them".into(),
        1 => "1 text a second: a local number".into(),
        3 => "3 texts a second: a toll-free number".into(),
        100 => "100 texts a second: a short code".into(),
        n => format!("{n} texts a second: a number with a higher limit"),
    }
}

/// "Up to 4 texts"
pub fn parts(n: u32) -> String {
    match n {
        1 => "1 text".into(),
        _ => format!("Up to {n} texts"),
    }
}
