//! `cargo xtask check`: all that can be said about the code without running it, and its SQL.

mod forbidden;
mod imports;

use crate::steps::Steps;
use crate::{paths, postgres, run, site};
use anyhow::{Result, bail};
use std::process::Command;

/// Runs every step, also after a failed one, and fails with their names.
pub fn run() -> Result<()> {
    // The server embeds this folder, and doesn't compile without it.
    site::ensure_folder()?;
    let mut steps = Steps::new(9);
    steps.attempt("format", || cargo(&["fmt", "--all", "--check"]))?;
    steps.attempt("import rules", imports::check)?;
    steps.attempt("forbidden in pages", forbidden::check)?;
    steps.attempt("wasm target", site::ensure_target)?;
    steps.attempt("clippy", || {
        let select = [
            "clippy",
            "--workspace",
            "--exclude",
            "frontend",
            "--all-targets",
        ];
        cargo_strict(&select)
    })?;
    steps.attempt("domain for WASM", || {
        cargo(&["check", "-p", "domain", WASM[0], WASM[1]])
    })?;
    // Clippy is a `cargo check` that says more.
    steps.attempt("pages for WASM", || {
        cargo_strict(&[
            "clippy", "-p", "frontend", "-p", "app", "--lib", "--bins", WASM[0], WASM[1],
        ])
    })?;
    steps.attempt("dependencies (cargo deny)", deny)?;
    steps.attempt("SQL and migrations on both databases", sql)?;
    let failed = steps.summary();
    if !failed.is_empty() {
        bail!("Failed: {}", failed.join(", "));
    }
    Ok(())
}

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

fn cargo(arguments: &[&str]) -> Result<()> {
    run::succeed(&mut run::cargo(arguments))
}

/// Clippy with warnings as errors.
fn cargo_strict(arguments: &[&str]) -> Result<()> {
    run::succeed(run::cargo(arguments).args(["--", "-D", "warnings"]))
}

fn deny() -> Result<()> {
    if paths::find_in_path("cargo-deny").is_none() {
        eprintln!("    cargo-deny isn't installed, so this is left out: cargo install cargo-deny");
        return Ok(());
    }
    run::succeed(
        Command::new("cargo-deny")
            .arg("check")
            .current_dir(paths::root()),
    )
}

/// The store's own tests of its SQL texts and migrations, by name.
fn sql() -> Result<()> {
    let names = [
        "every_sql_text_prepares_on_both_databases",
        "migrations_have_the_same_tables_and_columns",
    ];
    let server = postgres::start()?;
    // The crates that `cargo xtask test` selects, so that nothing is built a second time with other features.
    let mut command = run::cargo(&[
        "test",
        "--workspace",
        "--exclude",
        "frontend",
        "--lib",
        "--",
    ]);
    command.args(names).env(postgres::URL, &server.url);
    let mut passed = 0;
    let status = run::lines(&mut command, |line| {
        println!("{line}");
        passed += usize::from(names.iter().any(|name| line.contains(name)) && line.ends_with("ok"));
    })?;
    if !status.success() || passed < names.len() {
        bail!(
            "{passed} of the {} tests passed: {}",
            names.len(),
            names.join(", ")
        );
    }
    Ok(())
}
