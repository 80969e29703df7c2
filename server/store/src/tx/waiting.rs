//! How much waits for somebody to decide, in one statement: every page asks.

use super::events::last_event;
use crate::{Result, Tx, link::one, sql::sql};
use domain::incoming::Waiting;

sql! {
    /// Cards, opt-outs, and texts of which nobody knows whether they went out; beside these it is decided whether texts
    /// leave again after a backup was restored.
    COUNT_WAITING = same(concat!(
        "SELECT (SELECT count(*) FROM review WHERE org_id = $1 AND decided_at IS NULL),
                (SELECT count(*) FROM block WHERE org_id = $1 AND held = 1 AND lifted_at IS NULL),
                (SELECT count(*) FROM outbox
                 WHERE org_id = $1 AND posting_at IS NOT NULL AND claim_token IS NULL AND staff_asked_at IS NOT NULL)
                + (SELECT count(*) FROM halt WHERE org_id = $1 AND reason = 'restored'),
                (", last_event!(), ")"
    ));
}

impl Tx {
    /// What waits for somebody, and the organization's newest event at that moment.
    pub async fn count_waiting(&mut self) -> Result<Waiting> {
        let (reviews, held, unclear, event): (i64, i64, i64, i64) =
            one!(self.conn, COUNT_WAITING, self.org.0);
        Ok(Waiting {
            reviews,
            held,
            unclear,
            event,
        })
    }
}
