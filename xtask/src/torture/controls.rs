//! Runs without one guard each: a harness that finds nothing then finds nothing at all.

use super::run::{Outcome, Run};
use anyhow::{Result, bail};
use std::time::Duration;

/// What each run does without, as the program takes it, and what that is.
const GUARDS: [(&str, &str); 4] = [
    (
        "claim_fence",
        "a worker whose claim was lost hands its text over all the same",
    ),
    (
        "posting_first",
        "`posting` is committed after the POST, and not before the first byte",
    ),
    ("dedupe", "a text that comes again is not known by its Sid"),
    (
        SYNCHRONOUS,
        "SQLite says that a commit is on the disk before it is: `synchronous=NORMAL`",
    ),
];

/// A guard of SQLite alone; PostgreSQL has the same by default, and its power is not cut here.
const SYNCHRONOUS: &str = "synchronous_full";

/// How long each of them is tortured.
const LONG: Duration = Duration::from_secs(25);

/// Runs them all on the databases of this run; fails if one of them finds nothing.
pub fn run(runs: &[Run]) -> Result<()> {
    let mut blind = Vec::new();
    for (guard, words) in GUARDS {
        for run in runs {
            if guard == SYNCHRONOUS && run.postgres {
                continue;
            }
            let outcome = run.control(guard, LONG).go()?;
            let found = outcome.ended.verdict.lost.len() + outcome.ended.verdict.twice.len();
            println!(
                "without {guard} ({words}), {}: {}",
                run.database(),
                told(&outcome)
            );
            if found == 0 {
                blind.push(format!("{guard} on {}", run.database()));
            }
        }
    }
    if !blind.is_empty() {
        bail!("The harness found nothing without: {}.", blind.join(", "));
    }
    Ok(())
}

fn told(outcome: &Outcome) -> String {
    let verdict = &outcome.ended.verdict;
    let example = verdict.twice.first().or(verdict.lost.first());
    let example = example.map_or(String::new(), |body| format!(" (\"{body}\")"));
    format!(
        "lost {}, sent or kept twice {} of {} texts{example}",
        verdict.lost.len(),
        verdict.twice.len(),
        outcome.texts()
    )
}
