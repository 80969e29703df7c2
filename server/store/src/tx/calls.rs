//! Incoming calls.

use crate::{
    NewCall, Result, Tx,
    link::{execute, one},
    sql::sql,
};

sql! {
    INSERT_CALL = same(
        "INSERT INTO incoming_call (org_id, sid, from_phone, to_phone, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING"
    );
    LAST_CALL = same("SELECT max(at) FROM incoming_call WHERE org_id = $1");
}

impl Tx {
    /// Keeps a call. `false`: it was kept before.
    pub async fn insert_call(&mut self, call: &NewCall<'_>) -> Result<bool> {
        let c = call;
        let kept = execute!(
            self.conn,
            INSERT_CALL,
            self.org.0,
            c.sid,
            c.from,
            c.to,
            c.at
        );
        Ok(kept == 1)
    }

    /// When the last call came.
    pub async fn last_call(&mut self) -> Result<Option<i64>> {
        let (at,): (Option<i64>,) = one!(self.conn, LAST_CALL, self.org.0);
        Ok(at)
    }
}
