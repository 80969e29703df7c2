//! Resident memory of a process, as Linux counts it.

use crate::interrupt;
use anyhow::{Context, Result};
use std::time::Duration;

/// Megabytes resident once they have stayed the same for two seconds (after ten at the latest).
pub fn settled(pid: u32) -> Result<f64> {
    let mut last = resident_kb(pid)?;
    let mut same = 0;
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(500));
        interrupt::check()?;
        let now = resident_kb(pid)?;
        same = if now == last { same + 1 } else { 0 };
        last = now;
        if same == 4 {
            break;
        }
    }
    Ok(last as f64 * 1024.0 / 1_000_000.0)
}

/// Megabytes that were resident when it were most.
pub fn highest(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))
        .context("Memory is measured on Linux only, while the program runs.")?;
    let kb = parse(&status, "VmHWM:").context("/proc/PID/status has no VmHWM")?;
    Ok(kb as f64 * 1024.0 / 1_000_000.0)
}

fn resident_kb(pid: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))
        .context("Memory is measured on Linux only, while the program runs.")?;
    parse(&status, "VmRSS:").context("/proc/PID/status has no VmRSS")
}

fn parse(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn resident_memory_is_read_off_the_status() {
        let status = "VmPeak:\t  900 kB\nVmRSS:\t   38400 kB\nThreads:\t4\n";
        assert_eq!(super::parse(status, "VmRSS:"), Some(38_400));
    }
}
