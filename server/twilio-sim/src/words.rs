//! The sentences of the training phone.

use crate::Fate;

pub(crate) const TITLE: &str = "Training phone";
pub(crate) const LEAD: &str =
    "This is what the client holds. Send a text from the case and watch it arrive here.";
pub(crate) const TRAINING: &str = "Training: no real texts are sent";
pub(crate) const TRAINING_MORE: &str = "The clients and their phones are made up.";
pub(crate) const SKIP: &str = "Skip to the main part";
pub(crate) const HOME: &str = "Back to the clients";
pub(crate) const PHONES: &str = "Phones";
pub(crate) const NO_PHONES: &str =
    "No phone has a text yet. Send one from a case, and its phone appears here.";
pub(crate) const TALK: &str = "Texts on this phone";
pub(crate) const NO_TEXTS: &str = "No text has arrived yet.";
pub(crate) const OFFICE: &str = "Office";
pub(crate) const FATE: &str = "What happens to the next texts";
pub(crate) const FATE_LABEL: &str = "Texts to this phone";
pub(crate) const FATE_SET: &str = "Set";
pub(crate) const LOG: &str = "What Twilio sees";
pub(crate) const NO_LOG: &str = "Nothing was sent to this phone yet.";
pub(crate) const NO_CALLBACK: &str = "the text named no Status Callback";
pub(crate) const NO_ANSWER: &str = "nobody answered";
pub(crate) const UNKNOWN_PHONE: &str = "Unknown phone";

pub(crate) fn phone_of(name: &str) -> String {
    format!("Phone of {name}")
}

pub(crate) fn reported(path: &str, answer: u16) -> String {
    format!("reported to {path}, answered {answer}")
}

pub(crate) fn parts(segments: u32) -> String {
    if segments == 1 {
        "1 text".to_owned()
    } else {
        format!("{segments} texts")
    }
}

pub(crate) fn code(code: u32) -> String {
    format!("code {code}")
}

pub(crate) fn fate(fate: Fate) -> String {
    match fate {
        Fate::Delivered => "Are delivered".to_owned(),
        Fate::Undelivered(code) => format!("{}: not delivered, code {code}", reason(code)),
        Fate::Refused(code) => format!("{}: refused, code {code}", reason(code)),
        Fate::Silent => "Stay sent: the carrier never reports".to_owned(),
        Fate::Disorder => "Are delivered, and reported late, twice and out of order".to_owned(),
        Fate::Slow(seconds) => format!("Twilio answers after {seconds} seconds"),
        Fate::Timeout => "Twilio takes them and does not answer".to_owned(),
        Fate::ServerError => "Twilio has a fault of its own (500)".to_owned(),
        Fate::TooManyRequests => "Twilio has too many requests (429)".to_owned(),
    }
}

fn reason(code: u32) -> &'static str {
    match code {
        20003 => "The SID or Auth Token is wrong",
        21211 => "This is no phone number",
        21610 => "The client texted STOP",
        21614 => "This is no mobile phone",
        30003 => "The phone is off",
        30005 => "The number no longer exists",
        30006 => "This is a landline",
        30007 => "A carrier holds them as spam",
        30008 => "The carrier gives no reason",
        30034 => "Our number is not registered with the carriers",
        _ => "Another reason",
    }
}
