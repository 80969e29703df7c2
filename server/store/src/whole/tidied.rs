//! Events that every page has long been told, of all organizations.

use crate::{Result, Store, link::execute, sql::sql};

sql! {
    REMEMBER_TIDIED = same(
        "INSERT INTO event_tidied (org_id, upto) SELECT org_id, max(id) FROM event WHERE at < $1 GROUP BY org_id
         ON CONFLICT (org_id) DO UPDATE SET upto = excluded.upto"
    );
    DELETE_EVENTS = same("DELETE FROM event WHERE at < $1");
}

impl Store {
    /// Removes the events before this moment, and remembers for each organization up to which; answers how many.
    pub async fn tidy_events(&self, before: i64) -> Result<u64> {
        let mut conn = self.writer().await?;
        if execute!(conn, REMEMBER_TIDIED, before) == 0 {
            return Ok(0);
        }
        let gone = execute!(conn, DELETE_EVENTS, before);
        conn.commit().await?;
        Ok(gone)
    }
}
