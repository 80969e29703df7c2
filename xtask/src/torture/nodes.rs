//! The servers: started, ended at named points or killed at any instant, and started again.

use super::plan::{LEASE, Life};
use super::power_cut;
use super::world::{MOMENT, World};
use crate::interrupt::Watched;
use crate::run;
use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take until it is ready; a database that is away holds it up.
const START: Duration = Duration::from_secs(60);
/// 32 bytes in base64.
const KEY: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

/// A running server; dropped, it is killed.
pub struct Node {
    child: Child,
    /// What it printed before it was ready.
    pub said: Vec<String>,
    _watched: Watched,
}

impl Drop for Node {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _status = self.child.wait();
    }
}

/// How servers reach what they need.
pub struct Ways {
    pub database: String,
    /// Our door at Twilio: `127.0.0.1:40000`.
    pub twilio: String,
    /// Our door before all servers.
    pub public: String,
}

/// A command of the program, with these settings alone.
pub fn command(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("OKTEXT_") {
            command.env_remove(name);
        }
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
        .env("OKTEXT_SECRET_KEY", KEY)
        .env("OKTEXT_DATA_DIR", folder)
        .env("OKTEXT_LOG", "warn");
    command
}

impl Node {
    /// Starts a server and waits until it is ready. Nothing: it ended before, as it does when its database is away.
    pub fn start(
        world: &World,
        ways: &Ways,
        node: usize,
        at: Option<&str>,
    ) -> Result<Option<Self>> {
        let mut command = command(&world.program, &world.folder);
        let address = &world.nodes[node];
        command
            .args(["serve", "--listen", address])
            .args(["--twilio-api-url", &format!("http://{}/sim", ways.twilio)])
            .args(["--public-url", &format!("http://{}", ways.public)])
            .env("OKTEXT_DATABASE_URL", &ways.database)
            .env("OKTEXT_CLOCK_FILE", world.clock())
            .env("OKTEXT_TORTURE_LEASE", LEASE.to_string())
            .env("OKTEXT_TORTURE_WITHOUT", &world.without)
            .env("OKTEXT_TORTURE_AT", at.unwrap_or_default())
            .stdout(Stdio::piped())
            .stderr(log(world, node)?);
        power_cut::load(world, &mut command);
        let mut child = run::spawn(&mut command)?;
        let watched = Watched::new(child.id());
        let stdout = child.stdout.take().context("no output")?;
        let mut node = Node {
            child,
            said: Vec::new(),
            _watched: watched,
        };
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Read on when nobody listens any more, or the server would stop at a full pipe.
                let _unheard = tell.send(line);
            }
        });
        let end = Instant::now() + START;
        loop {
            match told.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) if line.starts_with("ready ") => return Ok(Some(node)),
                Ok(line) => node.said.push(line),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return Ok(None),
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => bail!("A server did not start."),
            }
        }
    }

    fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }
}

/// Where a server's log is, all its lives in one file.
fn log(world: &World, node: usize) -> Result<fs::File> {
    let path = world.folder.join(format!("server-{node}.log"));
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    Ok(file)
}

/// Lives one life after another until faults end, then one without.
pub fn supervise(
    world: &World,
    ways: &Ways,
    node: usize,
    mut running: Option<Node>,
) -> Result<Node> {
    let mut nth = 0;
    while world.is_rough() {
        let life = world.plan.life(node as u64, nth);
        let begun = match running.take() {
            Some(first) => Some(first),
            None => Node::start(world, ways, node, life.at.as_deref())?,
        };
        if let Some(living) = begun {
            live(world, living, &life)?;
            nth += 1;
        }
        world.wait(life.down.max(100));
    }
    for _ in 0..20 {
        if let Some(node) = Node::start(world, ways, node, None)? {
            return Ok(node);
        }
        std::thread::sleep(MOMENT * 10);
    }
    bail!("A server does not start although all is well; see its log.")
}

fn live(world: &World, mut node: Node, life: &Life) -> Result<()> {
    let end = Instant::now() + Duration::from_millis(life.killed_after);
    let point = life.at.as_deref().and_then(|at| at.split(':').next());
    while world.is_rough() && Instant::now() < end {
        if node.has_ended()? {
            let point = point.context("A server ended that nobody ended; see its log.")?;
            world.hits.add(&format!("crash: {point}"));
            return cut_power(world);
        }
        std::thread::sleep(MOMENT);
    }
    world.hits.add("crash: SIGKILL");
    drop(node);
    cut_power(world)
}

/// The server ended because the power did, where that can be.
fn cut_power(world: &World) -> Result<()> {
    if world.power.is_some() {
        power_cut::happens(&world.folder)?;
        world.hits.add("power cut");
    }
    Ok(())
}

/// How many times servers stood still past their lease, and that none of them complained of a fault of its own.
pub fn read_logs(world: &World) -> Result<()> {
    for node in 0..world.nodes.len() {
        let log = fs::read(world.folder.join(format!("server-{node}.log")))?;
        let log = String::from_utf8_lossy(&log);
        for line in log.lines() {
            if line.starts_with("torture: stands still") {
                world.hits.add("server stands still past its lease");
            }
            ensure!(!line.contains("panicked at"), "A server panicked: {line}");
        }
    }
    Ok(())
}
