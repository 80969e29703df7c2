//! People of the host and their sessions.

use crate::{
    HostLogin, HostSessionRow, NewHost, NewHostSession, Result, Store, StoreError,
    link::{execute, one, optional},
    sql::sql,
};
use domain::ids::HostId;
use uuid::Uuid;

sql! {
    INSERT_HOST = same(
        "INSERT INTO host_admin (id, email, email_key, name, password_hash, created_at)
         SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT 1 FROM staff WHERE email_key = $3)"
    );
    COUNT_HOSTS = same("SELECT count(*) FROM host_admin");
    HOST_BY_EMAIL = same("SELECT id, password_hash FROM host_admin WHERE email_key = $1");
    SET_HOST_PASSWORD = same("UPDATE host_admin SET password_hash = $2 WHERE id = $1");
    DELETE_SESSIONS_OF_HOST = same("DELETE FROM host_session WHERE host_id = $1");
    INSERT_HOST_SESSION = same(
        "INSERT INTO host_session (token_hash, host_id, created_at, expires_at, seen_at)
         VALUES ($1, $2, $3, $4, $3)"
    );
    HOST_SESSION = same(
        "SELECT h.id, h.name, h.email, x.expires_at FROM host_session x JOIN host_admin h ON h.id = x.host_id
         WHERE x.token_hash = $1 AND x.expires_at > $2"
    );
    TOUCH_HOST_SESSION = same("UPDATE host_session SET seen_at = $2, expires_at = $3 WHERE token_hash = $1");
    DELETE_EXPIRED_HOST_SESSIONS = same("DELETE FROM host_session WHERE expires_at <= $1");
}

impl Store {
    /// Adds somebody of the host.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when somebody, of the host or of an organization, signs in with this address.
    pub async fn insert_host(&self, host: &NewHost<'_>) -> Result<()> {
        let mut conn = self.writer().await?;
        let h = host;
        let added = execute!(
            conn,
            INSERT_HOST,
            h.id.0,
            h.email,
            h.email_key,
            h.name,
            h.password_hash,
            h.at
        );
        if added == 0 {
            return Err(StoreError::Taken);
        }
        conn.commit().await
    }

    /// How many people of the host there are.
    pub async fn count_hosts(&self) -> Result<i64> {
        let mut conn = self.reader().await?;
        let (count,): (i64,) = one!(conn, COUNT_HOSTS);
        Ok(count)
    }

    /// Whoever of the host signs in with this address (folded).
    pub async fn host_by_email(&self, email_key: &str) -> Result<Option<HostLogin>> {
        let mut conn = self.reader().await?;
        let row: Option<(Uuid, String)> = optional!(conn, HOST_BY_EMAIL, email_key);
        Ok(row.map(|(id, password_hash)| HostLogin {
            id: HostId(id),
            password_hash,
        }))
    }

    /// Replaces the hash of a host's password and ends all their sessions.
    pub async fn reset_host(&self, host: HostId, hash: &str) -> Result<()> {
        let mut conn = self.writer().await?;
        execute!(conn, SET_HOST_PASSWORD, host.0, hash);
        execute!(conn, DELETE_SESSIONS_OF_HOST, host.0);
        conn.commit().await
    }

    /// Begins a host's session.
    pub async fn insert_host_session(&self, session: &NewHostSession<'_>) -> Result<()> {
        let mut conn = self.writer().await?;
        let s = session;
        execute!(
            conn,
            INSERT_HOST_SESSION,
            s.token_hash,
            s.host.0,
            s.at,
            s.expires_at
        );
        conn.commit().await
    }

    /// The host's session, unless it ended.
    pub async fn host_session(
        &self,
        token_hash: &[u8],
        now: i64,
    ) -> Result<Option<HostSessionRow>> {
        let mut conn = self.reader().await?;
        let row: Option<(Uuid, String, String, i64)> =
            optional!(conn, HOST_SESSION, token_hash, now);
        Ok(row.map(|(id, name, email, expires_at)| HostSessionRow {
            host: HostId(id),
            name,
            email,
            expires_at,
        }))
    }

    /// Lets a host's session go on until `expires_at`, or end then.
    pub async fn touch_host_session(
        &self,
        token_hash: &[u8],
        now: i64,
        expires_at: i64,
    ) -> Result<()> {
        let mut conn = self.writer().await?;
        execute!(conn, TOUCH_HOST_SESSION, token_hash, now, expires_at);
        conn.commit().await
    }

    /// Removes the hosts' sessions that ended; answers how many.
    pub async fn delete_expired_host_sessions(&self, now: i64) -> Result<u64> {
        let mut conn = self.writer().await?;
        let gone = execute!(conn, DELETE_EXPIRED_HOST_SESSIONS, now);
        conn.commit().await?;
        Ok(gone)
    }
}
