//! Texts of which nobody knows whether they went out: what staff are asked.

use crate::{
    unclear::{Choice, ListSaid},
    when::When,
};

pub const TITLE: &str = "We don’t know whether this went out";
/// In the top line, where room is short.
pub const PLACE: &str = "Unclear";
pub const LEAD: &str = "Twilio gave no clear answer when these texts were handed over, and its list has not told since. Nothing is sent again by itself: somebody decides.";
pub const NONE: &str = "Nothing is unclear";
pub const NONE_MEANS: &str =
    "When Twilio does not say within 15 minutes whether it took a text, the text stands here.";
pub const LIST: &str = "Texts to decide about";
pub const HANDED_OVER: &str = "Handed to Twilio";
pub const LIST_SAID: &str = "Twilio’s list";
pub const BY: &str = "Written by";
pub const SURE: &str = "Send it although the client may get it twice";
pub const SURE_HINT: &str =
    "For “Send again”. If you can, ask the client first whether it arrived.";
pub const MEANS: &str = "“It went out” counts it as sent; if Twilio reports on it later, that counts. “Send again” hands the same text to Twilio once more.";

pub const RESTORED: &str = "A backup was restored, and no text leaves";
pub const RESTORED_MEANS: &str = "Texts that waited when the backup was made may have gone out after it: they are looked for in Twilio’s list, and stand below until it tells or somebody decides. What clients wrote meanwhile is fetched from Twilio. What staff wrote after the backup was made is not here any more.";
pub const RELEASE_MEANT: &str = "I have looked at this page, and new texts may leave";
pub const RELEASE_HINT: &str =
    "Texts written since then wait and leave at once. Those below stay until somebody decides.";
pub const RELEASE: &str = "Let texts leave again";
pub const RELEASE_BY_OTHERS: &str = "An administrator lets texts leave again.";

/// Since when the queue is held.
pub fn restored_since(when: &When) -> String {
    format!("Held since {}.", super::common::moment(when))
}

/// What can be chosen.
pub fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::WentOut => "It went out",
        Choice::Again => "Send again",
    }
}

/// What Twilio's list said, and when it was looked at last.
pub fn list(said: Option<&(ListSaid, When)>) -> String {
    match said {
        None => "Not looked at yet".into(),
        Some((ListSaid::NotThere, when)) => {
            format!("Not in it, looked at {}", super::common::moment(when))
        }
        Some((ListSaid::Alike, when)) => format!(
            "Has one with the same words to this number, made before this one was written; looked at {}",
            super::common::moment(when)
        ),
        Some((ListSaid::Nothing, when)) => {
            format!("Could not be had, tried {}", super::common::moment(when))
        }
    }
}

/// The navigation's number, for those who hear it.
pub fn open(n: i64) -> String {
    format!(" ({n} to decide)")
}

/// What a button adds for those who hear it.
pub fn about(client: &str) -> String {
    format!(" (text to {client})")
}
