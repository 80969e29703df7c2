//! Setup Functions and Texting Setup.

use crate::setup::{AccountCheck, NumberCheck};

pub const SETUP_FUNCTIONS: &str = "Setup Functions";
pub const SETUP_TABLES: &str = "Setup Tables";
pub const TEXTING: &str = "Texting";
pub const TEXTING_SETUP: &str = "Texting Setup";
pub const YOU_ARE_IN: &str = "You are in";
pub const SETUP_LEAD: &str = "What an administrator sets for the whole office.";
pub const QUICK_ENTRIES_LEAD: &str = "The phrases that staff insert into a text.";
pub const TEXTING_LEAD: &str =
    "The office’s account and number at Twilio, and what clients hear back.";

pub const FROM_TWILIO: &str = "What Twilio gave you";
pub const ACCOUNT_TO_DO: &str = "Copy both from Twilio’s console.";
pub const NUMBER_TO_DO: &str = "Buy a number at Twilio that can text and call, and enter it.";
pub const FROM_TWILIO_LEAD: &str = "All three stand in Twilio’s console. When you save, Twilio is asked whether they fit together.";
pub const NUMBER: &str = "Twilio #";
pub const NUMBER_HINT: &str = "The number that texts go out from, like (661) 555-0100.";
pub const SID: &str = "SID";
pub const SID_HINT: &str = "The Account SID: AC and 32 letters and digits.";
pub const TOKEN: &str = "Auth Token";
pub const TOKEN_HINT: &str = "Kept encrypted and never shown again.";
pub const HEARD_BACK: &str = "What clients hear back";
pub const TEXT_RESPONSE: &str = "Text Response";
pub const TEXT_RESPONSE_HINT: &str = "What clients who text the number will get. Kept here now; answering comes with a later version.";
pub const CALL_RESPONSE: &str = "Call Response";
pub const CALL_RESPONSE_HINT: &str = "What clients who call the number will hear. Kept here now; answering comes with a later version.";
pub const REPORTS: &str = "Reports and limits";
pub const STATUS_CALLBACK: &str = "Status Callback";
pub const STATUS_CALLBACK_HINT: &str = "Where Twilio reports what became of a text. Leave it as it is, unless this server is reached by another address.";
pub const MAX_PARTS: &str = "Longest text";
pub const MAX_PARTS_HINT: &str = "A long text goes out in parts, and each part is paid for.";
pub const SAVE: &str = "Save and check";

pub const CHECK: &str = "What Twilio says";
pub const CHECKED: &str = "Last asked:";
pub const NOT_CHECKED: &str =
    "Twilio was not asked yet. Fill in the form and press Save and check.";
pub const DONE: &str = "Done";
pub const LOOK: &str = "Look at this";
pub const NOT_WORKING: &str = "Not working";
pub const TO_DO: &str = "To do";
pub const ACCOUNT_LINE: &str = "SID and Auth Token";
pub const NUMBER_LINE: &str = "Twilio # can text and call";
pub const RESPONSES_LINE: &str = "Text Response and Call Response are written";
pub const RESPONSES_WRITTEN: &str = "Both are there.";
pub const RESPONSES_MISSING: &str =
    "Write both, so that clients who text or call are told how to reach you.";

pub const ADDRESSES: &str = "What Twilio is told";
pub const ADDRESSES_LEAD: &str = "This address goes to Twilio with every text; there is nothing to paste. It must be reachable from the internet, or statuses stay where they are.";

/// Beside the token: that there is one, and since when.
pub fn token_set(when: &str) -> String {
    format!("Set on {when}. Leave this empty to keep it, or paste a new one to replace it.")
}

/// "Up to 4 texts"
pub fn parts(n: u32) -> String {
    match n {
        1 => "1 text".into(),
        _ => format!("Up to {n} texts"),
    }
}

/// What Twilio said of the account.
pub fn account(check: &AccountCheck) -> String {
    match check {
        AccountCheck::Active { name } => format!("Twilio knows us as {name}."),
        AccountCheck::Trial { name } => format!(
            "{name} is a trial account: texts reach only the numbers that you verified at Twilio. Upgrade it there before clients rely on it."
        ),
        AccountCheck::NotActive { name, status } => format!(
            "{name} is {status}. Texts wait until the account is in use again; see to it in Twilio’s console."
        ),
    }
}

/// What Twilio said of the number.
pub fn number(check: &NumberCheck) -> String {
    let NumberCheck::Ours { number, voice } = check;
    let shown = number.display();
    if *voice {
        format!("{shown} belongs to the account.")
    } else {
        format!(
            "{shown} belongs to the account and can text. It cannot take calls, so the Call Response is never heard."
        )
    }
}
