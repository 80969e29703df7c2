//! The check in words, for the reader's zone.

use super::{Service, parse};
use crate::zones;
use domain::{
    check::Line,
    role::Actor,
    setup::{CheckView, LineView, Step},
    words::{check as words, common},
};
use store::rows::CheckRow;

impl Service {
    /// The check as far as it is: while it runs, the lines that are done.
    pub(crate) fn check_view(&self, actor: &Actor, row: Option<CheckRow>) -> CheckView {
        let Some(row) = row else {
            return CheckView::default();
        };
        let running = self.is_running(&row);
        let stored = parse(&row.lines_json);
        let shown = |line: &&Line| !running || stored.fresh.contains(&line.topic);
        CheckView {
            lines: stored
                .lines
                .iter()
                .filter(shown)
                .map(|line| self.line_view(&actor.zone, line))
                .collect(),
            at: row
                .ended_at
                .map(|at| zones::when(at, &actor.zone, self.now())),
            running,
        }
    }

    /// A line in words, with times in `zone`.
    pub(crate) fn line_view(&self, zone: &str, line: &Line) -> LineView {
        let when = |at| common::when(&zones::when(at, zone, self.now()));
        let standing = line.finding.standing();
        let step = Step::ALL
            .into_iter()
            .find(|step| step.topics().contains(&line.topic));
        LineView {
            heading: words::heading(line.topic).to_owned(),
            standing,
            said: words::said(&line.finding, when),
            facts: words::facts(&line.finding)
                .into_iter()
                .map(|(what, value)| (what.to_owned(), value))
                .collect(),
            next: words::next(&line.finding).map(str::to_owned),
            step,
        }
    }
}
