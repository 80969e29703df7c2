//! Live events: what open pages are told.

use crate::{
    Result, Tx,
    link::{Link, one, rows},
    sql::sql,
};
use domain::{
    ids::{CaseId, TextId},
    live::LiveEvent,
};
use uuid::Uuid;

sql! {
    /// Held until the transaction ends. Without it a transaction could commit a lower id after a higher one was
    /// read, and a page that goes on after the higher one would never hear of it. SQLite has one writer anyway.
    ONE_AT_A_TIME = two("SELECT 1", "SELECT pg_advisory_xact_lock($1)");
    INSERT_EVENT = same("INSERT INTO event (org_id, case_id, message_id, at) VALUES ($1, $2, $3, $4) RETURNING id");
    EVENTS_AFTER = same(
        "SELECT id, case_id, message_id FROM event WHERE org_id = $1 AND id > $2 ORDER BY id LIMIT $3"
    );
    LAST_EVENT = same("SELECT COALESCE(max(id), 0) FROM event WHERE org_id = $1");
}

impl Tx {
    /// Tells the pages of this organization that a text is new or has changed. Call it last in a transaction:
    /// on PostgreSQL it holds back the events of others in the organization until the commit.
    pub async fn insert_event(&mut self, case: CaseId, text: TextId, at: i64) -> Result<i64> {
        let (high, low) = self.org.0.as_u64_pair();
        if let Link::Postgres(conn) = self.conn.link() {
            sqlx::query(ONE_AT_A_TIME.postgres)
                .bind((high ^ low).cast_signed())
                .execute(conn)
                .await?;
        }
        let (id,): (i64,) = one!(self.conn, INSERT_EVENT, self.org.0, case.0, text.0, at);
        Ok(id)
    }

    /// The events after that one, the oldest first.
    pub async fn events_after(&mut self, after: i64, limit: i64) -> Result<Vec<LiveEvent>> {
        let rows: Vec<(i64, Uuid, Uuid)> = rows!(self.conn, EVENTS_AFTER, self.org.0, after, limit);
        let read = |(id, case, text)| LiveEvent {
            id,
            case: CaseId(case),
            text: TextId(text),
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// The newest event, or 0.
    pub async fn last_event(&mut self) -> Result<i64> {
        let (id,): (i64,) = one!(self.conn, LAST_EVENT, self.org.0);
        Ok(id)
    }
}
