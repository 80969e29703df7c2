//! The composer: the form, its counter, its notes, and the box after sending.

mod counter;
mod notes;
mod sent;

use super::count;
pub use counter::{gaps, left, left_where, news, total};
pub use notes::{fixes_gain, fixes_heading, glyph, letters, name_of, place_of, symbols, use_fix};
pub use sent::{box_answer, box_code, box_heading, box_meaning, code, went_wrong};

pub const SEND_TEXT: &str = "Send Text";
/// Stands above the client's name in the heading.
pub const SEND_TEXT_TO: &str = "Send Text to";
pub const QUICK_ENTRY: &str = "Quick Entry";
pub const CHOOSE_PHRASE: &str = "Choose a phrase";
pub const INSERT: &str = "Insert";
pub const TEXT: &str = "Text";
pub const CANCEL: &str = "Cancel/Close";
pub const TO: &str = "To";
pub const OK: &str = "Ok";
/// Tells before the first key what the counter tells after each; the only description of the text box.
pub const HINT: &str =
    "One text holds 160 characters. Longer texts are sent in parts and cost more.";
pub const SENDING: &str = "Sending…";

pub const PHRASES: &str = "Quick entries";
pub const FIND_PHRASE: &str = "Find a phrase, or press / in the text";
pub const NO_PHRASE: &str = "No phrase has these words. Type fewer letters, or press Esc.";
pub const NO_PHRASES_YET: &str =
    "The office has no quick entries yet. An administrator adds them under Setup Functions.";

pub const BEFORE_YOU_SEND: &str = "Before you send";
pub const CLIENTS_TIME: &str = "Their time";
pub const LANGUAGE: &str = "Language";
pub const SHARED_PHONE: &str = "Phone";
pub const LAST_TEXTS: &str = "Last texts";
pub const NO_TEXTS_YET: &str = "No text has gone to this client on this case yet.";

pub const DRAFT_BEFORE_EARLIER: &str =
    "Your draft stands in the box, not the text that you want to try again:";
pub const USE_EARLIER: &str = "Use that text instead of my draft";
pub const DRAFT_KEPT: &str = "Your draft is kept";
pub const DRAFT_FAILED: &str = "Draft not saved yet; it is tried again as you type";
pub const BACK_TO_CASE: &str = "Back to the case";
pub const TO_CLIENT: &str = "Open the client’s page";

pub const LEAVE: &str = "You have written a text that is not sent";
pub const KEEP_AND_LEAVE: &str = "Keep the draft and leave";
pub const THROW_AWAY: &str = "Throw the draft away";
pub const GO_ON: &str = "Go on writing";
pub const LEAVE_MEANS: &str =
    "A kept draft waits here for you, on any computer. Nobody else sees it.";

pub const OFFLINE: &str = "You are offline. Your text is not sent.";
pub const OFFLINE_NOW: &str = "You are offline. You can go on writing.";
pub const ONLINE_AGAIN: &str = "You are online again. Your text is still here and not sent; press Send Message when you are ready.";
pub const UNCLEAR: &str = "The connection broke while your text was being sent, so we don’t know whether it arrived. Press Send Message again to find out: it cannot go out twice.";
pub const SIGNED_OUT: &str =
    "You are signed out, and your text is not sent. Sign in, and it is here again.";
pub const SIGN_IN: &str = "Sign in";
pub const OUTDATED: &str = "A new version of this program is there. Your draft is kept; load this page again, then send it.";
pub const LOAD_AGAIN: &str = "Load this page again";

pub const SENT: &str = "Message Sent!";
pub const ON_ITS_WAY: &str = "Saved and on its way";
pub const HALTED: &str = "Saved, and it waits";
pub const REFUSED: &str = "Not sent";
pub const NOT_DELIVERED: &str = "Not delivered";

/// The name of the text box.
pub fn text_to(name: &str, phone: &str) -> String {
    format!(" to {name}, {phone}")
}

/// The name of the form, and of the region around it.
pub fn form_name(name: &str, phone: &str) -> String {
    format!("Text to {name}, {phone}")
}

/// What the button does.
pub fn send(parts: u32) -> String {
    match parts {
        0 | 1 => "Send Message".into(),
        _ => format!("Send Message as {parts} texts"),
    }
}

/// How many texts a phrase or a text is.
pub fn texts(parts: u32) -> String {
    count(i64::from(parts), "text", "texts")
}

/// How many phrases the list shows, for those who hear it.
pub fn found(phrases: usize) -> String {
    count(
        i64::try_from(phrases).unwrap_or(i64::MAX),
        "phrase",
        "phrases",
    )
}

/// When the draft was saved.
pub fn draft_saved(time: &str) -> String {
    format!("Draft saved {time}")
}

/// Others with the same phone.
pub fn shared_with(names: &[String]) -> String {
    format!("Shared with {}", super::list(names))
}

/// The link to all texts of the case.
pub fn all_texts(texts: i64) -> String {
    match texts {
        0 | 1 => "Texts".into(),
        _ => format!("All {} texts", super::thousands(texts)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_button_says_what_it_does() {
        assert_eq!(send(1), "Send Message");
        assert_eq!(send(2), "Send Message as 2 texts");
    }
}
