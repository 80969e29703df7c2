//! What a worker that is gone has left behind. What it had claimed waits again; what it may have posted is unknown,
//! and never posted again by itself.

use crate::{
    Adopted, Result, Store,
    link::{Conn, execute},
    open::Db,
    sql::{Sql, sql},
};

sql! {
    RELEASE_OF_OTHERS = same(
        "UPDATE outbox SET claim_token = NULL, owner = NULL, claimed_at = NULL, lease_until = NULL
         WHERE posting_at IS NULL AND claim_token IS NOT NULL AND owner <> $1"
    );
    RELEASE_EXPIRED = same(
        "UPDATE outbox SET claim_token = NULL, owner = NULL, claimed_at = NULL, lease_until = NULL
         WHERE posting_at IS NULL AND claim_token IS NOT NULL AND lease_until < $1"
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
    GIVE_UP_EXPIRED = same(
        "UPDATE outbox SET claim_token = NULL, owner = NULL, lease_until = NULL
         WHERE posting_at IS NOT NULL AND claim_token IS NOT NULL AND lease_until < $1"
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
    /// program; on PostgreSQL from those whose lease ended before `now`, because other nodes are alive.
    pub async fn adopt(&self, owner: &str, now: i64) -> Result<Adopted> {
        if matches!(self.0, Db::Sqlite { .. }) {
            let waiting = self.release_claims_of_others(owner).await?;
            let unknown = self.posting_to_unknown_of_others(owner).await?;
            return Ok(Adopted { waiting, unknown });
        }
        let mut conn = self.writer().await?;
        let waiting = release(&mut conn, RELEASE_EXPIRED, now).await?;
        let unknown = give_up(&mut conn, GIVE_UP_EXPIRED, now).await?;
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
        let changed = release(&mut conn, RELEASE_OF_OTHERS, owner).await?;
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
        let changed = give_up(&mut conn, GIVE_UP_OF_OTHERS, owner).await?;
        conn.commit().await?;
        Ok(changed)
    }
}

async fn release<T: Arg>(conn: &mut Conn, whose: Sql, which: T) -> Result<u64> {
    let released = execute!(conn, whose, which);
    if released > 0 {
        execute!(conn, MARK_WAITING);
    }
    Ok(released)
}

async fn give_up<T: Arg>(conn: &mut Conn, whose: Sql, which: T) -> Result<u64> {
    if execute!(conn, whose, which) == 0 {
        return Ok(0);
    }
    let unknown = execute!(conn, MARK_UNKNOWN);
    execute!(conn, DROP_RESOLVED);
    Ok(unknown)
}

/// An argument that both drivers take.
trait Arg:
    for<'q> sqlx::Encode<'q, sqlx::Sqlite>
    + for<'q> sqlx::Encode<'q, sqlx::Postgres>
    + sqlx::Type<sqlx::Sqlite>
    + sqlx::Type<sqlx::Postgres>
    + Send
{
}
impl Arg for i64 {}
impl Arg for &str {}
