//! The stories in a real browser, by Playwright.

use super::{Surroundings, tally::Tally};
use crate::{paths, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable that names the Chromium to use.
const CHROMIUM: &str = "OKTEXT_CHROMIUM";

/// Installs the Node packages and finds a Chromium; none means Playwright's own.
pub fn prepare() -> Result<Option<PathBuf>> {
    if paths::find_in_path("npm").is_none() || node_version().is_none_or(|major| major < 20) {
        bail!(
            "Node 20 or newer is missing: the stories run in a browser that it drives.\n\
             Install it from https://nodejs.org or with:  apt-get install nodejs npm\n\
             or leave the browser out:  cargo xtask test --fast"
        );
    }
    install_packages()?;
    let chromium = find_chromium()?;
    if chromium.is_none() {
        install_playwrights_own()?;
    }
    Ok(chromium)
}

/// The 20 of `v20.20.2`.
fn node_version() -> Option<u32> {
    let output = Command::new("node").arg("--version").output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// `npm ci`, unless the packages of this very lock file are there.
fn install_packages() -> Result<()> {
    let folder = paths::end2end();
    let (lock, installed) = (
        folder.join("package-lock.json"),
        folder.join("node_modules/.installed-lock.json"),
    );
    let wanted = fs::read(&lock).with_context(|| format!("{} is missing.", lock.display()))?;
    if fs::read(&installed).is_ok_and(|last| last == wanted) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&folder);
    // Playwright's package would load browsers that a Chromium on the machine makes needless.
    run::succeed(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    fs::write(installed, wanted)?;
    Ok(())
}

fn find_chromium() -> Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os(CHROMIUM).filter(|value| !value.is_empty()) {
        let named = PathBuf::from(named);
        if !named.is_file() {
            bail!(
                "{CHROMIUM} names {}, and there is no such file.",
                named.display()
            );
        }
        return Ok(Some(named));
    }
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names.iter().find_map(|name| paths::find_in_path(name));
    if let Some(path) = &found {
        eprintln!("    {}", path.display());
    }
    Ok(found)
}

fn install_playwrights_own() -> Result<()> {
    eprintln!("    no Chromium on this machine, so Playwright's own is used");
    let mut install = Command::new("npx");
    install
        .args(["playwright", "install", "chromium"])
        .current_dir(paths::end2end());
    run::succeed(&mut install).context(
        "No Chromium was found, and Playwright's could not be installed.\n\
         Install one with:  apt-get install chromium\n\
         or name one: OKTEXT_CHROMIUM=/path/to/chromium",
    )
}

/// Runs the stories and counts them from the report.
pub fn run(around: &Surroundings, chromium: Option<&Path>, filter: &[String]) -> Result<Tally> {
    let folder = paths::end2end();
    let report = folder.join("test-results/report.json");
    let _none_yet = fs::remove_file(&report);
    let mut command = Command::new("npx");
    command
        .args(["playwright", "test"])
        .current_dir(&folder)
        .envs(around.variables());
    if let Some(chromium) = chromium {
        command.env(CHROMIUM, chromium);
    }
    if !filter.is_empty() {
        command.args(["--pass-with-no-tests", "--grep", &filter.join("|")]);
    }
    let status = run::lines(&mut command, |line| println!("{line}"))?;
    let text = fs::read(&report).context("Playwright left no report.")?;
    let mut tally = Tally::from_playwright(&serde_json::from_slice(&text)?)
        .context("Playwright's report has no statistics.")?;
    if !status.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}
