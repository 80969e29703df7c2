//! Why the organization's queue stands still, and what makes it go on. Who claims reads it: see `whole/queue.rs`.

use crate::{
    Result, Tx,
    link::{execute, optional, rows},
    sql::sql,
};
use domain::{
    halt::{Halt, Reason},
    ids::TextId,
};

sql! {
    HALTS = same("SELECT reason, since, until, ask_at, times FROM halt WHERE org_id = $1 ORDER BY since, reason");
    /// A halt that is there already stays as it is.
    BEGIN_HALT = same(
        "INSERT INTO halt (org_id, reason, since, until, ask_at, times) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (org_id, reason) DO NOTHING"
    );
    /// One that is over begins anew.
    BEGIN_ANEW = same(
        "INSERT INTO halt (org_id, reason, since, until, ask_at, times) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (org_id, reason) DO UPDATE SET since = excluded.since, until = excluded.until,
             ask_at = excluded.ask_at, times = halt.times + 1 WHERE halt.until IS NOT NULL"
    );
    PUT_HALT = same(
        "INSERT INTO halt (org_id, reason, since, until, ask_at, times) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (org_id, reason) DO UPDATE SET since = excluded.since, until = excluded.until,
             ask_at = excluded.ask_at, times = excluded.times"
    );
    LIFT = same("DELETE FROM halt WHERE org_id = $1 AND reason = $2");
    /// It lasts from then to then, that is for no time: however a clock is put, it holds no more.
    END_HALT = same(
        "UPDATE halt SET since = $3, until = $3, ask_at = NULL WHERE org_id = $1 AND reason = $2 AND until IS NULL"
    );
    /// The answer is there within seconds of the handing over. Of what came out unclear it counts when it was written.
    HANDED_OVER = same(
        "SELECT COALESCE(
             (SELECT o.posting_at FROM outbox o WHERE o.org_id = m.org_id AND o.message_id = m.id),
             (SELECT max(r.at) FROM report r
              WHERE r.org_id = m.org_id AND r.message_id = m.id AND r.source = 'answer'),
             m.created_at)
         FROM message m WHERE m.org_id = $1 AND m.id = $2"
    );
    /// Also makes those wait who would count at the same time.
    ONE_MORE_UNCLEAR = same("UPDATE sender SET unclear = unclear + 1 WHERE org_id = $1 RETURNING unclear");
    ONE_MORE_PAUSE = same("UPDATE sender SET too_many = too_many + 1 WHERE org_id = $1");
    /// Changes nothing, and so waits for nobody, while all goes well.
    WENT_WELL = same(
        "UPDATE sender SET unclear = 0, too_many = 0 WHERE org_id = $1 AND (unclear > 0 OR too_many > 0)"
    );
    /// A pause that lasts still lasts: what was answered may have left before it began.
    LIFT_PASSING = same(
        "DELETE FROM halt WHERE org_id = $1 AND (reason = 'breaker' OR (reason IN ('busy', 'unreachable') AND until <= $2))"
    );
}

type Raw = (String, i64, Option<i64>, Option<i64>, i64);

impl Tx {
    /// Every halt that is kept, those included that are over by themselves, the oldest first.
    pub async fn halts(&mut self) -> Result<Vec<Halt>> {
        let rows: Vec<Raw> = rows!(self.conn, HALTS, self.org.0);
        let read = |(reason, since, until, ask_at, times): Raw| Halt {
            reason: Reason::from_name(&reason),
            since,
            until,
            ask_at,
            times,
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// The halt for this reason that is kept, over or not.
    pub async fn halt(&mut self, reason: Reason) -> Result<Option<Halt>> {
        let halts = self.halts().await?;
        Ok(halts.into_iter().find(|halt| halt.reason == reason))
    }

    /// Halts the queue, also where an earlier halt for this reason has ended. `false`: it is halted for it already.
    pub async fn begin_halt_anew(&mut self, halt: &Halt) -> Result<bool> {
        let (h, reason) = (halt, halt.reason.as_str());
        let begun = execute!(
            self.conn, BEGIN_ANEW, self.org.0, reason, h.since, h.until, h.ask_at, h.times
        );
        Ok(begun == 1)
    }

    /// Ends a halt that ends by somebody's word, and keeps since when it is over. `false`: it was over.
    pub async fn end_halt(&mut self, reason: Reason, at: i64) -> Result<bool> {
        Ok(execute!(self.conn, END_HALT, self.org.0, reason.as_str(), at) == 1)
    }

    /// When a text was handed to Twilio, as near as that is kept.
    pub async fn handed_over(&mut self, text: TextId) -> Result<Option<i64>> {
        let row: Option<(i64,)> = optional!(self.conn, HANDED_OVER, self.org.0, text.0);
        Ok(row.map(|(at,)| at))
    }

    /// Halts the queue. `false`: it is halted for this reason already, and nothing changes.
    pub async fn begin_halt(&mut self, halt: &Halt) -> Result<bool> {
        let (h, reason) = (halt, halt.reason.as_str());
        let begun = execute!(
            self.conn, BEGIN_HALT, self.org.0, reason, h.since, h.until, h.ask_at, h.times
        );
        Ok(begun == 1)
    }

    /// Halts the queue, in place of an earlier halt for this reason.
    pub async fn put_halt(&mut self, halt: &Halt) -> Result<()> {
        let (h, reason) = (halt, halt.reason.as_str());
        execute!(
            self.conn, PUT_HALT, self.org.0, reason, h.since, h.until, h.ask_at, h.times
        );
        Ok(())
    }

    /// Ends a halt. `false`: there was none.
    pub async fn lift_halt(&mut self, reason: Reason) -> Result<bool> {
        Ok(execute!(self.conn, LIFT, self.org.0, reason.as_str()) == 1)
    }

    /// One more outcome of which nobody knows: how many are there in a row?
    pub async fn one_more_unclear(&mut self) -> Result<i64> {
        let row: Option<(i64,)> = optional!(self.conn, ONE_MORE_UNCLEAR, self.org.0);
        Ok(row.map_or(0, |(unclear,)| unclear))
    }

    /// A pause is about to be counted: others who count wait until this transaction ends.
    pub async fn one_more_pause(&mut self) -> Result<()> {
        execute!(self.conn, ONE_MORE_PAUSE, self.org.0);
        Ok(())
    }

    /// Twilio gave a clear answer: nothing is counted any more, and the breaker closes. Answers whether something had
    /// been counted.
    pub async fn went_well(&mut self, now: i64) -> Result<bool> {
        if execute!(self.conn, WENT_WELL, self.org.0) == 0 {
            return Ok(false);
        }
        execute!(self.conn, LIFT_PASSING, self.org.0, now);
        Ok(true)
    }
}
