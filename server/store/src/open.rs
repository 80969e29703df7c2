//! Opening a database by its address.

use crate::{
    Result, StoreError, Tx,
    here::Here,
    left_behind::Newest,
    link::{Conn, one},
    readers::Readers,
    sql::sql,
    stuck::Stuck,
    waits::Waits,
};
use domain::ids::OrgId;
use sqlx::{
    Connection, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, str::FromStr, sync::Arc, time::Duration};

/// How long to wait for a lock or a free connection before saying that nothing was saved.
const PATIENCE: Duration = Duration::from_secs(10);
/// Every statement of the program fits into each connection's cache.
const STATEMENTS_CACHED: usize = 256;
const READERS: usize = 4;
/// A page of rows fits between SQLite's thread and ours, or both would take turns for the last of them.
const ROWS_UNDER_WAY: usize = 256;
const POSTGRES_CONNECTIONS: u32 = 16;

sql! {
    PING = same("SELECT CAST(1 AS BIGINT)");
}

/// A database. Clones share its connections.
#[derive(Clone)]
pub struct Store(pub(crate) Db, pub(crate) Waits);

#[derive(Clone)]
pub(crate) enum Db {
    /// One writer, because SQLite has one; readers see the last commit and never wait for it.
    Sqlite {
        read: Readers,
        here: Here,
        write: SqlitePool,
        stuck: Stuck,
    },
    Postgres(PgPool),
}

