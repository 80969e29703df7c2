//! Texts of which nobody knows whether they went out: what staff are asked, and what they decide. Every decision names
//! the handing over that it is about, so that of two people at once one decides.

use crate::{
    Result, Tx, UnclearRecord,
    link::{execute, one, rows},
    rows::RawUnclear,
    sql::sql,
};
use domain::{ids::TextId, status::Status};

sql! {
    UNCLEAR = same(
        "SELECT o.message_id, o.posting_at, o.looked_at, o.list_said, m.body, m.to_phone, s.name AS by_name,
                c.name AS client, f.number
         FROM outbox o
         JOIN message m ON m.org_id = o.org_id AND m.id = o.message_id
         JOIN staff s ON s.org_id = m.org_id AND s.id = m.staff_id
         JOIN client c ON c.org_id = m.org_id AND c.id = m.client_id
         JOIN case_file f ON f.org_id = m.org_id AND f.id = m.case_id
         WHERE o.org_id = $1 AND o.posting_at IS NOT NULL AND o.claim_token IS NULL AND o.staff_asked_at IS NOT NULL
         ORDER BY o.posting_at, o.message_id LIMIT $2"
    );
    TAKE_AS_SENT = same(
        "DELETE FROM outbox
         WHERE org_id = $1 AND message_id = $2 AND posting_at = $3 AND claim_token IS NULL
           AND staff_asked_at IS NOT NULL"
    );
    PUT_BACK = same(
        "UPDATE outbox SET posting_at = NULL, owner = NULL, claimed_at = NULL, from_phone = NULL, look_at = NULL,
                looked_at = NULL, list_said = NULL, staff_asked_at = NULL, reason = NULL, attempts = 0, not_before = $4
         WHERE org_id = $1 AND message_id = $2 AND posting_at = $3 AND claim_token IS NULL
           AND staff_asked_at IS NOT NULL"
    );
    KEEP_LOOK = same(
        "UPDATE outbox SET looked_at = $4, list_said = $5, look_at = $6
         WHERE org_id = $1 AND message_id = $2 AND posting_at = $3 AND claim_token IS NULL"
    );
    SID_IS_TAKEN = same(
        "SELECT (SELECT count(*) FROM message WHERE org_id = $1 AND sid = $2)
              + (SELECT count(*) FROM test_text WHERE org_id = $1 AND sid = $2)"
    );
}

impl Tx {
    /// The texts that staff are asked about, the oldest first.
    pub async fn unclear_texts(&mut self, limit: i64) -> Result<Vec<UnclearRecord>> {
        let rows: Vec<RawUnclear> = rows!(self.conn, UNCLEAR, self.org.0, limit);
        rows.into_iter().map(RawUnclear::read).collect()
    }

    /// Staff decided that what was handed over at `posted` went out. `false`: that is no question any more.
    pub async fn take_as_sent(&mut self, text: TextId, posted: i64, at: i64) -> Result<bool> {
        if execute!(self.conn, TAKE_AS_SENT, self.org.0, text.0, posted) == 0 {
            return Ok(false);
        }
        self.move_text(text, Status::WentOut, at).await?;
        Ok(true)
    }

    /// Staff decided that the text goes once more. `false`: that is no question any more.
    pub async fn put_back(&mut self, text: TextId, posted: i64, at: i64) -> Result<bool> {
        if execute!(self.conn, PUT_BACK, self.org.0, text.0, posted, at) == 0 {
            return Ok(false);
        }
        self.move_text(text, Status::Waiting, at).await?;
        Ok(true)
    }

    /// Keeps what Twilio's list said of what was handed over at `posted`, and when it is looked at next.
    pub async fn keep_look(
        &mut self,
        text: TextId,
        posted: i64,
        at: i64,
        said: &str,
        next: Option<i64>,
    ) -> Result<()> {
        let next = next.unwrap_or(i64::MAX);
        execute!(
            self.conn, KEEP_LOOK, self.org.0, text.0, posted, at, said, next
        );
        Ok(())
    }

    /// Whether a text of ours has this Sid.
    pub async fn sid_is_taken(&mut self, sid: &str) -> Result<bool> {
        let (count,): (i64,) = one!(self.conn, SID_IS_TAKEN, self.org.0, sid);
        Ok(count > 0)
    }
}
