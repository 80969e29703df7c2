//! One server for one SQLite file: two would each believe that claims in the outbox are leftovers of the other.

use crate::settings::Settings;
use std::fs::{File, OpenOptions, TryLockError};

/// Held for as long as the server runs; the system lets go of it however the process ends.
pub struct Alone(#[expect(dead_code, reason = "held, not read")] Option<File>);

/// Takes the place of the only server of an SQLite database. PostgreSQL takes any number.
///
/// # Errors
/// In words: another server has it.
pub fn take(settings: &Settings) -> Result<Alone, String> {
    let Some(mut path) = settings.sqlite_file() else {
        return Ok(Alone(None));
    };
    path.as_mut_os_string().push(".lock");
    let failed = |error| format!("{} cannot be made: {error}", path.display());
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Alone(Some(file))),
        Err(TryLockError::WouldBlock) => Err(format!(
            "Another oktext serves this database already ({}). An SQLite file has one server; for several, use PostgreSQL.",
            settings.database_url
        )),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
