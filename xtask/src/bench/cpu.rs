//! Processor time of a process, as Linux counts it. On a machine with other work it says more than the clock does.

use anyhow::{Context, Result};

/// `/proc` counts in hundredths of a second, whatever the kernel's own clock (proc(5), USER_HZ).
const TICKS: f64 = 100.0;

/// Seconds of processor time used so far, the kernel's work for the process included.
pub fn seconds(pid: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .context("Processor time is measured on Linux only, while the program runs.")?;
    parse(&stat).context("/proc/PID/stat has no times")
}

/// Fields 14 and 15. The name, field 2, stands in parentheses and may hold blanks.
fn parse(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) as f64 / TICKS)
}

#[cfg(test)]
mod tests {
    #[test]
    fn processor_time_is_user_and_system_together() {
        let stat = "42 (ok) text) S 1 42 42 0 -1 4194560 900 0 3 0 250 50 0 0 20 0 4 0 100";
        assert_eq!(super::parse(stat), Some(3.0));
    }
}
