//! SQL texts as constants, all of them in one list, so that a test can prepare each on both databases.

/// One statement in the words of both databases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sql {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl Sql {
    /// Both databases understand the same text.
    pub const fn same(text: &'static str) -> Self {
        Self {
            sqlite: text,
            postgres: text,
        }
    }

    /// The dialects differ.
    pub const fn two(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }
}

/// The statements of one file.
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "only the test that prepares every statement reads it"
    )
)]
pub(crate) struct Statements {
    pub file: &'static str,
    pub texts: &'static [(&'static str, Sql)],
}

/// Names the statements of a file: `NAME = same("…");` or `NAME = two("for SQLite", "for PostgreSQL");`
macro_rules! sql {
    ($($(#[$doc:meta])* $name:ident = $kind:ident($($text:expr),+ $(,)?);)+) => {
        $($(#[$doc])* pub(crate) const $name: $crate::sql::Sql = $crate::sql::Sql::$kind($($text),+);)+
        #[cfg(test)]
        pub(crate) const STATEMENTS: $crate::sql::Statements =
            $crate::sql::Statements { file: file!(), texts: &[$((stringify!($name), $name)),+] };
    };
}
pub(crate) use sql;

/// The database's own time in milliseconds UTC, which all who use it share, in the words of SQLite.
macro_rules! sqlite_now {
    () => {
        "CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER)"
    };
}
pub(crate) use sqlite_now;

/// The same in the words of PostgreSQL: as it is, not as it was when the transaction began.
macro_rules! postgres_now {
    () => {
        "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
    };
}
pub(crate) use postgres_now;

/// Every statement there is. A test compares this with the source files.
#[cfg(test)]
pub(crate) fn all() -> Vec<Statements> {
    use crate::{tx, whole};
    let mut all = tx::statements();
    all.extend(whole::statements());
    all.extend([
        crate::backup::STATEMENTS,
        crate::bell::STATEMENTS,
        crate::many::STATEMENTS,
        crate::migrate::STATEMENTS,
        crate::open::STATEMENTS,
    ]);
    all
}
