//! The pretend Twilio: a process of its own that nobody kills, and that knows what was sent.

use super::nodes::command;
use super::verdict::Accepted;
use super::world::World;
use crate::bench::http::Client;
use crate::interrupt::Watched;
use crate::run;
use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

/// The running oracle; dropped, it ends.
pub struct Oracle {
    child: Child,
    pub address: String,
    pub account: String,
    pub token: String,
    pub number: String,
    _watched: Watched,
}

impl Drop for Oracle {
    fn drop(&mut self) {
        run::stop(&mut self.child);
    }
}

impl Oracle {
    /// Starts it.
    pub fn start(program: &Path, folder: &Path) -> Result<Self> {
        let mut command = command(program, folder);
        command.args(["sim", "--listen", "127.0.0.1:0", "--delays", "10-300"]);
        let mut child = run::spawn(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let watched = Watched::new(child.id());
        let mut oracle = BufReader::new(child.stdout.take().context("no output")?);
        let mut line = || -> Result<String> {
            let mut line = String::new();
            oracle.read_line(&mut line)?;
            Ok(line.trim_end().to_owned())
        };
        let told = line()?;
        let mut words = told.strip_prefix("twilio: ").unwrap_or("").split(' ');
        let mut word = || words.next().map(str::to_owned).context("no account");
        let (account, token, number) = (word()?, word()?, word()?);
        let ready = line()?;
        let address = ready
            .strip_prefix("ready http://")
            .and_then(|ready| ready.strip_suffix("/sim"));
        Ok(Oracle {
            address: address
                .context("the pretend Twilio did not start")?
                .to_owned(),
            child,
            account,
            token,
            number,
            _watched: watched,
        })
    }
}

/// Changes something at the oracle.
pub fn tell(world: &World, what: &str, change: &Value) -> Result<Value> {
    let mut client = Client::connect(&world.oracle)?;
    let path = format!("/sim/control/{what}");
    let answer = client.post_json(&path, &change.to_string())?;
    ensure!(answer.status < 300, "{what} {change}: {}", answer.status);
    Ok(serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
}

/// A phone texts; it is over when somebody answered or Twilio gave up.
pub fn phone_texts(world: &World, from: &str, body: &str) -> Result<()> {
    let text = json!({ "from": from, "to": world.number, "body": body });
    tell(world, "text", &text).map(|_| ())
}

/// Every text that was accepted, with what became of it.
pub fn accepted(world: &World) -> Result<Vec<Accepted>> {
    let mut client = Client::connect(&world.oracle)?;
    let ledger = json_of(&mut client, "/sim/control/ledger", "")?;
    let known = states(world, &mut client)?;
    let entries = ledger.as_array().context("no ledger")?;
    let read = |entry: &Value| {
        let text = |name: &str| entry[name].as_str().map(str::to_owned);
        let sid = text("sid").context("a Sid")?;
        let (status, error) = known
            .get(&sid)
            .cloned()
            .context("a Sid that is not listed")?;
        let body = text("body").context("a body")?;
        Ok(Accepted {
            sid,
            body,
            status,
            error,
        })
    };
    entries.iter().map(read).collect()
}

/// Status and code of each Sid, by Twilio's own list.
fn states(world: &World, client: &mut Client) -> Result<HashMap<String, (String, Option<i64>)>> {
    let known = STANDARD.encode(format!("{}:{}", world.account, world.token));
    let credentials = format!("authorization: Basic {known}\r\n");
    let mut path = format!(
        "/2010-04-01/Accounts/{}/Messages.json?PageSize=1000",
        world.account
    );
    let mut found = HashMap::new();
    // More pages than any run fills.
    for _ in 0..1_000 {
        let page = json_of(client, &format!("/sim{path}"), &credentials)?;
        for text in page["messages"].as_array().context("no messages")? {
            let word = |name: &str| text[name].as_str().unwrap_or_default().to_owned();
            found.insert(word("sid"), (word("status"), text["error_code"].as_i64()));
        }
        match page["next_page_uri"].as_str() {
            Some(next) => next.clone_into(&mut path),
            None => break,
        }
    }
    Ok(found)
}

fn json_of(client: &mut Client, path: &str, more: &str) -> Result<Value> {
    let answer = client.get_with(path, more)?;
    ensure!(answer.status == 200, "{path}: {}", answer.status);
    Ok(serde_json::from_slice(&answer.body)?)
}
