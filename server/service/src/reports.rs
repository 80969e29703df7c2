//! What Twilio says of a text: kept as it came, then applied to the ladder by one conditional update.
//! **Here a text's status changes**, together with [`crate::outbox`] for what happens before Twilio has it.

use crate::{Service, carrier::Word, error::OrProblem};
use domain::{
    ids::{CaseId, OrgId, TextId},
    live::LiveEvent,
    problem::Problem,
    status::{Source, Status},
};
use store::{
    StoreError, Tx,
    rows::{Advance, NewReport},
};

/// A report of one text's status.
#[derive(Clone, Debug)]
pub struct Report {
    pub sid: String,
    /// Twilio's own word, known to us or not.
    pub word: String,
    pub error: Option<u32>,
    pub source: Source,
}

impl Report {
    pub(crate) fn of(word: Word, source: Source) -> Self {
        Self {
            sid: word.sid,
            word: word.status,
            error: word.error,
            source,
        }
    }
}

impl Service {
    /// Takes a status callback whose signature was checked. It names its text by our id, by Twilio's Sid, or both;
    /// one that fits no text of this organization is kept all the same.
    ///
    /// # Errors
    /// The database cannot be reached: nothing is kept, and Twilio must be told so.
    pub async fn take_callback(
        &self,
        org: OrgId,
        named: Option<TextId>,
        report: &Report,
    ) -> Result<(), Problem> {
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        // The Sid says whose report it is; our id only where the Sid is not known yet (the callback came first).
        let text = match (tx.text_by_sid(&report.sid).await.or_problem()?, named) {
            (Some(id), _) => Some(id),
            (None, Some(id)) => tx
                .text(id)
                .await
                .or_problem()?
                .filter(|text| text.sid.is_none())
                .map(|text| text.id),
            (None, None) => None,
        };
        match text {
            Some(id) => {
                let event = self.apply(&mut tx, id, report).await?;
                tx.commit().await.or_problem()?;
                self.ring(org, event);
            }
            None => {
                tracing::warn!(%org, sid = report.sid, "a status callback fits no text; it is kept");
                self.keep(&mut tx, None, report).await?;
                tx.commit().await.or_problem()?;
            }
        }
        Ok(())
    }

    /// Keeps a report and applies it, in a transaction of its own.
    pub(crate) async fn apply_report(
        &self,
        org: OrgId,
        text: TextId,
        report: &Report,
    ) -> Result<(), Problem> {
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let event = self.apply(&mut tx, text, report).await?;
        tx.commit().await.or_problem()?;
        self.ring(org, event);
        Ok(())
    }

    /// Keeps a report and lets the text climb; the live event, if anything changed.
    async fn apply(
        &self,
        tx: &mut Tx,
        id: TextId,
        report: &Report,
    ) -> Result<Option<LiveEvent>, Problem> {
        let now = self.now();
        let news = self.keep(tx, Some(id), report).await?;
        let mut changed = tx.learn_sid(id, &report.sid).await.or_problem()?;
        if let Some(status) = Status::from_twilio(&report.word) {
            let step = Advance {
                status,
                rank: status.rank(),
                error: report.error.map(i64::from),
                at: now,
                corrects: report.source == Source::Fetch,
            };
            changed |= tx.advance(id, &step).await.or_problem()?;
        }
        if let (Some(code), true) = (report.error, news) {
            tx.keep_error(id, i64::from(code)).await.or_problem()?;
            changed = true;
        }
        if !changed {
            return Ok(None);
        }
        let case = tx
            .text(id)
            .await
            .or_problem()?
            .ok_or(Problem::NotFound)?
            .case;
        self.announce(tx, case, id).await.map(Some)
    }

    pub(crate) async fn keep(
        &self,
        tx: &mut Tx,
        text: Option<TextId>,
        report: &Report,
    ) -> Result<bool, Problem> {
        self.insert_report(tx, text, report).await.or_problem()
    }

    /// Keeps the report that came as the answer to our sending.
    pub(crate) async fn keep_report(
        &self,
        tx: &mut Tx,
        text: TextId,
        report: &Report,
    ) -> Result<bool, StoreError> {
        self.insert_report(tx, Some(text), report).await
    }

    async fn insert_report(
        &self,
        tx: &mut Tx,
        text: Option<TextId>,
        report: &Report,
    ) -> Result<bool, StoreError> {
        let new = NewReport {
            id: self.0.clock.id(),
            text,
            sid: Some(&report.sid),
            source: report.source,
            status: &report.word,
            error: report.error.map(i64::from),
            at: self.now(),
        };
        tx.insert_report(&new).await
    }

    /// Writes a live event into the transaction; ring it after the commit.
    pub(crate) async fn announce(
        &self,
        tx: &mut Tx,
        case: CaseId,
        text: TextId,
    ) -> Result<LiveEvent, Problem> {
        let id = tx.insert_event(case, text, self.now()).await.or_problem()?;
        Ok(LiveEvent { id, case, text })
    }

    pub(crate) fn ring(&self, org: OrgId, event: Option<LiveEvent>) {
        if let Some(event) = event {
            self.0.hub.ring(org, event);
        }
    }
}
