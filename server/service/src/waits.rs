//! What texts wait for: said beside each of them.

use crate::{Service, error::OrProblem, zones::Reader};
use domain::{
    halt::{self, Halt},
    ids::TextId,
    problem::Problem,
    status::Status,
    text::Waiting,
};
use std::collections::HashMap;
use store::{Tx, rows::ListedText};

/// Whoever leaves within this time has nothing to be told, in seconds.
const SOON: i64 = 5;

/// What the texts of one organization wait for.
#[derive(Default)]
pub(crate) struct Waits {
    halt: Option<Halt>,
    /// Place in line, and the seconds until it leaves.
    places: HashMap<TextId, (i64, i64)>,
}

impl Service {
    /// What these texts wait for. Nothing is asked for those that wait for nothing.
    pub(crate) async fn waits(&self, tx: &mut Tx, texts: &[ListedText]) -> Result<Waits, Problem> {
        let waiting = |text: &&ListedText| matches!(text.status, Status::Waiting | Status::Claimed);
        let ids: Vec<TextId> = texts.iter().filter(waiting).map(|text| text.id).collect();
        if ids.is_empty() {
            return Ok(Waits::default());
        }
        let now = self.now();
        let halts = tx.halts().await.or_problem()?;
        let bucket = tx.bucket().await.or_problem()?;
        let places = tx.places(&ids).await.or_problem()?;
        let place = |(text, place, parts)| (text, (place, (bucket.wait(now, parts) + 999) / 1000));
        Ok(Waits {
            halt: halt::first_of(&halts, now),
            places: places.into_iter().map(place).collect(),
        })
    }
}

impl Waits {
    /// What this text waits for, as this reader sees it.
    pub(crate) fn of(&self, text: TextId, reader: &Reader) -> Option<Waiting> {
        let (place, seconds) = *self.places.get(&text)?;
        match self.halt {
            Some(halt) => Some(Waiting::Halted(
                halt.reason,
                halt.until.map(|until| reader.when(until)),
            )),
            None => (seconds > SOON).then_some(Waiting::InLine(place, seconds)),
        }
    }
}
