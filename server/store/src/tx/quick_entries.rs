//! Quick entries.

use crate::{
    NewQuickEntry, Result, Tx,
    link::{execute, rows},
    rows::RawQuickEntry,
    sql::sql,
};
use domain::{ids::QuickEntryId, quick_entry::QuickEntry};

sql! {
    QUICK_ENTRIES = same(
        "SELECT id, name, body, archived_at FROM quick_entry WHERE org_id = $1 ORDER BY position, id"
    );
    /// At the end of the table.
    INSERT_QUICK_ENTRY = same(
        "INSERT INTO quick_entry (org_id, id, name, name_key, body, position, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5,
                 (SELECT COALESCE(max(q.position), 0) + 1 FROM quick_entry q WHERE q.org_id = $1), $6, $6)"
    );
    UPDATE_QUICK_ENTRY = same(
        "UPDATE quick_entry SET name = $3, name_key = $4, body = $5, updated_at = $6 WHERE org_id = $1 AND id = $2"
    );
    ARCHIVE_QUICK_ENTRY = same(
        "UPDATE quick_entry SET archived_at = $3, updated_at = $3
         WHERE org_id = $1 AND id = $2 AND archived_at IS NULL"
    );
    RESTORE_QUICK_ENTRY = same(
        "UPDATE quick_entry SET archived_at = NULL WHERE org_id = $1 AND id = $2 AND archived_at IS NOT NULL"
    );
    SET_POSITION = same("UPDATE quick_entry SET position = $3 WHERE org_id = $1 AND id = $2");
}

impl Tx {
    /// All quick entries in their order, the archived ones among them.
    pub async fn quick_entries(&mut self) -> Result<Vec<QuickEntry>> {
        let rows: Vec<RawQuickEntry> = rows!(self.conn, QUICK_ENTRIES, self.org.0);
        Ok(rows.into_iter().map(RawQuickEntry::read).collect())
    }

    /// Adds a quick entry at the end.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when one in use has this name.
    pub async fn insert_quick_entry(&mut self, entry: &NewQuickEntry<'_>) -> Result<()> {
        let e = entry;
        execute!(
            self.conn,
            INSERT_QUICK_ENTRY,
            self.org.0,
            e.id.0,
            e.name,
            e.name_key,
            e.body,
            e.at
        );
        Ok(())
    }

    /// Replaces name and body. Answers whether the entry is there.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when another one in use has this name.
    pub async fn update_quick_entry(&mut self, entry: &NewQuickEntry<'_>) -> Result<bool> {
        let e = entry;
        let changed = execute!(
            self.conn,
            UPDATE_QUICK_ENTRY,
            self.org.0,
            e.id.0,
            e.name,
            e.name_key,
            e.body,
            e.at
        );
        Ok(changed == 1)
    }

    /// Takes an entry out of use. Answers whether it was in use.
    pub async fn archive_quick_entry(&mut self, id: QuickEntryId, at: i64) -> Result<bool> {
        Ok(execute!(self.conn, ARCHIVE_QUICK_ENTRY, self.org.0, id.0, at) == 1)
    }

    /// Takes an entry into use again. Answers whether it was out of use.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when one in use has its name meanwhile.
    pub async fn restore_quick_entry(&mut self, id: QuickEntryId) -> Result<bool> {
        Ok(execute!(self.conn, RESTORE_QUICK_ENTRY, self.org.0, id.0) == 1)
    }

    /// Puts these entries into this order; those not named keep the place they had.
    pub async fn set_positions(&mut self, order: &[QuickEntryId]) -> Result<()> {
        for (position, id) in (1i64..).zip(order) {
            execute!(self.conn, SET_POSITION, self.org.0, id.0, position);
        }
        Ok(())
    }
}
