//! Sessions, found by the hash of their token before it is known whose they are.

use crate::{
    Result, SessionRow, Store,
    link::{execute, optional},
    rows::{RawArrival, RawSession},
    sql::sql,
    tx::waiting::waiting,
};
use domain::incoming::Waiting;
use rusqlite::OptionalExtension;

/// Whose session a token is; `$more`: what else is asked about them.
macro_rules! session {
    ($more:expr) => {
        concat!(
            "SELECT s.id AS staff_id, s.org_id, s.role, s.name, s.email, o.name AS office,
                    COALESCE(s.zone, o.zone) AS zone, s.theme, x.expires_at",
            $more,
            " FROM session x
              JOIN staff s ON s.org_id = x.org_id AND s.id = x.staff_id
              JOIN org o ON o.id = x.org_id
              WHERE x.token_hash = $1 AND x.expires_at > $2 AND s.disabled_at IS NULL"
        )
    };
}

sql! {
    SESSION = same(session!(""));
    ARRIVAL = same(session!(concat!(", ", waiting!("s.org_id"))));
    TOUCH_SESSION = same("UPDATE session SET seen_at = $2, expires_at = $3 WHERE token_hash = $1");
    DELETE_SESSION = same("DELETE FROM session WHERE token_hash = $1");
    DELETE_EXPIRED_SESSIONS = same("DELETE FROM session WHERE expires_at <= $1");
}

impl Store {
    /// The session, unless it ended or the person was disabled.
    pub async fn session(&self, token_hash: &[u8], now: i64) -> Result<Option<SessionRow>> {
        let mut conn = self.reader().await?;
        let row: Option<RawSession> = optional!(conn, SESSION, token_hash, now);
        row.map(RawSession::read).transpose()
    }

    /// The session, as [`Self::session`], with what waits for somebody in its organization: every page shows both.
    pub async fn arrival(
        &self,
        token_hash: &[u8],
        now: i64,
    ) -> Result<Option<(SessionRow, Waiting)>> {
        let here = self.here().and_then(|here| {
            here.ask(|conn| {
                let mut arrival = conn.prepare_cached(ARRIVAL.sqlite)?;
                let row = arrival.query_row((token_hash, now), RawArrival::here);
                row.optional()
            })
        });
        let row = match here {
            Some(row) => row,
            None => optional!(self.reader().await?, ARRIVAL, token_hash, now),
        };
        row.map(RawArrival::read).transpose()
    }

    /// Lets a session go on until `expires_at`.
    pub async fn touch_session(&self, token_hash: &[u8], now: i64, expires_at: i64) -> Result<()> {
        let mut conn = self.writer().await?;
        execute!(conn, TOUCH_SESSION, token_hash, now, expires_at);
        conn.commit().await
    }

    /// Ends a session.
    pub async fn delete_session(&self, token_hash: &[u8]) -> Result<()> {
        let mut conn = self.writer().await?;
        execute!(conn, DELETE_SESSION, token_hash);
        conn.commit().await
    }

    /// Removes the sessions that ended; answers how many.
    pub async fn delete_expired_sessions(&self, now: i64) -> Result<u64> {
        let mut conn = self.writer().await?;
        let gone = execute!(conn, DELETE_EXPIRED_SESSIONS, now);
        conn.commit().await?;
        Ok(gone)
    }
}
