//! What SQLite does on this machine without us: the measure of the benchmarks.

use crate::Result;
use sqlx::{
    ConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::path::Path;

const ONE_ROW: &str = "INSERT INTO bare_row (words) VALUES ($1)";

/// Inserts rows into a new file, each in a durable commit of its own, as long as `goes_on` says. Answers how many.
///
/// # Errors
/// The file cannot be made or written to.
pub async fn single_rows(file: &Path, goes_on: impl Fn() -> bool) -> Result<u64> {
    let mut conn = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    sqlx::query("CREATE TABLE bare_row (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")
        .execute(&mut conn)
        .await?;
    let mut rows = 0;
    while goes_on() {
        sqlx::query(ONE_ROW)
            .bind("SM0123456789abcdef0123456789abcdef delivered")
            .execute(&mut conn)
            .await?;
        rows += 1;
    }
    Ok(rows)
}
