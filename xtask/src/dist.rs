//! `cargo xtask dist`: the one-file release, `target/dist/oktext`.

mod alone;

use crate::site::{self, Mode};
use crate::steps::Steps;
use crate::{paths, run};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn run() -> Result<PathBuf> {
    let mut steps = Steps::new(4);
    steps.run("wasm target", site::ensure_target)?;
    steps.run("site", || site::build(Mode::Release))?;
    let built = steps.run("server", build)?;
    let file = steps.run("one file", || place(&built))?;
    let size = fs::metadata(&file)?.len() as f64 / 1_000_000.0;
    println!("{} ({size:.1} MB)", file.display());
    Ok(file)
}

/// With the profile that takes longest and makes the best of it.
fn build() -> Result<PathBuf> {
    run::succeed(&mut run::cargo(&[
        "build",
        "-p",
        "server",
        "--profile",
        "one-file",
    ]))?;
    let folder = paths::target().join("one-file");
    Ok(folder.join(paths::executable("oktext")))
}

fn place(built: &Path) -> Result<PathBuf> {
    let folder = paths::target().join("dist");
    fs::create_dir_all(&folder)?;
    let file = folder.join(paths::executable("oktext"));
    // Copied beside and renamed: the one in place may be running.
    let fresh = file.with_extension("new");
    fs::copy(built, &fresh).with_context(|| format!("{} is missing.", built.display()))?;
    starts_alone(&fresh)?;
    fs::rename(&fresh, &file)?;
    Ok(file)
}

/// Starts the file in an empty folder, with no other file beside it: it says which it is, and serves.
fn starts_alone(file: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let alone = folder.path().join(paths::executable("oktext"));
    fs::copy(file, &alone)?;
    let mut command = Command::new(&alone);
    let version = run::output(command.arg("--version").current_dir(folder.path()))?;
    ensure!(
        version.starts_with("oktext "),
        "`oktext --version` answered: {version}"
    );
    alone::serves(&alone, folder.path())
}
