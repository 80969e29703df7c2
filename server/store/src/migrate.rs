//! The migrations of both databases, inside the program.

use crate::{Result, Store, link::one, open::Db, sql::sql};
use sqlx::{
    Connection, PgConnection, SqlSafeStr,
    migrate::{Migrate, Migration, MigrationType, Migrator},
};
use std::future::ready;

/// Version, name, text.
type Step = (i64, &'static str, &'static str);

macro_rules! steps {
    ($folder:literal: $($version:literal $name:literal),+ $(,)?) => {
        &[$(($version, $name, include_str!(concat!("../migrations/", $folder, "/", $name, ".sql")))),+]
    };
}

pub(crate) const SQLITE: &[Step] = steps!(
    "sqlite": 1 "0001_people", 2 "0002_clients", 3 "0003_texts", 4 "0004_office", 5 "0005_incoming", 6 "0006_setup", 7 "0007_host", 8 "0008_lists", 9 "0009_outbox", 10 "0010_halts", 11 "0011_nodes", 12 "0012_history", 13 "0013_events", 14 "0014_account_since"
);
pub(crate) const POSTGRES: &[Step] = steps!(
    "postgres": 1 "0001_people", 2 "0002_clients", 3 "0003_texts", 4 "0004_office", 5 "0005_incoming", 6 "0006_setup", 7 "0007_host", 8 "0008_lists", 9 "0009_outbox", 10 "0010_halts", 11 "0011_nodes", 12 "0012_history", 13 "0013_events", 14 "0014_account_since"
);

sql! {
    HAS_MIGRATIONS = two(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '_sqlx_migrations'",
        "SELECT count(to_regclass('_sqlx_migrations'))",
    );
    /// Those of this program; a newer one may have added its own.
    APPLIED = same("SELECT count(*) FROM _sqlx_migrations WHERE success AND version <= $1");
}

impl Store {
    /// Brings the tables to what this program knows. Several programs may try at once; one does it, and the others wait
    /// for it. Each step is a transaction of its own: where the program ends in the middle of one, nothing of that step is
    /// there, and the next start goes on with it.
    ///
    /// # Errors
    /// [`crate::StoreError::SchemaTooNew`] when the database knows more than the program.
    pub async fn migrate(&self) -> Result<()> {
        self.migrate_with(|| ready(())).await
    }

    /// The same. `done` is waited for when a step is done and not yet committed.
    ///
    /// # Errors
    /// As [`Self::migrate`].
    pub async fn migrate_with<D: Future<Output = ()>>(&self, done: impl Fn() -> D) -> Result<()> {
        // Of a database that is current the last step is looked at, whether another program's came after it.
        let skipped = match self.is_current().await? {
            true => self.steps().len() - 1,
            false => 0,
        };
        let steps = &self.steps()[skipped..];
        match &self.0 {
            Db::Sqlite { write, .. } => {
                let migrator = migrator(SQLITE);
                for &(version, ..) in steps {
                    // Only who has the file to itself may ask what is done: another program could do the same beside.
                    let mut tx = write.begin_with("BEGIN IMMEDIATE").await?;
                    step(&migrator, version, &mut *tx).await?;
                    done().await;
                    tx.commit().await?;
                }
            }
            Db::Postgres(pool) => {
                let mut conn = pool.acquire().await?;
                conn.lock().await?;
                let ended = step_by_step(&mut conn, steps, done).await;
                let unlocked = conn.unlock().await;
                ended?;
                unlocked?;
            }
        }
        Ok(())
    }

    fn steps(&self) -> &'static [Step] {
        match self.0 {
            Db::Sqlite { .. } => SQLITE,
            Db::Postgres(_) => POSTGRES,
        }
    }

    /// Whether the tables are all there that this program knows. A database that was never brought up to date has none.
    ///
    /// A newer program may have added more: what it adds this one understands, since servers are upgraded one after
    /// another (docs/operating.md). Only a start is refused then, see [`Self::migrate`].
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn is_current(&self) -> Result<bool> {
        let steps = self.steps();
        let mut conn = self.reader().await?;
        let (tables,): (i64,) = one!(conn, HAS_MIGRATIONS);
        if tables == 0 {
            return Ok(false);
        }
        let last = steps.last().map_or(0, |&(version, ..)| version);
        let (count,): (i64,) = one!(conn, APPLIED, last);
        Ok(usize::try_from(count) == Ok(steps.len()))
    }
}

/// Within the lock of whoever migrates, which outlasts the transactions.
async fn step_by_step<D: Future<Output = ()>>(
    conn: &mut PgConnection,
    steps: &[Step],
    done: impl Fn() -> D,
) -> Result<()> {
    let migrator = migrator(POSTGRES);
    for &(version, ..) in steps {
        let mut tx = conn.begin().await?;
        step(&migrator, version, &mut *tx).await?;
        done().await;
        tx.commit().await?;
    }
    Ok(())
}

/// This step, unless it was done before. (`Migrator::run_to` does the same, but cannot be awaited where a future has to be
/// `Send`.)
async fn step<C: Migrate>(migrator: &Migrator, version: i64, conn: &mut C) -> Result<()> {
    Ok(migrator.run_direct(Some(version), conn, false).await?)
}

/// One that takes no lock: whoever runs it has done so.
fn migrator(steps: &'static [Step]) -> Migrator {
    let migrations = steps.iter().map(|&(version, name, text)| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            text.into_sql_str(),
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.set_locking(false);
    migrator
}
