//! Ctrl-C and SIGTERM: the running commands are asked to end, and the guards on the stack clean up.
//!
//! The handler ends nothing itself: a database cluster or a temporary folder is removed by the
//! guard that owns it, once the command in the foreground has returned.

use anyhow::{Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Starts to listen for Ctrl-C; a second one ends at once.
pub fn watch() -> Result<()> {
    ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        for pid in running().iter() {
            end(*pid, Signal::SIGTERM);
        }
    })?;
    Ok(())
}

/// Fails once Ctrl-C was pressed, so that no further step starts.
pub fn check() -> Result<()> {
    if INTERRUPTED.load(Ordering::SeqCst) {
        bail!("Stopped.");
    }
    Ok(())
}

/// Sends a signal to a process of ours; one that is gone already is fine.
pub fn end(pid: u32, signal: Signal) {
    if let Ok(pid) = i32::try_from(pid) {
        let _gone = kill(Pid::from_raw(pid), signal);
    }
}

/// Holds a process in the list of those that Ctrl-C ends.
pub struct Watched(u32);

impl Watched {
    pub fn new(pid: u32) -> Self {
        running().push(pid);
        if INTERRUPTED.load(Ordering::SeqCst) {
            end(pid, Signal::SIGTERM);
        }
        Watched(pid)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        running().retain(|pid| *pid != self.0);
    }
}

fn running() -> std::sync::MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(|broken| broken.into_inner())
}
