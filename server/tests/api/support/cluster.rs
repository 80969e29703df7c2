//! PostgreSQL servers of the test's own: a primary and its standby, which take each other's place.

use super::{free_port, wait};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    env, fs,
    io::Write,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// A server with its files. Dropped, it ends and they go.
pub struct Cluster {
    programs: PathBuf,
    user: Option<(u32, u32)>,
    folder: TempDir,
    port: u16,
    running: Option<Child>,
}

impl Cluster {
    /// A server that runs, with nothing in it but what PostgreSQL makes. Nothing where its programs are missing and
    /// somebody else's server is used for the tests.
    pub async fn start() -> Option<Self> {
        let mut primary = Self::with(programs()?);
        primary.done("initdb", |command, data| {
            command.arg("--pgdata").arg(data);
            command.args(["--username=oktext", "--auth=trust", "--no-sync"]);
            command.args(["--encoding=UTF8", "--locale=C.UTF-8"]);
        });
        primary.run().await;
        Some(primary)
    }

    /// A standby of this server, which has all that it has and follows it.
    pub async fn standby(&self) -> Self {
        let mut standby = Self::with(self.programs.clone());
        standby.done("pg_basebackup", |command, data| {
            command.arg("-D").arg(data).arg("-d").arg(self.url());
            command.args(["-R", "-c", "fast", "-X", "stream", "--no-sync"]);
        });
        standby.run().await;
        standby
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("postgres://oktext@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it, and waits until it answers.
    pub async fn run(&mut self) {
        self.begin();
        wait(async || PgConnection::connect(&self.url()).await.ok()).await;
    }

    /// Starts it.
    pub fn begin(&mut self) {
        let mut postgres = self.program("postgres");
        postgres.arg("-D").arg(self.data());
        let port = format!("port={}", self.port);
        let settings = [
            &port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "shared_buffers=16MB",
            // A standby that cannot reach its primary tries again at once.
            "wal_retrieve_retry_interval=50ms",
        ];
        for setting in settings {
            postgres.args(["-c", setting]);
        }
        postgres.stdout(Stdio::null()).stderr(Stdio::null());
        self.running = Some(postgres.spawn().expect("postgres starts"));
    }

    /// Ends it: in order, so that its standby has everything (INT), or at once, as when its machine fails (QUIT).
    pub fn stop(&mut self, signal: &str) {
        let Some(mut child) = self.running.take() else {
            return;
        };
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
        // Whatever it says of its end, it ended.
        let _ended = child.wait();
    }

    /// Makes a standby the primary, and waits until it is.
    pub async fn promote(&self) {
        self.change("SELECT pg_promote()").await;
    }

    /// Once it is started again it follows this server.
    pub fn follow(&self, primary: &Self) {
        let follows = format!("primary_conninfo = '{}'", primary.url());
        let settings = fs::OpenOptions::new()
            .append(true)
            .open(self.data().join("postgresql.auto.conf"));
        writeln!(settings.expect("its settings"), "{follows}").expect("written");
        fs::write(self.data().join("standby.signal"), "").expect("written");
    }

    /// From now on it does not follow its primary any more, and stays a standby.
    pub async fn fall_behind(&self) {
        self.change("ALTER SYSTEM SET primary_conninfo = ''").await;
        self.change("SELECT pg_reload_conf()").await;
        let receivers = "SELECT count(*) FROM pg_stat_wal_receiver";
        wait(async || (self.number(receivers).await == 0).then_some(())).await;
    }

    /// Waits until the standby has replayed all that its primary has written.
    pub async fn has_all_of(&self, primary: &Self) {
        let written = "SELECT CAST(pg_current_wal_flush_lsn() - '0/0' AS BIGINT)";
        let written = primary.number(written).await;
        let here = "SELECT CAST(pg_last_wal_replay_lsn() - '0/0' AS BIGINT)";
        wait(async || (self.number(here).await >= written).then_some(())).await;
    }

    /// Changes something on this very server.
    pub async fn change(&self, statement: &str) {
        let mut conn = self.connection().await;
        let done = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut conn);
        done.await.expect("done");
    }

    /// A number that this very server knows.
    pub async fn number(&self, query: &str) -> i64 {
        let query = sqlx::query_as(AssertSqlSafe(query.to_owned()));
        let (number,) = query
            .fetch_one(&mut self.connection().await)
            .await
            .expect("a number");
        number
    }

    async fn connection(&self) -> PgConnection {
        PgConnection::connect(&self.url()).await.expect("answers")
    }

    fn with(programs: PathBuf) -> Self {
        let (folder, user) = (tempfile::tempdir().expect("a folder"), unprivileged());
        if let Some((uid, gid)) = user {
            chown(folder.path(), Some(uid), Some(gid)).expect("its owner's");
        }
        Self {
            programs,
            user,
            folder,
            port: free_port(),
            running: None,
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(self.folder.path()).env("LC_ALL", "C");
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        command
    }

    fn done(&self, name: &str, arguments: impl FnOnce(&mut Command, &Path)) {
        let mut command = self.program(name);
        arguments(&mut command, &self.data());
        let output = command.output().expect(name);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {said}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop("QUIT");
    }
}

/// The folder of PostgreSQL's programs: where Debian puts the newest of them, or the one of `PATH`.
fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<(u32, PathBuf)> = debian
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    found.sort();
    let path = env::var_os("PATH").unwrap_or_default();
    let newest_first = found.into_iter().rev().map(|(_, folder)| folder);
    let programs = newest_first.chain(env::split_paths(&path)).find(|folder| {
        ["initdb", "postgres", "pg_basebackup"]
            .iter()
            .all(|name| folder.join(name).is_file())
    });
    if programs.is_none() {
        eprintln!("PostgreSQL's server programs are missing: no failover is tried.");
    }
    programs
}

/// PostgreSQL refuses to run as root: then it runs as the user `postgres`, or `nobody`.
fn unprivileged() -> Option<(u32, u32)> {
    let who = Command::new("id").arg("-u").output().expect("id runs");
    if who.stdout != b"0\n" {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("the users");
    let ids = |name: &str| {
        let mut fields = users
            .lines()
            .map(|line| line.split(':').collect::<Vec<_>>())
            .find(|fields| fields[0] == name)?
            .into_iter();
        Some((fields.nth(2)?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    Some(
        ids("postgres")
            .or_else(|| ids("nobody"))
            .expect("somebody who is not root"),
    )
}
