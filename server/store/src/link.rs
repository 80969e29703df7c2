//! One body for two drivers: a connection of either database, and the macros that run a statement on it.

use crate::{Result, here::Here, readers::Reader};
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction, pool::PoolConnection};

/// A connection that is read from, or a transaction that is written in.
pub(crate) enum Conn {
    SqliteRead(Reader, Here),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The driver's own connection, borrowed for one statement.
pub(crate) enum Link<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Conn {
    pub fn link(&mut self) -> Link<'_> {
        match self {
            Self::SqliteRead(conn, _) => Link::Sqlite(conn),
            Self::SqliteWrite(tx) => Link::Sqlite(tx),
            Self::PostgresRead(conn) => Link::Postgres(conn),
            Self::PostgresWrite(tx) => Link::Postgres(tx),
        }
    }

    /// What reads on the thread that asks; not within a transaction, which sees what it wrote itself.
    pub fn here(&self) -> Option<&Here> {
        match self {
            Self::SqliteRead(_, here) => Some(here),
            _ => None,
        }
    }

    pub async fn commit(self) -> Result<()> {
        match self {
            Self::SqliteWrite(tx) => tx.commit().await?,
            Self::PostgresWrite(tx) => tx.commit().await?,
            Self::SqliteRead(..) | Self::PostgresRead(_) => {}
        }
        Ok(())
    }
}

/// Runs a statement with these arguments; answers how many rows it changed.
macro_rules! execute {
    ($conn:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $conn.link() {
            $crate::link::Link::Sqlite(conn) =>
                sqlx::query($sql.sqlite)$(.bind($arg))*.execute(conn).await?.rows_affected(),
            $crate::link::Link::Postgres(conn) =>
                sqlx::query($sql.postgres)$(.bind($arg))*.execute(conn).await?.rows_affected(),
        }
    };
}

macro_rules! fetch {
    ($how:ident, $conn:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $conn.link() {
            $crate::link::Link::Sqlite(conn) =>
                sqlx::query_as($sql.sqlite)$(.bind($arg))*.$how(conn).await?,
            $crate::link::Link::Postgres(conn) =>
                sqlx::query_as($sql.postgres)$(.bind($arg))*.$how(conn).await?,
        }
    };
}

/// The only row.
macro_rules! one { ($($all:tt)*) => { $crate::link::fetch!(fetch_one, $($all)*) }; }
/// The row, if there is one.
macro_rules! optional { ($($all:tt)*) => { $crate::link::fetch!(fetch_optional, $($all)*) }; }
/// All rows.
macro_rules! rows { ($($all:tt)*) => { $crate::link::fetch!(fetch_all, $($all)*) }; }

pub(crate) use {execute, fetch, one, optional, rows};
