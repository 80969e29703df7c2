//! What came of a text that left. Those that were taken are recorded in a few statements for all.

use super::RECORD_AGAIN;
use crate::{
    Service,
    carrier::{SendOutcome, Word},
    error::OrProblem,
    meters::Odd,
    news::News,
    reports::Report,
    together::{Group, Shared, by_org, rounds},
};
use domain::{
    ids::{CaseId, OrgId, TextId},
    problem::Problem,
    status::{Source, Status},
};
use std::collections::BTreeMap;
use store::{
    Tx,
    rows::{Accepted, Claimed, Heard, TextRecord},
};
use uuid::Uuid;

/// So many times an outcome is told to a database that is there and does not take it.
const TRIES: i32 = 10;

/// A text that left, and what Twilio said.
#[derive(Clone)]
pub(crate) struct Sent {
    pub claim: Claimed,
    pub case: CaseId,
    pub outcome: SendOutcome,
}

/// What came of texts that left.
struct Recording;

impl Shared for Recording {
    const NAME: &'static str = "outcome";
    type Job = Sent;
    type Answer = ();

    fn org(sent: &Sent) -> OrgId {
        sent.claim.org
    }

    async fn alone(service: &Service, tx: &mut Tx, sent: &Sent) -> Result<((), News), Problem> {
        let news = service.record_outcome(tx, sent, &sent.outcome).await?;
        Ok(((), news))
    }

    /// Those that Twilio took, and said nothing else of, in a few statements for all of an organization; the others one
    /// after another.
    async fn together(
        service: &Service,
        group: &mut Group,
        jobs: &[Sent],
    ) -> Result<Vec<()>, Problem> {
        let mut others = vec![];
        for (org, all) in by_org(jobs, Self::org) {
            let mut taken = vec![];
            for (_, sent) in all {
                match &sent.outcome {
                    SendOutcome::Accepted(word) if word.error.is_none() => taken.push((sent, word)),
                    _ => others.push(sent),
                }
            }
            for round in rounds(taken, |(_, word)| vec![word.sid.clone()]) {
                let (news, odd) = service.record_taken(group.of(org), round).await?;
                group.tell(org, news);
                others.extend(odd);
            }
        }
        for sent in others {
            let ((), news) = Self::alone(service, group.of(sent.claim.org), sent).await?;
            group.tell(sent.claim.org, news);
        }
        Ok(vec![(); jobs.len()])
    }
}

impl Service {
    /// Records an outcome, however long the database is away: it is known nowhere else.
    pub(super) async fn record_surely(&self, sent: Sent) {
        let (claim, mut refused) = (sent.claim, 0);
        loop {
            let recorded = self
                .share::<Recording>(&self.0.gathered.outcomes, sent.clone())
                .await;
            let Err(problem) = recorded else {
                return;
            };
            tracing::error!(text = %claim.text, ?problem, "an outcome could not be recorded; trying again");
            refused += i32::from(problem != Problem::Unavailable);
            if refused > TRIES {
                // The database is there and does not take it: Twilio's list will tell.
                return self.let_go(&claim).await;
            }
            tokio::time::sleep(RECORD_AGAIN).await;
        }
    }

