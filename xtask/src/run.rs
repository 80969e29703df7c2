//! Running other programs: in the checkout, ended by Ctrl-C, failures in words.

use crate::interrupt::{self, Watched};
use crate::paths;
use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A Cargo command in the checkout, with the folder of the site that the server embeds.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(paths::root());
    command.env("OKTEXT_SITE_DIR", paths::site());
    // Left by the `cargo run` that started us; build scripts would take them for their own.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// Runs to the end with the terminal's output; anything but success is an error.
pub fn succeed(command: &mut Command) -> Result<()> {
    let child = spawn(command)?;
    expect_success(command, wait(child)?)
}

/// Runs to the end and hands over what it printed; standard error goes to the terminal.
pub fn output(command: &mut Command) -> Result<String> {
    let mut text = String::new();
    let status = lines(command, |line| {
        text.push_str(line);
        text.push('\n');
    })?;
    expect_success(command, status)?;
    Ok(text)
}

/// Runs to the end and calls `each` with every line of its standard output.
pub fn lines(command: &mut Command, mut each: impl FnMut(&str)) -> Result<ExitStatus> {
    let mut child = spawn(command.stdout(Stdio::piped()))?;
    let watched = Watched::new(child.id());
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            each(String::from_utf8_lossy(&line?).trim_end_matches('\r'));
        }
    }
    drop(watched);
    wait(child)
}

/// Starts a program, and says what was to be started if that fails.
pub fn spawn(command: &mut Command) -> Result<Child> {
    interrupt::check()?;
    command
        .spawn()
        .with_context(|| format!("{} could not be started.", shown(command)))
}

/// Asks a process to end, and kills it after five seconds.
pub fn stop(child: &mut Child) {
    interrupt::end(child.id(), Signal::SIGTERM);
    if !ended_within(child, Duration::from_secs(5)) {
        let _gone = child.kill();
        let _status = child.wait();
    }
}

/// Waits for a process for a limited time.
pub fn ended_within(child: &mut Child, limit: Duration) -> bool {
    let start = Instant::now();
    while start.elapsed() < limit {
        if !matches!(child.try_wait(), Ok(None)) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

fn wait(mut child: Child) -> Result<ExitStatus> {
    let _watched = Watched::new(child.id());
    let status = child.wait()?;
    interrupt::check()?;
    Ok(status)
}

fn expect_success(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("{} failed ({status}).", shown(command));
    }
    Ok(())
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let name = program
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(&program)
        .to_owned();
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy().into_owned());
    let words: Vec<String> = std::iter::once(name).chain(arguments).collect();
    format!("`{}`", words.join(" "))
}
