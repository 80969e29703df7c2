//! `oktext backup FILE`: a copy of the database while the program runs, proven to open before it gets its name.

use super::open;
use crate::settings::Settings;
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Copies the database. The file gets its name only once the copy was looked through and is on the disk.
///
/// # Errors
/// In words; then there is no file of that name.
pub async fn run(settings: &Settings, file: &Path) -> Result<(), String> {
    if !settings.is_sqlite() {
        return Err(
            "This copies an SQLite database. With PostgreSQL, use pg_dump or a base backup.".into(),
        );
    }
    if file.exists() {
        return Err(format!(
            "{} is there already, and nothing is written over it.",
            file.display()
        ));
    }
    if !settings
        .sqlite_file()
        .is_some_and(|database| database.is_file())
    {
        return Err(format!(
            "There is no database at {}.",
            settings.database_url
        ));
    }
    let store = open::store(settings).await?;
    let unfinished = beside(file);
    // What an interrupted backup left behind is of no use to anybody.
    let _ = fs::remove_file(&unfinished);
    let copied = store.copy_into(&unfinished).await;
    store.close().await;
    let copied = copied.map_err(|error| {
        let _ = fs::remove_file(&unfinished);
        format!("The database could not be copied: {error}")
    })?;
    settle(&unfinished, file)
        .map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    println!(
        "{}: {} texts, {} clients. Opened and looked through.",
        file.display(),
        copied.texts,
        copied.clients
    );
    println!("The secret key is not in it: keep a copy of the key in another place.");
    Ok(())
}

/// `FILE.part`, in the same folder, so that giving it its name is one step.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    file.with_file_name(name)
}

/// Onto the disk, then under its name.
pub fn settle(unfinished: &Path, file: &Path) -> std::io::Result<()> {
    File::open(unfinished)?.sync_all()?;
    fs::rename(unfinished, file)?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
