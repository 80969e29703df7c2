//! The tests of the crates, by plain `cargo test`.

use super::{Surroundings, tally::Tally};
use crate::run;
use anyhow::{Result, bail, ensure};
use std::path::PathBuf;

/// All crates but the one that is only WASM. The same selection for building and testing, since
/// another one would choose other features and build everything a second time.
const ALL: [&str; 3] = ["--workspace", "--exclude", "frontend"];

/// Builds the tests and the program that they start, and hands over the program's path.
pub fn build() -> Result<PathBuf> {
    run::succeed(run::cargo(&["test", "--no-run"]).args(ALL))?;
    let mut build = run::cargo(&[
        "build",
        "--bin",
        "oktext",
        "--message-format=json-render-diagnostics",
    ]);
    let messages = run::output(build.args(ALL))?;
    match messages.lines().filter_map(program_in).next_back() {
        Some(program) => Ok(program),
        None => bail!("Cargo built no program named oktext."),
    }
}

/// The path in Cargo's message about the finished program.
fn program_in(message: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    let name = message.pointer("/target/name")?.as_str()?;
    let path = message.get("executable")?.as_str()?;
    (name == "oktext").then(|| path.into())
}

/// Says how many tests of a program run at once.
const THREADS: &str = "RUST_TEST_THREADS";

/// Runs the tests, shows their output and counts them.
pub fn run(around: &Surroundings, filter: &[String]) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut command = run::cargo(&["test", "--no-fail-fast"]);
    command
        .args(ALL)
        .arg("--")
        .args(filter)
        .envs(around.variables());
    if std::env::var_os(THREADS).is_none() {
        // Most of their time tests wait for the programs that they started.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        command.env(THREADS, (2 * cores).to_string());
    }
    let status = run::lines(&mut command, |line| {
        println!("{line}");
        if let Some(found) = Tally::from_libtest(line) {
            tally.add(found);
        }
    })?;
    if !status.success() && tally.failed == 0 {
        // A test program that crashed prints no summary.
        tally.failed = 1;
    }
    ensure!(
        tally != Tally::default() || !filter.is_empty(),
        "No test of the crates ran."
    );
    Ok(tally)
}
