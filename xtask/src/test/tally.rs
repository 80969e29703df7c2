//! Counting tests.

use std::fmt;

/// How many tests ended how.
#[derive(Default, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Tally {
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Reads libtest's line: `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; …`.
    pub fn from_libtest(line: &str) -> Option<Tally> {
        let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let count = |word: &str| {
            let part = counts
                .split("; ")
                .find_map(|part| part.strip_suffix(word))?;
            part.trim().parse().ok()
        };
        Some(Tally {
            passed: count("passed")?,
            failed: count("failed")?,
            skipped: count("ignored")?,
        })
    }

    /// Reads the statistics of Playwright's JSON report. A flaky test passed in the end.
    pub fn from_playwright(report: &serde_json::Value) -> Option<Tally> {
        let stats = report.get("stats")?;
        let count = |key: &str| stats.get(key)?.as_u64();
        // Errors outside of any test (a file that doesn't compile) belong to no count.
        let outside = report
            .get("errors")
            .and_then(|errors| errors.as_array())
            .map_or(0, Vec::len);
        Some(Tally {
            passed: count("expected")? + count("flaky")?,
            failed: count("unexpected")? + outside as u64,
            skipped: count("skipped")?,
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_libtest_summary_is_read_and_other_lines_are_not() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.52s";
        assert_eq!(
            Tally::from_libtest(line),
            Some(Tally {
                passed: 12,
                failed: 3,
                skipped: 1
            })
        );
        assert_eq!(
            Tally::from_libtest("test a_late_sent_never_undoes_delivered ... ok"),
            None
        );
    }

    #[test]
    fn a_file_that_does_not_compile_counts_as_failed_in_the_browser() {
        let report = serde_json::json!({
            "stats": {"expected": 7, "unexpected": 1, "flaky": 1, "skipped": 2},
            "errors": [{"message": "SyntaxError"}],
        });
        let tally = Tally {
            passed: 8,
            failed: 2,
            skipped: 2,
        };
        assert_eq!(Tally::from_playwright(&report), Some(tally));
    }

    #[test]
    fn the_last_line_has_the_promised_form() {
        let tally = Tally {
            passed: 1,
            failed: 0,
            skipped: 2,
        };
        assert_eq!(tally.to_string(), "1 passed, 0 failed, 2 skipped");
    }
}
