//! The audit: who did what.

use crate::{NewAudit, Result, Tx, link::execute, sql::sql};

sql! {
    APPEND_AUDIT = same(
        "INSERT INTO audit (org_id, id, staff_id, at, what, subject) VALUES ($1, $2, $3, $4, $5, $6)"
    );
}

impl Tx {
    /// Adds a line to the audit.
    pub async fn append_audit(&mut self, line: &NewAudit<'_>) -> Result<()> {
        let staff = line.staff.map(|staff| staff.0);
        execute!(
            self.conn,
            APPEND_AUDIT,
            self.org.0,
            line.id,
            staff,
            line.at,
            line.what,
            line.subject
        );
        Ok(())
    }
}
