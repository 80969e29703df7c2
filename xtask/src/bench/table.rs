//! The table that goes into the README.

use std::fmt;

/// Measurements against their budgets, as Markdown.
#[derive(Default)]
pub struct Table {
    rows: Vec<String>,
    notes: Vec<String>,
}

impl Table {
    pub fn at_most(&mut self, what: &str, measured: f64, budget: f64, unit: &str) {
        self.row(
            what,
            measured,
            &format!("at most {budget:.0}"),
            unit,
            measured <= budget,
        );
    }

    pub fn at_least(&mut self, what: &str, measured: f64, budget: f64, unit: &str) {
        self.row(
            what,
            measured,
            &format!("at least {budget:.0}"),
            unit,
            measured >= budget,
        );
    }

    pub fn note(&mut self, note: &str) {
        self.notes.push(note.to_owned());
    }

    fn row(&mut self, what: &str, measured: f64, budget: &str, unit: &str, kept: bool) {
        let verdict = if kept { "kept" } else { "**missed**" };
        self.rows.push(format!(
            "| {what} | {measured:.0} {unit} | {budget} {unit} | {verdict} |"
        ));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "| what | measured | budget | |")?;
        writeln!(out, "|---|---|---|---|")?;
        self.rows
            .iter()
            .try_for_each(|row| writeln!(out, "{row}"))?;
        self.notes
            .iter()
            .try_for_each(|note| writeln!(out, "\n{note}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_missed_budget_is_told() {
        let mut table = Table::default();
        table.at_most("memory", 38.2, 40.0, "MB");
        table.at_least("texts page", 1_500.0, 2_000.0, "requests/s");
        let text = table.to_string();
        assert!(
            text.contains("| memory | 38 MB | at most 40 MB | kept |"),
            "{text}"
        );
        assert!(
            text.contains("| at least 2000 requests/s | **missed** |"),
            "{text}"
        );
    }
}
