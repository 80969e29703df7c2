//! The outbox: claim, mark `posting`, commit, hand over, record. **Here a text leaves**, at most once for each
//! press of "Send Message": only what surely did not reach Twilio goes back to waiting by itself.

use crate::{
    Service,
    carrier::{Account, Outgoing, SendOutcome, Word},
    cases::is_set_up,
    error::OrProblem,
    news::News,
    reports::Report,
    setup::account_of,
    together::Shared,
    torture::{self, Guard},
};
use domain::{
    consent::{Facts, WhyNot, may_text},
    ids::{CaseId, OrgId, TextId},
    parked,
    problem::Problem,
    status::{Source, Status},
};
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};
use store::{
    StoreError, Tx,
    rows::{Accepted, Claim, Claimed, TextRecord},
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Claims are of one worker for this long, in milliseconds of the database's time.
const LEASE: i64 = 30_000;
/// At most this many are on their way at once.
const AT_ONCE: usize = 64;
/// While some are on their way, more are claimed only so often: many together are cheaper.
const GATHER: Duration = Duration::from_millis(5);
/// How often the outbox is looked at although nobody rang.
const LOOK: Duration = Duration::from_secs(1);
/// How long to wait between tries to record an outcome (the database is away).
const RECORD_AGAIN: Duration = Duration::from_millis(500);
/// So many times an outcome is told to a database that is there and does not take it.
const RECORD_TRIES: i32 = 10;
/// How long a text waits after a fault of ours, in milliseconds.
const FAULT_PAUSE: i64 = 1000;

impl Service {
    /// Takes over what ended runs of the program left behind: on SQLite all that is not this run's, on PostgreSQL
    /// what no lease protects any more.
    ///
    /// What was claimed goes back to waiting, since nothing left; what was posting becomes unknown.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn adopt_outbox(&self) -> Result<(), Problem> {
        let found = self
            .0
            .store
            .adopt(&self.0.config.owner)
            .await
            .or_problem()?;
        if found.waiting + found.unknown > 0 {
            tracing::info!(
                back = found.waiting,
                unknown = found.unknown,
                "took over the outbox of an earlier run"
            );
        }
        Ok(())
    }

    /// How many texts have not reached Twilio, and for how many seconds the oldest of them has waited.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn outbox_state(&self) -> Result<(i64, i64), Problem> {
        let (count, oldest) = self.0.store.outbox_depth().await.or_problem()?;
        Ok((count, oldest.map_or(0, |at| (self.now() - at) / 1000)))
    }

    /// Sends what waits, until `stop` resolves; then ends what is on its way.
    pub async fn run_outbox(&self, stop: impl Future<Output = ()>) {
        let slots = Arc::new(Semaphore::new(AT_ONCE));
        let mut jobs = JoinSet::new();
        tokio::pin!(stop);
        loop {
            let claimed = self.claim(slots.available_permits()).await;
            let idle = claimed.is_empty();
            for claim in claimed {
                let (service, slot) = (self.clone(), Arc::clone(&slots).acquire_owned().await);
                jobs.spawn(async move {
                    service.deliver_surely(claim).await;
                    drop(slot);
                    service.0.wake.notify_one();
                });
            }
            while jobs.try_join_next().is_some() {}
            // The end first: whoever was asked to stop claims nothing more.
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = self.0.wake.notified() => {}
                () = tokio::time::sleep(LOOK), if idle || slots.available_permits() == 0 => {}
                () = std::future::ready(()), if !idle && slots.available_permits() > 0 => {}
            }
            if slots.available_permits() < AT_ONCE {
                tokio::time::sleep(GATHER).await;
            }
        }
        while jobs.join_next().await.is_some() {}
    }

    async fn claim(&self, limit: usize) -> Vec<Claimed> {
        if limit == 0 {
            return vec![];
        }
        let claim = Claim {
            owner: &self.0.config.owner,
            token: self.0.clock.id(),
            now: self.now(),
            lease: torture::lease(LEASE),
            limit: i64::try_from(limit).unwrap_or(1),
        };
        self.0.store.claim(&claim).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the outbox cannot be read");
            vec![]
        })
    }

    /// The whole way of one claimed text. A fault on it is that text's alone.
    async fn deliver_surely(&self, claim: Claimed) {
        if parked::is_parked(0, claim.claims) {
            return self.let_go(&claim).await;
        }
        let delivered = AssertUnwindSafe(self.deliver(claim)).catch_unwind().await;
        if delivered.is_err() {
            tracing::error!(text = %claim.text, "a fault while a text was handed over");
            self.let_go(&claim).await;
        }
    }

    /// Gives a text up that a fault of ours was met with: what may have left is unknown; what surely did not waits again,
    /// and after several faults is parked.
    async fn let_go(&self, claim: &Claimed) {
        for _ in 0..RECORD_TRIES {
            match self.try_let_go(claim).await {
                Ok(()) => return,
                Err(problem) => {
                    tracing::error!(text = %claim.text, ?problem, "a text could not be let go of; trying again");
                    tokio::time::sleep(RECORD_AGAIN).await;
                }
            }
        }
    }

    async fn try_let_go(&self, claim: &Claimed) -> Result<(), Problem> {
        let now = self.now();
        let mut tx = self.0.store.begin(claim.org).await.or_problem()?;
        let (text, token) = (claim.text, claim.token);
        let later = now + FAULT_PAUSE;
        if let Some(faults) = tx.failed(text, token, later, now).await.or_problem()? {
            if parked::is_parked(faults, claim.claims) {
                tracing::error!(%text, faults, claims = claim.claims, "a text is parked: it needs attention");
                let why = WhyNot::Fault.as_str();
                tx.park(text, why, now).await.or_problem()?;
            }
        } else {
            tx.unclear(text, token, now).await.or_problem()?;
        }
        // Told only if the text can be read: letting go of it does not depend on that.
        let events = match tx.text(text).await {
            Ok(Some(record)) => {
                let news = News {
                    texts: vec![(record.case, text)],
                    ..News::default()
                };
                self.write_news(&mut tx, news).await?
            }
            Ok(None) | Err(_) => vec![],
        };
        tx.commit().await.or_problem()?;
        self.ring(claim.org, events);
        Ok(())
    }

    async fn deliver(&self, claim: Claimed) {
        torture::point("after_claim").await;
        let posting_first = torture::holds(Guard::PostingFirst);
        let taken = match posting_first {
            true => self.leaves(claim).await,
            false => self.look_at(&claim).await,
        };
        match taken {
            Ok(Some((account, outgoing, case))) => {
                torture::point("before_post").await;
                let outcome = torture::mid_post(self.0.carrier.send(&account, &outgoing)).await;
                if matches!(outcome, SendOutcome::Accepted(_)) {
                    torture::point("after_201").await;
                }
                if !posting_first {
                    drop(self.leaves(claim).await);
                }
                self.0.meters.sent(&outcome);
                self.record_surely(&claim, case, &outcome).await;
            }
            Ok(None) => {}
            // Nothing is the matter with the text: its claim runs out, and it is claimed again.
            Err(Problem::Unavailable) => {
                tracing::warn!(text = %claim.text, "the database is away; a text waits");
            }
            Err(problem) => {
                tracing::error!(text = %claim.text, ?problem, "a text could not be taken out");
                self.let_go(&claim).await;
            }
        }
    }

    /// Takes a text out together with others: all are marked in one transaction, committed before any of them leaves.
    async fn leaves(&self, claim: Claimed) -> Result<Option<TakenOut>, Problem> {
        self.share::<TakingOut>(&self.0.gathered.taken_out, claim)
            .await
    }

    /// The same without a commit: only where the harness shows what happens then.
    async fn look_at(&self, claim: &Claimed) -> Result<Option<TakenOut>, Problem> {
        let mut tx = self.0.store.begin(claim.org).await.or_problem()?;
        let (taken, _) = self.take_out(&mut tx, claim).await?;
        Ok(taken)
    }

    /// Asks once more whether the text may go, and marks it `posting`: committed before the first byte leaves.
    async fn take_out(
        &self,
        tx: &mut Tx,
        claim: &Claimed,
    ) -> Result<(Option<TakenOut>, News), Problem> {
        let text = tx
            .text(claim.text)
            .await
            .or_problem()?
            .ok_or(Problem::NotFound)?;
        let ready = self.ready(tx, claim, &text).await?;
        let taken = match &ready {
            Ok((_, outgoing)) => tx
                .mark_posting(claim.text, claim.token, &outgoing.from, self.now())
                .await
                .or_problem()?,
            Err(why) => tx
                .stop(claim.text, claim.token, why.as_str(), self.now())
                .await
                .or_problem()?,
        };
        if !taken && torture::holds(Guard::ClaimFence) {
            tracing::warn!(text = %claim.text, "a claim was lost to another worker");
            return Ok((None, News::default()));
        }
        let news = News {
            texts: vec![(text.case, text.id)],
            ..News::default()
        };
        let taken = ready.ok();
        Ok((
            taken.map(|(account, outgoing)| (account, outgoing, text.case)),
            news,
        ))
    }

    async fn ready(
        &self,
        tx: &mut Tx,
        claim: &Claimed,
        text: &TextRecord,
    ) -> Result<Result<(Account, Outgoing), WhyNot>, Problem> {
        let client = tx
            .client(text.client)
            .await
            .or_problem()?
            .ok_or(Problem::NotFound)?;
        let setup = tx.setup().await.or_problem()?;
        let set_up = setup.as_ref().is_some_and(is_set_up);
        let known = tx.number_facts(Some(&text.to), text.client).await;
        let facts = Facts {
            number: client.phone.as_ref(),
            permitted: client.okay_phone.as_ref(),
            standing: known.or_problem()?.standing(),
            set_up,
        };
        if let Err(why) = may_text(&facts) {
            return Ok(Err(why));
        }
        // Permission is for the number that the client has now; the text was written to another.
        if client.phone.as_ref() != Some(&text.to) {
            return Ok(Err(WhyNot::NotOkay));
        }
        let account = account_of(&self.0.sealer, claim.org, setup.as_ref());
        let outgoing = setup.and_then(|setup| {
            let from = setup.number?;
            let status_callback = callback_for(&setup.status_callback, text.id);
            Some(Outgoing {
                from,
                to: text.to.clone(),
                body: text.body.clone(),
                status_callback,
            })
        });
        Ok(account.zip(outgoing).ok_or(WhyNot::NotSetUp))
    }

    /// Records an outcome, however long the database is away: it is known nowhere else.
    async fn record_surely(&self, claim: &Claimed, case: CaseId, outcome: &SendOutcome) {
        let mut refused = 0;
        loop {
            let job = (*claim, case, outcome.clone());
            let recorded = self
                .share::<Recording>(&self.0.gathered.outcomes, job)
                .await;
            let Err(problem) = recorded else {
                return;
            };
            tracing::error!(text = %claim.text, ?problem, "an outcome could not be recorded; trying again");
            refused += i32::from(problem != Problem::Unavailable);
            if refused > RECORD_TRIES {
                // The database is there and does not take it: Twilio's list will tell.
                return self.let_go(claim).await;
            }
            tokio::time::sleep(RECORD_AGAIN).await;
        }
    }

    async fn record_outcome(
        &self,
        tx: &mut Tx,
        claim: &Claimed,
        case: CaseId,
        outcome: &SendOutcome,
    ) -> Result<News, Problem> {
        let now = self.now();
        let (text, token) = (claim.text, claim.token);
        let done = match outcome {
            SendOutcome::Accepted(word) => {
                // Asked first, since a refused statement would end the transaction of all others as well.
                let whose = tx.text_by_sid(&word.sid).await.or_problem()?;
                if whose.is_some_and(|other| other != text) {
                    tracing::error!(%text, "Twilio answered with the Sid of another text");
                    let why = "the Sid of another text".to_owned();
                    let unclear = SendOutcome::Unclear { why };
                    return Box::pin(self.record_outcome(tx, claim, case, &unclear)).await;
                }
                self.accepted(tx, claim, word).await.or_problem()?
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
            SendOutcome::Unclear { why } => {
                tracing::warn!(%text, why, "whether a text reached Twilio is not known");
                tx.unclear(text, token, now).await.or_problem()?
            }
        };
        if !done {
            tracing::warn!(%text, "an outcome came after the claim was lost");
        }
        let mut news = News {
            texts: vec![(case, text)],
            ..News::default()
        };
        if let Some(record) = tx.text(text).await.or_problem()? {
            // A report that came before the answer may have told of a code, too.
            let code = code_of(outcome).or_else(|| known_code(&record));
            self.heed_code(tx, &record, code, &mut news).await?;
        }
        self.heed_outcome(tx, text, outcome, &mut news).await?;
        Ok(news)
    }

    async fn accepted(
        &self,
        tx: &mut Tx,
        claim: &Claimed,
        word: &Word,
    ) -> Result<bool, StoreError> {
        // A word that is new to us still means that Twilio has it.
        let status = Status::from_twilio(&word.status).unwrap_or(Status::Accepted);
        let accepted = Accepted {
            sid: &word.sid,
            status,
            rank: status.rank(),
            parts: word.parts.map(i64::from),
            error: word.error.map(i64::from),
            at: self.now(),
        };
        let done = tx.accept(claim.text, claim.token, &accepted).await?;
        self.keep_report(tx, claim.text, &Report::of(word.clone(), Source::Answer))
            .await?;
        Ok(done)
    }
}

