//! `oktext restore FILE`: a backup takes the place of the database, and no text leaves until somebody says so.

use super::{backup, hold, open};
use crate::{alone, key, settings::Settings};
use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

/// Restores. The copy is made, looked through and held beside the database, and takes its place in one step.
///
/// # Errors
/// In words; then the database is as it was.
pub async fn run(settings: &Settings, file: &Path, force: bool) -> Result<(), String> {
    let Some(database) = settings.sqlite_file() else {
        return Err("This restores an SQLite database. With PostgreSQL, use pg_restore, then oktext hold before any server starts.".into());
    };
    check(file, &database, force)?;
    let folder = database.parent().filter(|f| !f.as_os_str().is_empty());
    let failed = |error: io::Error| format!("{} cannot be restored: {error}", database.display());
    fs::create_dir_all(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    let _alone = alone::take(settings)?;
    let copy = with(&database, ".restoring");
    for each in [&copy, &with(&copy, "-wal"), &with(&copy, "-shm")] {
        // What an interrupted restore left behind is of no use to anybody.
        let _ = fs::remove_file(each);
    }
    let told = prepare(settings, file, &copy).await;
    let told = told.inspect_err(|_| drop(fs::remove_file(&copy)))?;
    set_aside(&database).map_err(failed)?;
    backup::settle(&copy, &database).map_err(failed)?;
    println!("{told}");
    if !settings.secret_key_is_given() && !key::beside(settings).is_file() {
        println!(
            "The secret key is not in a backup: put the one of that time to {} before the server starts.",
            key::beside(settings).display()
        );
    }
    Ok(())
}

fn check(file: &Path, database: &Path, force: bool) -> Result<(), String> {
    if !file.is_file() {
        return Err(format!("There is no file {}.", file.display()));
    }
    if fs::metadata(with(file, "-wal")).is_ok_and(|log| log.len() > 0) {
        return Err(format!(
            "{} is a database in use, not a backup: part of it is in the log beside it. Use a file that oktext backup made.",
            file.display()
        ));
    }
    if !database.exists() {
        return Ok(());
    }
    if fs::canonicalize(file).ok() == fs::canonicalize(database).ok() {
        return Err(format!("{} is the database itself.", file.display()));
    }
    if !force {
        return Err(format!(
            "{} is there already. With --force the backup takes its place, and it is kept as {}.",
            database.display(),
            with(database, ".replaced").display()
        ));
    }
    Ok(())
}

/// The copy, looked through, brought up to date and held: what is to be told of it.
async fn prepare(settings: &Settings, file: &Path, copy: &Path) -> Result<String, String> {
    let failed = |error: io::Error| format!("{} cannot be read: {error}", file.display());
    fs::copy(file, copy).map_err(failed)?;
    let copied = store::look_through(copy).await.map_err(|error| {
        format!(
            "{} is no backup that can be used, and nothing was changed: {error}",
            file.display()
        )
    })?;
    let of_copy = Settings {
        database_url: format!("sqlite:{}", copy.display()),
        ..settings.clone()
    };
    let store = open::store(&of_copy).await?;
    open::migrate(&store).await?;
    let now = open::clock(settings).now();
    let held = store.hold_restored(now).await;
    // Closing folds the log into the file.
    store.close().await;
    let held = held.map_err(|error| format!("The queues cannot be held: {error}"))?;
    Ok(format!(
        "Restored {} texts and {} clients.\n{}",
        copied.texts,
        copied.clients,
        hold::told(&held)
    ))
}

/// The database that was there keeps its log under its new name; no log of it may lie beside the restored one.
fn set_aside(database: &Path) -> io::Result<()> {
    let aside = with(database, ".replaced");
    for end in ["", "-wal"] {
        let (from, to) = (with(database, end), with(&aside, end));
        let _ = fs::remove_file(&to);
        if from.exists() {
            // A second name: at no moment is there no database.
            fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop))?;
        }
    }
    let log = fs::remove_file(with(database, "-wal"));
    log.or_else(gone_already)?;
    fs::remove_file(with(database, "-shm")).or_else(gone_already)
}

fn gone_already(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or(OsStr::new("")).to_owned();
    name.push(end);
    path.with_file_name(name)
}
