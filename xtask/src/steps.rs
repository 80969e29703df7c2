//! Progress: "1/4 wasm target … 0.1 s", and a summary of steps with their times.

use crate::interrupt;
use anyhow::Result;
use std::time::{Duration, Instant};

/// Numbered steps of one command, each with the time it took.
pub struct Steps {
    total: usize,
    done: Vec<Done>,
}

struct Done {
    name: String,
    took: Duration,
    failed: bool,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Steps {
            total,
            done: Vec::new(),
        }
    }

    /// Runs a step; its failure ends the command.
    pub fn run<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        interrupt::check()?;
        let count = format!("{}/{}", self.done.len() + 1, self.total);
        eprintln!("{count} {name} …");
        let start = Instant::now();
        let result = step();
        let took = start.elapsed();
        let failed = result.is_err();
        let end = if failed { " (failed)" } else { "" };
        eprintln!("{count} {name} … {:.1} s{end}", took.as_secs_f64());
        self.done.push(Done {
            name: name.to_owned(),
            took,
            failed,
        });
        result
    }

    /// Runs a step and goes on after a failure, which is told at once and counted.
    pub fn attempt(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        if let Err(error) = self.run(name, step) {
            interrupt::check()?;
            eprintln!("{error:#}\n");
        }
        Ok(())
    }

    /// Prints every step with its time; the names of those that failed come back.
    pub fn summary(&self) -> Vec<&str> {
        eprintln!();
        for step in &self.done {
            let mark = if step.failed { "FAILED" } else { "ok" };
            eprintln!(
                "  {mark:<7}{:>7.1} s  {}",
                step.took.as_secs_f64(),
                step.name
            );
        }
        let failed = self.done.iter().filter(|step| step.failed);
        failed.map(|step| step.name.as_str()).collect()
    }
}
