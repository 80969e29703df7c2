//! The queue of all organizations, from which workers claim.

use crate::{
    Claim, Claimed, Result, Store, Unresolved,
    link::{execute, one, rows},
    sql::sql,
};
use domain::ids::{OrgId, TextId};
use uuid::Uuid;

sql! {
    /// Waiting and due, or claimed by a worker whose lease ended before it posted. PostgreSQL: rows that another
    /// worker is claiming at this moment are passed over; MATERIALIZED, or the limit might be applied twice.
    CLAIM = two(
        "UPDATE outbox SET claim_token = $1, owner = $2, claimed_at = $3, lease_until = $4, attempts = attempts + 1
         WHERE (org_id, message_id) IN (
             SELECT org_id, message_id FROM outbox
             WHERE posting_at IS NULL AND not_before <= $3 AND (claim_token IS NULL OR lease_until < $3)
             ORDER BY created_at, message_id LIMIT $5)
         RETURNING org_id, message_id, created_at",
        "WITH due AS MATERIALIZED (
             SELECT org_id, message_id FROM outbox
             WHERE posting_at IS NULL AND not_before <= $3 AND (claim_token IS NULL OR lease_until < $3)
             ORDER BY created_at, message_id LIMIT $5 FOR UPDATE SKIP LOCKED)
         UPDATE outbox SET claim_token = $1, owner = $2, claimed_at = $3, lease_until = $4, attempts = attempts + 1
         FROM due WHERE outbox.org_id = due.org_id AND outbox.message_id = due.message_id
         RETURNING outbox.org_id, outbox.message_id, outbox.created_at",
    );
    MARK_CLAIMED = same(
        "UPDATE message SET status = 'claimed', rank = 1, status_at = $2
         WHERE status = 'waiting'
           AND (org_id, id) IN (SELECT org_id, message_id FROM outbox WHERE claim_token = $1)"
    );
    OUTBOX_DEPTH = same(
        "SELECT count(*), min(created_at) FROM outbox WHERE posting_at IS NULL OR claim_token IS NOT NULL"
    );
    UNRESOLVED = same(
        "SELECT org_id, message_id, posting_at, from_phone FROM outbox
         WHERE posting_at IS NOT NULL AND claim_token IS NULL ORDER BY created_at, message_id LIMIT $1"
    );
}

impl Store {
    /// Claims texts that are due, the oldest first; each text goes to one worker.
    pub async fn claim(&self, claim: &Claim<'_>) -> Result<Vec<Claimed>> {
        let mut conn = self.writer().await?;
        let mut taken: Vec<(Uuid, Uuid, i64)> = rows!(
            conn,
            CLAIM,
            claim.token,
            claim.owner,
            claim.now,
            claim.lease_until,
            claim.limit
        );
        if taken.is_empty() {
            return Ok(Vec::new());
        }
        execute!(conn, MARK_CLAIMED, claim.token, claim.now);
        conn.commit().await?;
        taken.sort_by_key(|&(_, text, created)| (created, text));
        let claimed = |(org, text, _)| Claimed {
            org: OrgId(org),
            text: TextId(text),
            token: claim.token,
        };
        Ok(taken.into_iter().map(claimed).collect())
    }

    /// How many texts are on their way out, and when the oldest of them was written. Those that are
    /// [unresolved](Self::unresolved) are not on their way.
    pub async fn outbox_depth(&self) -> Result<(i64, Option<i64>)> {
        let mut conn = self.reader().await?;
        Ok(one!(conn, OUTBOX_DEPTH))
    }

    /// Texts of which it is not known whether Twilio has them, the oldest first.
    pub async fn unresolved(&self, limit: i64) -> Result<Vec<Unresolved>> {
        let mut conn = self.reader().await?;
        let rows: Vec<(Uuid, Uuid, i64, Option<String>)> = rows!(conn, UNRESOLVED, limit);
        let read = |(org, text, posting_at, from)| Unresolved {
            org: OrgId(org),
            text: TextId(text),
            posting_at,
            from,
        };
        Ok(rows.into_iter().map(read).collect())
    }
}
