//! What Twilio says of a text: kept as it came, then applied to the ladder by one conditional update.
//! **Here a text's status changes**, together with [`crate::outbox`] for what happens before Twilio has it.

use crate::{
    Service,
    carrier::Word,
    error::OrProblem,
    meters::Odd,
    news::News,
    outbox::known_code,
    reports_of::Named,
    together::{Group, Shared, rounds},
    torture,
};
use domain::{
    ids::{OrgId, TextId},
    problem::Problem,
    status::{Source, Status},
};
use std::collections::BTreeMap;
use store::{
    Tx,
    rows::{Advance, Heard, NewReport},
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

/// A status callback whose signature was checked.
pub(crate) struct Told {
    org: OrgId,
    named: Named,
    report: Report,
}

impl Told {
    /// What it is to us, if it can be applied together with others: it brings no error, which may mean more than a status.
    fn plain(&self) -> Option<Status> {
        let is_plain = self.report.error.is_none() && !matches!(self.named, Named::Test(_));
        Status::from_twilio(&self.report.word).filter(|_| is_plain)
    }
}

/// Callbacks that arrive together.
pub(crate) struct Reports;

impl Shared for Reports {
    const NAME: &'static str = "status";
    type Job = Told;
    type Answer = ();

    fn org(told: &Told) -> OrgId {
        told.org
    }

    async fn alone(service: &Service, tx: &mut Tx, told: &Told) -> Result<((), News), Problem> {
        let named = match told.named {
            Named::Test(id) => {
                service.note_test(tx, id, &told.report).await?;
                return Ok(((), News::default()));
            }
            Named::Text(id) => Some(id),
            Named::Nothing => None,
        };
        let news = service.note(tx, named, &told.report).await?;
        Ok(((), news))
    }

    /// Plain ones whose Sid is known in a few statements for all of an organization; the others one after another.
    async fn together(
        service: &Service,
        group: &mut Group,
        jobs: &[Told],
    ) -> Result<Vec<()>, Problem> {
        let mut plain: BTreeMap<OrgId, Vec<(&Told, Status)>> = BTreeMap::new();
        let mut others = vec![];
        for told in jobs {
            match told.plain() {
                Some(status) => plain.entry(told.org).or_default().push((told, status)),
                None => others.push(told),
            }
        }
        for (org, told) in plain {
            // Two reports on one text go one after the other, as if they had come so.
            for round in rounds(told, |(told, _)| vec![told.report.sid.clone()]) {
                let (news, unknown) = service.climb_all(group.of(org), round).await?;
                group.tell(org, news);
                others.extend(unknown);
            }
        }
        for told in others {
            let ((), news) = Self::alone(service, group.of(told.org), told).await?;
            group.tell(told.org, news);
        }
        Ok(vec![(); jobs.len()])
    }
}

impl Service {
    /// Takes a status callback whose signature was checked. It names its text by our id, by Twilio's Sid, or both;
    /// one that fits no text of this organization is kept all the same. Those that arrive together share a transaction.
    ///
    /// # Errors
    /// The database cannot be reached: nothing is kept, and Twilio must be told so.
    pub async fn take_callback(
        &self,
        org: OrgId,
        named: Named,
        report: Report,
    ) -> Result<(), Problem> {
        let told = Told { org, named, report };
        let taken = self.share::<Reports>(&self.0.gathered.reports, told).await;
        torture::point("after_webhook_commit").await;
        taken
    }

    /// Keeps plain reports on as many texts, and lets these climb. Also answers those whose Sid is of no text yet.
    async fn climb_all<'a>(
        &self,
        tx: &mut Tx,
        told: Vec<(&'a Told, Status)>,
    ) -> Result<(News, Vec<&'a Told>), Problem> {
        let sids: Vec<&str> = told
            .iter()
            .map(|(told, _)| told.report.sid.as_str())
            .collect();
        let found = tx.texts_by_sids(&sids).await.or_problem()?;
        let found: BTreeMap<usize, TextId> = found.into_iter().collect();
        let (mut heard, mut unknown) = (vec![], vec![]);
        for (n, (told, status)) in told.into_iter().enumerate() {
            match found.get(&n) {
                Some(text) => heard.push(Heard {
                    id: self.0.clock.id(),
                    text: *text,
                    sid: &told.report.sid,
                    word: &told.report.word,
                    status,
                }),
                None => unknown.push(told),
            }
        }
        let mut news = News::default();
        if heard.is_empty() {
            return Ok((news, unknown));
        }
        for climbed in tx.climb_all(&heard, self.now()).await.or_problem()? {
            if climbed.error.is_some() {
                let text = tx.text(climbed.text).await.or_problem()?;
                let text = text.ok_or(Problem::NotFound)?;
                self.heed_code(tx, &text, known_code(&text), &mut news)
                    .await?;
            }
            news.texts.push((climbed.case, climbed.text));
            news.raised.push(climbed.created_at);
        }
        Ok((news, unknown))
    }

    /// Finds whose report it is, keeps and applies it.
    async fn note(
        &self,
        tx: &mut Tx,
        named: Option<TextId>,
        report: &Report,
    ) -> Result<News, Problem> {
        // The Sid says whose report it is; our id only where the Sid is not known yet (the callback came first), or
        // has become known between the two looks.
        let text = match (tx.text_by_sid(&report.sid).await.or_problem()?, named) {
            (Some(id), _) => Some(id),
            (None, Some(id)) => match tx.text(id).await.or_problem()? {
                Some(text) => Some(text)
                    .filter(|text| text.sid.as_ref().is_none_or(|sid| *sid == report.sid))
                    .map(|text| text.id),
                None => {
                    // Whoever has this token named another organization's text, or one that never was.
                    tracing::warn!(org = %tx.org_id(), text = %id, "a signed report names a text that is not this organization's");
                    self.0.meters.odd(Odd::OthersText);
                    None
                }
            },
            (None, None) => None,
        };
        match text {
            Some(id) => self.apply(tx, id, report).await,
            None => {
                tracing::warn!(org = %tx.org_id(), sid = report.sid, "a status callback fits no text; it is kept");
                self.keep(tx, None, report).await?;
                Ok(News::default())
            }
        }
    }

    /// Keeps a report and applies it, in a transaction of its own.
    pub(crate) async fn apply_report(
        &self,
        org: OrgId,
        text: TextId,
        report: &Report,
    ) -> Result<(), Problem> {
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let mut news = self.apply(&mut tx, text, report).await?;
        let raised = std::mem::take(&mut news.raised);
        self.conclude(tx, news).await?;
        for written_at in raised {
            self.0.meters.reported(self.now() - written_at);
        }
        Ok(())
    }

    /// Keeps a report, lets the text climb, and heeds its code.
    pub(crate) async fn apply(
        &self,
        tx: &mut Tx,
        id: TextId,
        report: &Report,
    ) -> Result<News, Problem> {
        let changed = self.climb(tx, id, report).await?;
        let mut news = News::default();
        if changed || report.error.is_some() {
            let text = tx.text(id).await.or_problem()?.ok_or(Problem::NotFound)?;
            let code = report.error.or_else(|| known_code(&text));
            self.heed_code(tx, &text, code, &mut news).await?;
            if changed {
                news.raised.push(text.created_at);
                news.texts.push((text.case, id));
            }
        }
        Ok(news)
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
        let new = NewReport {
            id: self.0.clock.id(),
            text,
            sid: Some(&report.sid),
            source: report.source,
            status: &report.word,
            error: report.error.map(i64::from),
            at: self.now(),
        };
        tx.insert_report(&new).await.or_problem()
    }
}