impl Store {
    /// Opens `sqlite:PATH` (the file is created when it is not there) or `postgres://…`.
    ///
    /// # Errors
    /// [`StoreError::Url`], [`StoreError::SqliteTooOld`], or that it cannot be reached.
    pub async fn open(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return open_sqlite(path.strip_prefix("//").unwrap_or(path)).await;
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return open_postgres(url).await;
        }
        Err(StoreError::Url(
            "begin it with sqlite: or postgres://".into(),
        ))
    }

    /// Begins a transaction that may write, within an organization. Dropped, it is rolled back.
    ///
    /// # Errors
    /// When no connection is free in time.
    pub async fn begin(&self, org: OrgId) -> Result<Tx> {
        Ok(Tx::new(org, self.writer().await?))
    }

    /// A connection that only reads, within an organization. Each statement sees the last commit.
    ///
    /// # Errors
    /// When no connection is free in time.
    pub async fn read(&self, org: OrgId) -> Result<Tx> {
        Ok(Tx::new(org, self.reader().await?))
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// When it gives none.
    pub async fn ping(&self) -> Result<()> {
        let mut conn = self.reader().await?;
        let (_,): (i64,) = one!(conn, PING);
        Ok(())
    }

    /// Closes every connection, once it is free. For SQLite this also folds the log into the file.
    pub async fn close(&self) {
        match &self.0 {
            Db::Sqlite {
                read, here, write, ..
            } => {
                here.close();
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    /// Boxed, as in [`Store::reader`]: what may be done while a connection is waited for is 60 kB, and would be moved
    /// with each operation of the program ten times on its way.
    pub(crate) async fn writer(&self) -> Result<Conn> {
        let _waited = self.1.begin();
        Ok(match &self.0 {
            // A transaction that only later begins to write could be refused for what another wrote meanwhile.
            Db::Sqlite { write, stuck, .. } => {
                let begun = Box::pin(write.begin_with("BEGIN IMMEDIATE")).await;
                Conn::SqliteWrite(begun.inspect_err(|error| stuck.note(error))?)
            }
            Db::Postgres(pool) => Conn::PostgresWrite(Box::pin(pool.begin()).await?),
        })
    }

    /// What reads on the thread that asks, if this database can.
    pub(crate) fn here(&self) -> Option<&Here> {
        match &self.0 {
            Db::Sqlite { here, .. } => Some(here),
            Db::Postgres(_) => None,
        }
    }

    pub(crate) async fn reader(&self) -> Result<Conn> {
        let _waited = self.1.begin();
        Ok(match &self.0 {
            Db::Sqlite { read, here, .. } => {
                Conn::SqliteRead(Box::pin(read.take()).await?, here.clone())
            }
            Db::Postgres(pool) => Conn::PostgresRead(Box::pin(pool.acquire()).await?),
        })
    }
}

async fn open_sqlite(path: &str) -> Result<Store> {
    if path.is_empty() || path == ":memory:" {
        return Err(StoreError::Url("sqlite: needs the path of a file".into()));
    }
    let file = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .row_buffer_size(ROWS_UNDER_WAY)
        .statement_cache_capacity(STATEMENTS_CACHED);
    // The writer keeps 32 MB of pages: every text touches the far ends of several indexes.
    // Its log goes over into the file every 16 MB: a page that many texts in a row changed is then copied once.
    // FULL: what was acknowledged to Twilio must survive a power cut.
    let writer = file
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("cache_size", "-32768")
        .pragma("wal_autocheckpoint", "4000")
        .synchronous(synchronous());
    // When a write fails, SQLite may end the transaction by itself, and the driver still counts it as begun: such a writer
    // would never begin another, so it is closed, and the next one opens the file anew. So is one that cannot write.
    // A file in our own process needs no sign of life before each use, which would cost two changes of thread.
    let lasting = SqlitePoolOptions::new()
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .max_lifetime(None)
        .idle_timeout(None);
    let stuck = Stuck::default();
    let noted = stuck.clone();
    let write = lasting
        .max_connections(1)
        .before_acquire(move |conn, _| {
            let fit = !noted.take() && !conn.is_in_transaction();
            Box::pin(async move { Ok(fit) })
        })
        .connect_with(writer)
        .await?;
    refuse_old_sqlite(&write).await?;
    let read = Readers::new(file, READERS, PATIENCE)?;
    let here = Here::new(Path::new(path));
    let db = Db::Sqlite {
        read,
        here,
        write,
        stuck,
    };
    Ok(Store(db, Waits::default()))
}

/// Every commit is on the disk before anybody is told of it. The torture harness shows what happens without that.
fn synchronous() -> SqliteSynchronous {
    #[cfg(any(debug_assertions, feature = "torture"))]
    {
        #[expect(
            clippy::disallowed_methods,
            reason = "no setting of the program: a release does not have it"
        )]
        let without = std::env::var("OKTEXT_TORTURE_WITHOUT");
        if without.is_ok_and(|without| without == "synchronous_full") {
            return SqliteSynchronous::Normal;
        }
    }
    SqliteSynchronous::Full
}

async fn refuse_old_sqlite(pool: &SqlitePool) -> Result<()> {
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()")
        .fetch_one(pool)
        .await?;
    if is_sound(&version) {
        Ok(())
    } else {
        Err(StoreError::SqliteTooOld(version))
    }
}

fn is_sound(version: &str) -> bool {
    let numbers: Vec<u32> = version
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect();
    numbers.as_slice() >= [3, 51, 3].as_slice()
}

async fn open_postgres(url: &str) -> Result<Store> {
    let server = PgConnectOptions::from_str(url)
        // The address may hold a password, so it is not repeated.
        .map_err(|_| StoreError::Url("this postgres:// address cannot be read".into()))?
        .application_name("oktext")
        .statement_cache_capacity(STATEMENTS_CACHED);
    let newest = Arc::new(Newest::default());
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .before_acquire(|conn, _| Box::pin(can_write(conn)))
        .after_connect(move |conn, _| {
            let newest = Arc::clone(&newest);
            Box::pin(async move {
                refuse_standby(conn).await?;
                newest.refuse_older(conn).await
            })
        })
        .connect_with(server)
        .await?;
    Ok(Store(Db::Postgres(pool), Waits::default()))
}

/// A server that was demoted to a standby still answers a ping; asked this, it says so, and the connection is closed.
async fn can_write(conn: &mut PgConnection) -> sqlx::Result<bool> {
    let (read_only,): (String,) = sqlx::query_as("SHOW transaction_read_only")
        .fetch_one(conn)
        .await?;
    Ok(read_only == "off")
}

/// A new connection may lead to a standby as well: it is closed, and another is tried until the patience is over.
async fn refuse_standby(conn: &mut PgConnection) -> sqlx::Result<()> {
    match can_write(conn).await? {
        true => Ok(()),
        false => Err(sqlx::Error::Protocol("this server is read-only".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_before_the_fix_of_its_log_is_refused() {
        assert!(is_sound("3.51.3"));
        assert!(is_sound("3.52.0"));
        assert!(is_sound("4.0.0"));
        assert!(!is_sound("3.51.2"));
        assert!(!is_sound("3.40.1"));
        assert!(!is_sound("?"));
    }
}
