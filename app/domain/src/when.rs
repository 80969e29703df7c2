//! A moment, as it is shown. The server writes the words in the reader's time zone, so that the page
//! reads the same before and after hydration and the browser needs no table of time zones.

use serde::{Deserialize, Serialize};

/// A moment in words and for machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// For `<time datetime>`: UTC, RFC 3339 with milliseconds.
    pub utc: String,
    /// "Today", "Yesterday", "Fri, Dec 5" or "Dec 5, 2025".
    pub day: String,
    /// "2:14 PM"
    pub time: String,
    /// The zone's short name at that moment: "PST".
    pub zone: String,
    /// "Monday, December 8, 2025, 22:14:07 UTC": reachable by keyboard.
    pub exact: String,
}
