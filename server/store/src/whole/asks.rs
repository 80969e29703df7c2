//! Texts without a final word, of all organizations, about which Twilio is to be asked now.

use crate::{
    DueAsk, Result, Store,
    link::{execute, rows},
    sql::sql,
};
use domain::ids::{OrgId, TextId};
use uuid::Uuid;

sql! {
    DUE_ASKS = same(
        "SELECT org_id, id, sid, asked, ask_at FROM message
         WHERE ask_at IS NOT NULL AND ask_at <= $1 AND rank >= 10 AND rank < 100 AND sid IS NOT NULL
         ORDER BY ask_at LIMIT $2"
    );
    /// Whoever moves it asks: of several servers one.
    MOVE_ASK = same(
        "UPDATE message SET asked = $4, ask_at = $5 WHERE org_id = $1 AND id = $2 AND asked = $3"
    );
}

impl Store {
    /// The texts about which Twilio is to be asked now, the longest due first.
    pub async fn due_asks(&self, now: i64, limit: i64) -> Result<Vec<DueAsk>> {
        let mut conn = self.reader().await?;
        let rows: Vec<(Uuid, Uuid, String, i64, i64)> = rows!(conn, DUE_ASKS, now, limit);
        let read = |(org, text, sid, asked, ask_at)| DueAsk {
            org: OrgId(org),
            text: TextId(text),
            sid,
            asked,
            ask_at,
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// Goes on in a text's schedule from `from` to `asked`. `false`: another server was faster.
    pub async fn move_ask(
        &self,
        (org, text): (OrgId, TextId),
        from: i64,
        asked: i64,
        at: Option<i64>,
    ) -> Result<bool> {
        let mut conn = self.writer().await?;
        let moved = execute!(conn, MOVE_ASK, org.0, text.0, from, asked, at);
        conn.commit().await?;
        Ok(moved == 1)
    }
}
