//! A PostgreSQL cluster of our own for the tests: made, started, stopped and removed with them.

mod find;

use crate::run;
use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The variable that names the server the tests use.
pub const URL: &str = "OKTEXT_TEST_POSTGRES_URL";

/// A server for the tests: somebody's, or a cluster that ends when this is dropped.
pub struct Server {
    pub url: String,
    _cluster: Option<Cluster>,
}

/// A cluster of our own that keeps what it says it keeps, and the folder of PostgreSQL's programs: for measurements.
pub fn start_durable() -> Result<(Server, PathBuf)> {
    let programs = find::programs()?;
    let cluster = Cluster::start(&programs, &MEASURED)?;
    let url = format!("postgres://oktext@127.0.0.1:{}/postgres", cluster.port);
    let server = Server {
        url,
        _cluster: Some(cluster),
    };
    Ok((server, programs))
}

/// The server that `OKTEXT_TEST_POSTGRES_URL` names, else one of our own.
pub fn start() -> Result<Server> {
    if let Ok(url) = std::env::var(URL)
        && !url.is_empty()
    {
        eprintln!("    {URL} is set, no cluster is started");
        return Ok(Server {
            url,
            _cluster: None,
        });
    }
    let cluster = Cluster::start(&find::programs()?, &FORGETFUL)?;
    let url = format!("postgres://oktext@127.0.0.1:{}/postgres", cluster.port);
    eprintln!("    {url}");
    Ok(Server {
        url,
        _cluster: Some(cluster),
    })
}

/// Whether a cluster of our own can be started here.
pub fn can_start() -> bool {
    find::programs().is_ok()
}

/// A cluster of our own; dropped, it ends and is removed.
pub struct Cluster {
    child: Child,
    pub port: u16,
    /// How it is started: program, folder, whose process it is.
    postgres: PathBuf,
    user: Option<(u32, u32)>,
    settings: &'static [&'static str],
    folder: TempDir,
}

/// Durability off: the data live as long as the tests.
const FORGETFUL: [&str; 3] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
];
/// What was committed is there after it was stopped at once.
const DURABLE: [&str; 3] = ["fsync=on", "synchronous_commit=on", "full_page_writes=on"];
/// As an office would run it on a small machine.
const MEASURED: [&str; 2] = ["shared_buffers=512MB", "max_wal_size=4GB"];
/// How many times a start is tried: processes of a server that was stopped at once may still be ending.
const STARTS: u32 = 50;

impl Cluster {
    /// A cluster that keeps what it committed, whatever happens to its processes.
    pub fn start_durable() -> Result<Self> {
        Self::start(&find::programs()?, &DURABLE)
    }

    /// Stops it at once, as when its machine fails: no transaction ends, no connection is told (SIGQUIT).
    pub fn stop_at_once(&mut self) {
        crate::interrupt::end(self.child.id(), Signal::SIGQUIT);
        if !run::ended_within(&mut self.child, Duration::from_secs(10)) {
            let _gone = self.child.kill();
            let _status = self.child.wait();
        }
    }

    /// Starts it again, on the same port and over the same files, and waits until it is ready.
    pub fn start_again(&mut self) -> Result<()> {
        let mut last = Ok(());
        for _ in 0..STARTS {
            let mut postgres = as_user(self.postgres.clone(), self.folder.path(), self.user);
            let data = self.folder.path().join("data");
            let serve = serve(&mut postgres, &data, self.port, self.settings);
            self.child = run::spawn(serve)?;
            last = wait_until_ready(&mut self.child);
            if last.is_ok() {
                break;
            }
            run::stop(&mut self.child);
            std::thread::sleep(Duration::from_millis(100));
        }
        last
    }

