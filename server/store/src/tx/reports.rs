//! What Twilio says of texts: every word is kept, and a text climbs by it.
//!
//! As in [`super::outbox`], the outbox row comes first, then the text: or a report and the worker that posts the same
//! text would wait for each other.

use crate::{
    Advance, NewReport, Result, Tx,
    link::{execute, rows},
    sql::sql,
};
use domain::{ids::TextId, status::Status};

sql! {
    INSERT_REPORT = same(
        "INSERT INTO report (org_id, id, message_id, sid, source, status, error, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"
    );
    /// The rule of `domain::status::advance` as one condition, so that two reports at once cannot undo each other.
    ADVANCE = same(
        "UPDATE message SET status = $3, rank = $4, error = COALESCE($5, error), status_at = $6
         WHERE org_id = $1 AND id = $2
           AND (rank < $4 OR ($7 = 1 AND rank = 100 AND $4 = 100 AND status <> $3)
                OR (status IN ('refused', 'stopped') AND $4 >= 10 AND $3 NOT IN ('refused', 'stopped')))"
    );
    /// Twilio has the text, so nothing waits or is unknown any more. While a worker is posting, the row stays: its
    /// answer still carries the SID.
    DROP_KNOWN = same(
        "DELETE FROM outbox
         WHERE org_id = $1 AND message_id = $2 AND (posting_at IS NULL OR claim_token IS NULL)"
    );
    KEEP_ERROR = same("UPDATE message SET error = $3 WHERE org_id = $1 AND id = $2 AND error IS NULL");
    /// Reports of a SID that no text had then.
    ORPHANS = same(
        "SELECT status, error, at FROM report
         WHERE org_id = $1 AND sid = $2 AND source = 'callback' AND message_id IS NULL ORDER BY at, id LIMIT 100"
    );
    LEARN_SID = same("UPDATE message SET sid = $3 WHERE org_id = $1 AND id = $2 AND sid IS NULL");
}

impl Tx {
    /// Keeps a word of Twilio. `false`: the same callback was kept before.
    pub async fn insert_report(&mut self, report: &NewReport<'_>) -> Result<bool> {
        let r = report;
        let (text, source) = (r.text.map(|text| text.0), r.source.as_str());
        let kept = execute!(
            self.conn,
            INSERT_REPORT,
            self.org.0,
            r.id,
            text,
            r.sid,
            source,
            r.status,
            r.error,
            r.at
        );
        Ok(kept == 1)
    }

    /// What a report says of its text: the SID, where the text had none, and the status that it climbs to. Answers
    /// whether anything changed.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when another text has this SID.
    pub async fn learn(&mut self, text: TextId, sid: &str, step: Option<&Advance>) -> Result<bool> {
        let climbed = match step {
            Some(step) => self.advance(text, step).await?,
            None => false,
        };
        Ok(self.learn_sid(text, sid).await? || climbed)
    }

    /// Raises a text to a status of Twilio's, if that is higher or corrects a final one. Answers whether it did.
    pub async fn advance(&mut self, text: TextId, to: &Advance) -> Result<bool> {
        if to.rank >= Status::Scheduled.rank() {
            execute!(self.conn, DROP_KNOWN, self.org.0, text.0);
        }
        let (status, rank, corrects) = (
            to.status.as_str(),
            i64::from(to.rank),
            i64::from(to.corrects),
        );
        let changed = execute!(
            self.conn, ADVANCE, self.org.0, text.0, status, rank, to.error, to.at, corrects
        );
        Ok(changed == 1)
    }

    /// Keeps an error code that came without moving the text. A code that is there stays.
    pub async fn keep_error(&mut self, text: TextId, code: i64) -> Result<bool> {
        Ok(execute!(self.conn, KEEP_ERROR, self.org.0, text.0, code) == 1)
    }

    /// Learns the SID of a text that had none, and what was reported of that SID before.
    pub(crate) async fn learn_sid(&mut self, text: TextId, sid: &str) -> Result<bool> {
        let learned = execute!(self.conn, LEARN_SID, self.org.0, text.0, sid) == 1;
        if learned {
            self.join_orphans(text, sid).await?;
        }
        Ok(learned)
    }

    /// Reports that came before anybody knew whose SID it is count from now on.
    pub(super) async fn join_orphans(&mut self, text: TextId, sid: &str) -> Result<()> {
        let orphans: Vec<(String, Option<i64>, i64)> = rows!(self.conn, ORPHANS, self.org.0, sid);
        for (word, error, at) in orphans {
            if let Some(status) = Status::from_twilio(&word) {
                let step = Advance {
                    status,
                    rank: status.rank(),
                    error,
                    at,
                    corrects: false,
                };
                self.advance(text, &step).await?;
            }
            if let Some(code) = error {
                self.keep_error(text, code).await?;
            }
        }
        Ok(())
    }
}
