//! Permission to text.

use crate::{
    consent::{BlockCause, ConsentEvent, ConsentSource, WhyNot},
    phone::Phone,
};

pub const OKAY_TO_TEXT: &str = "Okay to Text";
pub const NOT_OKAY: &str = "Not okay to text";
/// In the place of "Okay to Text" while a card is open.
pub const PAUSED_FOR_REVIEW: &str = "Paused for review";

pub const OFFICE: &str = "The office’s permission";
pub const CARRIER: &str = "The carrier’s block";
pub const GIVEN: &str = "Given";
pub const NOT_GIVEN: &str = "Not given";
pub const NO_BLOCK: &str = "None";
pub const NO_BLOCK_MEANS: &str = "Only the client can set or lift it, with STOP and START.";
pub const BLOCKED: &str = "Blocked";
pub const HELD: &str = "Reported, not decided";
pub const HELD_MEANS: &str =
    "Many such reports came at once; an administrator decides whether they are true.";
pub const PAUSED: &str = "Sending is paused";
pub const PAUSED_MEANS: &str =
    "The client wrote what may mean that they want no more texts. Somebody has to decide.";
pub const TO_REVIEW: &str = "Read and decide";
pub const RECORD: &str = "Record what the client said";
pub const SOURCE: &str = "How do you know?";
pub const CHOOSE: &str = "Choose";
pub const NOTE: &str = "Note";
pub const NOTE_HINT: &str = "Who said what, if it helps. Kept in the record of permission.";
pub const RECORDED: &str = "Recorded. It stands in the record of permission.";
pub const CHANGED_GIVEN: &str = "Permission changed: okay to text.";
pub const CHANGED_ENDED: &str = "Permission changed: not okay to text.";

/// What the form of permission does: ticks or unticks.
pub fn form_lead(okay: bool, number: &Phone) -> String {
    let number = number.display();
    match okay {
        false => format!("The client said yes to texts at {number}: tick Okay to Text."),
        true => format!("The client wants no more texts at {number}: untick Okay to Text."),
    }
}

/// Its button.
pub fn form_button(okay: bool) -> &'static str {
    match okay {
        false => "Tick Okay to Text",
        true => "Untick Okay to Text",
    }
}

/// The heading where texting is not possible.
pub fn heading(why: WhyNot) -> &'static str {
    match why {
        WhyNot::NoNumber => "There is no cell number",
        WhyNot::Blocked => "This phone texted STOP",
        WhyNot::OptOutHeld => "Twilio says that this phone texted STOP",
        WhyNot::Paused => "The client may want no more texts",
        WhyNot::NotOkay => "Okay to Text is not ticked",
        WhyNot::NotSetUp => "Texting is not set up",
        WhyNot::Fault => "A fault of this program kept the text back",
    }
}

/// What to do about it. `ours`: the office's number, to which a client would text START.
pub fn remedy(why: WhyNot, ours: Option<&Phone>) -> String {
    match why {
        WhyNot::NoNumber => "Ask the client for their cell number and add it to the client record.".into(),
        WhyNot::Blocked => format!("{}.", only_the_client(ours)),
        WhyNot::OptOutHeld => "Many such reports came at once, so an administrator is asked whether they are true. Until then, reach the client another way.".into(),
        WhyNot::Paused => "Read what the client wrote and decide what they meant. Until then nothing is sent to this number.".into(),
        WhyNot::NotOkay => "Ask the client whether you may text this number. When they say yes, tick Okay to Text on the client record.".into(),
        WhyNot::NotSetUp => "An administrator connects the office’s Twilio account under Setup Functions, Texting Setup.".into(),
        WhyNot::Fault => "Tell your administrator, then send the text again.".into(),
    }
}

/// Who can lift the carrier's block, and how.
pub fn only_the_client(ours: Option<&Phone>) -> String {
    match ours {
        Some(ours) => format!("Only the client can lift this: ask them to text START to {}. Until then, reach them another way", ours.display()),
        None => "Only the client can lift this: ask them to text START to the office’s number. Until then, reach them another way".into(),
    }
}

/// Somebody changed the number, or permission for it, while the form of the client was open.
pub fn changed_meanwhile(number: Option<&Phone>, okay: bool) -> String {
    let now = match (number, okay) {
        (Some(number), true) => format!("it is okay to text {}", number.display()),
        (Some(number), false) => format!("it is not okay to text {}", number.display()),
        (None, _) => "the client has no cell number".to_owned(),
    };
    format!(
        "Somebody changed this while you had this form open: by now {now}. Nothing was saved; look at number and tick, and save again"
    )
}

/// A line of the ledger.
pub fn event(event: ConsentEvent) -> &'static str {
    match event {
        ConsentEvent::Given => "Permission given",
        ConsentEvent::Withdrawn => "Permission withdrawn",
        ConsentEvent::NumberChanged => "Number changed; permission ended",
        ConsentEvent::Blocked => "Blocked by the carrier",
        ConsentEvent::Lifted => "Carrier’s block lifted",
        ConsentEvent::Kept => "Read as no withdrawal; nothing changed",
    }
}

/// Where it came from.
pub fn source(source: ConsentSource) -> &'static str {
    match source {
        ConsentSource::InPerson => "In person",
        ConsentSource::ByPhone => "By phone",
        ConsentSource::InWriting => "In writing",
        ConsentSource::Form => "On a form",
        ConsentSource::Record => "On the client record",
        ConsentSource::Keyword => "The client’s text",
        ConsentSource::Code => "Twilio’s code 21610",
        ConsentSource::Review => "The client’s words, read by staff",
        ConsentSource::Administrator => "Decided by an administrator",
    }
}

/// Since when the carrier blocks, and how we know.
pub fn block(because: BlockCause) -> &'static str {
    match because {
        BlockCause::Keyword => "The client texted a word that blocks our texts.",
        BlockCause::Code => "Twilio refused a text with code 21610: this phone texted STOP.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_are_told_the_sentence_to_tell_the_client() {
        let ours = Phone::from_e164("+16615550100").expect("a number");
        let said = remedy(WhyNot::Blocked, Some(&ours));
        assert!(said.contains("text START to (661) 555-0100"), "{said}");
    }
}
