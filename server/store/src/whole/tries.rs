//! Wrong tries to sign in, counted by all servers together. The rule stands in [`domain::tries`]; here it is remembered
//! under hashes, since whom somebody tries to be and where from is nobody else's business.

use crate::{
    Result, Store,
    link::{Conn, execute, one, optional},
    sql::sql,
};
use domain::tries::Tries;

sql! {
    /// Held until the transaction ends: tries of one key count one after another, at however many servers.
    HOLD_TRIES = same(
        "INSERT INTO sign_in_try (who, free_at) VALUES ($1, 0)
         ON CONFLICT (who) DO UPDATE SET free_at = sign_in_try.free_at RETURNING free_at"
    );
    TRIES = same("SELECT free_at FROM sign_in_try WHERE who = $1");
    SET_TRIES = same("UPDATE sign_in_try SET free_at = $2 WHERE who = $1");
    DELETE_SPENT_TRIES = same("DELETE FROM sign_in_try WHERE free_at <= $1");
}

/// A key, hashed.
pub type Key = [u8; 32];

impl Store {
    /// Takes a try from each key, or from none of them. The inner error: one has none left, how many minutes to wait.
    pub async fn take_tries(&self, keys: &[Key], now: i64) -> Result<Result<(), u32>> {
        // Whoever goes on and on is refused without a write.
        if let Err(minutes) = self.tries_left(keys, now).await? {
            return Ok(Err(minutes));
        }
        let mut conn = self.writer().await?;
        for key in in_order(keys) {
            let mut tries = hold(&mut conn, &key).await?;
            if let Err(minutes) = tries.take(now) {
                return Ok(Err(minutes));
            }
            execute!(conn, SET_TRIES, key.as_slice(), tries.free_at());
        }
        conn.commit().await?;
        Ok(Ok(()))
    }

    /// Gives a taken try back to each key.
    pub async fn give_back_tries(&self, keys: &[Key]) -> Result<()> {
        let mut conn = self.writer().await?;
        for key in in_order(keys) {
            let mut tries = hold(&mut conn, &key).await?;
            tries.give_back();
            execute!(conn, SET_TRIES, key.as_slice(), tries.free_at());
        }
        conn.commit().await
    }

    /// Forgets the keys of which nothing is left to remember; answers how many.
    pub async fn delete_spent_tries(&self, now: i64) -> Result<u64> {
        let mut conn = self.writer().await?;
        let gone = execute!(conn, DELETE_SPENT_TRIES, now);
        conn.commit().await?;
        Ok(gone)
    }

    async fn tries_left(&self, keys: &[Key], now: i64) -> Result<Result<(), u32>> {
        let mut conn = self.reader().await?;
        for key in keys {
            let row: Option<(i64,)> = optional!(conn, TRIES, key.as_slice());
            let mut tries = row.map_or_else(Tries::default, |(free_at,)| Tries::until(free_at));
            if let Err(minutes) = tries.take(now) {
                return Ok(Err(minutes));
            }
        }
        Ok(Ok(()))
    }
}

async fn hold(conn: &mut Conn, key: &Key) -> Result<Tries> {
    let (free_at,): (i64,) = one!(conn, HOLD_TRIES, key.as_slice());
    Ok(Tries::until(free_at))
}

/// Always in the same order, so that no two servers wait for each other.
fn in_order(keys: &[Key]) -> Vec<Key> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    keys
}
