//! Many opt-outs by error codes at once: the administrator decides whether they are real.

use crate::{
    Service, audit::Deed, consent::read_note, error::OrProblem, news::News, permission::Reason,
    zones,
};
use domain::{
    consent::{ConsentSource, LiftCause},
    opt_outs::{OptOut, OptOutsView, Verdict, VerdictForm, WINDOW},
    problem::{Complaint, Complaints, Problem},
    role::{Actor, Operation},
};
use store::{Tx, rows::BlockRow};

/// At most so many are listed; a verdict is on all.
const LISTED: usize = 200;

impl Service {
    /// The opt-outs that the administrator is asked about.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn opt_outs(&self, actor: &Actor) -> Result<OptOutsView, Problem> {
        Self::allow(actor, Operation::DecideOptOuts)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        // Read before the rows: an event in between is then told twice rather than not at all.
        let event = tx.last_event().await.or_problem()?;
        let blocks = tx.opt_outs(WINDOW).await.or_problem()?;
        let held = blocks.iter().filter(|block| block.held).count();
        let mut opt_outs = vec![];
        for block in blocks.into_iter().take(LISTED) {
            let holders = tx.holders(&block.phone).await.or_problem()?;
            opt_outs.push(OptOut {
                number: block.phone,
                clients: holders.into_iter().map(|holder| holder.name).collect(),
                at: zones::when(block.since, &actor.zone, self.now()),
                held: block.held,
            });
        }
        let setup = tx.incoming_setup().await.or_problem()?;
        Ok(OptOutsView {
            opt_outs,
            held: i64::try_from(held).unwrap_or(i64::MAX),
            limit: setup.map_or(0, |setup| setup.opt_out_limit),
            event,
        })
    }

    /// Decides about all of them.
    ///
    /// # Errors
    /// Complaints about the form; [`Problem::AlreadyDecided`].
    pub async fn decide_opt_outs(&self, actor: &Actor, form: VerdictForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::DecideOptOuts)?;
        let (verdict, note) = read(&form)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        // No opt-out comes in between: whoever brings one counts first.
        let now = self.now();
        tx.count_opt_outs(now).await.or_problem()?;
        let blocks = tx.opt_outs(WINDOW).await.or_problem()?;
        if blocks.is_empty() {
            return Err(Problem::AlreadyDecided);
        }
        let reason = Reason::staff(ConsentSource::Administrator, actor.staff, &note);
        let mut news = News {
            office: true,
            ..News::default()
        };
        for block in &blocks {
            self.judge(&mut tx, block, verdict, &reason, &mut news)
                .await?;
        }
        tx.opt_outs_decided(now).await.or_problem()?;
        self.record(&mut tx, actor, Deed::DecidedOptOuts, verdict.as_str())
            .await?;
        self.conclude(tx, news).await
    }

    async fn judge(
        &self,
        tx: &mut Tx,
        block: &BlockRow,
        verdict: Verdict,
        reason: &Reason<'_>,
        news: &mut News,
    ) -> Result<(), Problem> {
        let reason = Reason {
            block: Some(block.id),
            ..*reason
        };
        match verdict {
            Verdict::Discard => {
                let reason = Reason {
                    block: None,
                    ..reason
                };
                self.lift(tx, block, LiftCause::Discarded, &reason, news)
                    .await
            }
            Verdict::Apply if tx.release_block(block.id).await.or_problem()? => {
                self.enforce(tx, &block.phone, &reason, true, news).await
            }
            // It was taken as it was when it came.
            Verdict::Apply => Ok(()),
        }
    }
}

fn read(form: &VerdictForm) -> Result<(Verdict, String), Problem> {
    let mut complaints = Complaints::default();
    let verdict = match Verdict::from_name(&form.verdict) {
        Some(verdict) => Ok(verdict),
        None if form.verdict.is_empty() => Err(Complaint::Missing),
        None => Err(Complaint::NotAChoice),
    };
    let verdict = complaints.take("verdict", verdict);
    let note = complaints.take("note", read_note(&form.note));
    complaints.finish()?;
    verdict.zip(note).ok_or(Problem::Internal)
}
