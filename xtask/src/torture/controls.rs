//! Runs without one guard each: a harness that finds nothing then finds nothing at all.

use super::plan::Aim;
use super::run::{Outcome, Run};
use anyhow::{Result, bail};
use std::time::Duration;

/// A guard of SQLite alone: PostgreSQL has the same by default, and its power is not cut here.
const SYNCHRONOUS: &str = "synchronous_full";

/// What each run does without, as the program takes it, at what it aims, and what that is in words.
const GUARDS: [(&str, Aim, &str); 4] = [
    (
        "claim_fence",
        Aim::Leases,
        "a worker whose claim was lost hands its text over all the same",
    ),
    (
        "posting_first",
        Aim::Accepted,
        "`posting` is committed after the POST, not before its first byte",
    ),
    (
        "dedupe",
        Aim::All,
        "a text that comes again is not known by its Sid",
    ),
    (
        SYNCHRONOUS,
        Aim::All,
        "SQLite calls a commit done before it is on the disk (`synchronous=NORMAL`)",
    ),
];

/// How long each of them is tortured.
const LONG: Duration = Duration::from_secs(25);

/// Runs them all on the databases of this run; fails if one of them finds nothing.
pub fn run(runs: &[Run]) -> Result<()> {
    let mut blind = Vec::new();
    for (guard, aim, words) in GUARDS {
        for run in runs {
            if guard == SYNCHRONOUS && run.postgres {
                continue;
            }
            let outcome = run.control(guard, aim, LONG).go()?;
            let found = found(&outcome);
            println!("{}, without {guard}: {words}", run.database());
            println!("    {}", found.as_deref().unwrap_or("found nothing"));
            if found.is_none() {
                blind.push(format!("{guard} on {}", run.database()));
            }
        }
    }
    if !blind.is_empty() {
        bail!(
            "The harness found nothing without {}.",
            blind.join(", without ")
        );
    }
    Ok(())
}

/// What was doubled, or else lost for good, in words.
fn found(outcome: &Outcome) -> Option<String> {
    let verdict = &outcome.ended.verdict;
    let (what, which) = match (verdict.twice.as_slice(), verdict.lost.as_slice()) {
        ([], []) => return None,
        ([], lost) => ("lost", lost),
        (twice, _) => ("sent or kept twice", twice),
    };
    Some(format!(
        "{what}: {} of {} texts, for example \"{}\"",
        which.len(),
        outcome.texts(),
        which[0]
    ))
}
