//! The database of PostgreSQL is another server's: a standby that was promoted, or one that holds a backup. What was done
//! last may be missing in it, so that texts look as if they waited that Twilio has. **No claim is given out on a history
//! that nobody has heeded**; whoever finds one halts every queue until Twilio's lists were compared.

use crate::{
    Comparison, Result, Store,
    link::{Conn, execute, one, rows},
    sql::sql,
};
use domain::{failover::SETTLED, ids::OrgId};
use uuid::Uuid;

sql! {
    /// The history that was heeded, and the one that is. Whoever comes meanwhile waits, and finds it heeded.
    HISTORY = two(
        "SELECT CAST('' AS TEXT), CAST('' AS TEXT)",
        "SELECT name, oktext_history() FROM history WHERE id = 1 FOR UPDATE",
    );
    IS_HEEDED = two(
        "SELECT CAST(1 AS BIGINT)",
        "SELECT count(*) FROM history WHERE name = oktext_history()",
    );
    HEED = same("UPDATE history SET name = $1, since = $2 WHERE id = 1");
    /// A second move while the first is still being looked into begins anew.
    HALT_ALL = same(
        "INSERT INTO halt (org_id, reason, since, ask_at, times)
         SELECT id, 'failover', CAST($1 AS BIGINT), CAST($2 AS BIGINT), 0 FROM org WHERE 1 = 1
         ON CONFLICT (org_id, reason) DO UPDATE SET since = excluded.since, ask_at = excluded.ask_at"
    );
    /// What clients wrote and Twilio was told "taken" of may be missing, too.
    LIST_ALL = same("UPDATE sender SET list_at = NULL");
    /// Pages go on after the newest event that they saw, which may be missing: what comes now is newer all the same.
    SKIP_EVENTS = two(
        "SELECT 1",
        "SELECT setval(pg_get_serial_sequence('event', 'id'), nextval(pg_get_serial_sequence('event', 'id')) + 1000000)",
    );
    DUE_COMPARISONS = same(
        "SELECT org_id, since FROM halt WHERE reason = 'failover' AND ask_at <= $1
         ORDER BY ask_at, org_id LIMIT CAST($2 AS BIGINT)"
    );
    /// Whoever moves it compares: of several servers one.
    TAKE_COMPARISON = same(
        "UPDATE halt SET ask_at = $4, times = times + 1
         WHERE org_id = $1 AND reason = 'failover' AND since = $2 AND ask_at <= $3"
    );
}

/// When nothing is due that may be the reason: then every queue is halted, in this transaction. `false`: it is not.
pub(super) async fn heed_new_history(conn: &mut Conn, now: i64) -> Result<bool> {
    let (heeded,): (i64,) = one!(conn, IS_HEEDED);
    if heeded == 1 {
        return Ok(false);
    }
    let (name, here): (String, String) = one!(conn, HISTORY);
    if name == here {
        return Ok(false);
    }
    execute!(conn, HALT_ALL, now, now + SETTLED);
    execute!(conn, LIST_ALL);
    execute!(conn, SKIP_EVENTS);
    execute!(conn, HEED, &here, now);
    tracing::warn!(
        before = name,
        now = here,
        "the database is another server's: texts wait until Twilio's lists were compared"
    );
    Ok(true)
}

impl Store {
    /// The organizations whose texts are to be compared with Twilio's list now.
    pub async fn due_comparisons(&self, now: i64, limit: i64) -> Result<Vec<Comparison>> {
        let mut conn = self.reader().await?;
        let rows: Vec<(Uuid, i64)> = rows!(conn, DUE_COMPARISONS, now, limit);
        let read = |(org, moved)| Comparison {
            org: OrgId(org),
            moved,
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// Takes a comparison; if it does not come to an end, the next is at `next`. `false`: another server was faster.
    pub async fn take_comparison(&self, of: Comparison, now: i64, next: i64) -> Result<bool> {
        let mut conn = self.writer().await?;
        let taken = execute!(conn, TAKE_COMPARISON, of.org.0, of.moved, now, next);
        conn.commit().await?;
        Ok(taken == 1)
    }
}