/// A text that is `posting`, with all that its sending takes.
pub(crate) type TakenOut = (Account, Outgoing, CaseId);

/// Texts that are about to leave: marked `posting` in one transaction, each handed over after its commit.
struct TakingOut;

impl Shared for TakingOut {
    const NAME: &'static str = "posting";
    type Job = Claimed;
    type Answer = Option<TakenOut>;

    fn org(claim: &Claimed) -> OrgId {
        claim.org
    }

    async fn alone(
        service: &Service,
        tx: &mut Tx,
        claim: &Claimed,
    ) -> Result<(Option<TakenOut>, News), Problem> {
        service.take_out(tx, claim).await
    }
}

/// What came of texts that left.
struct Recording;

impl Shared for Recording {
    const NAME: &'static str = "outcome";
    type Job = (Claimed, CaseId, SendOutcome);
    type Answer = ();

    fn org((claim, ..): &Self::Job) -> OrgId {
        claim.org
    }

    async fn alone(
        service: &Service,
        tx: &mut Tx,
        (claim, case, outcome): &Self::Job,
    ) -> Result<((), News), Problem> {
        let news = service.record_outcome(tx, claim, *case, outcome).await?;
        Ok(((), news))
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

/// The address that learns of this text's status: the organization's, with the text's id.
pub fn callback_for(status_callback: &str, text: TextId) -> String {
    let mark = if status_callback.contains('?') {
        '&'
    } else {
        '?'
    };
    format!("{status_callback}{mark}text={text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callback_names_its_text() {
        let id: TextId = "018f4e9a-0000-7000-8000-000000000001"
            .parse()
            .expect("an id");
        assert_eq!(
            callback_for("https://o.example/twilio/status", id),
            format!("https://o.example/twilio/status?text={id}")
        );
        assert_eq!(
            callback_for("https://o.example/s?a=b", id),
            format!("https://o.example/s?a=b&text={id}")
        );
    }
}
