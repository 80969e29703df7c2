//! Staff and their sessions.

use crate::{
    NewSession, NewStaff, Result, StaffRow, StoreError, Tx,
    link::{execute, one, optional, rows},
    rows::RawStaff,
    sql::sql,
};
use domain::{ids::StaffId, role::Role};
use uuid::Uuid;

sql! {
    INSERT_STAFF = same(
        "INSERT INTO staff (org_id, id, email, email_key, name, role, password_hash, created_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8
         WHERE NOT EXISTS (SELECT 1 FROM host_admin WHERE email_key = $4)"
    );
    SET_PASSWORD = same("UPDATE staff SET password_hash = $3 WHERE org_id = $1 AND id = $2");
    STAFF = same(
        "SELECT id, email, name, role, zone, theme, created_at, disabled_at FROM staff WHERE org_id = $1 AND id = $2"
    );
    INSERT_SESSION = same(
        "INSERT INTO session (token_hash, org_id, staff_id, created_at, expires_at, seen_at)
         VALUES ($2, $1, $3, $4, $5, $4)"
    );
    ALL_STAFF = same(
        "SELECT id, email, name, role, zone, theme, created_at, disabled_at FROM staff WHERE org_id = $1
         ORDER BY CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END, name, id"
    );
    /// PostgreSQL: two administrators who change each other at once wait for one another. SQLite has one writer.
    LOCK_STAFF = two(
        "SELECT id FROM org WHERE id = $1",
        "SELECT id FROM org WHERE id = $1 FOR NO KEY UPDATE",
    );
    COUNT_ADMINISTRATORS = same(
        "SELECT count(*) FROM staff WHERE org_id = $1 AND role = 'administrator' AND disabled_at IS NULL"
    );
    SET_ROLE = same("UPDATE staff SET role = $3 WHERE org_id = $1 AND id = $2");
    SET_DISABLED = same("UPDATE staff SET disabled_at = $3 WHERE org_id = $1 AND id = $2");
    DELETE_SESSIONS_OF = same("DELETE FROM session WHERE org_id = $1 AND staff_id = $2");
}

impl Tx {
    /// Adds a member of staff.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when somebody, here, in another organization or at the host, signs in with this
    /// address.
    pub async fn insert_staff(&mut self, staff: &NewStaff<'_>) -> Result<()> {
        let s = staff;
        let added = execute!(
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
        if added == 1 {
            Ok(())
        } else {
            Err(StoreError::Taken)
        }
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

    /// All staff: by name, those who cannot sign in last.
    pub async fn all_staff(&mut self) -> Result<Vec<StaffRow>> {
        let rows: Vec<RawStaff> = rows!(self.conn, ALL_STAFF, self.org.0);
        rows.into_iter().map(RawStaff::read).collect()
    }

    /// Nobody else changes roles or access until this transaction ends. Answers how many administrators can sign in.
    pub async fn lock_staff(&mut self) -> Result<i64> {
        let _: (Uuid,) = one!(self.conn, LOCK_STAFF, self.org.0);
        let (count,): (i64,) = one!(self.conn, COUNT_ADMINISTRATORS, self.org.0);
        Ok(count)
    }

    /// Gives somebody another role. Answers whether the person is there.
    pub async fn set_role(&mut self, staff: StaffId, role: Role) -> Result<bool> {
        Ok(execute!(self.conn, SET_ROLE, self.org.0, staff.0, role.as_str()) == 1)
    }

    /// Takes somebody's access away at this time, or gives it back. Answers whether the person is there.
    pub async fn set_disabled(&mut self, staff: StaffId, at: Option<i64>) -> Result<bool> {
        Ok(execute!(self.conn, SET_DISABLED, self.org.0, staff.0, at) == 1)
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
