//! Whether US carriers take our texts. Twilio's API does not tell; what became of texts does.

use super::{Finding, Line, Topic};
use crate::halt::Halt;

/// Twilio's codes for a number that US carriers do not know.
pub const UNREGISTERED: [i64; 3] = [30032, 30034, 30035];
/// How far back refusals of carriers are counted: a week, in milliseconds.
const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;

/// From when on refusals count: the last week, but nothing of what was before an administrator said that the number is
/// registered. `halt`: the halt for want of it, over or not.
pub fn refusals_from(halt: Option<&Halt>, now: i64) -> i64 {
    let said = halt.filter(|halt| !halt.holds(now)).map(|halt| halt.since);
    (now - WEEK).max(said.unwrap_or(i64::MIN))
}

/// What became of our texts since then: how many were refused as unregistered.
pub fn carriers_line(unregistered: i64, halt: Option<&Halt>, now: i64) -> Line {
    let from = refusals_from(halt, now);
    let finding = match (unregistered, halt) {
        (1.., _) => Finding::Unregistered {
            texts: unregistered,
        },
        // A text that was refused before Twilio took it waits with the others.
        (_, Some(halt)) if halt.holds(now) => Finding::HeldForRegistration,
        (_, Some(halt)) if from == halt.since => Finding::NoneUnregisteredSince { at: from },
        _ => Finding::NoneUnregistered,
    };
    Line::new(Topic::Carriers, finding)
}
