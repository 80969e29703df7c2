//! `cargo xtask bench`: the budgets of the README, measured on the one-file release.

mod cpu;
mod demo;
pub mod http;
mod incoming;
mod limits;
mod load;
mod many;
mod memory;
pub mod page;
mod searches;
mod sending;
pub mod served;
mod signed;
mod table;
mod twilio;
mod webhooks;

use crate::{dist, interrupt};
use anyhow::Result;
use demo::Demo;
use http::Client;
use served::{Database, Served};
use std::path::{Path, PathBuf};
use table::Table;

#[derive(clap::Args)]
pub struct Options {
    /// Only these parts
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Only this database, for the parts that are measured on both
    #[arg(long, value_enum)]
    database: Option<Which>,
    /// Measures this program, in place of a release made now
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// How many texts are stored before the texts page is measured.
    #[arg(long, default_value_t = 1_000_000)]
    texts: u64,
    /// How many texts are sent.
    #[arg(long, default_value_t = 1_000_000)]
    sends: u64,
    /// How many seconds the texts page is asked for.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How many connections ask for it at once.
    #[arg(long, default_value_t = 16)]
    connections: usize,
}

/// What can be measured by itself.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Start, idle memory, weight of the composer
    Start,
    /// The texts page, and how soon one text is answered
    Page,
    /// What the machine does without us
    Limits,
    /// Status callbacks, as many as can be
    Callbacks,
    /// Incoming texts, as many as can be
    Incoming,
    /// Sending without a pace
    Sending,
    /// Ready and sending again after a kill
    Restart,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Which {
    Sqlite,
    Postgres,
}

impl Options {
    fn has(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    fn databases(&self) -> Vec<Database> {
        match self.database {
            Some(Which::Sqlite) => vec![Database::Sqlite],
            Some(Which::Postgres) => vec![Database::Postgres],
            None => vec![Database::Sqlite, Database::Postgres],
        }
    }
}

pub fn run(options: &Options) -> Result<()> {
    let program = match &options.program {
        Some(program) => program.canonicalize()?,
        None => dist::run()?,
    };
    let mut table = Table::default();
    let measured = measure(&program, options, &mut table);
    // What was measured before something went wrong is told all the same.
    println!("\n{table}");
    measured
}

fn measure(program: &Path, options: &Options, table: &mut Table) -> Result<()> {
    if options.has(Part::Start) {
        fresh_program(program, table)?;
    }
    if options.has(Part::Limits) {
        machine(program, table)?;
    }
    for database in options.databases() {
        interrupt::check()?;
        if options.has(Part::Callbacks) {
            webhooks::callbacks(program, database, table)?;
        }
        if options.has(Part::Incoming) {
            webhooks::texts(program, database, table)?;
        }
        if options.has(Part::Restart) {
            sending::restart(program, database, table)?;
        }
        if options.has(Part::Sending) {
            sending::sending(program, database, options.sends, table)?;
        }
    }
    // Last, since it binds us to one core.
    if options.has(Part::Page) {
        full_program(program, options, table)?;
    }
    Ok(())
}

/// The machine's own limits: what budgets are ratios to.
fn machine(program: &Path, table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    eprintln!("the machine itself …");
    table.note(&format!(
        "The machine itself: {:.0} writes of 4 kB a second that are surely on the disk; {:.0} rows a second in SQLite, \
         each in a commit of its own; {:.0} requests a second of a bare server over 64 connections.",
        limits::fsyncs(folder.path())?,
        limits::rows(program, folder.path())?,
        webhooks::bare(program)?,
    ));
    Ok(())
}

/// What a newly started program costs: time, memory, and the weight of its composer.
fn fresh_program(program: &Path, table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    eprintln!("start, memory, page weight …");
    // The first start makes the database; the second is what a restart costs.
    drop(Demo::start(program, folder.path(), None)?);
    let demo = Demo::start(program, folder.path(), None)?;
    table.at_most(
        "start to first answer",
        demo.first_answer.as_secs_f64() * 1000.0,
        300.0,
        "ms",
    );
    table.at_most(
        "resident memory, idle",
        memory::settled(demo.pid())?,
        40.0,
        "MB",
    );
    let (mut client, case) = demo.sign_in()?;
    let weight = page::weigh(&mut client, &format!("/cases/{case}/text"))?;
    table.at_most(
        "composer, first load (brotli)",
        weight.total_kb(),
        350.0,
        "kB",
    );
    table.note(&weight.parts());
    Ok(())
}

/// Pages for each second of processor time that the framework alone draws.
fn bare_page(program: &Path, options: &Options) -> Result<f64> {
    let bare = Served::bare(program, Some(0))?;
    let client = Client::connect(&bare.address)?;
    let (connections, seconds) = (options.connections, options.seconds);
    let result = load::run(&client, "/page", bare.pid(), connections, seconds)?;
    Ok(result.per_cpu_second())
}

/// What the texts page does with many texts stored: one core for the program, another for us.
fn full_program(program: &Path, options: &Options, table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    eprintln!("{} texts …", options.texts);
    let seeded = demo::seed(program, folder.path(), options.texts)?;
    let demo = Demo::start(program, folder.path(), Some(0))?;
    let (client, first_case) = demo.sign_in()?;
    let path = format!("/cases/{}/texts", seeded.unwrap_or(first_case));
    eprintln!("{path} for {} s …", options.seconds);
    let result = load::run(
        &client,
        &path,
        demo.pid(),
        options.connections,
        options.seconds,
    )?;
    table.at_least(
        "texts page, one core",
        result.per_second(),
        2_000.0,
        "requests/s",
    );
    table.note(&result.in_words(options.texts));
    let bare = bare_page(program, options)?;
    table.note(&format!(
        "A page of Leptos with fifty such rows, without database, session, styles or program: {bare:.0} requests for each \
         second of processor time; the texts page {:.2} times that.",
        result.per_cpu_second() / bare
    ));
    let searches = searches::run(&mut demo.sign_in()?.0)?;
    let among = "list of clients, 100,000 stored, the slowest look";
    table.at_most(among, searches.slowest().1, 100.0, "ms");
    table.note(&searches.in_words());
    let incoming = incoming::run(&demo)?;
    table.at_most("incoming text, p99", incoming.p99(), 100.0, "ms");
    table.note(&incoming.in_words());
    Ok(())
}
