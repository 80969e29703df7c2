//! The carrier's blocks, and what else stands against a number.

use crate::{
    BlockRow, NewBlock, NumberFacts, OptOutCount, Result, Tx,
    link::{Link, execute, one, optional, rows},
    rows::{RawBlock, RawFacts},
    sql::sql,
};
use domain::{
    consent::{BlockCause, LiftCause},
    ids::{BlockId, CaseId, ClientId, TextId},
    phone::Phone,
};
use uuid::Uuid;

sql! {
    /// One row, whatever is there.
    NUMBER_FACTS = same(
        "SELECT b.id AS block_id, b.phone AS block_phone, b.since AS block_since, b.because AS block_because,
                b.words AS block_words, b.held AS block_held,
                (SELECT r.id FROM review r WHERE r.org_id = $1 AND r.phone = $2 AND r.decided_at IS NULL) AS review_id,
                (SELECT count(*) FROM incoming_client l WHERE l.org_id = $1 AND l.client_id = $3) AS received,
                COALESCE((SELECT show_incoming FROM texting_setup WHERE org_id = $1), 1) AS shown
         FROM (SELECT 1) AS always
         LEFT JOIN block b ON b.org_id = $1 AND b.phone = $2 AND b.lifted_at IS NULL"
    );
    INSERT_BLOCK = same(
        "INSERT INTO block (org_id, id, phone, since, because, words, held) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING"
    );
    /// The client's own word makes a block certain that an error code only told of.
    CONFIRM_BLOCK = same(
        "UPDATE block SET because = $3, words = $4, held = 0
         WHERE org_id = $1 AND phone = $2 AND lifted_at IS NULL AND held = 1"
    );
    RELEASE_BLOCK = same("UPDATE block SET held = 0 WHERE org_id = $1 AND id = $2 AND held = 1 AND lifted_at IS NULL");
    LIFT_BLOCK = same(
        "UPDATE block SET lifted_at = $3, lifted_by = $4 WHERE org_id = $1 AND id = $2 AND lifted_at IS NULL"
    );
    BLOCK_OF = same(
        "SELECT id, phone, since, because, words, held FROM block
         WHERE org_id = $1 AND phone = $2 AND lifted_at IS NULL"
    );
    LAST_LIFT = same("SELECT max(lifted_at) FROM block WHERE org_id = $1 AND phone = $2");
    /// Whoever counts opt-outs waits for the one who counts at this moment. SQLite has one writer anyway.
    COUNT_ALONE = two("SELECT 1", "SELECT 1 FROM texting_setup WHERE org_id = $1 FOR UPDATE");
    COUNT_OPT_OUTS = same(
        "SELECT (SELECT count(*) FROM block b WHERE b.org_id = $1 AND b.since > $2 AND b.since > s.opt_outs_from
                   AND b.because = 'code'),
                (SELECT count(*) FROM block b WHERE b.org_id = $1 AND b.held = 1 AND b.lifted_at IS NULL),
                s.opt_out_limit
         FROM texting_setup s WHERE s.org_id = $1"
    );
    /// Those that wait, and those by a code that came within the window before the first of them.
    OPT_OUTS = same(
        "SELECT b.id, b.phone, b.since, b.because, b.words, b.held FROM block b
         WHERE b.org_id = $1 AND b.lifted_at IS NULL AND b.because = 'code' AND (b.held = 1 OR (
             b.since > (SELECT s.opt_outs_from FROM texting_setup s WHERE s.org_id = $1)
             AND b.since >= (SELECT min(h.since) FROM block h
                             WHERE h.org_id = $1 AND h.held = 1 AND h.lifted_at IS NULL) - $2))
         ORDER BY b.since, b.id"
    );
    OPT_OUTS_DECIDED = same("UPDATE texting_setup SET opt_outs_from = $2 WHERE org_id = $1");
    /// What no worker is posting. The outbox row comes first, then the text.
    TAKE_WAITING = same(
        "DELETE FROM outbox
         WHERE org_id = $1 AND posting_at IS NULL AND EXISTS (
             SELECT 1 FROM message m WHERE m.org_id = outbox.org_id AND m.id = outbox.message_id AND m.to_phone = $2)
         RETURNING message_id"
    );
    STOP_WAITING = same(
        "UPDATE message SET status = 'stopped', rank = 100, stopped = $3, status_at = $4
         WHERE org_id = $1 AND id = $2 AND rank < 10 RETURNING case_id"
    );
}

