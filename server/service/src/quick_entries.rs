//! The table of quick entries.

use crate::{Service, audit::Deed, cases::parts_allowed, error::OrProblem};
use domain::{
    ids::QuickEntryId,
    problem::{Complaint, Problem},
    quick_entry::{QuickEntry, QuickEntryForm, QuickEntryTable, check},
    role::{Actor, Operation},
    search,
};
use store::{StoreError, Tx, rows::NewQuickEntry};

impl Service {
    /// All quick entries, those in use and the archived.
    ///
    /// # Errors
    /// [`Problem::Forbidden`] for staff: they find the entries in the composer.
    pub async fn quick_entries(&self, actor: &Actor) -> Result<QuickEntryTable, Problem> {
        Self::allow(actor, Operation::EditQuickEntries)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let max_parts = max_parts(&mut tx).await?;
        let all = tx.quick_entries().await.or_problem()?;
        let (archived, entries) = all.into_iter().partition(|entry| entry.archived);
        Ok(QuickEntryTable {
            entries,
            archived,
            max_parts,
        })
    }

    /// Does what the pressed button says: save, move up or down, archive or restore.
    ///
    /// # Errors
    /// Complaints about the form; [`Problem::NotFound`].
    pub async fn save_quick_entry(
        &self,
        actor: &Actor,
        form: QuickEntryForm,
    ) -> Result<(), Problem> {
        Self::allow(actor, Operation::EditQuickEntries)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let all = tx.quick_entries().await.or_problem()?;
        let entry = match form.id.is_empty() {
            true => None,
            false => Some(find(&all, &form.id)?),
        };
        match (form.press.as_str(), entry) {
            ("save", entry) => self.write(&mut tx, entry, &form).await?,
            ("up", Some(entry)) => shift(&mut tx, &all, entry.id, -1).await?,
            ("down", Some(entry)) => shift(&mut tx, &all, entry.id, 1).await?,
            ("archive", Some(entry)) => {
                tx.archive_quick_entry(entry.id, self.now())
                    .await
                    .or_problem()?;
            }
            ("restore", Some(entry)) => {
                name_taken(tx.restore_quick_entry(entry.id).await)?;
            }
            _ => return Err(Problem::NotFound),
        }
        self.record(&mut tx, actor, Deed::SavedQuickEntry, &form.press)
            .await?;
        tx.commit().await.or_problem()
    }

    async fn write(
        &self,
        tx: &mut Tx,
        entry: Option<&QuickEntry>,
        form: &QuickEntryForm,
    ) -> Result<(), Problem> {
        let (name, body) = check(form, max_parts(tx).await?)?;
        let row = NewQuickEntry {
            id: entry.map_or_else(|| QuickEntryId(self.0.clock.id()), |entry| entry.id),
            name: &name,
            name_key: &search::fold(&name),
            body: &body,
            at: self.now(),
        };
        match entry {
            Some(_) => name_taken(tx.update_quick_entry(&row).await).map(drop),
            None => name_taken(tx.insert_quick_entry(&row).await),
        }
    }
}

fn find<'a>(all: &'a [QuickEntry], id: &str) -> Result<&'a QuickEntry, Problem> {
    all.iter()
        .find(|entry| entry.id.to_string() == id)
        .ok_or(Problem::NotFound)
}

fn name_taken<T>(result: Result<T, StoreError>) -> Result<T, Problem> {
    match result {
        Err(StoreError::Taken) => Err(Problem::field("name", Complaint::NameTaken)),
        other => other.or_problem(),
    }
}

async fn max_parts(tx: &mut Tx) -> Result<u32, Problem> {
    let setup = tx.setup().await.or_problem()?;
    Ok(parts_allowed(setup.map(|setup| setup.max_parts)))
}

/// Moves an entry one place among those in use; at the end of the table it stays.
async fn shift(
    tx: &mut Tx,
    all: &[QuickEntry],
    id: QuickEntryId,
    by: isize,
) -> Result<(), Problem> {
    let mut order: Vec<QuickEntryId> = all
        .iter()
        .filter(|entry| !entry.archived)
        .map(|entry| entry.id)
        .collect();
    let at = order
        .iter()
        .position(|other| *other == id)
        .ok_or(Problem::NotFound)?;
    if let Some(to) = at.checked_add_signed(by).filter(|to| *to < order.len()) {
        order.swap(at, to);
        tx.set_positions(&order).await.or_problem()?;
    }
    Ok(())
}
