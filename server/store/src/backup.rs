//! A copy of a running SQLite database, as it stood at one moment, and the proof that the copy opens.

use crate::{Result, Store, StoreError, link::execute, open::Db, sql::sql};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::path::Path;

sql! {
    /// Reads one snapshot, so neither readers nor the writer wait for it (sqlite.org/lang_vacuum.html).
    /// PostgreSQL has tools of its own for this.
    COPY_INTO = two("VACUUM INTO $1", "SELECT CAST($1 AS TEXT)");
    COUNTS = same("SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM client)");
}

/// What a copy holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    pub texts: i64,
    pub clients: i64,
}

impl Store {
    /// Copies the database into a new file, then opens the copy and looks through all of it.
    ///
    /// # Errors
    /// The file is there already, or cannot be written; the copy does not hold together; not an SQLite database.
    pub async fn copy_into(&self, file: &Path) -> Result<Copied> {
        let path = file
            .to_str()
            .ok_or_else(|| refused("the file's name is not UTF-8"))?;
        if matches!(self.0, Db::Postgres(_)) {
            return Err(refused("only an SQLite database is copied this way"));
        }
        let mut conn = self.reader().await?;
        execute!(conn, COPY_INTO, path);
        drop(conn);
        look_through(file).await
    }
}

/// Opens a copy by itself and reads every page of it.
///
/// # Errors
/// It cannot be opened, is no database of this program, or does not hold together.
pub async fn look_through(file: &Path) -> Result<Copied> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut copy = SqliteConnection::connect_with(&options).await?;
    let (said,): (String,) = sqlx::query_as("PRAGMA integrity_check(1)")
        .fetch_one(&mut copy)
        .await?;
    if said != "ok" {
        return Err(refused(&format!("the copy does not hold together: {said}")));
    }
    let loose = sqlx::query("PRAGMA foreign_key_check")
        .fetch_optional(&mut copy)
        .await?;
    if loose.is_some() {
        return Err(refused("the copy has rows that point nowhere"));
    }
    let (texts, clients) = sqlx::query_as(COUNTS.sqlite).fetch_one(&mut copy).await?;
    copy.close().await?;
    Ok(Copied { texts, clients })
}

impl Store {
    /// Reads every page of an SQLite database and whether they hold together. PostgreSQL looks after its own.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; it cannot be read.
    pub async fn look_over(&self) -> Result<()> {
        let Db::Sqlite { read, .. } = &self.0 else {
            return Ok(());
        };
        let (said,): (String,) = sqlx::query_as("PRAGMA quick_check(1)")
            .fetch_one(&mut *read.take().await?)
            .await?;
        match said.as_str() {
            "ok" => Ok(()),
            _ => Err(StoreError::Damaged(said)),
        }
    }
}

fn refused(why: &str) -> StoreError {
    StoreError::Other(sqlx::Error::Protocol(why.to_owned()))
}
