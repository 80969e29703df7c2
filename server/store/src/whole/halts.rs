//! Halts of all organizations: about whose account Twilio is to be asked now, and how many stand still.

use crate::{
    Result, Store,
    link::{execute, one, rows},
    sql::sql,
};
use domain::ids::OrgId;
use uuid::Uuid;

sql! {
    DUE_ACCOUNTS = same(
        "SELECT org_id FROM halt WHERE ask_at IS NOT NULL AND ask_at <= $1 AND reason <> 'failover'
         GROUP BY org_id ORDER BY min(ask_at) LIMIT CAST($2 AS BIGINT)"
    );
    /// Whoever moves it asks: of several servers one.
    MOVE_ACCOUNT = same("UPDATE halt SET ask_at = $3 WHERE org_id = $1 AND ask_at <= $2 AND reason <> 'failover'");
    COUNT_HALTED = same(
        "SELECT count(*) FROM org g WHERE EXISTS (SELECT 1 FROM halt h WHERE h.org_id = g.id
             AND (h.until IS NULL OR (h.since <= $1 AND h.until > $1)))"
    );
    COUNT_PARKED = same("SELECT count(*) FROM outbox WHERE parked_at IS NOT NULL");
}

impl Store {
    /// The organizations about whose account Twilio is to be asked now, the longest due first.
    pub async fn due_accounts(&self, now: i64, limit: i64) -> Result<Vec<OrgId>> {
        let mut conn = self.reader().await?;
        let rows: Vec<(Uuid,)> = rows!(conn, DUE_ACCOUNTS, now, limit);
        Ok(rows.into_iter().map(|(org,)| OrgId(org)).collect())
    }

    /// Takes the asking about an account that is due; the next is at `next`. `false`: another server was faster.
    pub async fn take_account(&self, org: OrgId, now: i64, next: i64) -> Result<bool> {
        let mut conn = self.writer().await?;
        let taken = execute!(conn, MOVE_ACCOUNT, org.0, now, next);
        conn.commit().await?;
        Ok(taken > 0)
    }

    /// How many organizations' queues stand still, and how many texts are parked.
    pub async fn stuck(&self, now: i64) -> Result<(i64, i64)> {
        let mut conn = self.reader().await?;
        let (halted,): (i64,) = one!(conn, COUNT_HALTED, now);
        let (parked,): (i64,) = one!(conn, COUNT_PARKED);
        Ok((halted, parked))
    }
}
