//! What a worker that is gone has left behind. What it had claimed waits again; what it may have posted is unknown,
//! and never posted again by itself.

use crate::{
    Adopted, Result, Store,
    link::{Conn, execute},
    open::Db,
    sql::{postgres_now, sql, sqlite_now},
};

macro_rules! release_expired {
    ($clock:expr) => {
        concat!(
            "UPDATE outbox SET claim_token = NULL, owner = NULL, claimed_at = NULL, lease_until = NULL
             WHERE posting_at IS NULL AND claim_token IS NOT NULL AND lease_until < ",
            $clock
        )
    };
}

macro_rules! give_up_expired {
    ($clock:expr) => {
        concat!(
            "UPDATE outbox SET claim_token = NULL, owner = NULL, lease_until = NULL
             WHERE posting_at IS NOT NULL AND claim_token IS NOT NULL AND lease_until < ",
            $clock
        )
    };
}

sql! {
    RELEASE_OF_OTHERS = same(
        "UPDATE outbox SET claim_token = NULL, owner = NULL, claimed_at = NULL, lease_until = NULL
         WHERE posting_at IS NULL AND claim_token IS NOT NULL AND owner <> $1"
    );
    RELEASE_EXPIRED = two(
        release_expired!(sqlite_now!()),
        release_expired!(postgres_now!()),
    );
    MARK_WAITING = same(
        "UPDATE message SET status = 'waiting', rank = 0
         WHERE status = 'claimed' AND (org_id, id) IN (
             SELECT org_id, message_id FROM outbox WHERE posting_at IS NULL AND claim_token IS NULL)"
    );
    GIVE_UP_OF_OTHERS = same(
        "UPDATE outbox SET claim_token = NULL, owner = NULL, lease_until = NULL
         WHERE posting_at IS NOT NULL AND claim_token IS NOT NULL AND owner <> $1"
    );
    GIVE_UP_EXPIRED = two(
        give_up_expired!(sqlite_now!()),
        give_up_expired!(postgres_now!()),
    );
    MARK_UNKNOWN = same(
        "UPDATE message SET status = 'unknown', rank = 3
         WHERE status = 'posting' AND (org_id, id) IN (
             SELECT org_id, message_id FROM outbox WHERE posting_at IS NOT NULL AND claim_token IS NULL)"
    );
    /// A callback told of the text before the worker was gone: nothing is unknown about it.
    DROP_RESOLVED = same(
        "DELETE FROM outbox WHERE posting_at IS NOT NULL AND claim_token IS NULL AND EXISTS (
             SELECT 1 FROM message m WHERE m.org_id = outbox.org_id AND m.id = outbox.message_id AND m.rank >= 10)"
    );
}

impl Store {
    /// Takes over from workers that are gone: on SQLite from every owner but this one, because the file has one
    /// program; on PostgreSQL from those whose lease has ended, because other nodes are alive.
    pub async fn adopt(&self, owner: &str) -> Result<Adopted> {
        if matches!(self.0, Db::Sqlite { .. }) {
            let waiting = self.release_claims_of_others(owner).await?;
            let unknown = self.posting_to_unknown_of_others(owner).await?;
            return Ok(Adopted { waiting, unknown });
        }
        let mut conn = self.writer().await?;
        let released = execute!(conn, RELEASE_EXPIRED);
        let waiting = release(&mut conn, released).await?;
        let given_up = execute!(conn, GIVE_UP_EXPIRED);
        let unknown = give_up(&mut conn, given_up).await?;
        conn.commit().await?;
        Ok(Adopted { waiting, unknown })
    }

    /// What other owners claimed waits again. Only for SQLite, at start: on PostgreSQL nothing is done, because
    /// other owners are nodes that live; see [`Self::adopt`].
    pub async fn release_claims_of_others(&self, owner: &str) -> Result<u64> {
        if matches!(self.0, Db::Postgres(_)) {
            return Ok(0);
        }
        let mut conn = self.writer().await?;
        let released = execute!(conn, RELEASE_OF_OTHERS, owner);
        let changed = release(&mut conn, released).await?;
        conn.commit().await?;
        Ok(changed)
    }

    /// What other owners were posting is unknown. Only for SQLite, at start, as
    /// [`Self::release_claims_of_others`].
    pub async fn posting_to_unknown_of_others(&self, owner: &str) -> Result<u64> {
        if matches!(self.0, Db::Postgres(_)) {
            return Ok(0);
        }
        let mut conn = self.writer().await?;
        let given_up = execute!(conn, GIVE_UP_OF_OTHERS, owner);
        let changed = give_up(&mut conn, given_up).await?;
        conn.commit().await?;
        Ok(changed)
    }
}

async fn release(conn: &mut Conn, released: u64) -> Result<u64> {
    if released > 0 {
        execute!(conn, MARK_WAITING);
    }
    Ok(released)
}

async fn give_up(conn: &mut Conn, given_up: u64) -> Result<u64> {
    if given_up == 0 {
        return Ok(0);
    }
    let unknown = execute!(conn, MARK_UNKNOWN);
    execute!(conn, DROP_RESOLVED);
    Ok(unknown)
}
