//! Twilio's error codes in plain words: what happened, and what to do.

/// What a code means, in one sentence for staff.
#[must_use]
pub const fn meaning(code: u32) -> &'static str {
    match code {
        20003 => "Twilio did not accept this office’s account details.",
        20404 => "Twilio no longer has this text.",
        20429 => "Twilio was busy and asked us to slow down.",
        21211 | 21217 | 21421 => "Twilio does not recognize this as a phone number.",
        21212 => "Twilio does not recognize the number we send from as a phone number.",
        21603 => "No number is set up for us to send from.",
        21606 | 21659 => {
            "The number we send from is not one that this Twilio account can text from."
        }
        21660 => "The number we send from belongs to another Twilio account.",
        21661 => "The number we send from can’t send texts.",
        21408 => "Texting to this number’s country is not turned on in Twilio.",
        21602 | 21619 => "There was nothing in the text.",
        21605 | 21617 => "The text was too long for Twilio.",
        21608 => "Our Twilio account is a trial, which reaches verified numbers only.",
        21610 => "This phone texted STOP, so Twilio blocks our texts to it.",
        21611 | 30001 => "Too many of our texts were waiting to go out.",
        21612 => "Our number can’t reach this phone.",
        21614 | 21635 => "This number can’t receive texts: it is not a cell phone.",
        30002 => "Twilio has suspended this office’s account.",
        30003 => "The phone could not be reached; it may be off or without signal.",
        30004 => "The phone or its carrier blocks our texts.",
        30005 => "The carrier does not know this number; it may no longer be in use.",
        30006 => "This number can’t receive texts: it is a landline, or its carrier takes none.",
        30007 => "The carrier stopped this text because it looked like spam.",
        30008 => "The text did not arrive, and the carrier gave no reason.",
        30022 => "Our texts went out faster than the carriers allow.",
        30023 | 30027 | 63038 => "We have reached the number of texts allowed in a day.",
        30032 => "Our toll-free number is not verified with US carriers.",
        30034 | 30035 => "Our number is not fully registered with US carriers.",
        _ => "Twilio reported a problem that we have no explanation for.",
    }
}

/// What to do about a code, in one sentence for staff.
#[must_use]
pub const fn next_step(code: u32) -> &'static str {
    match code {
        20003 => "Tell your administrator; texts wait until Texting Setup is corrected.",
        20404 => "Before you send it again, ask the client whether it arrived.",
        20429 => "Nothing to do: it goes out later by itself.",
        21611 | 30001 | 30022 => "Send it again later, or call.",
        30023 | 30027 | 63038 => "Send it again tomorrow. If it is urgent, call.",
        21211 | 21217 | 21421 => {
            "Check the number with the client and correct it on the client’s page."
        }
        21212 | 21603 | 21606 | 21659 | 21660 | 21661 => {
            "Tell your administrator to check the Twilio # in Texting Setup."
        }
        21408 => "Call the client, and ask your administrator to turn the country on in Twilio.",
        21602 | 21619 => "Write the text and send it again.",
        21605 | 21617 => "Shorten the text and send it again.",
        21608 => "Tell your administrator to upgrade the Twilio account.",
        21610 => {
            "Only the client can undo this, by texting START; until then, reach them another way."
        }
        21612 => "Call instead, or ask the client for another number.",
        21614 | 21635 | 30006 => "Call instead, or ask the client for a cell number.",
        30002 => "Tell your administrator to check billing at Twilio; texts wait until then.",
        30003 => "Try again later, or call.",
        30004 => "Ask the client for another way to reach them.",
        30005 => "Confirm the number with the client.",
        30007 => "Reword it, leave out links, and send it again.",
        30008 => "Try again, or call.",
        30032 | 30034 | 30035 => {
            "Tell your administrator to finish the registration at Twilio; texts wait until then. After that, send this one again."
        }
        _ => "Tell your administrator the code; Twilio’s list of errors explains it.",
    }
}
