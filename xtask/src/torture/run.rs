//! One run on one database: set up, tortured, quiet, compared.

use super::base::Base;
use super::nodes::{self, Node, Ways};
use super::office;
use super::oracle::Oracle;
use super::plan::{Aim, Plan};
use super::quiet::{Ended, settle};
use super::verdict::Accounts;
use super::world::World;
use super::{at_ours, at_twilio, phones, power_cut, staff};
use anyhow::{Context, Result, bail, ensure};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

/// How many texts are being written at the same time.
const WRITERS: u64 = 56;
/// How many hands clients write with.
const HANDS: u64 = 2;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Run {
    pub program: PathBuf,
    pub postgres: bool,
    pub nodes: usize,
    pub seed: u64,
    /// How long faults come.
    pub long: Duration,
    /// Which guard is off; empty: none.
    pub without: String,
    pub aim: Aim,
    /// Logs and data stay, whatever was found.
    pub keep: bool,
}

/// What came of it.
pub struct Outcome {
    pub ended: Ended,
    pub world: Arc<World>,
}

impl Outcome {
    /// Texts of staff and of clients.
    pub fn texts(&self) -> usize {
        self.ended.accounts.pressed.len() + self.ended.accounts.wrote.len()
    }
}

impl Run {
    /// The name of its database.
    pub fn database(&self) -> &'static str {
        if self.postgres {
            "PostgreSQL"
        } else {
            "SQLite"
        }
    }

    /// The same without a guard, for so long.
    pub fn control(&self, guard: &str, aim: Aim, long: Duration) -> Self {
        Run {
            without: guard.to_owned(),
            aim,
            long,
            ..self.clone()
        }
    }

    /// Does it. What it wrote is kept where something was found.
    pub fn go(&self) -> Result<Outcome> {
        let mut folder = tempfile::Builder::new()
            .prefix("oktext-torture-")
            .tempdir()?;
        let outcome = self.go_in(folder.path().to_path_buf());
        let well = outcome
            .as_ref()
            .is_ok_and(|outcome| outcome.ended.verdict.is_good());
        if self.keep || (!well && self.without.is_empty()) {
            folder.disable_cleanup(true);
            eprintln!("    logs and data: {}", folder.path().display());
        }
        outcome
    }

    fn go_in(&self, folder: PathBuf) -> Result<Outcome> {
        let aim = self.aim;
        let plan = Plan {
            seed: self.seed,
            aim,
        };
        let oracle = Oracle::start(&self.program, &folder)?;
        let mut world = World::new(plan, self.program.clone(), folder);
        world.oracle.clone_from(&oracle.address);
        world.account.clone_from(&oracle.account);
        world.token.clone_from(&oracle.token);
        world.number.clone_from(&oracle.number);
        world.without.clone_from(&self.without);
        // An SQLite file has one server.
        let nodes = if self.postgres { self.nodes.max(1) } else { 1 };
        world.nodes = addresses(nodes, self.postgres)?;
        let base = match self.postgres {
            true => Base::postgres()?,
            false => Base::sqlite(&world.folder),
        };
        if !self.postgres {
            world.power = power_cut::build(&world.folder);
        }
        let world = Arc::new(world);
        let twilio = at_twilio::open(&world)?;
        let public = at_ours::open(&world)?;
        let ways = Ways {
            database: base.way(),
            twilio: twilio.address.clone(),
            public: public.address.clone(),
        };
        let first = Node::start(&world, &ways, 0, None)?;
        let first = first.context("The first server did not start.")?;
        let office = office::found(&world, &base, &first, &ways.public)?;
        let begun = staff::begin(&world, &base, &office)?;
        let (mut accounts, _nodes) = self.torture(&world, &base, &ways, &office, first)?;
        accounts.pressed.push(begun);
        let control = !self.without.is_empty();
        let ended = settle(&world, &base, accounts, |verdict| {
            // What was lost may still be found; what was doubled stays doubled.
            control && !verdict.twice.is_empty()
        })?;
        nodes::read_logs(&world)?;
        Ok(Outcome { ended, world })
    }

    /// Everything at once, until the time is over and everybody has finished.
    fn torture(
        &self,
        world: &World,
        base: &Base,
        ways: &Ways,
        office: &office::Office,
        first: Node,
    ) -> Result<(Accounts, Vec<Node>)> {
        world.begin_faults();
        thread::scope(|scope| {
            let mut first = Some(first);
            let supervisors: Vec<_> = (0..world.nodes.len())
                .map(|node| {
                    let running = first.take();
                    scope.spawn(move || nodes::supervise(world, ways, node, running))
                })
                .collect();
            let outages = scope.spawn(|| base.outages(world));
            let writers: Vec<_> = (0..WRITERS)
                .map(|person| scope.spawn(move || staff::write(world, office, person)))
                .collect();
            let hands: Vec<_> = (0..HANDS)
                .map(|hand| scope.spawn(move || phones::write(world, hand)))
                .collect();
            let end = Instant::now() + self.long;
            while Instant::now() < end && world.is_rough() && !supervisors.iter().any(over) {
                thread::sleep(Duration::from_millis(50));
            }
            world.end_faults();
            let mut accounts = Accounts::default();
            for writer in writers {
                accounts.pressed.extend(joined(writer)?);
            }
            for hand in hands {
                accounts.wrote.extend(joined(hand)?);
            }
            joined(outages)??;
            let nodes = supervisors
                .into_iter()
                .map(|supervisor| joined(supervisor)?)
                .collect::<Result<Vec<_>>>()?;
            Ok((accounts, nodes))
        })
    }
}

/// Ports that stay theirs while a server is down: below those that the system gives to whoever connects.
fn addresses(count: usize, postgres: bool) -> Result<Vec<String>> {
    // The two runs of the tests go on at once, and neither may find free what the other is about to listen on.
    let first = 20_000 + std::process::id() % 10_000 + if postgres { 500 } else { 0 };
    let free = (first..first + 500)
        .map(|port| format!("127.0.0.1:{port}"))
        .filter(|address| TcpListener::bind(address).is_ok());
    let found: Vec<String> = free.take(count).collect();
    ensure!(found.len() == count, "No ports are free.");
    Ok(found)
}

fn over<T>(thread: &ScopedJoinHandle<'_, T>) -> bool {
    thread.is_finished()
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> Result<T> {
    match thread.join() {
        Ok(done) => Ok(done),
        Err(_) => bail!("A thread of the harness broke."),
    }
}
