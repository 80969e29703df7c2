//! Many opt-outs at once: what the administrator is asked.

use super::count;

pub const TITLE: &str = "Opt-outs to decide";
pub const LEAD: &str = "Twilio said of many phones at once that they texted STOP. That may be true, or an outage at a carrier.";
pub const NONE: &str = "Nothing to decide";
pub const NONE_MEANS: &str = "Opt-outs that come one by one are taken as they are. When many come at once, you are asked here.";
pub const CAPTION: &str = "The opt-outs, newest first";
pub const NUMBER: &str = "Number";
pub const CLIENTS: &str = "Clients";
pub const WHEN: &str = "When";
pub const STATE: &str = "Permission";
pub const WAITS: &str = "Waits for you";
pub const TAKEN: &str = "Taken already";
pub const WHAT: &str = "What is true?";
pub const APPLY: &str = "They are real: take permission";
pub const DISCARD: &str = "A mistake: give permission back";
pub const APPLY_MEANS: &str =
    "Okay to Text is unticked for all of them. Each client can undo it by texting START.";
pub const DISCARD_MEANS: &str = "Permission stays, and comes back where it was taken just before. Texts that were stopped are not sent again by themselves.";
pub const NOTE: &str = "Note";
pub const NOTE_HINT: &str = "How you know. Kept in the record of permission.";
pub const ASKED: &str = "Permission is paused for some numbers.";
pub const GO: &str = "Decide about opt-outs";

/// In the banner of every page of an administrator.
pub fn banner(held: i64) -> String {
    format!(
        "Twilio reported many opt-outs at once. {} for your decision; nothing is sent to {} until then.",
        match held {
            1 => "1 waits".into(),
            n => format!("{} wait", super::thousands(n)),
        },
        if held == 1 { "it" } else { "them" },
    )
}

/// How many wait, above the list.
pub fn waiting(held: i64, limit: i64) -> String {
    format!(
        "{} more than the {limit} that are taken as they are within ten minutes.",
        count(held, "opt-out waits:", "opt-outs wait:")
    )
}
