//! What a worker writes of a text that it claimed. Every statement carries the fence: the token of the claim. A worker
//! that was paused past its lease finds its token gone and changes nothing.
//!
//! The outbox row comes first, then the text: always in this order, so that no two transactions wait for each other.
//! That texts leave, and that Twilio took them, is written for many at once: [`super::outbox_at_once`].

use crate::{
    Result, Tx,
    link::{execute, optional},
    sql::sql,
};
use domain::{ids::TextId, status::Status};
use uuid::Uuid;

sql! {
    FENCE_POSTED = same(
        "DELETE FROM outbox WHERE org_id = $1 AND message_id = $2 AND claim_token = $3 AND posting_at IS NOT NULL"
    );
    FENCE_STOP = same(
        "DELETE FROM outbox WHERE org_id = $1 AND message_id = $2 AND claim_token = $3 AND posting_at IS NULL"
    );
    FENCE_BACK = same(
        "UPDATE outbox SET claim_token = NULL, owner = NULL, claimed_at = NULL, lease_until = NULL, posting_at = NULL,
                           not_before = $4, reason = $5, attempts = 0, failures = 0
         WHERE org_id = $1 AND message_id = $2 AND claim_token = $3 AND EXISTS (
             SELECT 1 FROM message m WHERE m.org_id = $1 AND m.id = $2 AND m.status IN ('claimed', 'posting'))"
    );
    FENCE_FAILED = same(
        "UPDATE outbox SET claim_token = NULL, owner = NULL, claimed_at = NULL, lease_until = NULL,
                           failures = failures + 1, not_before = $4
         WHERE org_id = $1 AND message_id = $2 AND claim_token = $3 AND posting_at IS NULL
         RETURNING failures"
    );
    PARK = same("UPDATE outbox SET parked_at = $3 WHERE org_id = $1 AND message_id = $2 AND posting_at IS NULL");
    FENCE_UNCLEAR = same(
        "UPDATE outbox SET claim_token = NULL, owner = NULL, lease_until = NULL
         WHERE org_id = $1 AND message_id = $2 AND claim_token = $3 AND posting_at IS NOT NULL"
    );
    /// Nothing to resolve when a callback has told of the text meanwhile.
    DROP_IF_KNOWN = same(
        "DELETE FROM outbox WHERE org_id = $1 AND message_id = $2 AND EXISTS (
             SELECT 1 FROM message m WHERE m.org_id = $1 AND m.id = $2 AND m.rank >= 10)"
    );
    /// From one of our own states to another.
    MOVE_TEXT = same(
        "UPDATE message SET status = $3, rank = $4, status_at = $5 WHERE org_id = $1 AND id = $2 AND rank < 10"
    );
    /// Not when Twilio has told of the text: of one that was sent again the first went out.
    REFUSE = same(
        "UPDATE message SET status = 'refused', rank = 100, error = COALESCE($3, error), status_at = $4
         WHERE org_id = $1 AND id = $2 AND rank < 10"
    );
    STOP = same(
        "UPDATE message SET status = 'stopped', rank = 100, stopped = $3, status_at = $4
         WHERE org_id = $1 AND id = $2 AND rank < 10"
    );
}

impl Tx {
    /// Twilio said no; nothing went out.
    pub async fn refuse(
        &mut self,
        text: TextId,
        token: Uuid,
        code: Option<i64>,
        at: i64,
    ) -> Result<bool> {
        if execute!(self.conn, FENCE_POSTED, self.org.0, text.0, token) == 0 {
            return Ok(false);
        }
        execute!(self.conn, REFUSE, self.org.0, text.0, code, at);
        Ok(true)
    }

    /// Nothing went out, and it may be tried again from `not_before` on.
    pub async fn back_to_waiting(
        &mut self,
        text: TextId,
        token: Uuid,
        not_before: i64,
        reason: &str,
        at: i64,
    ) -> Result<bool> {
        if execute!(
            self.conn, FENCE_BACK, self.org.0, text.0, token, not_before, reason
        ) == 0
        {
            return Ok(false);
        }
        self.move_text(text, Status::Waiting, at).await?;
        Ok(true)
    }

    /// It is not known whether the text went out. It stays in the outbox, where nobody claims it again.
    pub async fn unclear(&mut self, text: TextId, token: Uuid, at: i64) -> Result<bool> {
        if execute!(self.conn, FENCE_UNCLEAR, self.org.0, text.0, token) == 0 {
            return Ok(false);
        }
        self.move_text(text, Status::Unknown, at).await?;
        execute!(self.conn, DROP_IF_KNOWN, self.org.0, text.0);
        Ok(true)
    }

    /// Nothing went out, by a fault of ours; it may be tried again from `not_before` on. Answers how many times in a row
    /// that was, or nothing: it is not this worker's any more, or it may have gone out.
    pub async fn failed(
        &mut self,
        text: TextId,
        token: Uuid,
        not_before: i64,
        at: i64,
    ) -> Result<Option<i64>> {
        let row: Option<(i64,)> = optional!(
            self.conn,
            FENCE_FAILED,
            self.org.0,
            text.0,
            token,
            not_before
        );
        if row.is_some() {
            self.move_text(text, Status::Waiting, at).await?;
        }
        Ok(row.map(|(failures,)| failures))
    }

    /// Takes a text that does not leave by a fault of ours out of the line, and says so of it. Its row is kept for those
    /// who look for the fault.
    pub async fn park(&mut self, text: TextId, why: &str, at: i64) -> Result<()> {
        execute!(self.conn, PARK, self.org.0, text.0, at);
        execute!(self.conn, STOP, self.org.0, text.0, why, at);
        Ok(())
    }

    /// Stopped here before it left, and why.
    pub async fn stop(&mut self, text: TextId, token: Uuid, why: &str, at: i64) -> Result<bool> {
        if execute!(self.conn, FENCE_STOP, self.org.0, text.0, token) == 0 {
            return Ok(false);
        }
        execute!(self.conn, STOP, self.org.0, text.0, why, at);
        Ok(true)
    }

    pub(super) async fn move_text(&mut self, text: TextId, status: Status, at: i64) -> Result<()> {
        let rank = i64::from(status.rank());
        execute!(
            self.conn,
            MOVE_TEXT,
            self.org.0,
            text.0,
            status.as_str(),
            rank,
            at
        );
        Ok(())
    }
}
