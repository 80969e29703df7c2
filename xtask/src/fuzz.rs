//! `cargo xtask fuzz`: libFuzzer over the targets of crate `fuzz`, with the stable compiler.

use crate::{paths, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The targets, as crate `fuzz` names them.
const TARGETS: [&str; 4] = ["webhook", "signature", "phone", "twiml"];

/// How the compiler lets libFuzzer see which way an input took, and what it was compared with. Cargo-fuzz uses the same;
/// its address sanitizer, which needs a nightly compiler, is left out, since nothing here is `unsafe`.
const WATCHED: [&str; 8] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
    "--cfg=fuzzing",
];

#[derive(clap::Args)]
pub struct Options {
    /// The one target; all of them without.
    target: Option<String>,
    /// For how many seconds each target is tried.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
}

pub fn run(options: &Options) -> Result<()> {
    let chosen: Vec<&str> = match &options.target {
        None => TARGETS.to_vec(),
        Some(name) => match TARGETS.into_iter().find(|each| each == name) {
            Some(target) => vec![target],
            None => bail!("There is no target {name}: choose {}.", TARGETS.join(", ")),
        },
    };
    let folder = paths::target().join("fuzz");
    build(&folder)?;
    for target in chosen {
        try_out(&folder, target, options.seconds)?;
    }
    Ok(())
}

/// In a folder of its own: with these flags every crate is built anew.
fn build(folder: &Path) -> Result<()> {
    eprintln!("the targets, built to be watched …");
    let mut command = run::cargo(&["build", "--release", "--package", "fuzz"]);
    command
        .args([
            "--features",
            "engine",
            "--config",
            "profile.release.lto=false",
        ])
        .args(["--target-dir".as_ref(), folder.as_os_str()])
        .env("RUSTFLAGS", WATCHED.join(" "))
        // Build scripts and macros are not what is tried out; naming the target keeps the flags from them.
        .args(["--target", &host()?]);
    run::succeed(&mut command)
}

/// What the compiler calls this machine.
fn host() -> Result<String> {
    let said = run::output(Command::new("rustc").arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not name its host")?.to_owned())
}

/// Begins with the kept inputs; what is found beside them stays in the target folder.
fn try_out(folder: &Path, target: &str, seconds: u64) -> Result<()> {
    let (found, broken) = (folder.join("corpus").join(target), folder.join("broken"));
    fs::create_dir_all(&found)?;
    fs::create_dir_all(&broken)?;
    let kept = paths::root().join("fuzz").join("corpus").join(target);
    eprintln!("{target}, {seconds} s …");
    let program = folder
        .join(host()?)
        .join("release")
        .join(paths::executable("fuzz"));
    let mut command = Command::new(program);
    command
        .env("OKTEXT_FUZZ_TARGET", target)
        .args([
            &format!("-max_total_time={seconds}"),
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-print_final_stats=1",
            &format!("-artifact_prefix={}/{target}-", broken.display()),
        ])
        .arg(found)
        .arg(&kept);
    run::succeed(&mut command).with_context(|| {
        format!(
            "{target} does not hold. Mend it, and keep the input of {} in {}.",
            broken.display(),
            kept.display()
        )
    })
}
