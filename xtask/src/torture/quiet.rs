//! After the faults: the servers run until quiet, staff answer what they are asked, and all is compared.

use super::base::Base;
use super::office::{fill_in, sign_in};
use super::oracle::accepted;
use super::verdict::{Accounts, Verdict, judge};
use super::world::World;
use crate::bench::http::Client;
use crate::interrupt;
use anyhow::Result;
use std::fs;
use std::time::{Duration, Instant};

/// The servers' clock is put forward so that what they do after minutes and hours need not be waited for: after so many
/// seconds of quiet, by so many minutes all in all.
const FORWARD: [(u64, u64); 6] = [(3, 3), (6, 8), (9, 18), (20, 50), (32, 250), (46, 24 * 60)];
/// Whatever does not agree when for so long nothing more came to agree is not going to. After a long run it takes its time:
/// Twilio is asked about ten texts a second.
const LONGEST: Duration = Duration::from_secs(75);

/// How a run ended.
#[derive(Debug)]
pub struct Ended {
    pub verdict: Verdict,
    /// How many texts staff were asked about.
    pub asked: usize,
    /// From the last fault until all agreed.
    pub took: Duration,
    pub accounts: Accounts,
}

/// Waits until all agree. `enough`: what is found already ends it as well.
pub fn settle(
    world: &World,
    base: &Base,
    mut accounts: Accounts,
    enough: impl Fn(&Verdict) -> bool,
) -> Result<Ended> {
    let begun = Instant::now();
    let mut verdict = until_agreed(world, base, &mut accounts, begun, &enough)?;
    let asked = verdict.asked.len();
    if verdict.is_good() && asked > 0 {
        send_again(world, &accounts, &verdict)?;
        let none_left = |verdict: &Verdict| verdict.asked.is_empty() && verdict.is_good();
        let again = Instant::now();
        while !none_left(&verdict) && again.elapsed() < LONGEST {
            verdict = look(world, base, &mut accounts)?;
        }
        if !verdict.asked.is_empty() {
            verdict.stuck.append(&mut verdict.asked);
        }
    }
    Ok(Ended {
        verdict,
        asked,
        took: begun.elapsed(),
        accounts,
    })
}

fn until_agreed(
    world: &World,
    base: &Base,
    accounts: &mut Accounts,
    begun: Instant,
    enough: &impl Fn(&Verdict) -> bool,
) -> Result<Verdict> {
    let mut steps = FORWARD.iter().peekable();
    let (mut fewest, mut since) = (usize::MAX, begun);
    loop {
        let verdict = look(world, base, accounts)?;
        if verdict.open() < fewest {
            (fewest, since) = (verdict.open(), Instant::now());
        }
        if verdict.is_good() || enough(&verdict) || since.elapsed() > LONGEST {
            return Ok(verdict);
        }
        if let Some((_, minutes)) = steps.next_if(|step| begun.elapsed().as_secs() >= step.0) {
            let milliseconds = minutes * 60_000;
            fs::write(world.clock(), milliseconds.to_string())?;
        }
    }
}

/// Compares once. It takes as long as before to wait as it took to look: of a long run there is much to read.
fn look(world: &World, base: &Base, accounts: &mut Accounts) -> Result<Verdict> {
    interrupt::check()?;
    let began = Instant::now();
    // The database first: what it says is true at Twilio by then.
    (accounts.booked, accounts.came) = base.books(world)?;
    accounts.accepted = accepted(world)?;
    std::thread::sleep(began.elapsed().max(Duration::from_millis(500)));
    Ok(judge(accounts))
}

/// Staff decide that what Twilio does not have is sent again.
fn send_again(world: &World, accounts: &Accounts, verdict: &Verdict) -> Result<()> {
    // The clock may have been put forward past the end of every session.
    let mut client = Client::connect(world.some_node())?;
    sign_in(&mut client)?;
    for text in &accounts.booked {
        let Some(posted) = text
            .posting_at
            .filter(|_| verdict.asked.contains(&text.body))
        else {
            continue;
        };
        let posted = posted.to_string();
        let form = [
            ("text", text.id.as_str()),
            ("posted", &posted),
            ("choice", "again"),
            ("sure", "on"),
        ];
        fill_in(&mut client, "/unclear", &form)?;
    }
    Ok(())
}
