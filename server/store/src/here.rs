//! SQLite, read on the thread that asks. The driver of all other statements has a thread for each connection: a question
//! goes over to it and the answer comes back, which takes longer than finding a page of texts in a file whose pages are
//! in memory, and every value is copied on its way. So what every page asks, and every page of a case, is asked here.
//!
//! It only reads, never waits for a lock, and never says what is wrong: whoever gets nothing asks the pool, which does.

use rusqlite::{Connection, OpenFlags, Row, types::FromSql};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// Connections to one file, each opened when it is needed: as many as there are threads that ask at the same time.
/// Clones share them.
#[derive(Clone)]
pub(crate) struct Here(Arc<Inner>);

struct Inner {
    file: PathBuf,
    /// Those that nobody uses now; nothing once they are closed.
    free: Mutex<Option<Vec<Connection>>>,
}

impl Here {
    /// Of this file.
    pub fn new(file: &Path) -> Self {
        Self(Arc::new(Inner {
            file: file.to_owned(),
            free: Mutex::new(Some(vec![])),
        }))
    }

    /// What is read. Nothing when it could not be read here and now, whatever the reason.
    pub fn ask<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        let conn = self.take()?;
        match read(&conn) {
            Ok(found) => {
                self.give_back(conn);
                Some(found)
            }
            Err(error) => {
                tracing::debug!(%error, "not read in place");
                None
            }
        }
    }

    /// Closes those that are free, and the others after their use.
    pub fn close(&self) {
        self.free().take();
    }

    /// How many connections nobody uses; nothing once they are closed.
    #[cfg(test)]
    pub fn at_rest(&self) -> Option<usize> {
        self.free().as_ref().map(Vec::len)
    }

    fn take(&self) -> Option<Connection> {
        let free = self.free().as_mut()?.pop();
        free.or_else(|| self.open().ok())
    }

    fn give_back(&self, conn: Connection) {
        if let Some(free) = self.free().as_mut() {
            free.push(conn);
        }
    }

    fn free(&self) -> std::sync::MutexGuard<'_, Option<Vec<Connection>>> {
        self.0.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.0.file, flags)?;
        // Whoever would wait holds up all that this thread does.
        conn.busy_timeout(std::time::Duration::ZERO)?;
        Ok(conn)
    }
}

/// The values of a row, one after the other: by their names each would be looked for among all of them.
pub(crate) struct Values<'a, 'r>(&'a Row<'r>, usize);

impl<'a, 'r> Values<'a, 'r> {
    /// From the first one on.
    pub fn of(row: &'a Row<'r>) -> Self {
        Self(row, 0)
    }

    /// The next one.
    pub fn value<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.1 += 1;
        self.0.get(self.1 - 1)
    }

    /// The next one, a text, where it lies.
    pub fn text(&mut self) -> rusqlite::Result<&'a str> {
        self.1 += 1;
        Ok(self.0.get_ref(self.1 - 1)?.as_str()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() -> (Here, Connection, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.sqlite3");
        let writer = Connection::open(&path).expect("a file");
        let made = writer.execute_batch(
            "PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)",
        );
        made.expect("a table");
        (Here::new(&path), writer, folder)
    }

    fn sum(conn: &Connection) -> rusqlite::Result<i64> {
        conn.query_row("SELECT sum(a) FROM t", [], |row| row.get(0))
    }

    #[test]
    fn what_was_committed_is_read_and_what_was_not_is_not() {
        let (here, writer, _folder) = here();
        assert_eq!(here.ask(sum), Some(1));
        writer
            .execute_batch("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)")
            .expect("writes");
        assert_eq!(here.ask(sum), Some(1));
        writer.execute_batch("COMMIT").expect("commits");
        assert_eq!(here.ask(sum), Some(3));
    }

    #[test]
    fn nothing_is_written_through_it() {
        let (here, _writer, _folder) = here();
        assert_eq!(
            here.ask(|conn| conn.execute("INSERT INTO t VALUES (2)", [])),
            None
        );
        assert_eq!(here.ask(sum), Some(1));
    }

    #[test]
    fn a_connection_is_used_again_but_not_after_something_went_wrong() {
        let (here, _writer, _folder) = here();
        let marked =
            |conn: &Connection| conn.query_row("PRAGMA cache_size", [], |row| row.get::<_, i64>(0));
        here.ask(|conn| conn.execute_batch("PRAGMA cache_size = 777"))
            .expect("kept");
        assert_eq!(here.ask(marked), Some(777));
        assert_eq!(here.ask(|conn| conn.execute_batch("nonsense")), None);
        assert!(here.ask(marked).is_some_and(|pages| pages != 777));
    }

    #[test]
    fn nobody_waits_for_a_lock_and_nobody_reads_once_it_is_closed() {
        let (here, writer, _folder) = here();
        here.ask(sum).expect("read");
        writer
            .execute_batch("PRAGMA journal_mode = DELETE")
            .expect_err("somebody has it open");
        here.close();
        assert_eq!(here.ask(sum), None);
        writer
            .execute_batch("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
            .expect("nobody has it open");
        let another = Here::new(Path::new(writer.path().expect("a path")));
        assert_eq!(another.ask(sum), None);
    }
}
