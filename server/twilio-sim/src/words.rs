//! The sentences of the training phone.

use crate::Fate;

pub(crate) const TITLE: &str = "Training phone";
pub(crate) const LEAD: &str = "This is what the client holds. Send a text from the case, watch it arrive here, and answer for the client.";
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
pub(crate) const OFFICE_ITSELF: &str = "Answered for the office by";
pub(crate) const TWILIO: &str = "Twilio itself, for";
pub(crate) const CLIENT: &str = "Client,";
pub(crate) const EMPTY_TEXT: &str = "A text without words";
pub(crate) const CALLED: &str = "Call to";
pub(crate) const SILENCE: &str = "Nothing was said.";
pub(crate) const SPEAK: &str = "Say it aloud";
pub(crate) const CALL: &str = "Call";
pub(crate) const TO_LABEL: &str = "To";
pub(crate) const REPLY_LABEL: &str = "Answer as the client";
pub(crate) const REPLY: &str = "Reply";
pub(crate) const QUICK_LABEL: &str = "Quick replies";
/// With the language of each.
pub(crate) const QUICK: [(&str, &str); 4] = [
    ("STOP", "en"),
    ("START", "en"),
    ("HELP", "en"),
    ("no más", "es"),
];
pub(crate) const IS_OFF: &str = "This phone is off, or there is none. Choose that texts are delivered, and it can text and call again.";
pub(crate) const IS_LANDLINE: &str = "This is a landline. It can call, but it can't text.";
pub(crate) const NO_NUMBER: &str = "The office has no number to write to.";
pub(crate) const NO_WORDS: &str =
    "The reply is empty. Write something, or press one of the quick replies.";
pub(crate) const TOO_LONG: &str =
    "The reply has more than 1,600 characters, which no phone sends as one text. Shorten it.";
pub(crate) const NOT_TAKEN: &str = "This number of the office takes no texts. Choose another.";
pub(crate) const PASS: &str = "What happens to the replies";
pub(crate) const PASS_LABEL: &str = "Twilio passes them on";
pub(crate) const PASSING: [(&str, &str); 3] = [
    ("once", "At once"),
    ("twice", "Twice, as it sometimes does"),
    ("late", "10 seconds late"),
];
pub(crate) const AGAIN: &str = "Deliver it again";
pub(crate) const FATE: &str = "What happens to the next texts";
pub(crate) const FATE_LABEL: &str = "Texts to this phone";
pub(crate) const FATE_SET: &str = "Set";
pub(crate) const LOG: &str = "What Twilio sees";
pub(crate) const NO_LOG: &str = "Nothing was sent to this phone yet.";
pub(crate) const NO_CALLBACK: &str = "the text named no Status Callback";
pub(crate) const NO_ANSWER: &str = "nobody answered";
pub(crate) const UNKNOWN_PHONE: &str = "Unknown phone";

/// Twilio's own answers to opt-out words, as its help pages give them.
pub(crate) const UNSUBSCRIBED: &str = "You have successfully been unsubscribed. You will not receive any more messages from this number. \
     Reply START to resubscribe.";
pub(crate) const RESUBSCRIBED: &str = "You have successfully been re-subscribed to messages from this number. Reply HELP for help. \
     Reply STOP to unsubscribe. Msg&Data Rates May Apply.";
pub(crate) const HELP: &str = "Reply STOP to unsubscribe. Msg&Data Rates May Apply.";
/// What Twilio says to a caller when nobody answers for the number.
pub(crate) const APPLICATION_ERROR: &str =
    "We are sorry, an application error has occurred. Goodbye.";

pub(crate) fn phone_of(name: &str) -> String {
    format!("Phone of {name}")
}

pub(crate) fn reported(path: &str, answer: u16) -> String {
    format!("reported to {path}, answered {answer}")
}

pub(crate) fn posted(path: &str, status: u16) -> String {
    format!("posted to {path}, answered {status}")
}

pub(crate) fn unanswered(path: &str) -> String {
    format!("posted to {path}, {NO_ANSWER}")
}

/// `number` is HTML.
pub(crate) fn blocked(number: &str) -> String {
    format!(
        r#"This phone texted STOP. Texts from <bdi dir="ltr">{number}</bdi> don't reach it until it texts START."#
    )
}

/// A text with what came beside it.
pub(crate) fn with_media(body: &str, count: usize) -> String {
    match count {
        0 => body.to_owned(),
        1 => format!("{body}\n[1 picture or file]"),
        _ => format!("{body}\n[{count} pictures or files]"),
    }
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
        Fate::Held => "Twilio answers once something else is set here".to_owned(),
        Fate::Timeout => "Twilio takes them and does not answer".to_owned(),
        Fate::AnswerLost => "Twilio takes them and answers with HTTP 500".to_owned(),
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
