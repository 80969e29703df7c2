//! The database of a run: a file, or a PostgreSQL of our own that is stopped and whose connections are cut.

use super::cable::{Cable, Side};
use super::nodes::command;
use super::plan::Outage;
use super::power_cut;
use super::verdict::Booked;
use super::world::World;
use crate::postgres::Cluster;
use crate::run;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long it is waited for somebody to commit.
const COMMITS: Duration = Duration::from_secs(3);

/// Where the servers keep everything.
pub enum Base {
    Sqlite(String),
    Postgres {
        cluster: Box<Mutex<Cluster>>,
        cable: Cable,
        url: String,
    },
}

impl Base {
    /// A file in this folder.
    pub fn sqlite(folder: &Path) -> Self {
        let file = folder.join(power_cut::FILE);
        Base::Sqlite(format!("sqlite:{}", file.display()))
    }

    /// A PostgreSQL of our own that writes what it says that it wrote.
    pub fn postgres() -> Result<Self> {
        let cluster = Cluster::start_durable()?;
        let cable = Cable::to(&format!("127.0.0.1:{}", cluster.port))?;
        let url = format!("postgres://oktext@127.0.0.1:{}/postgres", cluster.port);
        Ok(Base::Postgres {
            cluster: Box::new(Mutex::new(cluster)),
            cable,
            url,
        })
    }

    /// Its address, past all faults.
    pub fn url(&self) -> &str {
        match self {
            Base::Sqlite(url) | Base::Postgres { url, .. } => url,
        }
    }

    /// Its address as the servers are told it.
    pub fn way(&self) -> String {
        match self {
            Base::Sqlite(url) => url.clone(),
            Base::Postgres { cable, .. } => {
                format!("postgres://oktext@{}/postgres", cable.address)
            }
        }
    }

    /// Takes it away, and brings it back, until faults end.
    pub fn outages(&self, world: &World) -> Result<()> {
        let Base::Postgres { cluster, cable, .. } = self else {
            return Ok(());
        };
        for nth in 0_u64.. {
            let (well, outage) = world.plan.outage(nth);
            world.wait(well);
            if !world.is_rough() {
                break;
            }
            match outage {
                Outage::Stops(down) => {
                    let mut cluster = cluster.lock().unwrap_or_else(PoisonError::into_inner);
                    cluster.stop_at_once();
                    world.hits.add("PostgreSQL: stopped at once");
                    world.wait(down);
                    cluster.start_again()?;
                }
                Outage::CutBeforeCommit => {
                    if cable.cut(Side::Before, COMMITS) {
                        world.hits.add("PostgreSQL: cut before COMMIT");
                    }
                }
                Outage::CutAfterCommit => {
                    if cable.cut(Side::After, COMMITS) {
                        world.hits.add("PostgreSQL: cut after COMMIT");
                    }
                }
            }
        }
        Ok(())
    }

    /// What it says of every text that staff wrote, and the words of every text that came.
    pub fn books(&self, world: &World) -> Result<(Vec<Booked>, Vec<String>)> {
        let mut command = command(&world.program, &world.folder);
        command.arg("books").env("OKTEXT_DATABASE_URL", self.url());
        let (mut booked, mut came) = (Vec::new(), Vec::new());
        for line in run::output(&mut command)?.lines() {
            let line: Value = serde_json::from_str(line)?;
            match (line.get("text"), line.get("came")) {
                (Some(text), _) => booked.push(read(text).context("a text")?),
                (_, Some(text)) => came.extend(text["body"].as_str().map(str::to_owned)),
                _ => {}
            }
        }
        Ok((booked, came))
    }
}

fn read(text: &Value) -> Option<Booked> {
    let word = |name: &str| text[name].as_str().map(str::to_owned);
    Some(Booked {
        id: word("id")?,
        body: word("body")?,
        status: word("status")?,
        sid: word("sid"),
        error: text["error"].as_i64(),
        created_at: text["created_at"].as_i64()?,
        status_at: text["status_at"].as_i64()?,
        posting_at: text["posting_at"].as_i64(),
        in_outbox: text["in_outbox"].as_i64()? == 1,
        asked: text["asked"].as_i64()? == 1,
        parked: text["parked"].as_i64()? == 1,
        claims: text["claims"].as_i64()?,
    })
}
