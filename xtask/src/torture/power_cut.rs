//! Power cuts for SQLite: a process that is killed leaves to the system what it wrote and did not sync, so by killing alone
//! nobody can tell whether a commit was on the disk. Here all that was not synced is gone with the process.

use super::world::World;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCE: &str = include_str!("power_cut.c");
/// The database's file, in the folder of its run.
pub const FILE: &str = "oktext.sqlite3";

/// Builds what is loaded into the servers, with the compiler that builds SQLite too. Nothing where that does not work:
/// then servers are killed and the power stays on.
pub fn build(folder: &Path) -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    match try_build(folder) {
        Ok(library) => Some(library),
        Err(error) => {
            eprintln!("    no power cuts: {error:#}");
            None
        }
    }
}

fn try_build(folder: &Path) -> Result<PathBuf> {
    let (source, library) = (folder.join("power_cut.c"), folder.join("power_cut.so"));
    fs::write(&source, SOURCE)?;
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(&source)
        .args(["-ldl", "-lpthread"]);
    let built = cc.output().context("cc is missing")?;
    let words = String::from_utf8_lossy(&built.stderr);
    ensure!(built.status.success(), "cc: {words}");
    Ok(library)
}

/// Whoever writes to the database has it loaded: what others write would not be in the copies.
pub fn load(world: &World, command: &mut Command) {
    if let Some(library) = &world.power {
        command.env("LD_PRELOAD", library);
    }
}

/// Puts back what was on the disk when the server ended.
pub fn happens(folder: &Path) -> Result<()> {
    for name in [FILE.to_owned(), format!("{FILE}-wal")] {
        let (file, kept) = (folder.join(&name), folder.join(format!("{name}.kept")));
        if kept.exists() {
            fs::copy(&kept, &file).with_context(|| name.clone())?;
        } else if file.exists() {
            fs::remove_file(&file)?;
        }
    }
    let shared = folder.join(format!("{FILE}-shm"));
    if shared.exists() {
        fs::remove_file(shared)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_on_the_disk_is_gone_and_what_was_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("oktext.sqlite3"), "old and new").expect("written");
        fs::write(at("oktext.sqlite3.kept"), "old").expect("written");
        fs::write(at("oktext.sqlite3-wal"), "never synced").expect("written");
        happens(folder.path()).expect("dark");
        assert_eq!(fs::read(at("oktext.sqlite3")).expect("read"), b"old");
        assert!(!at("oktext.sqlite3-wal").exists());
    }
}