impl Tx {
    /// What stands against a number, and how much its client wrote.
    pub async fn number_facts(
        &mut self,
        phone: Option<&Phone>,
        client: ClientId,
    ) -> Result<NumberFacts> {
        let phone = phone.map_or("", Phone::as_str);
        let row: RawFacts = one!(self.conn, NUMBER_FACTS, self.org.0, phone, client.0);
        row.read()
    }

    /// Begins a block. `false`: one stands already.
    pub async fn insert_block(&mut self, block: &NewBlock<'_>) -> Result<bool> {
        let b = block;
        let made = execute!(
            self.conn,
            INSERT_BLOCK,
            self.org.0,
            b.id.0,
            b.phone.as_str(),
            b.at,
            b.because.as_str(),
            b.words,
            i64::from(b.held)
        );
        Ok(made == 1)
    }

    /// Makes a block certain that waited for the administrator. Answers whether there was one.
    pub async fn confirm_block(
        &mut self,
        phone: &Phone,
        because: BlockCause,
        words: &str,
    ) -> Result<bool> {
        let (org, phone) = (self.org.0, phone.as_str());
        Ok(execute!(
            self.conn,
            CONFIRM_BLOCK,
            org,
            phone,
            because.as_str(),
            words
        ) == 1)
    }

    /// The administrator took a block for real.
    pub async fn release_block(&mut self, block: BlockId) -> Result<bool> {
        Ok(execute!(self.conn, RELEASE_BLOCK, self.org.0, block.0) == 1)
    }

    /// Ends a block. Answers whether it stood.
    pub async fn lift_block(&mut self, block: BlockId, by: LiftCause, at: i64) -> Result<bool> {
        Ok(execute!(self.conn, LIFT_BLOCK, self.org.0, block.0, at, by.as_str()) == 1)
    }

    /// The block that stands against a number.
    pub async fn block_of(&mut self, phone: &Phone) -> Result<Option<BlockRow>> {
        let row: Option<RawBlock> = optional!(self.conn, BLOCK_OF, self.org.0, phone.as_str());
        row.map(RawBlock::read).transpose()
    }

    /// When a block of this number was lifted last.
    pub async fn last_lift(&mut self, phone: &Phone) -> Result<Option<i64>> {
        let (at,): (Option<i64>,) = one!(self.conn, LAST_LIFT, self.org.0, phone.as_str());
        Ok(at)
    }

    /// How many opt-outs by error codes came since then; nobody else counts until the transaction ends.
    pub async fn count_opt_outs(&mut self, since: i64) -> Result<Option<OptOutCount>> {
        if let Link::Postgres(conn) = self.conn.link() {
            sqlx::query(COUNT_ALONE.postgres)
                .bind(self.org.0)
                .execute(conn)
                .await?;
        }
        let row: Option<(i64, i64, i64)> = optional!(self.conn, COUNT_OPT_OUTS, self.org.0, since);
        Ok(row.map(|(before, held, limit)| OptOutCount {
            before,
            held,
            limit,
        }))
    }

    /// The opt-outs that wait for the administrator, with those of the `window` before; none when none waits.
    pub async fn opt_outs(&mut self, window: i64) -> Result<Vec<BlockRow>> {
        let rows: Vec<RawBlock> = rows!(self.conn, OPT_OUTS, self.org.0, window);
        rows.into_iter().map(RawBlock::read).collect()
    }

    /// Error codes until now are dealt with.
    pub async fn opt_outs_decided(&mut self, at: i64) -> Result<()> {
        execute!(self.conn, OPT_OUTS_DECIDED, self.org.0, at);
        Ok(())
    }

    /// Stops what waits for this number and has not left; the texts with their cases.
    pub async fn stop_waiting(
        &mut self,
        phone: &Phone,
        why: &str,
        at: i64,
    ) -> Result<Vec<(CaseId, TextId)>> {
        let org = self.org.0;
        let mut taken: Vec<(Uuid,)> = rows!(self.conn, TAKE_WAITING, org, phone.as_str());
        taken.sort();
        let mut stopped = vec![];
        for (text,) in taken {
            let case: Option<(Uuid,)> = optional!(self.conn, STOP_WAITING, org, text, why, at);
            stopped.extend(case.map(|(case,)| (CaseId(case), TextId(text))));
        }
        Ok(stopped)
    }
}
