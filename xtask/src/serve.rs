//! `cargo xtask serve`: everything built, and the demo running.

use crate::interrupt::Watched;
use crate::site::{self, Mode};
use crate::steps::Steps;
use crate::{interrupt, paths, run};
use anyhow::{Result, bail};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

#[derive(clap::Args)]
pub struct Options {
    /// A debug build: quicker to make, slower to run.
    #[arg(long)]
    dev: bool,
    /// Where the demo listens; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: String,
    /// The folder that keeps the demo's data; without it, they end with the demo.
    #[arg(long)]
    data_dir: Option<PathBuf>,
}

pub fn run(options: &Options) -> Result<()> {
    let mut steps = Steps::new(4);
    steps.run("wasm target", site::ensure_target)?;
    steps.run("site", || site::build(Mode::new(options.dev)))?;
    steps.run("server", || build_server(!options.dev))?;
    let mut demo = steps.run("demo", || Demo::start(options))?;
    println!("\n{}", demo.one_line());
    demo.run_to_the_end()
}

/// Builds the program with the site in it, and hands over its path.
pub fn build_server(release: bool) -> Result<PathBuf> {
    let mut command = run::cargo(&["build", "-p", "server"]);
    if release {
        command.arg("--release");
    }
    run::succeed(&mut command)?;
    Ok(paths::program(release))
}

/// The running demo; dropped, it ends.
struct Demo {
    child: Child,
    stdout: BufReader<ChildStdout>,
    sign_in: String,
    address: String,
    _watched: Watched,
}

impl Demo {
    /// Starts the demo and waits until it is ready, with its own lines passed on.
    fn start(options: &Options) -> Result<Self> {
        let mut command = Command::new(paths::program(!options.dev));
        command
            .args(["demo", "--listen", &options.listen])
            .stdout(Stdio::piped());
        if let Some(folder) = &options.data_dir {
            command.arg("--data-dir").arg(folder);
        }
        let mut child = run::spawn(&mut command)?;
        let watched = Watched::new(child.id());
        let Some(stdout) = child.stdout.take() else {
            bail!("The demo has no output.")
        };
        let (sign_in, address) = (String::new(), String::new());
        let stdout = BufReader::new(stdout);
        let mut demo = Demo {
            child,
            stdout,
            sign_in,
            address,
            _watched: watched,
        };
        demo.wait_until_ready()?;
        Ok(demo)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        while self.address.is_empty() {
            let Some(line) = self.pass_on_line()? else {
                let status = self.child.wait()?;
                interrupt::check()?;
                bail!("The demo ended before it was ready ({status}).");
            };
            if let Some(address) = line.strip_prefix("ready ") {
                self.address = address.to_owned();
            } else if let Some(sign_in) = line.strip_prefix("sign in: ") {
                self.sign_in = sign_in.to_owned();
            }
        }
        Ok(())
    }

    fn pass_on_line(&mut self) -> Result<Option<String>> {
        let mut line = String::new();
        if self.stdout.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        print!("{line}");
        Ok(Some(line.trim_end().to_owned()))
    }

    fn one_line(&self) -> String {
        let (email, password) = self.sign_in.split_once(' ').unwrap_or((&self.sign_in, ""));
        format!(
            "Oktext is at {} - sign in as {email} with the password {password} (Ctrl-C ends it)",
            self.address
        )
    }

    fn run_to_the_end(&mut self) -> Result<()> {
        while self.pass_on_line()?.is_some() {}
        let status = self.child.wait()?;
        // Ctrl-C is how a demo ends, not a failure.
        if interrupt::check().is_err() || status.success() {
            return Ok(());
        }
        bail!("The demo ended ({status}).")
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        run::stop(&mut self.child);
    }
}
