//! What staff are asked about texts of which nobody knows, and what they decide. Sending again is a decision of its
//! own: exactly one request to Twilio for each, however many people decide at once.

use crate::{Service, audit::Deed, error::OrProblem, news::News, zones};
use domain::{
    case_number::CaseNumber,
    halt::Reason,
    ids::TextId,
    problem::{Complaint, Complaints, Problem},
    role::{Actor, Operation},
    unclear::{Choice, UnclearForm, UnclearRow, UnclearView},
};
use store::rows::UnclearRecord;

/// Texts on the page.
const SHOWN: i64 = 100;

impl Service {
    /// The texts that staff are asked about.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn unclear(&self, actor: &Actor) -> Result<UnclearView, Problem> {
        Self::allow(actor, Operation::DecideUnclear)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        // Read before the rows: an event in between is then told twice rather than not at all.
        let event = tx.last_event().await.or_problem()?;
        let records = tx.unclear_texts(SHOWN).await.or_problem()?;
        let halts = tx.halts().await.or_problem()?;
        let restored = halts
            .into_iter()
            .find(|halt| halt.reason == Reason::Restored);
        let rows = records
            .into_iter()
            .map(|record| self.unclear_row(actor, record));
        Ok(UnclearView {
            rows: rows.collect::<Result<_, _>>()?,
            restored: restored.map(|halt| zones::when(halt.since, &actor.zone, self.now())),
            may_release: actor.role.may(Operation::ReleaseQueue),
            event,
        })
    }

    fn unclear_row(&self, actor: &Actor, record: UnclearRecord) -> Result<UnclearRow, Problem> {
        let when = |at| zones::when(at, &actor.zone, self.now());
        Ok(UnclearRow {
            text: record.text,
            posted: record.posting_at.to_string(),
            client: record.client,
            case: CaseNumber::parse(&record.case).map_err(|_| Problem::Internal)?,
            to: record.to,
            body: record.body,
            by: record.by,
            at: when(record.posting_at),
            list: record.list.map(|(said, at)| (said, when(at))),
        })
    }

    /// Decides of one text. Of several people at once one decides; the others are told so.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; complaints about the form; [`Problem::AlreadyDecided`].
    pub async fn decide_unclear(&self, actor: &Actor, form: UnclearForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::DecideUnclear)?;
        let id: TextId = form.text.parse().map_err(|_| Problem::NotFound)?;
        let posted: i64 = form.posted.parse().map_err(|_| Problem::NotFound)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let text = tx.text(id).await.or_problem()?.ok_or(Problem::NotFound)?;
        let (choice, now) = (read(&form)?, self.now());
        let (done, deed) = match choice {
            Choice::WentOut => (tx.take_as_sent(id, posted, now).await, Deed::TookAsSent),
            Choice::Again => (tx.put_back(id, posted, now).await, Deed::SentAgain),
        };
        if !done.or_problem()? {
            return Err(Problem::AlreadyDecided);
        }
        self.record(&mut tx, actor, deed, id).await?;
        let news = News {
            texts: vec![(text.case, id)],
            office: true,
            ..News::default()
        };
        self.conclude(tx, news).await?;
        self.0.wake.notify_one();
        Ok(())
    }
}

fn read(form: &UnclearForm) -> Result<Choice, Problem> {
    let mut complaints = Complaints::default();
    let choice = match Choice::from_name(&form.choice) {
        Some(choice) => Ok(choice),
        None if form.choice.is_empty() => Err(Complaint::Missing),
        None => Err(Complaint::NotAChoice),
    };
    let choice = complaints.take("choice", choice);
    if choice == Some(Choice::Again) && form.sure.is_none() {
        complaints.add("sure", Complaint::Missing);
    }
    complaints.finish()?;
    choice.ok_or(Problem::Internal)
}
