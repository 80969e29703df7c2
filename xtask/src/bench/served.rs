//! `oktext serve` under measurement, on either database, durable as an office would have it.

use super::{demo::on_core, http::Client};
use crate::interrupt::Watched;
use crate::postgres::{self, free_port};
use crate::run;
use anyhow::{Context, Result, bail};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Twilio's account of the seeded office, as `oktext demo` has it.
pub const ACCOUNT: &str = "ACd0c0a1b2c3d4e5f60718293a4b5c6d7e";
pub const TOKEN: &str = "5f2b8c1d9e3a4760b1c2d3e4f5a69788";
pub const NUMBER: &str = "+16615550100";
/// Under which address Twilio reaches the office: what is signed, not where we connect.
pub const PUBLIC: &str = "https://bench.example";
const KEY: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Database {
    Sqlite,
    Postgres,
}

impl fmt::Display for Database {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Database::Sqlite => "SQLite",
            Database::Postgres => "PostgreSQL",
        })
    }
}

/// A seeded database, gone with this.
pub struct Base {
    pub folder: TempDir,
    pub url: String,
    /// The organization's id.
    pub org: String,
    /// Where PostgreSQL's programs are, if it is one.
    pub programs: Option<PathBuf>,
    _server: Option<postgres::Server>,
}

impl Base {
    /// Fills a new database: so many texts in this state, of so many clients.
    pub fn seeded(
        program: &Path,
        database: Database,
        state: &str,
        (texts, clients): (u64, u64),
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let (url, server, programs) = match database {
            Database::Sqlite => {
                let file = folder.path().join("oktext.sqlite3");
                (format!("sqlite:{}", file.display()), None, None)
            }
            Database::Postgres => {
                let (server, programs) = postgres::start_durable()?;
                (server.url.clone(), Some(server), Some(programs))
            }
        };
        let mut base = Self {
            folder,
            url,
            org: String::new(),
            programs,
            _server: server,
        };
        eprintln!("    {database}: {texts} texts, {state} …");
        let mut seed = base.command(program);
        seed.args(["bench-seed", "--state", state]);
        seed.args(["--texts", &texts.to_string()]);
        seed.args(["--clients", &clients.to_string()]);
        let said = run::output(&mut seed)?;
        let org = said.lines().find_map(|line| line.strip_prefix("org: "));
        base.org = org.context("bench-seed told no organization")?.to_owned();
        base.analyze()?;
        Ok(base)
    }

    /// Has PostgreSQL count what its tables hold now, as it does by itself once it has been running for a minute: until
    /// then it plans for empty ones.
    pub fn analyze(&self) -> Result<()> {
        let Some(programs) = &self.programs else {
            return Ok(());
        };
        let mut psql = Command::new(programs.join("psql"));
        psql.args([&self.url, "--quiet", "--command", "ANALYZE"]);
        run::output(&mut psql)?;
        Ok(())
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env("OKTEXT_DATABASE_URL", &self.url)
            .env("OKTEXT_DATA_DIR", self.folder.path())
            .env("OKTEXT_SECRET_KEY", KEY)
            .env("OKTEXT_PUBLIC_URL", PUBLIC)
            .current_dir(self.folder.path());
        command
    }
}

/// A running server; dropped, it ends.
pub struct Served {
    child: Child,
    pub address: String,
    /// From the start of the process to its first answer that it is ready.
    pub ready: Duration,
    _watched: Watched,
}

impl Served {
    /// Starts it on this database, with its Twilio at this address, and waits until it says that it is ready.
    pub fn start(program: &Path, base: &Base, twilio: &str) -> Result<Self> {
        let address = format!("127.0.0.1:{}", free_port()?);
        let mut command = base.command(program);
        command
            .env("OKTEXT_LISTEN", &address)
            .env("OKTEXT_TWILIO_API_URL", format!("http://{twilio}"))
            .arg("serve")
            .stdout(Stdio::null());
        if std::env::var_os("OKTEXT_BENCH_LOG").is_none() {
            command.stderr(Stdio::null());
        }
        Self::wait(command, address, "/readyz")
    }

    /// As somebody starts it who was handed the file: in that folder, told nothing but where to listen. Twilio is nowhere, so
    /// that nothing is asked of it.
    pub fn alone(program: &Path, folder: &Path) -> Result<Self> {
        let address = format!("127.0.0.1:{}", free_port()?);
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("OKTEXT_") {
                command.env_remove(name);
            }
        }
        command
            .args(["serve", "--listen", &address])
            .env("OKTEXT_TWILIO_API_URL", "http://127.0.0.1:9")
            .current_dir(folder)
            .stdout(Stdio::null());
        Self::wait(command, address, "/readyz")
    }

    /// A bare server without us, on all cores or on this one.
    pub fn bare(program: &Path, core: Option<u32>) -> Result<Self> {
        let address = format!("127.0.0.1:{}", free_port()?);
        let mut command = on_core(program, core);
        command
            .env("OKTEXT_LISTEN", &address)
            .arg("bench-bare")
            .stdout(Stdio::null());
        Self::wait(command, address, "/")
    }

    fn wait(mut command: Command, address: String, path: &str) -> Result<Self> {
        let start = Instant::now();
        let child = run::spawn(&mut command)?;
        let watched = Watched::new(child.id());
        let mut served = Served {
            child,
            address,
            ready: Duration::ZERO,
            _watched: watched,
        };
        while start.elapsed() < Duration::from_secs(60) {
            let answer = Client::connect(&served.address)
                .and_then(|mut client| client.get(path, "identity"));
            if answer.is_ok_and(|answer| matches!(answer.status, 200 | 405)) {
                served.ready = start.elapsed();
                return Ok(served);
            }
            if let Some(status) = served.child.try_wait()? {
                bail!("The server ended before it was ready ({status}).");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        bail!("The server wasn't ready within a minute.")
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: it has no time to put anything in order.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        run::stop(&mut self.child);
    }
}