    fn start(programs: &Path, settings: &'static [&'static str]) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("oktext-postgres-")
            .tempdir()?;
        let user = unprivileged_user()?;
        if let Some((uid, gid)) = user {
            chown(folder.path(), Some(uid), Some(gid))?;
        }
        let program = |name: &str| as_user(programs.join(name), folder.path(), user);
        let data = folder.path().join("data");
        init(&mut program("initdb"), &data)?;
        let port = free_port()?;
        let mut child = run::spawn(serve(&mut program("postgres"), &data, port, settings))?;
        if let Err(error) = wait_until_ready(&mut child) {
            run::stop(&mut child);
            return Err(error);
        }
        Ok(Cluster {
            child,
            port,
            postgres: programs.join("postgres"),
            user,
            settings,
            folder,
        })
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: open connections are closed, not waited for.
        crate::interrupt::end(self.child.id(), Signal::SIGINT);
        if !run::ended_within(&mut self.child, Duration::from_secs(5)) {
            crate::interrupt::end(self.child.id(), Signal::SIGQUIT);
            let _status = self.child.wait();
        }
    }
}

fn init(initdb: &mut Command, data: &Path) -> Result<()> {
    initdb.arg("--pgdata").arg(data);
    initdb.args([
        "--username=oktext",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-sync",
    ]);
    // A locale that knows letters beyond ASCII, so that "É" is found as "é", where there is one.
    for locale in ["C.UTF-8", "en_US.UTF-8", "C"] {
        let output = initdb
            .arg(format!("--locale={locale}"))
            .output()
            .context("initdb")?;
        if output.status.success() {
            return Ok(());
        }
        if locale == "C" {
            bail!("initdb failed: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    Ok(())
}

fn serve<'a>(
    postgres: &'a mut Command,
    data: &Path,
    port: u16,
    settings: &[&str],
) -> &'a mut Command {
    postgres.arg("-D").arg(data).arg("-p").arg(port.to_string());
    let always = [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=200",
        "lc_messages=C",
    ];
    for setting in always.iter().chain(settings) {
        postgres.args(["-c", setting]);
    }
    // A group of its own: Ctrl-C in the terminal ends the tests first, then their database.
    postgres
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
}

fn wait_until_ready(child: &mut Child) -> Result<()> {
    let Some(stderr) = child.stderr.take() else {
        bail!("postgres has no output.")
    };
    let mut log = BufReader::new(stderr);
    let mut seen = String::new();
    while !seen.ends_with("ready to accept connections\n") {
        if log.read_line(&mut seen)? == 0 {
            bail!("postgres ended before it was ready:\n{seen}");
        }
    }
    // Read on, or the server would stop at a full pipe.
    std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
    Ok(())
}

fn as_user(program: PathBuf, folder: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("TZ", "UTC");
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}

/// PostgreSQL refuses to run as root: then somebody else has to, `postgres` or `nobody`.
fn unprivileged_user() -> Result<Option<(u32, u32)>> {
    if !nix::unistd::geteuid().is_root() {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").context("/etc/passwd")?;
    let ids = |name: &str| users.lines().find_map(|line| user_ids(line, name));
    match ids("postgres").or_else(|| ids("nobody")) {
        Some(ids) => Ok(Some(ids)),
        None => {
            bail!("PostgreSQL refuses to run as root, and there is no user postgres or nobody.")
        }
    }
}

fn user_ids(line: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = line.split(':');
    if fields.next()? != name {
        return None;
    }
    let mut ids = fields.skip(1);
    Some((ids.next()?.parse().ok()?, ids.next()?.parse().ok()?))
}

/// A port that is free now; the system gives out another to the next who asks.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let line = "postgres:x:101:104:PostgreSQL administrator:/var/lib/postgresql:/bin/bash";
        assert_eq!(user_ids(line, "postgres"), Some((101, 104)));
        assert_eq!(user_ids(line, "post"), None);
    }

    #[test]
    fn a_cluster_listens_while_it_lives_and_leaves_nothing_behind() {
        let programs = match find::programs() {
            Ok(programs) => programs,
            // Somebody else's server is used on this machine: there is nothing to start.
            Err(_) if std::env::var_os(URL).is_some() => return,
            Err(error) => panic!("{error}"),
        };
        let mut cluster = Cluster::start(&programs, &FORGETFUL).expect("a cluster");
        let (port, folder) = (cluster.port, cluster.folder.path().to_path_buf());
        assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
        cluster.stop_at_once();
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        cluster.start_again().expect("the same cluster");
        assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
        drop(cluster);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!folder.exists());
    }
}