    /// Records that Twilio took these texts of one organization, each with another Sid. Also answers those whose Sid is of
    /// another text.
    async fn record_taken<'a>(
        &self,
        tx: &mut Tx,
        taken: Vec<(&'a Sent, &'a Word)>,
    ) -> Result<(News, Vec<&'a Sent>), Problem> {
        let sids: Vec<&str> = taken.iter().map(|(_, word)| word.sid.as_str()).collect();
        let whose = tx.texts_by_sids(&sids).await.or_problem()?;
        let whose: BTreeMap<usize, TextId> = whose.into_iter().collect();
        let is_odd = |(n, (sent, _)): &(usize, (&Sent, &Word))| {
            whose.get(n).is_some_and(|other| *other != sent.claim.text)
        };
        let (odd, taken): (Vec<_>, Vec<_>) = taken.into_iter().enumerate().partition(is_odd);
        let odd = odd.into_iter().map(|(_, (sent, _))| sent).collect();
        let taken: Vec<(&Sent, &Word)> = taken.into_iter().map(|(_, taken)| taken).collect();
        let Some((first, _)) = taken.first() else {
            return Ok((News::default(), odd));
        };
        let said: Vec<(TextId, Uuid, Accepted<'_>)> = taken
            .iter()
            .map(|(sent, word)| (sent.claim.text, sent.claim.token, self.accepted(word)))
            .collect();
        let done = tx.accept_all(&said).await.or_problem()?;
        let done: BTreeMap<TextId, bool> = done.into_iter().collect();
        let heard: Vec<Heard<'_>> = said
            .iter()
            .zip(&taken)
            .map(|((text, _, said), (_, word))| Heard {
                id: self.0.clock.id(),
                text: *text,
                sid: said.sid,
                word: &word.status,
                status: said.status,
            })
            .collect();
        tx.keep_answers(&heard, self.now()).await.or_problem()?;
        let mut news = News::default();
        for (sent, _) in &taken {
            let text = sent.claim.text;
            let more = done.get(&text);
            if more.is_none() {
                tracing::warn!(%text, "an outcome came after the claim was lost");
            }
            news.texts.push((sent.case, text));
            if more != Some(&false) {
                self.heed_known(tx, text, None, &mut news).await?;
            }
        }
        let (text, outcome) = (first.claim.text, &first.outcome);
        self.heed_outcome(tx, text, outcome, &mut news).await?;
        Ok((news, odd))
    }

    async fn record_outcome(
        &self,
        tx: &mut Tx,
        sent: &Sent,
        outcome: &SendOutcome,
    ) -> Result<News, Problem> {
        let now = self.now();
        let (text, token) = (sent.claim.text, sent.claim.token);
        let done = match outcome {
            SendOutcome::Accepted(word) => {
                // Asked first, since a refused statement would end the transaction of all others as well.
                let whose = tx.text_by_sid(&word.sid).await.or_problem()?;
                if whose.is_some_and(|other| other != text) {
                    tracing::error!(%text, "Twilio answered with the Sid of another text");
                    self.0.meters.odd(Odd::OthersSid);
                    let why = "the Sid of another text".to_owned();
                    let unclear = SendOutcome::Unclear { why, halt: None };
                    return Box::pin(self.record_outcome(tx, sent, &unclear)).await;
                }
                let done = tx.accept(text, token, &self.accepted(word)).await;
                let done = done.or_problem()?;
                let answer = Report::of(word.clone(), Source::Answer);
                self.keep(tx, Some(text), &answer).await?;
                done
            }
            SendOutcome::Refused { code } => tx
                .refuse(text, token, code.map(i64::from), now)
                .await
                .or_problem()?,
            SendOutcome::NotSent { halt, why, .. } => {
                tracing::warn!(%text, why, "Twilio made nothing of a text; it waits");
                // What it waits for is the queue's matter: as soon as that goes on, it goes.
                let back = tx.back_to_waiting(text, token, now, halt.as_str(), now);
                // A report may have told of an earlier request meanwhile: then Twilio has the text.
                back.await.or_problem()? || tx.unclear(text, token, now).await.or_problem()?
            }
            SendOutcome::Unclear { why, .. } => {
                tracing::warn!(%text, why, "whether a text reached Twilio is not known");
                tx.unclear(text, token, now).await.or_problem()?
            }
        };
        if !done {
            tracing::warn!(%text, "an outcome came after the claim was lost");
        }
        let mut news = News {
            texts: vec![(sent.case, text)],
            ..News::default()
        };
        self.heed_known(tx, text, code_of(outcome), &mut news)
            .await?;
        self.heed_outcome(tx, text, outcome, &mut news).await?;
        Ok(news)
    }

    /// Heeds the code of an outcome, or the one of a report that came before the answer.
    async fn heed_known(
        &self,
        tx: &mut Tx,
        text: TextId,
        code: Option<u32>,
        news: &mut News,
    ) -> Result<(), Problem> {
        let Some(record) = tx.text(text).await.or_problem()? else {
            return Ok(());
        };
        let code = code.or_else(|| known_code(&record));
        self.heed_code(tx, &record, code, news).await
    }

    fn accepted<'a>(&self, word: &'a Word) -> Accepted<'a> {
        // A word that is new to us still means that Twilio has it.
        let status = Status::from_twilio(&word.status).unwrap_or(Status::Accepted);
        Accepted {
            sid: &word.sid,
            status,
            rank: status.rank(),
            parts: word.parts.map(i64::from),
            error: word.error.map(i64::from),
            at: self.now(),
        }
    }
}

/// The code that is known of a text.
pub(crate) fn known_code(text: &TextRecord) -> Option<u32> {
    text.error.and_then(|code| u32::try_from(code).ok())
}

/// Twilio's code, where it gave one.
fn code_of(outcome: &SendOutcome) -> Option<u32> {
    match outcome {
        SendOutcome::Accepted(word) => word.error,
        SendOutcome::Refused { code } => *code,
        SendOutcome::NotSent { .. } | SendOutcome::Unclear { .. } => None,
    }
}
