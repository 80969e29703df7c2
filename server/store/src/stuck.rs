//! A writer of SQLite that cannot write. When the file is opened while its file system is read-only, SQLite takes the
//! connection for a reader's, and a reader's it stays after the file can be written to again.

use sqlx::Error;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the writer turned out to be one. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Stuck(Arc<AtomicBool>);

impl Stuck {
    /// Looks at why nothing could be written.
    pub fn note(&self, error: &Error) {
        if is_read_only(error) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    /// Whether the writer is to be closed now, so that the next one opens the file anew.
    pub fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

/// SQLite's result code 8; the low byte is the primary code.
fn is_read_only(error: &Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.and_then(|code| code.parse::<i32>().ok())
        .is_some_and(|code| code & 0xff == 8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};

    #[tokio::test]
    async fn a_writer_that_was_opened_read_only_is_closed_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SqliteConnectOptions::new().filename(folder.path().join("a.sqlite3"));
        let created = file.clone().create_if_missing(true).connect().await;
        drop(created.expect("a file"));
        let mut reader = file.read_only(true).connect().await.expect("opened");
        let stuck = Stuck::default();
        let refused = sqlx::query("CREATE TABLE t (a)").execute(&mut reader).await;
        stuck.note(&refused.expect_err("nothing is written"));
        assert!(stuck.take());
        assert!(!stuck.take());
        let mistake = sqlx::query("SELECT nonsense").execute(&mut reader).await;
        stuck.note(&mistake.expect_err("no such column"));
        assert!(!stuck.take());
    }
}
