//! Finding PostgreSQL's server programs.

use crate::paths;
use anyhow::{Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder with `initdb` and `postgres`: the newest that Debian's packages installed, else the
/// one in `PATH`, else where macOS's package managers put it.
pub fn programs() -> Result<PathBuf> {
    let candidates = versions(Path::new("/usr/lib/postgresql"), "bin")
        .into_iter()
        .chain(paths::find_in_path("initdb").and_then(|file| Some(file.parent()?.to_path_buf())))
        .chain(versions(Path::new("/opt/homebrew/opt"), "bin"))
        .chain(versions(Path::new("/usr/local/opt"), "bin"));
    let found = candidates.into_iter().find(|folder| is_complete(folder));
    let Some(folder) = found else {
        bail!(
            "PostgreSQL's server is missing: the store is tested on both databases.\n\
             Install it with:  apt-get install postgresql   (Debian, Ubuntu)\n\
             \x20             or:  brew install postgresql    (macOS)\n\
             or name a server: OKTEXT_TEST_POSTGRES_URL=postgres://user:password@host/database"
        );
    };
    Ok(folder)
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres"]
        .iter()
        .all(|name| folder.join(paths::executable(name)).is_file())
}

/// `base/15/bin`, `base/postgresql@16/bin`, … with the highest version first.
fn versions(base: &Path, sub: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(base) else {
        return Vec::new();
    };
    let mut found: Vec<(u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let digits = name.strip_prefix("postgresql@").unwrap_or(&name);
            Some((digits.parse().ok()?, entry.path().join(sub)))
        })
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_comes_first_and_ten_is_newer_than_nine() {
        let base = tempfile::tempdir().expect("a temporary folder");
        for name in ["9", "postgresql@16", "10", "common"] {
            fs::create_dir(base.path().join(name)).expect("made");
        }
        let found = versions(base.path(), "bin");
        let names = ["postgresql@16/bin", "10/bin", "9/bin"];
        assert_eq!(found, names.map(|name| base.path().join(name)));
    }
}
