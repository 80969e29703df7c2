//! How long the list of clients takes among as many as the bench has stored, whatever is typed.

use super::{http::Client, load::quantile};
use crate::interrupt;
use anyhow::{Result, ensure};
use std::time::Instant;

/// Names from one letter to two words, digits of a phone and of a case, what nobody has, and each order and choice.
const LOOKS: [&str; 12] = [
    "/",
    "/?q=a",
    "/?q=ga",
    "/?q=garcia",
    "/?q=ana+garcia",
    "/?q=garcia+7",
    "/?q=zzz",
    "/?q=ana+zzz",
    "/?q=0142",
    "/?q=26-0099",
    "/?sort=last",
    "/?q=ana&okay=yes&sort=last",
];
const TIMES: usize = 20;

/// Microseconds of the pages of each look, in order.
pub struct Searches(Vec<(&'static str, Vec<u32>)>);

/// Asks for each page one after another.
pub fn run(client: &mut Client) -> Result<Searches> {
    let mut all = vec![];
    for look in LOOKS {
        let mut micros = vec![];
        for _ in 0..TIMES {
            let asked = Instant::now();
            let answer = client.get(look, "br")?;
            micros.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
            ensure!(answer.status == 200, "{look} answered {}.", answer.status);
            interrupt::check()?;
        }
        micros.sort_unstable();
        all.push((look, micros));
    }
    Ok(Searches(all))
}

impl Searches {
    /// The slowest look, and the milliseconds in which it was answered as a rule.
    pub fn slowest(&self) -> (&'static str, f64) {
        let median = |micros: &[u32]| f64::from(quantile(micros, 0.5)) / 1000.0;
        let each = self.0.iter().map(|(look, micros)| (*look, median(micros)));
        each.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
    }

    pub fn in_words(&self) -> String {
        let longest = self.0.iter().filter_map(|(_, micros)| micros.last()).max();
        format!(
            "List of clients: {} looks, {TIMES} times each (SQLite, one connection); the slowest as a rule is {}, the longest of all \
             took {:.1} ms.",
            self.0.len(),
            self.slowest().0,
            f64::from(longest.copied().unwrap_or_default()) / 1000.0,
        )
    }
}
