//! A bell between the servers on one PostgreSQL. Rung after the commit and outside of any transaction that writes, since
//! PostgreSQL lets only one transaction that notifies commit at a time. What was missed is found in the tables.

use crate::{Result, Store, link::execute, open::Db, sql::sql};
use sqlx::postgres::PgListener;

/// The name under which servers hear each other.
const CHANNEL: &str = "oktext";

sql! {
    /// SQLite has one server, which nobody calls.
    TELL_OTHERS = two("SELECT CAST($1 AS TEXT)", "SELECT pg_notify('oktext', $1)");
}

/// The most bytes of a message: PostgreSQL takes less than 8,000.
pub const LONGEST_MESSAGE: usize = 7_900;

/// Hears what servers on this database tell each other.
pub struct Others(PgListener);

impl Others {
    /// The next message. `None`: the connection was lost and made anew, and what was told meanwhile is not known.
    ///
    /// # Errors
    /// The connection is lost.
    pub async fn next(&mut self) -> Result<Option<String>> {
        let told = self.0.try_recv().await?;
        Ok(told.map(|told| told.payload().to_owned()))
    }
}

impl Store {
    /// Whether there may be other servers on this database.
    pub fn has_others(&self) -> bool {
        matches!(self.0, Db::Postgres(_))
    }

    /// Tells all servers on this database, this one too.
    ///
    /// # Errors
    /// The database cannot be reached, or the message is longer than [`LONGEST_MESSAGE`].
    pub async fn tell_others(&self, message: &str) -> Result<()> {
        let mut conn = self.reader().await?;
        execute!(conn, TELL_OTHERS, message);
        Ok(())
    }

    /// Begins to hear the servers on this database. `None`: there can be no others.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn hear_others(&self) -> Result<Option<Others>> {
        let Db::Postgres(pool) = &self.0 else {
            return Ok(None);
        };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Others(listener)))
    }
}
