//! After the database moved to another server: which texts of an organization are compared with Twilio's list, and what
//! becomes of those of which that leaves a doubt.

use crate::{
    Comparison, InQuestion, Result, Tx,
    link::{execute, optional, rows},
    rows::RawInQuestion,
    sql::sql,
};
use domain::{ids::TextId, status::Status, unclear::ListSaid};

sql! {
    /// Whoever ends the comparison holds it: a second move waits, and begins another.
    COMPARISON = two(
        "SELECT since FROM halt WHERE org_id = $1 AND reason = 'failover'",
        "SELECT since FROM halt WHERE org_id = $1 AND reason = 'failover' FOR UPDATE",
    );
    /// All that has not reached Twilio as far as is known here, but what somebody is handing over at this moment.
    IN_QUESTION = same(
        "SELECT o.message_id, o.posting_at, o.created_at, m.case_id, m.body, m.to_phone
         FROM outbox o JOIN message m ON m.org_id = o.org_id AND m.id = o.message_id
         WHERE o.org_id = $1 AND o.parked_at IS NULL AND (o.posting_at IS NULL OR o.claim_token IS NULL)
         ORDER BY o.created_at, o.message_id"
    );
    /// As after a restore (`whole/restored.rs`): it may have left at any time since it was written.
    DOUBT = same(
        "UPDATE outbox SET posting_at = created_at, claim_token = NULL, owner = NULL, claimed_at = NULL,
                lease_until = NULL, look_at = $3, looked_at = $4, list_said = $5, staff_asked_at = $4
         WHERE org_id = $1 AND message_id = $2 AND posting_at IS NULL"
    );
    LIST_AT = same("UPDATE sender SET list_at = $2 WHERE org_id = $1");
}

impl Tx {
    /// Whether this comparison is still to be ended; others who would end it wait until this transaction does.
    pub async fn hold_comparison(&mut self, of: Comparison) -> Result<bool> {
        let row: Option<(i64,)> = optional!(self.conn, COMPARISON, self.org.0);
        Ok(row == Some((of.moved,)))
    }

    /// The texts that are compared, the oldest first.
    pub async fn in_question(&mut self) -> Result<Vec<InQuestion>> {
        let rows: Vec<RawInQuestion> = rows!(self.conn, IN_QUESTION, self.org.0);
        rows.into_iter().map(RawInQuestion::read).collect()
    }

    /// It is not known whether a text that waits went out. Where the list told something, staff are asked now; where it
    /// could not be had, it is looked at again, and staff are asked when that is over. `false`: the text does not wait.
    pub async fn doubt(&mut self, text: TextId, said: Option<ListSaid>, at: i64) -> Result<bool> {
        let (never, looked) = (said.map(|_| i64::MAX), said.map(|_| at));
        let said = said.map(ListSaid::as_str);
        if execute!(self.conn, DOUBT, self.org.0, text.0, never, looked, said) == 0 {
            return Ok(false);
        }
        self.move_text(text, Status::Unknown, at).await?;
        Ok(true)
    }

    /// Twilio's list of what clients wrote is read next at this time.
    pub async fn list_at(&mut self, at: i64) -> Result<()> {
        execute!(self.conn, LIST_AT, self.org.0, at);
        Ok(())
    }
}
