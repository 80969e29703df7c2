//! A server that was left behind: another was promoted in its place, and it came back as if nothing had happened. What
//! is written to it is lost, and what waits in it may have gone out. Each program remembers the newest timeline that it
//! met, and takes no connection to an older one of the same system.

use sqlx::{PgConnection, Row};
use std::sync::{Mutex, PoisonError};

/// A system of PostgreSQL and a timeline of it: eight digits, the later the greater.
const HISTORY: &str =
    "SELECT CAST(system_identifier AS TEXT), left(pg_walfile_name(pg_current_wal_lsn()), 8)
                       FROM pg_control_system()";

/// The newest history that was met.
#[derive(Debug, Default)]
pub(crate) struct Newest(Mutex<Option<(String, String)>>);

impl Newest {
    /// Refuses a new connection that leads to a server that was left behind.
    pub async fn refuse_older(&self, conn: &mut PgConnection) -> sqlx::Result<()> {
        let row = match sqlx::query(HISTORY).fetch_one(conn).await {
            // Some of those who host PostgreSQL keep that to themselves.
            Err(sqlx::Error::Database(_)) => return Ok(()),
            row => row?,
        };
        match self.meets((row.try_get(0)?, row.try_get(1)?)) {
            true => Ok(()),
            false => Err(sqlx::Error::Protocol(
                "this server was left behind: another has taken its place".into(),
            )),
        }
    }

    /// `false`: of this system a newer timeline was met.
    fn meets(&self, here: (String, String)) -> bool {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let older = newest
            .as_ref()
            .is_some_and(|newest| newest.0 == here.0 && newest.1 > here.1);
        if !older {
            *newest = Some(here);
        }
        !older
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_one_system_no_older_timeline_is_taken_again_and_another_system_is_another_matter() {
        let newest = Newest::default();
        let meets = |system: &str, line: &str| newest.meets((system.into(), line.into()));
        assert!(meets("7001", "00000009"));
        assert!(meets("7001", "00000009"));
        assert!(meets("7001", "0000000A"));
        assert!(!meets("7001", "00000009"));
        assert!(meets("7002", "00000001"), "a backup was restored there");
    }
}
