//! What this machine does without us: what every budget is a ratio to.

use super::{
    many::{self, How},
    served::{Base, Served},
};
use crate::run;
use anyhow::{Context, Result};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How long each is measured.
const SECONDS: u64 = 5;
/// What pgbench does for each report: the row, and the step on the ladder.
const REPORT: &str = "
\\set n :client_id + 64 * :i
\\set i :i + 1
BEGIN;
INSERT INTO report (org_id, id, message_id, sid, source, status, error, at)
VALUES ('ORG', gen_random_uuid(), CAST(lpad(to_hex(CAST(:n AS BIGINT)), 32, '0') AS UUID),
        'SM' || lpad(to_hex(CAST(:n AS BIGINT)), 32, '0'), 'callback', 'sent', NULL, 1) ON CONFLICT DO NOTHING;
UPDATE message SET status = 'sent', rank = RANK, status_at = 1
WHERE org_id = 'ORG' AND id = CAST(lpad(to_hex(CAST(:n AS BIGINT)), 32, '0') AS UUID) AND rank < RANK;
END;
";

/// How often a second a small write reaches the disk for certain.
pub fn fsyncs(folder: &Path) -> Result<f64> {
    let mut file = File::create(folder.join("fsync"))?;
    let (start, mut times) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_secs(SECONDS) {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times += 1;
    }
    Ok(f64::from(times) / start.elapsed().as_secs_f64())
}

/// Rows a second in SQLite, each in a commit of its own, `synchronous=FULL`.
pub fn rows(program: &Path, folder: &Path) -> Result<f64> {
    let mut command = Command::new(program);
    command.arg("bench-rows").arg(folder.join("rows.sqlite3"));
    command.args(["--seconds", &SECONDS.to_string()]);
    let said = run::output(&mut command)?;
    let rows = said.lines().find_map(|line| line.strip_prefix("rows: "));
    let rows: f64 = rows.context("bench-rows told nothing")?.parse()?;
    Ok(rows / SECONDS as f64)
}

/// Transactions a second of pgbench that insert and update what a report does, over 64 connections; and which texts it
/// used at most. `rank`: of "sent".
pub fn pgbench(base: &Base, rank: i64) -> Result<f64> {
    let programs = base.programs.as_ref().context("PostgreSQL's programs")?;
    let script = base.folder.path().join("report.sql");
    let text = REPORT
        .replace("ORG", &base.org)
        .replace("RANK", &rank.to_string());
    std::fs::write(&script, text)?;
    let mut command = Command::new(programs.join("pgbench"));
    command
        .args([
            "-n", "-M", "prepared", "-c", "64", "-j", "2", "-D", "i=0", "-T",
        ])
        .arg(SECONDS.to_string())
        .arg("-f")
        .arg(&script)
        .arg(&base.url);
    let said = run::output(&mut command)?;
    let tps = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let tps = tps.and_then(|rest| rest.split(' ').next());
    Ok(tps.context("pgbench told no tps")?.parse()?)
}

/// Requests a second of a bare server that reads such a request and answers 204.
pub fn bare(program: &Path, requests: &[Vec<u8>]) -> Result<f64> {
    let bare = Served::bare(program, None)?;
    let how = How {
        connections: 64,
        pace: None,
        limit: Duration::from_secs(SECONDS),
        status: 204,
    };
    Ok(many::run(&bare.address, requests, &how)?.per_second())
}
