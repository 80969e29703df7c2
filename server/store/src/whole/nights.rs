//! Whose Texting Setup is checked at night, and when that last began.

use crate::{NightRow, Result, Store, link::rows, rows::RawNight, sql::sql};

sql! {
    NIGHTS = same(
        "SELECT o.id, o.zone, c.night_at, c.started_at, c.ended_at FROM texting_setup t
         JOIN org o ON o.id = t.org_id
         LEFT JOIN setup_check c ON c.org_id = t.org_id
         WHERE t.sealed_token IS NOT NULL ORDER BY o.created_at, o.id"
    );
}

impl Store {
    /// The organizations that have an account, with what is known of their checks.
    pub async fn nights(&self) -> Result<Vec<NightRow>> {
        let mut conn = self.reader().await?;
        let rows: Vec<RawNight> = rows!(conn, NIGHTS);
        Ok(rows.into_iter().map(RawNight::read).collect())
    }
}
