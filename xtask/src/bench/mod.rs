//! `cargo xtask bench`: the budgets of the README, measured on the one-file release.

mod cpu;
mod demo;
pub mod http;
mod incoming;
mod load;
mod memory;
mod page;
mod table;

use crate::{dist, interrupt};
use anyhow::Result;
use demo::Demo;
use std::path::Path;
use table::Table;

#[derive(clap::Args)]
pub struct Options {
    /// How many texts are stored before the texts page is measured.
    #[arg(long, default_value_t = 1_000_000)]
    texts: u64,
    /// How many seconds the texts page is asked for.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How many connections ask for it at once.
    #[arg(long, default_value_t = 16)]
    connections: usize,
}

pub fn run(options: &Options) -> Result<()> {
    let program = dist::run()?;
    let mut table = Table::default();
    fresh_program(&program, &mut table)?;
    interrupt::check()?;
    full_program(&program, options, &mut table)?;
    println!("\n{table}");
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
    let incoming = incoming::run(&demo)?;
    table.at_most("incoming text, p99", incoming.p99(), 100.0, "ms");
    table.note(&incoming.in_words());
    Ok(())
}
