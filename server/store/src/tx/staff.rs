//! Staff and their sessions.

use crate::{
    NewSession, NewStaff, Result, StaffRow, Tx,
    link::{execute, optional},
    rows::RawStaff,
    sql::sql,
};
use domain::ids::StaffId;

sql! {
    INSERT_STAFF = same(
        "INSERT INTO staff (org_id, id, email, email_key, name, role, password_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    SET_PASSWORD = same("UPDATE staff SET password_hash = $3 WHERE org_id = $1 AND id = $2");
    STAFF = same(
        "SELECT id, email, name, role, zone, theme, created_at, disabled_at FROM staff WHERE org_id = $1 AND id = $2"
    );
    INSERT_SESSION = same(
        "INSERT INTO session (token_hash, org_id, staff_id, created_at, expires_at, seen_at)
         VALUES ($2, $1, $3, $4, $5, $4)"
    );
    DELETE_SESSIONS_OF = same("DELETE FROM session WHERE org_id = $1 AND staff_id = $2");
}

impl Tx {
    /// Adds a member of staff.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when somebody, here or in another organization, signs in with this address.
    pub async fn insert_staff(&mut self, staff: &NewStaff<'_>) -> Result<()> {
        let s = staff;
        execute!(
            self.conn,
            INSERT_STAFF,
            self.org.0,
            s.id.0,
            s.email,
            s.email_key,
            s.name,
            s.role.as_str(),
            s.password_hash,
            s.at
        );
        Ok(())
    }

    /// Replaces the hash of a password. Answers whether the person is there.
    pub async fn set_password(&mut self, staff: StaffId, hash: &str) -> Result<bool> {
        Ok(execute!(self.conn, SET_PASSWORD, self.org.0, staff.0, hash) == 1)
    }

    /// The member of staff.
    pub async fn staff(&mut self, id: StaffId) -> Result<Option<StaffRow>> {
        let row: Option<RawStaff> = optional!(self.conn, STAFF, self.org.0, id.0);
        row.map(RawStaff::read).transpose()
    }

    /// Begins a session.
    pub async fn insert_session(&mut self, session: &NewSession<'_>) -> Result<()> {
        let s = session;
        execute!(
            self.conn,
            INSERT_SESSION,
            self.org.0,
            s.token_hash,
            s.staff.0,
            s.at,
            s.expires_at
        );
        Ok(())
    }

    /// Ends every session of a member of staff; answers how many.
    pub async fn delete_sessions_of(&mut self, staff: StaffId) -> Result<u64> {
        Ok(execute!(self.conn, DELETE_SESSIONS_OF, self.org.0, staff.0))
    }
}
