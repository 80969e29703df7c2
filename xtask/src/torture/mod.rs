//! `cargo xtask torture`: nothing lost, nothing sent twice, whatever is killed. Staff send thousands of texts by the
//! program's forms, clients write, servers and database are killed, requests are held, doubled and cut on both sides;
//! then all is compared with what the pretend Twilio has, which nobody kills.

mod at_ours;
mod at_twilio;
mod base;
mod cable;
mod controls;
mod dice;
mod door;
mod hits;
mod nodes;
mod office;
mod oracle;
mod phones;
mod plan;
mod power_cut;
mod quiet;
mod run;
mod staff;
mod verdict;
mod world;

use crate::{paths, site};
use anyhow::{Result, bail};
use run::{Outcome, Run};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

#[derive(clap::Args)]
pub struct Options {
    /// How long it takes, all databases together.
    #[arg(long, default_value_t = 2.0)]
    minutes: f64,
    /// How many servers share a PostgreSQL.
    #[arg(long, default_value_t = 2)]
    nodes: usize,
    /// The same seed is the same plan of faults.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_enum, default_value = "both")]
    database: Databases,
    /// Turn one guard off at a time: each run must find losses or doubles.
    #[arg(long)]
    control: bool,
    /// Keep logs and data, also where nothing was found.
    #[arg(long)]
    keep: bool,
    /// The program, built with crash points (a debug build, or the feature `torture`); else a release is built.
    #[arg(long)]
    program: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Databases {
    Sqlite,
    Postgres,
    Both,
}

/// So much of a run is kept for the quiet after it, at most half of it.
const QUIET: Duration = Duration::from_secs(22);

/// Runs it and prints what it found; fails unless nothing was lost, doubled, wrong or stuck.
pub fn run(options: &Options) -> Result<()> {
    let program = match &options.program {
        Some(program) => std::path::absolute(program)?,
        None => build()?,
    };
    let runs = runs(options, &program);
    if options.control {
        return controls::run(&runs);
    }
    all_good(runs.iter().map(|run| (run, run.go())))
}

/// Two minutes with the program that the tests have built, on both databases where PostgreSQL's programs are there.
pub fn briefly(program: &Path, postgres: bool) -> Result<()> {
    let options = Options {
        minutes: if postgres { 2.0 } else { 1.0 },
        nodes: 2,
        seed: 1,
        database: if postgres {
            Databases::Both
        } else {
            Databases::Sqlite
        },
        control: false,
        keep: false,
        program: None,
    };
    let runs = runs(&options, program);
    // At once: each waits for most of its time, for leases, for servers, and for the other side.
    let outcomes = thread::scope(|scope| {
        let begun: Vec<_> = runs.iter().map(|run| scope.spawn(|| run.go())).collect();
        let ended = begun.into_iter().map(|run| match run.join() {
            Ok(outcome) => outcome,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        ended.collect::<Vec<_>>()
    });
    all_good(runs.iter().zip(outcomes))
}

/// Prints what each run found, one after the other as they end.
fn all_good<'r>(runs: impl Iterator<Item = (&'r Run, Result<Outcome>)>) -> Result<()> {
    let mut bad = Vec::new();
    for (run, outcome) in runs {
        let outcome = outcome?;
        print!("{}", report(run, &outcome));
        if !outcome.ended.verdict.is_good() {
            bad.push(run.database());
        }
    }
    if !bad.is_empty() {
        bail!(
            "Texts were lost, doubled, wrong or stuck on {}.",
            bad.join(" and ")
        );
    }
    Ok(())
}

fn runs(options: &Options, program: &Path) -> Vec<Run> {
    let databases: &[bool] = match options.database {
        Databases::Sqlite => &[false],
        Databases::Postgres => &[true],
        Databases::Both => &[false, true],
    };
    let each = Duration::from_secs_f64(options.minutes.max(0.1) * 60.0 / databases.len() as f64);
    let run = |postgres: &bool| Run {
        program: program.to_path_buf(),
        postgres: *postgres,
        nodes: options.nodes,
        seed: options.seed,
        long: each.saturating_sub(QUIET).max(each / 2),
        without: String::new(),
        aim: plan::Aim::All,
        keep: options.keep,
    };
    databases.iter().map(run).collect()
}

/// A release with crash points, beside the others so that nobody takes it for one.
fn build() -> Result<PathBuf> {
    site::build(site::Mode::Release)?;
    let mut command = crate::run::cargo(&["build", "-p", "server", "--release"]);
    crate::run::succeed(command.args(["--features", "torture"]))?;
    let folder = paths::target().join("torture");
    fs::create_dir_all(&folder)?;
    let program = folder.join(paths::executable("oktext"));
    fs::rename(paths::program(true), &program)?;
    Ok(program)
}

fn report(run: &Run, outcome: &Outcome) -> String {
    let (ended, hits) = (&outcome.ended, &outcome.world.hits);
    let verdict = &ended.verdict;
    let kills: u64 = plan::POINTS
        .iter()
        .map(|point| hits.of(&format!("crash: {point}")))
        .sum();
    let mut text = format!(
        "{}, {} server{}, seed {}, faults for {} s: {} texts of staff, {} of clients, {} kills ({} at named points)\n",
        run.database(),
        outcome.world.nodes.len(),
        if outcome.world.nodes.len() == 1 {
            ""
        } else {
            "s"
        },
        run.seed,
        run.long.as_secs(),
        ended.accounts.pressed.len(),
        ended.accounts.wrote.len(),
        kills + hits.of("crash: SIGKILL"),
        kills,
    );
    text += &format!("    faults really hit: {}\n", hits.in_words());
    text += &format!(
        "    lost {}, sent twice {}, wrong final status {}, stuck {}; asked of staff {}; put aside in plain sight, since more than {} servers in a row ended with them in hand: {}\n",
        verdict.lost.len(),
        verdict.twice.len(),
        verdict.wrong.len(),
        verdict.stuck.len(),
        ended.asked,
        verdict::ENDS,
        verdict.parked.len(),
    );
    text += &format!(
        "    {} {:.0} s after the last fault; longest from a press to its last word: {:.1} min by the servers' clock, which was put forward\n",
        if verdict.is_good() {
            "all agreed"
        } else {
            "given up"
        },
        ended.took.as_secs_f64(),
        verdict.longest as f64 / 60_000.0,
    );
    for (name, found) in [
        ("lost", &verdict.lost),
        ("twice", &verdict.twice),
        ("wrong", &verdict.wrong),
        ("stuck", &verdict.stuck),
    ] {
        for one in found.iter().take(10) {
            text += &format!("    {name}: {one}\n");
        }
    }
    text
}
