//! The migrations of both databases, inside the program.

use crate::{Result, Store, link::one, open::Db, sql::sql};
use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

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
    /// Brings the tables to what this program knows. Several programs may try at once; one does it.
    ///
    /// # Errors
    /// [`crate::StoreError::SchemaTooNew`] when the database knows more than the program.
    pub async fn migrate(&self) -> Result<()> {
        match &self.0 {
            Db::Sqlite { write, .. } => migrator(SQLITE).run(write).await?,
            Db::Postgres(pool) => migrator(POSTGRES).run(pool).await?,
        }
        Ok(())
    }

    /// Whether the tables are all there that this program knows. A database that was never brought up to date has none.
    ///
    /// A newer program may have added more: what it adds this one understands, since servers are upgraded one after
    /// another (docs/operating.md). Only a start is refused then, see [`Self::migrate`].
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn is_current(&self) -> Result<bool> {
        let steps = match self.0 {
            Db::Sqlite { .. } => SQLITE,
            Db::Postgres(_) => POSTGRES,
        };
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
    Migrator::with_migrations(migrations.collect())
}
