//! What an open page is told while it is open. Never a body, never a full number: the page asks for what it may see.

use crate::ids::{CaseId, TextId};
use serde::{Deserialize, Serialize};

/// Something happened on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveEvent {
    /// Counts upwards; a page goes on after the last one it saw.
    pub id: i64,
    pub case: CaseId,
    pub text: TextId,
}
