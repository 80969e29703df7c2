//! What can go wrong, told apart by what somebody can do about it.

use sqlx::{error::DatabaseError, migrate::MigrateError};

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached, is full, or cannot be written to now. Nothing was saved; later it may work.
    #[error("the database cannot be used now: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// Something unique is there already. The transaction is of no more use (PostgreSQL refuses its next statement).
    #[error("this is there already")]
    Taken,
    /// Anything else: a mistake of ours, or rows that were changed by another hand.
    #[error("the database refused: {0}")]
    Other(#[source] sqlx::Error),
    /// A newer program has migrated this database; an older one must not write to it.
    #[error("the database was migrated by a newer version of this program")]
    SchemaTooNew,
    /// SQLite before 3.51.3 can lose pages of its log (the WAL-reset bug, sqlite.org/wal.html).
    #[error("SQLite {0} is older than 3.51.3 and can corrupt the database")]
    SqliteTooOld(String),
    /// The file of an SQLite database does not hold together, or is something else.
    #[error("the database file is damaged ({0}); restore a backup with oktext restore")]
    Damaged(String),
    /// Not an address of a database: `sqlite:PATH` or `postgres://…`.
    #[error("not an address of a database: {0}")]
    Url(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::Database(database) if database.is_unique_violation() => Self::Taken,
            E::Database(database) if passes(database.as_ref()) => Self::Unavailable(error),
            E::Database(database) if is_damage(database.as_ref()) => {
                Self::Damaged(database.message().to_owned())
            }
            // Whoever answers there speaks otherwise or no more: a proxy whose server is away closes while it is greeted.
            E::Protocol(_)
            | E::Io(_)
            | E::Tls(_)
            | E::PoolTimedOut
            | E::PoolClosed
            | E::WorkerCrashed => Self::Unavailable(error),
            _ => Self::Other(error),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => Self::SchemaTooNew,
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Other(sqlx::Error::Migrate(Box::new(other))),
        }
    }
}

/// SQLite: a page that does not hold together (11), or a file that is no database (26).
fn is_damage(error: &dyn DatabaseError) -> bool {
    let sqlite = error.try_downcast_ref::<sqlx::sqlite::SqliteError>();
    let code = sqlite.and_then(|error| error.code()?.parse::<i32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 11 | 26))
}

/// Whether the trouble is with the server or the disk, not with what was asked.
fn passes(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    if error
        .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
        .is_some()
    {
        return passes_on_postgres(&code);
    }
    passes_on_sqlite(&code)
}

/// PostgreSQL, appendix A: connection exceptions, insufficient resources, operator intervention,
/// a server that became read-only, and the serialization failures that another try solves.
fn passes_on_postgres(code: &str) -> bool {
    ["08", "53", "57P", "25006", "40001", "40P01"]
        .iter()
        .any(|start| code.starts_with(start))
}

/// SQLite, result codes: busy, locked, read-only, I/O error, full, cannot open. The low byte is the primary code.
fn passes_on_sqlite(code: &str) -> bool {
    code.parse::<i32>()
        .is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}

/// Text in a row that the program does not know: written by another hand, or by a newer program.
pub(crate) fn odd(what: &str, text: &str) -> StoreError {
    StoreError::Other(sqlx::Error::Decode(
        format!("not a {what}: {text:?}").into(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_full_or_read_only_database_may_work_later() {
        for code in ["5", "261", "8", "13", "778"] {
            assert!(passes_on_sqlite(code), "{code}");
        }
        assert!(!passes_on_sqlite("1"));
        assert!(!passes_on_sqlite("787"));
    }

    #[test]
    fn a_postgres_that_stops_or_was_demoted_may_work_later() {
        for code in ["57P01", "53300", "25006", "08006"] {
            assert!(passes_on_postgres(code), "{code}");
        }
        assert!(!passes_on_postgres("23503"));
        assert!(!passes_on_postgres("57014"));
    }

    #[tokio::test]
    async fn a_proxy_that_hangs_up_while_its_server_is_away_is_a_database_that_is_away() {
        use tokio::io::AsyncReadExt;
        let proxy = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let proxy = proxy.expect("a port");
        let address = proxy.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = proxy.accept().await {
                // It reads how it is greeted, so that its end is an orderly one.
                let _greeting = stream.read(&mut [0; 8]).await;
            }
        });
        let opened = crate::Store::open(&format!("postgres://oktext@{address}/oktext")).await;
        assert!(
            matches!(opened, Err(StoreError::Unavailable(_))),
            "{:?}",
            opened.err()
        );
    }
}
