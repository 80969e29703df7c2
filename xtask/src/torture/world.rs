//! What all threads of one run share.

use super::hits::Hits;
use super::plan::Plan;
use crate::interrupt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// One run: where everything is, and whether faults still come.
pub struct World {
    pub plan: Plan,
    pub hits: Hits,
    /// Where each server listens, whether it is there at this moment or not.
    pub nodes: Vec<String>,
    pub program: PathBuf,
    pub folder: PathBuf,
    /// Where the pretend Twilio is, without anything between us and it.
    pub oracle: String,
    pub account: String,
    pub token: String,
    pub number: String,
    /// Which guard the servers do without.
    pub without: String,
    /// What is loaded into the servers so that the power can be cut.
    pub power: Option<PathBuf>,
    faults: AtomicBool,
    turns: AtomicU64,
}

/// How long a moment of waiting lasts.
pub const MOMENT: Duration = Duration::from_millis(20);

impl World {
    pub fn new(plan: Plan, program: PathBuf, folder: PathBuf) -> Self {
        World {
            plan,
            hits: Hits::default(),
            nodes: Vec::new(),
            program,
            folder,
            oracle: String::new(),
            account: String::new(),
            token: String::new(),
            number: String::new(),
            without: String::new(),
            power: None,
            faults: AtomicBool::new(false),
            turns: AtomicU64::new(0),
        }
    }

    /// Faults come, and staff and clients write.
    pub fn is_rough(&self) -> bool {
        self.faults.load(Ordering::SeqCst) && interrupt::check().is_ok()
    }

    pub fn begin_faults(&self) {
        self.faults.store(true, Ordering::SeqCst);
    }

    pub fn end_faults(&self) {
        self.faults.store(false, Ordering::SeqCst);
    }

    /// Waits for so many milliseconds, or until faults end.
    pub fn wait(&self, milliseconds: u64) {
        let end = Instant::now() + Duration::from_millis(milliseconds);
        while self.is_rough() && Instant::now() < end {
            std::thread::sleep(MOMENT.min(end.saturating_duration_since(Instant::now())));
        }
    }

    /// Another server each time.
    pub fn some_node(&self) -> &str {
        let turn = self.turns.fetch_add(1, Ordering::SeqCst);
        &self.nodes[turn as usize % self.nodes.len()]
    }

    /// The file that puts the servers' clock forward.
    pub fn clock(&self) -> PathBuf {
        self.folder.join("clock")
    }
}
