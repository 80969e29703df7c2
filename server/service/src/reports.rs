//! What Twilio says of a text: kept as it came, then applied to the ladder by one conditional update.
//! **Here a text's status changes**, together with [`crate::outbox`] for what happens before Twilio has it.

use crate::{Service, carrier::Word, error::OrProblem, news::News, outbox::known_code, torture};
use domain::{
    ids::{OrgId, TextId},
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
        // The Sid says whose report it is; our id only where the Sid is not known yet (the callback came first), or
        // has become known between the two looks.
        let text = match (tx.text_by_sid(&report.sid).await.or_problem()?, named) {
            (Some(id), _) => Some(id),
            (None, Some(id)) => tx
                .text(id)
                .await
                .or_problem()?
                .filter(|text| text.sid.as_ref().is_none_or(|sid| *sid == report.sid))
                .map(|text| text.id),
            (None, None) => None,
        };
        match text {
            Some(id) => self.apply(tx, id, report).await?,
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
        let tx = self.0.store.begin(org).await.or_problem()?;
        self.apply(tx, text, report).await
    }

    /// Keeps a report, lets the text climb, heeds its code, and commits.
    async fn apply(&self, mut tx: Tx, id: TextId, report: &Report) -> Result<(), Problem> {
        let changed = self.climb(&mut tx, id, report).await?;
        let mut news = News::default();
        if changed || report.error.is_some() {
            let text = tx.text(id).await.or_problem()?.ok_or(Problem::NotFound)?;
            let code = report.error.or_else(|| known_code(&text));
            self.heed_code(&mut tx, &text, code, &mut news).await?;
            if changed {
                self.0.meters.reported(self.now() - text.created_at);
                news.texts.push((text.case, id));
            }
        }
        let (org, events) = (tx.org_id(), self.write_news(&mut tx, news).await?);
        tx.commit().await.or_problem()?;
        torture::point("after_webhook_commit").await;
        self.ring(org, events);
        Ok(())
    }

    /// Keeps a report and lets the text climb; answers whether anything changed.
    async fn climb(&self, tx: &mut Tx, id: TextId, report: &Report) -> Result<bool, Problem> {
        let now = self.now();
        let news = self.keep(tx, Some(id), report).await?;
        let step = Status::from_twilio(&report.word).map(|status| Advance {
            status,
            rank: status.rank(),
            error: report.error.map(i64::from),
            at: now,
            corrects: report.source == Source::Fetch,
        });
        let learned = tx.learn(id, &report.sid, step.as_ref()).await;
        let mut changed = learned.or_problem()?;
        if let (Some(code), true) = (report.error, news) {
            tx.keep_error(id, i64::from(code)).await.or_problem()?;
            changed = true;
        }
        Ok(changed)
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
}
