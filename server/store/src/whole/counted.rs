//! What those who run the program watch of the queue of all organizations.

use crate::{Result, Store, link::one, sql::sql};

sql! {
    UNKNOWN = same("SELECT count(*), min(posting_at) FROM outbox WHERE posting_at IS NOT NULL AND claim_token IS NULL");
}

impl Store {
    /// Of how many texts it is not known whether they went out, and when the oldest of them was handed over.
    pub async fn unknown_depth(&self) -> Result<(i64, Option<i64>)> {
        let mut conn = self.reader().await?;
        Ok(one!(conn, UNKNOWN))
    }
}
