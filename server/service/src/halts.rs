//! What stops an organization's queue, and what makes it go on. **Here a halt begins and ends**; who claims heeds it.

use crate::{
    Service,
    audit::Deed,
    carrier::{AccountFacts, SendOutcome, Unanswered},
    error::OrProblem,
    news::News,
    zones,
};
use domain::{
    check::{Finding, Line, Topic, account_lines, carriers_line, line_of_code},
    halt::{self, Halt, Reason},
    ids::TextId,
    problem::Problem,
    role::{Actor, Operation},
    setup::HaltView,
    unclear::ReleaseForm,
};
use store::Tx;

impl Service {
    /// What the outcome of one text means for all that wait. Called after the text's own outcome was written.
    pub(crate) async fn heed_outcome(
        &self,
        tx: &mut Tx,
        text: TextId,
        outcome: &SendOutcome,
        news: &mut News,
    ) -> Result<(), Problem> {
        let now = self.now();
        match outcome {
            SendOutcome::Accepted(_) | SendOutcome::Refused { .. } => {
                if tx.went_well(now).await.or_problem()? {
                    tracing::info!(org = %tx.org_id(), "Twilio gives clear answers again");
                }
            }
            SendOutcome::Unclear {
                halt: Some(halt), ..
            } => self.account_is_wrong(tx, *halt, news).await?,
            SendOutcome::Unclear { halt: None, .. } => {
                let in_a_row = tx.one_more_unclear().await.or_problem()?;
                if let Some(halt) = Halt::of_unclear(in_a_row, now)
                    && tx.begin_halt(&halt).await.or_problem()?
                {
                    tracing::error!(org = %tx.org_id(), "no clear answers: texts wait, one at a time tries");
                    news.office = true;
                }
            }
            SendOutcome::NotSent { halt, .. } if halt.is_of_account() => {
                self.account_is_wrong(tx, *halt, news).await?;
            }
            // Of a text that was refused just now; it waits for the same as all others.
            SendOutcome::NotSent {
                halt: Reason::Unregistered,
                code,
                ..
            } => {
                self.number_is_unregistered(tx, now, *code, news).await?;
            }
            SendOutcome::NotSent { halt, asked, .. } => {
                tx.one_more_pause().await.or_problem()?;
                let halts = tx.halts().await.or_problem()?;
                let before = halts.iter().find(|before| before.reason == *halt);
                let pause = Halt::of_pause(*halt, before, now, *asked, chance_of(text));
                tx.put_halt(&pause).await.or_problem()?;
            }
        }
        Ok(())
    }

    /// Nothing goes out any more until the account is right: that is told once, in Texting Setup.
    pub(crate) async fn account_is_wrong(
        &self,
        tx: &mut Tx,
        reason: Reason,
        news: &mut News,
    ) -> Result<(), Problem> {
        let halt = Halt::of_account(reason, self.now());
        if !tx.begin_halt(&halt).await.or_problem()? {
            return Ok(());
        }
        tracing::error!(org = %tx.org_id(), reason = reason.as_str(), "no text goes out until the account is right");
        let lines = match reason {
            Reason::Suspended => vec![Line::new(
                Topic::Account,
                Finding::NotActive {
                    status: "suspended".into(),
                },
            )],
            // The halt itself says it.
            Reason::Redirected => vec![],
            _ => account_lines(Some(&Err(Unanswered::Credentials)), None).to_vec(),
        };
        if !lines.is_empty() {
            self.merge_lines(tx, lines).await?;
        }
        news.office = true;
        Ok(())
    }

    /// US carriers take nothing from the number: nothing goes out until an administrator says that it is registered. A
    /// text that was `handed` over before that was last said tells nothing new.
    pub(crate) async fn number_is_unregistered(
        &self,
        tx: &mut Tx,
        handed: i64,
        code: Option<u32>,
        news: &mut News,
    ) -> Result<(), Problem> {
        let now = self.now();
        let last = tx.halt(Reason::Unregistered).await.or_problem()?;
        if !halt::is_unregistered_since(handed, last.as_ref(), now)
            || !tx
                .begin_halt_anew(&Halt::of_number(now))
                .await
                .or_problem()?
        {
            return Ok(());
        }
        tracing::error!(org = %tx.org_id(), "no text goes out until an administrator says that the number is registered with US carriers");
        if let Some(line) = code.and_then(line_of_code) {
            self.merge_lines(tx, [line]).await?;
        }
        news.office = true;
        Ok(())
    }

    /// The number is registered now, as an administrator says: what waits goes out. Of several at once one says it.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the box was not ticked; [`Problem::AlreadyDecided`].
    pub async fn number_is_registered(
        &self,
        actor: &Actor,
        form: &ReleaseForm,
    ) -> Result<(), Problem> {
        Self::allow(actor, Operation::ReleaseQueue)?;
        form.read()?;
        let now = self.now();
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let ended = tx.end_halt(Reason::Unregistered, now).await;
        if !ended.or_problem()? {
            return Err(Problem::AlreadyDecided);
        }
        let last = tx.halt(Reason::Unregistered).await.or_problem()?;
        let line = carriers_line(0, last.as_ref(), now);
        self.merge_lines(&mut tx, [line]).await?;
        self.let_leave(tx, actor, Deed::SaidRegistered).await
    }

    /// Texts leave again, by this person's word.
    pub(crate) async fn let_leave(
        &self,
        mut tx: Tx,
        actor: &Actor,
        deed: Deed,
    ) -> Result<(), Problem> {
        self.record(&mut tx, actor, deed, "").await?;
        let news = News {
            office: true,
            ..News::default()
        };
        self.conclude(tx, news).await?;
        self.0.wake.notify_one();
        Ok(())
    }

    /// Twilio was asked about the account. If it is right, what waited for that goes on.
    pub(crate) async fn heed_account(
        &self,
        tx: &mut Tx,
        answer: &Result<AccountFacts, Unanswered>,
    ) -> Result<(), Problem> {
        if !answer.as_ref().is_ok_and(AccountFacts::is_active) {
            return Ok(());
        }
        for reason in Reason::ALL.into_iter().filter(|r| r.is_of_account()) {
            if tx.lift_halt(reason).await.or_problem()? {
                tracing::info!(org = %tx.org_id(), reason = reason.as_str(), "the account is right again: texts go out");
            }
        }
        Ok(())
    }

    /// Why texts wait now, for the administrator.
    pub(crate) async fn halt_views(
        &self,
        tx: &mut Tx,
        actor: &Actor,
    ) -> Result<Vec<HaltView>, Problem> {
        let now = self.now();
        let halts = tx.halts().await.or_problem()?;
        let view = |halt: Halt| HaltView {
            reason: halt.reason,
            since: zones::when(halt.since, &actor.zone, now),
        };
        let holding = halts.into_iter().filter(|halt| {
            // Between two tries the breaker is open all the same.
            halt.holds(now) || halt.reason == Reason::Breaker
        });
        Ok(holding.map(view).collect())
    }
}

/// A number from 0 to 999 that differs from text to text.
fn chance_of(text: TextId) -> i64 {
    i64::try_from(text.0.as_u128() % 1000).unwrap_or(0)
}
