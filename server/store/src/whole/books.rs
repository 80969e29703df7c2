//! All texts of all organizations, as the torture harness compares them with what Twilio has.

use crate::{Result, Store, link::rows, sql::sql};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

sql! {
    TEXTS = same(
        "SELECT m.id, m.body, m.status, m.sid, m.error, m.created_at, m.status_at, o.posting_at,
                CAST(CASE WHEN o.message_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS in_outbox,
                CAST(CASE WHEN o.staff_asked_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS asked,
                CAST(CASE WHEN o.parked_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS parked,
                COALESCE(o.attempts, 0) AS claims
         FROM message m LEFT JOIN outbox o ON o.org_id = m.org_id AND o.message_id = m.id"
    );
    CAME = same("SELECT sid, body FROM incoming");
}

/// A text that staff wrote.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct BookedText {
    pub id: Uuid,
    pub body: String,
    pub status: String,
    pub sid: Option<String>,
    pub error: Option<i64>,
    pub created_at: i64,
    pub status_at: i64,
    pub posting_at: Option<i64>,
    pub in_outbox: i64,
    /// Staff are asked whether it went out.
    pub asked: i64,
    /// It needs attention, and says so.
    pub parked: i64,
    /// So many times it was claimed, and nothing came of it.
    pub claims: i64,
}

impl Store {
    /// Every text that staff wrote.
    pub async fn booked_texts(&self) -> Result<Vec<BookedText>> {
        let mut conn = self.reader().await?;
        Ok(rows!(conn, TEXTS))
    }

    /// Sid and body of every text that came.
    pub async fn booked_incoming(&self) -> Result<Vec<(String, String)>> {
        let mut conn = self.reader().await?;
        Ok(rows!(conn, CAME))
    }
}
