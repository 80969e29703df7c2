//! The commands of the repository: `cargo xtask serve | test | torture | check | dist | bench | fuzz | build-site`.
//!
//! Each finds or installs what it needs and says so in a line.

mod bench;
mod check;
mod dist;
mod fuzz;
mod interrupt;
mod paths;
mod postgres;
mod run;
mod serve;
mod site;
mod steps;
mod test;
mod torture;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Builds, runs, tests and measures Oktext."
)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the site and the server and start the demo.
    Serve(serve::Options),
    /// Run every test: rules, both databases, the program, the browser.
    Test(test::Options),
    /// Kill servers and databases while thousands of texts go out, and compare who says what at the end.
    Torture(torture::Options),
    /// Format, lint, check WASM, dependencies, import rules and the SQL of both databases.
    Check,
    /// Make the one-file release, `target/dist/oktext`.
    Dist,
    /// Measure the budgets of the README and print them as a table.
    Bench(bench::Options),
    /// Make up what strangers could send, and see whether the parsers hold.
    Fuzz(fuzz::Options),
    /// Build the pages' WASM and CSS into `target/site`.
    BuildSite(site::Options),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match interrupt::watch().and_then(|()| run_task(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run_task(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Serve(options) => serve::run(&options),
        // The tally has to be the last line, so a failed test is no error that prints one more.
        Task::Test(options) => {
            if !test::run(&options)? {
                std::process::exit(1);
            }
            Ok(())
        }
        Task::Torture(options) => torture::run(&options),
        Task::Check => check::run(),
        Task::Dist => dist::run().map(|_| ()),
        Task::Bench(options) => bench::run(&options),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::BuildSite(options) => site::run(&options),
    }
}
