//! Status: a word, a shape, and one plain sentence.

use crate::{consent::WhyNot, status::Status};

/// The word of a status.
pub fn word(status: Status) -> &'static str {
    match status {
        Status::Waiting | Status::Claimed => "Waiting",
        Status::Posting => "Sending",
        Status::Unknown => "Checking with Twilio",
        Status::WentOut => "Went out",
        Status::Refused => "Refused",
        Status::Stopped => "Stopped",
        Status::Scheduled => "Scheduled",
        Status::Accepted => "Accepted",
        Status::Queued => "Queued",
        Status::Sending => "Sending",
        Status::Sent => "Sent",
        Status::PartiallyDelivered => "Partly delivered",
        Status::Delivered => "Delivered",
        Status::Undelivered => "Not delivered",
        Status::Failed => "Failed",
        Status::Canceled => "Canceled",
        Status::Read => "Read",
    }
}

/// What the status means. A failure is explained by its code instead, if it has one.
pub fn sentence(status: Status) -> &'static str {
    match status {
        Status::Waiting | Status::Claimed => "Saved here. It goes to Twilio next.",
        Status::Posting => "On its way to Twilio.",
        Status::Unknown => {
            "Twilio did not give a clear answer. Its report or its list will tell; until then the text is not sent a second time."
        }
        Status::WentOut => "Staff decided that it went out. Twilio has not said anything about it.",
        Status::Refused => "Twilio did not take this text. Nothing went out.",
        Status::Stopped => "Stopped before it left. Nothing went out.",
        Status::Scheduled => "Twilio has it and keeps it for later.",
        Status::Accepted => "Twilio has accepted it.",
        Status::Queued => "Twilio has it.",
        Status::Sending => "Twilio is handing it to the phone company.",
        Status::Sent => "The phone company has it; no word from the phone yet.",
        Status::PartiallyDelivered => "Some parts arrived, others not yet.",
        Status::Delivered => "The phone company confirmed that it arrived.",
        Status::Undelivered => "It did not arrive.",
        Status::Failed => "Twilio could not send it.",
        Status::Canceled => "Taken back before it went out.",
        Status::Read => "The client has opened it.",
    }
}

/// Why a text was stopped here, and what to do.
pub fn stopped(why: WhyNot) -> &'static str {
    match why {
        WhyNot::NoNumber => {
            "The client’s number was taken out before the text left. Nothing went out."
        }
        WhyNot::Blocked => {
            "The phone texted STOP before the text left. Nothing went out. Only the client can undo this, by texting START."
        }
        WhyNot::OptOutHeld => {
            "Twilio said that the phone texted STOP, and the administrator is asked whether that is so. Nothing went out."
        }
        WhyNot::Paused => {
            "The client wrote what may mean that they want no more texts. Nothing went out. Read what they wrote and decide, then send it again."
        }
        WhyNot::NotOkay => "Okay to Text was unticked before the text left. Nothing went out.",
        WhyNot::NotSetUp => {
            "Texting was not set up when the text was to leave. Tell your administrator, then send it again."
        }
        WhyNot::Fault => {
            "This program failed several times to hand the text over, so it was taken out of the line. Nothing went out. Tell your administrator, then send it again."
        }
    }
}

/// The silhouette of a status: the name of a symbol. No two meanings share an outline.
pub fn shape(status: Status) -> &'static str {
    match status {
        Status::Waiting | Status::Claimed => "s-waiting",
        Status::Unknown => "s-checking",
        Status::Scheduled => "s-later",
        Status::Posting | Status::Accepted | Status::Queued => "s-queued",
        Status::WentOut | Status::Sending | Status::Sent | Status::PartiallyDelivered => "s-sent",
        Status::Delivered | Status::Read => "s-delivered",
        Status::Undelivered | Status::Failed | Status::Refused => "s-failed",
        Status::Stopped => "s-stop",
        Status::Canceled => "s-cancelled",
    }
}

/// The colour that repeats what word and shape say: a class of the style sheet.
pub fn tone(status: Status) -> &'static str {
    match status {
        Status::Delivered | Status::Read => "good",
        Status::Undelivered | Status::Failed | Status::Refused | Status::Stopped => "bad",
        Status::Unknown => "heed",
        _ => "",
    }
}
