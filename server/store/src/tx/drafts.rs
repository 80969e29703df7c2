//! Drafts: one for each member of staff and case.

use crate::{
    Result, Tx,
    link::{execute, optional},
    sql::sql,
};
use domain::ids::{CaseId, StaffId};

sql! {
    DRAFT = same("SELECT body, saved_at FROM draft WHERE org_id = $1 AND staff_id = $2 AND case_id = $3");
    SAVE_DRAFT = same(
        "INSERT INTO draft (org_id, staff_id, case_id, body, saved_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (org_id, staff_id, case_id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at"
    );
    DELETE_DRAFT = same("DELETE FROM draft WHERE org_id = $1 AND staff_id = $2 AND case_id = $3");
}

impl Tx {
    /// What this person typed on this case, and when it was saved.
    pub async fn draft(&mut self, staff: StaffId, case: CaseId) -> Result<Option<(String, i64)>> {
        Ok(optional!(self.conn, DRAFT, self.org.0, staff.0, case.0))
    }

    /// Saves what this person typed on this case.
    pub async fn save_draft(
        &mut self,
        staff: StaffId,
        case: CaseId,
        body: &str,
        at: i64,
    ) -> Result<()> {
        execute!(self.conn, SAVE_DRAFT, self.org.0, staff.0, case.0, body, at);
        Ok(())
    }

    /// Forgets what this person typed on this case.
    pub async fn delete_draft(&mut self, staff: StaffId, case: CaseId) -> Result<()> {
        execute!(self.conn, DELETE_DRAFT, self.org.0, staff.0, case.0);
        Ok(())
    }
}
