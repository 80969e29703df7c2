//! Asking for a page as often as the program answers, from a core of our own.

use super::{cpu, http::Client};
use crate::interrupt;
use anyhow::{Context, Result, bail, ensure};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// Microseconds of each answer, in order, and how long all of them took.
pub struct Answers {
    micros: Vec<u32>,
    took: Duration,
    /// Seconds of processor time that the program used for them.
    cpu: f64,
    connections: usize,
    bytes: usize,
}

/// A second to warm up, then `seconds` of asking over each connection without a pause.
pub fn run(
    client: &Client,
    path: &str,
    pid: u32,
    connections: usize,
    seconds: u64,
) -> Result<Answers> {
    pin_to_core(1)?;
    let request = client.get_request(path, "br");
    let bytes = probe(client, request.as_bytes())?;
    ask(client, &request, connections, Duration::from_secs(1))?;
    let (start, used) = (Instant::now(), cpu::seconds(pid)?);
    let mut micros = ask(client, &request, connections, Duration::from_secs(seconds))?;
    let (took, cpu) = (start.elapsed(), cpu::seconds(pid)? - used);
    interrupt::check()?;
    micros.sort_unstable();
    Ok(Answers {
        micros,
        took,
        cpu,
        connections,
        bytes,
    })
}

/// The size of one answer, which has to be the page and not a way to the sign-in.
fn probe(client: &Client, request: &[u8]) -> Result<usize> {
    let answer = client.another()?.exchange(request)?;
    ensure!(answer.status == 200, "The page answered {}.", answer.status);
    Ok(answer.body.len())
}

fn ask(client: &Client, request: &str, connections: usize, limit: Duration) -> Result<Vec<u32>> {
    let clients: Vec<Client> = (0..connections)
        .map(|_| client.another())
        .collect::<Result<_>>()?;
    thread::scope(|scope| {
        let each =
            |mut client| scope.spawn(move || ask_on_one(&mut client, request.as_bytes(), limit));
        let threads: Vec<_> = clients.into_iter().map(each).collect();
        let mut micros = Vec::new();
        for thread in threads {
            let Ok(answers) = thread.join() else {
                bail!("A connection's thread broke.")
            };
            micros.extend(answers?);
        }
        Ok(micros)
    })
}

fn ask_on_one(client: &mut Client, request: &[u8], limit: Duration) -> Result<Vec<u32>> {
    let start = Instant::now();
    let mut micros = Vec::new();
    while start.elapsed() < limit {
        let asked = Instant::now();
        let answer = client.exchange(request)?;
        ensure!(
            answer.status == 200,
            "The page answered {} under load.",
            answer.status
        );
        micros.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
    }
    Ok(micros)
}

/// Threads started from here on inherit the core, so that we take nothing from the program's.
fn pin_to_core(core: u32) -> Result<()> {
    let pid = std::process::id().to_string();
    let output = Command::new("taskset")
        .args(["-c", "-p", &core.to_string(), &pid])
        .output();
    let output = output.context("taskset is missing (package util-linux)")?;
    ensure!(
        output.status.success(),
        "taskset: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

impl Answers {
    pub fn per_second(&self) -> f64 {
        self.micros.len() as f64 / self.took.as_secs_f64()
    }

    /// For each second of processor time.
    pub fn per_cpu_second(&self) -> f64 {
        self.micros.len() as f64 / self.cpu
    }

    pub fn in_words(&self, texts: u64) -> String {
        let ms = |share| f64::from(quantile(&self.micros, share)) / 1000.0;
        format!(
            "Texts page: {texts} texts stored (SQLite), {} connections, {:.1} kB an answer, p50 {:.1} ms, p99 {:.1} ms; \
             {:.0} requests for each second of processor time (the core was the program's for {:.0} % of the time).",
            self.connections,
            self.bytes as f64 / 1000.0,
            ms(0.5),
            ms(0.99),
            self.per_cpu_second(),
            self.cpu / self.took.as_secs_f64() * 100.0,
        )
    }
}

/// The value that this share of the sorted values doesn't exceed.
pub fn quantile(sorted: &[u32], share: f64) -> u32 {
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted
        .get(place.saturating_sub(1))
        .or(sorted.last())
        .copied()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_p99_of_a_hundred_is_the_ninety_ninth() {
        let sorted: Vec<u32> = (1..=100).collect();
        assert_eq!(super::quantile(&sorted, 0.99), 99);
        assert_eq!(super::quantile(&sorted, 0.5), 50);
        assert_eq!(super::quantile(&[], 0.5), 0);
    }
}
