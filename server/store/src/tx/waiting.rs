//! How much waits for somebody to decide, in one statement.

use crate::{Result, Tx, link::one, rows::RawWaiting, sql::sql};
use domain::incoming::Waiting;

/// Cards, opt-outs, and texts of which nobody knows whether they went out; beside these it is decided whether texts
/// leave again after a backup was restored. `$org`: whose, in SQL.
macro_rules! waiting {
    ($org:literal) => {
        concat!(
            "(SELECT count(*) FROM review WHERE org_id = ",
            $org,
            " AND decided_at IS NULL) AS reviews,
             (SELECT count(*) FROM block WHERE org_id = ",
            $org,
            " AND held = 1 AND lifted_at IS NULL) AS held,
             (SELECT count(*) FROM outbox
              WHERE org_id = ",
            $org,
            " AND posting_at IS NOT NULL AND claim_token IS NULL
                AND staff_asked_at IS NOT NULL)
             + (SELECT count(*) FROM halt WHERE org_id = ",
            $org,
            " AND reason = 'restored') AS unclear,
             (",
            $crate::tx::events::last_event!($org),
            ") AS event"
        )
    };
}
pub(crate) use waiting;

sql! {
    COUNT_WAITING = same(concat!("SELECT ", waiting!("$1")));
}

impl Tx {
    /// What waits for somebody, and the organization's newest event at that moment.
    pub async fn count_waiting(&mut self) -> Result<Waiting> {
        let counted: RawWaiting = one!(self.conn, COUNT_WAITING, self.org.0);
        Ok(counted.read())
    }
}
