//! `cargo xtask test`: every test, with what the tests need around them.

mod browser;
mod rust;
mod tally;

use crate::postgres;
use crate::site::{self, Mode};
use crate::steps::Steps;
use crate::{interrupt, paths, torture};
use anyhow::Result;
use std::path::{Path, PathBuf};
use tally::Tally;

#[derive(clap::Args)]
pub struct Options {
    /// Leave out the browser tests.
    #[arg(long)]
    fast: bool,
    /// Run only tests whose names contain one of these.
    filter: Vec<String>,
}

/// What the tests read from their environment.
struct Surroundings {
    postgres_url: String,
    program: PathBuf,
}

impl Surroundings {
    fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let mut variables = vec![
            (postgres::URL, self.postgres_url.clone().into()),
            ("OKTEXT_BIN", self.program.clone()),
        ];
        // Official vectors for checking against, where somebody has them beside the checkout.
        let shared = paths::root().join("../shared");
        if let Ok(shared) = shared.canonicalize()
            && std::env::var_os("OKTEXT_TEST_SHARED").is_none()
        {
            variables.push(("OKTEXT_TEST_SHARED", shared));
        }
        variables
    }
}

/// Runs the tests and ends with the line `N passed, N failed, N skipped`; true when none failed.
pub fn run(options: &Options) -> Result<bool> {
    let mut tally = Tally::default();
    let outcome = run_all(options, &mut tally);
    interrupt::check()?;
    if let Err(error) = outcome {
        eprintln!("\n{error:#}\n");
        tally.failed += 1;
    }
    println!("{tally}");
    Ok(tally.failed == 0)
}

fn run_all(options: &Options, tally: &mut Tally) -> Result<()> {
    let mut steps = Steps::new(match (options.fast, options.filter.is_empty()) {
        (true, _) => 5,
        (false, false) => 7,
        (false, true) => 8,
    });
    let server = steps.run("PostgreSQL", postgres::start)?;
    steps.run("wasm target", site::ensure_target)?;
    steps.run("site", || site::build(Mode::Release))?;
    let program = steps.run("tests and program built", rust::build)?;
    let around = Surroundings {
        postgres_url: server.url.clone(),
        program,
    };
    let rust = steps.run("tests of the crates", || {
        rust::run(&around, &options.filter)
    })?;
    tally.add(rust);
    if !options.fast {
        let chromium = steps.run("browser and its packages", browser::prepare)?;
        let stories = steps.run("stories", || {
            browser::run(&around, chromium.as_deref(), &options.filter)
        })?;
        tally.add(stories);
    }
    if !options.fast && options.filter.is_empty() {
        tally.add(tortured(&mut steps, &around.program)?);
    }
    steps.summary();
    Ok(())
}

/// Two minutes in which servers and databases are killed; all of it counts as one test. PostgreSQL has to be killed as
/// well, so a server that is somebody's does not do for it.
fn tortured(steps: &mut Steps, program: &Path) -> Result<Tally> {
    let postgres = postgres::can_start();
    if !postgres {
        eprintln!("PostgreSQL's programs are not here: SQLite alone is tortured.");
    }
    let survived = steps.run("torture", || torture::briefly(program, postgres));
    interrupt::check()?;
    if let Err(error) = &survived {
        eprintln!("{error:#}\n");
    }
    Ok(Tally {
        passed: u64::from(survived.is_ok()),
        failed: u64::from(survived.is_err()),
        skipped: u64::from(!postgres),
    })
}
