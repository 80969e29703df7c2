//! The line in which texts wait: how long it is, and who stands where in it.

use super::json_ids;
use crate::{
    Result, Tx,
    link::{execute, one, optional, rows},
    sql::sql,
};
use domain::{
    ids::TextId,
    pace::{Bucket, LONG_CODE},
};
use uuid::Uuid;

sql! {
    SENDER_PACE = same("SELECT pace, free_at FROM sender WHERE org_id = $1");
    WAITING_PARTS = same(
        "SELECT CAST(COALESCE(sum(parts), 0) AS BIGINT) FROM outbox
         WHERE org_id = $1 AND posting_at IS NULL AND parked_at IS NULL"
    );
    PLACES = two(
        "SELECT message_id, place, parts FROM (
             SELECT message_id, row_number() OVER line AS place, CAST(sum(parts) OVER line AS BIGINT) AS parts
             FROM outbox WHERE org_id = $1 AND posting_at IS NULL AND parked_at IS NULL
             WINDOW line AS (ORDER BY turn, created_at, message_id)) AS standing
         WHERE message_id IN (SELECT unhex(value) FROM json_each($2))",
        "SELECT message_id, place, parts FROM (
             SELECT message_id, row_number() OVER line AS place, CAST(sum(parts) OVER line AS BIGINT) AS parts
             FROM outbox WHERE org_id = $1 AND posting_at IS NULL AND parked_at IS NULL
             WINDOW line AS (ORDER BY turn, created_at, message_id)) AS standing
         WHERE message_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))",
    );
    SAVE_PACE = same(
        "INSERT INTO sender (org_id, pace) VALUES ($1, $2) ON CONFLICT (org_id) DO UPDATE SET pace = excluded.pace"
    );
}

impl Tx {
    /// The allowance of the organization's number.
    pub async fn bucket(&mut self) -> Result<Bucket> {
        let row: Option<(i64, i64)> = optional!(self.conn, SENDER_PACE, self.org.0);
        let (pace, free_at) = row.unwrap_or((LONG_CODE, 0));
        Ok(Bucket { pace, free_at })
    }

    /// How many parts wait in all.
    pub async fn waiting_parts(&mut self) -> Result<i64> {
        let (parts,): (i64,) = one!(self.conn, WAITING_PARTS, self.org.0);
        Ok(parts)
    }

    /// Where these texts stand in line (1 is the next), and how many parts wait up to and with each.
    pub async fn places(&mut self, texts: &[TextId]) -> Result<Vec<(TextId, i64, i64)>> {
        let ids = json_ids(texts.iter().map(|text| text.0));
        let rows: Vec<(Uuid, i64, i64)> = rows!(self.conn, PLACES, self.org.0, ids);
        let read = |(text, place, parts)| (TextId(text), place, parts);
        Ok(rows.into_iter().map(read).collect())
    }

    /// Sets the pace of the organization's number, in parts a second; 0: none.
    pub async fn save_pace(&mut self, pace: i64) -> Result<()> {
        execute!(self.conn, SAVE_PACE, self.org.0, pace);
        Ok(())
    }
}
