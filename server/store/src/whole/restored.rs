//! After a backup was restored: what waits in it may have gone out since it was made. Every queue is held, and what waits
//! is unknown until Twilio's list tells or somebody decides.

use crate::{Result, Store, link::execute, sql::sql};

sql! {
    HOLD_ALL = same(
        "INSERT INTO halt (org_id, reason, since, times) SELECT id, 'restored', CAST($1 AS BIGINT), 1 FROM org WHERE 1 = 1
         ON CONFLICT (org_id, reason) DO NOTHING"
    );
    RELEASE_ALL = same("DELETE FROM halt WHERE reason = 'restored'");
    /// It may have left at any time since it was written: `domain::unclear::latest` knows it by that. So may a text of
    /// which nobody knew when the backup was made: somebody may have sent it again since. What was put aside stays so.
    WAITING_TO_UNKNOWN = same(
        "UPDATE outbox SET posting_at = created_at, claim_token = NULL, owner = NULL, claimed_at = NULL,
                lease_until = NULL, look_at = NULL, looked_at = NULL, list_said = NULL, staff_asked_at = NULL
         WHERE parked_at IS NULL
           AND (posting_at IS NULL OR claim_token IS NOT NULL OR posting_at <> created_at)"
    );
    MARK_WAITING_UNKNOWN = same(
        "UPDATE message SET status = 'unknown', rank = 3
         WHERE status IN ('waiting', 'claimed', 'posting') AND (org_id, id) IN (
             SELECT org_id, message_id FROM outbox WHERE posting_at IS NOT NULL AND claim_token IS NULL)"
    );
    LIST_ALL = same("UPDATE sender SET list_at = NULL");
}

/// What was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Organizations whose queue was not held before.
    pub organizations: u64,
    /// Texts that waited, and of which nobody knows now whether they went out.
    pub texts: u64,
}

impl Store {
    /// Holds every queue as after a restore, and has Twilio's lists read anew. Again it changes only what came since.
    pub async fn hold_restored(&self, now: i64) -> Result<Held> {
        let mut conn = self.writer().await?;
        let organizations = execute!(conn, HOLD_ALL, now);
        let texts = execute!(conn, WAITING_TO_UNKNOWN);
        execute!(conn, MARK_WAITING_UNKNOWN);
        execute!(conn, LIST_ALL);
        conn.commit().await?;
        Ok(Held {
            organizations,
            texts,
        })
    }

    /// Lets every queue go on that was held so; answers how many. What is unknown stays so.
    pub async fn release_restored(&self) -> Result<u64> {
        let mut conn = self.writer().await?;
        let released = execute!(conn, RELEASE_ALL);
        conn.commit().await?;
        Ok(released)
    }
}
