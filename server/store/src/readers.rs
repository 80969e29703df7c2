//! SQLite's connections for reading. The driver's own pool asks a connection for a sign of life when it is handed back: two
//! changes of thread and a task, three times for each page. A file in our own process needs that far less often, and the
//! connection that was used last is the one to use next, since it remembers the most pages.

use crate::{Result, StoreError};
use deadpool::managed::{
    BuildError, Manager, Metrics, Object, Pool, PoolError, QueueMode, RecycleResult,
};
use sqlx::{ConnectOptions, Connection, Error, SqliteConnection, sqlite::SqliteConnectOptions};
use std::time::Duration;

/// One of so many uses begins with a sign of life: a connection whose thread has ended is thrown away then.
const USES: usize = 64;

/// A connection for as long as it is used.
pub(crate) type Reader = Object<Opens>;

/// The connections. Clones share them.
#[derive(Clone)]
pub(crate) struct Readers(Pool<Opens>);

/// How another one is opened.
pub(crate) struct Opens(SqliteConnectOptions);

impl Manager for Opens {
    type Type = SqliteConnection;
    type Error = Error;

    async fn create(&self) -> Result<SqliteConnection, Error> {
        self.0.connect().await
    }

    async fn recycle(&self, conn: &mut SqliteConnection, used: &Metrics) -> RecycleResult<Error> {
        if used.recycle_count % USES == USES - 1 {
            conn.ping().await?;
        }
        Ok(())
    }
}

impl Readers {
    /// Opens at most `most` of them, each when it is needed. Nobody waits longer than `patience` for one.
    pub fn new(file: SqliteConnectOptions, most: usize, patience: Duration) -> Result<Self> {
        let pool = Pool::builder(Opens(file.read_only(true)))
            .max_size(most)
            .wait_timeout(Some(patience))
            .queue_mode(QueueMode::Lifo)
            .runtime(deadpool::Runtime::Tokio1)
            .build();
        pool.map(Self).map_err(|error: BuildError| protocol(&error))
    }

    /// A connection that nobody else uses meanwhile.
    ///
    /// # Errors
    /// When none is free in time, or the file cannot be opened.
    pub async fn take(&self) -> Result<Reader> {
        self.0.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error.into(),
            PoolError::Timeout(_) => Error::PoolTimedOut.into(),
            PoolError::Closed => Error::PoolClosed.into(),
            error => protocol(&error),
        })
    }

    /// Closes every one, once it is free.
    pub async fn close(&self) {
        for _ in 0..self.0.status().size {
            if let Ok(reader) = self.0.get().await {
                // What cannot be closed any more is closed.
                let _ = Object::take(reader).close().await;
            }
        }
        self.0.close();
    }
}

fn protocol(error: &impl std::fmt::Display) -> StoreError {
    Error::Protocol(error.to_string()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    async fn readers(most: usize) -> (Readers, TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SqliteConnectOptions::new().filename(folder.path().join("a.sqlite3"));
        let created = file.clone().create_if_missing(true).connect().await;
        created.expect("a file").close().await.expect("closed");
        let readers = Readers::new(file, most, Duration::from_millis(20)).expect("readers");
        (readers, folder)
    }

    /// What a connection remembers: how many pages it keeps.
    async fn pages(reader: &mut Reader) -> i64 {
        sqlx::query_scalar("PRAGMA cache_size")
            .fetch_one(&mut **reader)
            .await
            .expect("a number")
    }

    #[tokio::test]
    async fn the_connection_that_was_used_last_is_used_next() {
        let (readers, _folder) = readers(4).await;
        let mut first = readers.take().await.expect("a connection");
        let second = readers.take().await.expect("another");
        sqlx::query("PRAGMA cache_size = 777")
            .execute(&mut *first)
            .await
            .expect("kept");
        drop(second);
        drop(first);
        for _ in 0..3 * USES {
            let mut next = readers.take().await.expect("a connection");
            assert_eq!(pages(&mut next).await, 777);
        }
    }

    #[tokio::test]
    async fn who_waits_too_long_is_told_and_the_next_one_gets_it() {
        let (readers, _folder) = readers(1).await;
        let used = readers.take().await.expect("a connection");
        let refused = readers.take().await.err();
        assert!(
            matches!(refused, Some(StoreError::Unavailable(Error::PoolTimedOut))),
            "{refused:?}"
        );
        drop(used);
        drop(readers.take().await.expect("free again"));
    }

    #[tokio::test]
    async fn nobody_reads_once_they_are_closed() {
        let (readers, _folder) = readers(2).await;
        drop(readers.take().await.expect("a connection"));
        readers.close().await;
        let refused = readers.take().await.err();
        assert!(
            matches!(refused, Some(StoreError::Unavailable(Error::PoolClosed))),
            "{refused:?}"
        );
    }

    #[tokio::test]
    async fn nothing_is_written_through_them() {
        let (readers, _folder) = readers(1).await;
        let mut reader = readers.take().await.expect("a connection");
        let refused = sqlx::query("CREATE TABLE t (a)")
            .execute(&mut *reader)
            .await;
        assert!(refused.is_err());
    }
}
