//! Sending without a pace to a Twilio that answers at once; and how soon texts leave again after a kill.

use super::{
    http::Client,
    memory,
    served::{Base, Database, Served},
    table::Table,
    twilio::Twilio,
};
use crate::interrupt;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const CLIENTS: u64 = 1_000;
/// How often it is looked how far things are.
const LOOK: Duration = Duration::from_millis(50);
/// So many texts leave before the server is killed.
const BEFORE_KILL: u64 = 2_000;

/// Budgets of sending on this database.
pub fn sending(program: &Path, database: Database, texts: u64, table: &mut Table) -> Result<()> {
    let base = Base::seeded(program, database, "waiting", (texts, CLIENTS))?;
    let twilio = Twilio::start()?;
    let served = Served::start(program, &base, &twilio.address)?;
    let start = Instant::now();
    while twilio.posts() < texts {
        sleep(LOOK);
        interrupt::check()?;
        ensure!(
            start.elapsed() < Duration::from_secs(600 + texts / 100),
            "Only {} of {texts} texts left.",
            twilio.posts()
        );
    }
    // Also what Twilio said has to be on the disk.
    while waiting(&served)? > 0 {
        sleep(LOOK);
    }
    let took = start.elapsed();
    ensure!(
        twilio.posts() == texts,
        "{} posts for {texts} texts.",
        twilio.posts()
    );
    let name = format!("sending without a pace, {database}");
    table.at_least(&name, texts as f64 / took.as_secs_f64(), 1_000.0, "texts/s");
    table.at_most(
        &format!("{name}: resident memory at its highest"),
        memory::highest(served.pid())?,
        100.0,
        "MB",
    );
    table.note(&format!(
        "{name}: {texts} texts in {:.1} s.",
        took.as_secs_f64()
    ));
    Ok(())
}

/// Kills a server that is sending, and starts it again.
pub fn restart(program: &Path, database: Database, table: &mut Table) -> Result<()> {
    let base = Base::seeded(program, database, "waiting", (20_000, CLIENTS))?;
    let twilio = Twilio::start()?;
    let served = Served::start(program, &base, &twilio.address)?;
    while twilio.posts() < BEFORE_KILL {
        sleep(Duration::from_millis(1));
        interrupt::check()?;
    }
    served.kill()?;
    let before = twilio.posts();
    let served = Served::start(program, &base, &twilio.address)?;
    let ready = Instant::now();
    while twilio.posts() == before {
        sleep(Duration::from_millis(1));
        interrupt::check()?;
        ensure!(
            ready.elapsed() < Duration::from_secs(60),
            "No text leaves after a kill."
        );
    }
    let name = format!("after a kill, {database}");
    table.at_most(
        &format!("{name}: ready"),
        served.ready.as_secs_f64() * 1000.0,
        1_000.0,
        "ms",
    );
    table.at_most(
        &format!("{name}: the first waiting text leaves"),
        ready.elapsed().as_secs_f64() * 1000.0,
        2_000.0,
        "ms",
    );
    Ok(())
}

/// How many texts have not reached Twilio, or may not have.
fn waiting(served: &Served) -> Result<u64> {
    let answer = Client::connect(&served.address)?.get("/readyz", "identity")?;
    let said: serde_json::Value = serde_json::from_slice(&answer.body)?;
    said["outbox"]
        .as_u64()
        .context("/readyz tells of no outbox")
}
