//! What pages show of the texts that clients write.

use crate::{Service, cases, error::OrProblem, zones::Reader};
use domain::{
    ids::IncomingId,
    incoming::{IncomingForm, IncomingRow, UnmatchedView},
    limits,
    phone::Phone,
    problem::{Complaint, Complaints, Problem},
    role::{Actor, Operation},
};
use store::{
    Tx,
    rows::{IncomingRecord, IncomingSetup},
};

/// At most this many rows are asked for at once by a page that is open.
const ROWS: usize = 200;
/// The least and the most texts of one number that are answered within the window.
const ANSWERS: (i64, i64) = (1, 100);
/// The least and the most opt-outs by error codes that are taken as they are within the window.
const OPT_OUTS: (i64, i64) = (1, 1000);

impl Service {
    /// The rows of these texts, for pages that are open. Those of other organizations are simply not there; nor is
    /// any, while the administrator does not let staff see what clients write.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn incoming_rows(
        &self,
        actor: &Actor,
        ids: &[IncomingId],
    ) -> Result<Vec<IncomingRow>, Problem> {
        Self::allow(actor, Operation::SeeTexts)?;
        let ids = &ids[..ids.len().min(ROWS)];
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        if !is_shown(&mut tx).await? {
            return Ok(vec![]);
        }
        let records = tx.incoming(ids).await.or_problem()?;
        self.as_rows(&mut tx, actor, records).await
    }

    /// Texts of numbers that no client had, newest first.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn unmatched(
        &self,
        actor: &Actor,
        before: Option<&str>,
    ) -> Result<UnmatchedView, Problem> {
        Self::allow(actor, Operation::SeeUnmatched)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        // Read before the rows: an event in between is then told twice rather than not at all.
        let event = tx.last_event().await.or_problem()?;
        let page = i64::try_from(limits::PAGE).unwrap_or(i64::MAX);
        let place = before.and_then(cases::read_place);
        let mut records = tx.unmatched(place, page + 1).await.or_problem()?;
        let more = records.len() > limits::PAGE;
        records.truncate(limits::PAGE);
        let last = records
            .last()
            .map(|last| cases::write_place(last.at, last.id.0));
        Ok(UnmatchedView {
            rows: self.as_rows(&mut tx, actor, records).await?,
            next: last.filter(|_| more),
            event,
        })
    }

    /// These texts as this reader sees them, with the names of their clients.
    pub(crate) async fn as_rows(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        records: Vec<IncomingRecord>,
    ) -> Result<Vec<IncomingRow>, Problem> {
        if records.is_empty() {
            return Ok(vec![]);
        }
        let ids: Vec<IncomingId> = records.iter().map(|record| record.id).collect();
        let whose = tx.whose(&ids).await.or_problem()?;
        let names = |id| {
            let of_it = whose.iter().filter(|(text, _)| *text == id);
            of_it.map(|(_, name)| name.clone()).collect()
        };
        let reader = Reader::new(&actor.zone, self.now());
        let row = |record: IncomingRecord| incoming_row(&reader, names(record.id), record);
        Ok(records.into_iter().map(row).collect())
    }

    /// How incoming texts are handled, as the administrator set it.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn incoming_setup(&self, actor: &Actor) -> Result<IncomingForm, Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let setup = tx.incoming_setup().await.or_problem()?.unwrap_or(DEFAULT);
        Ok(IncomingForm {
            show_incoming: setup.shown.then(|| "on".to_owned()),
            answer_limit: setup.answer_limit.to_string(),
            opt_out_limit: setup.opt_out_limit.to_string(),
        })
    }

    /// Saves how incoming texts are handled.
    ///
    /// # Errors
    /// Complaints about the form; texting is not set up.
    pub async fn save_incoming_setup(
        &self,
        actor: &Actor,
        form: IncomingForm,
    ) -> Result<(), Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut complaints = Complaints::default();
        let answers = complaints.take("answer_limit", read_limit(&form.answer_limit, ANSWERS));
        let opt_outs = complaints.take("opt_out_limit", read_limit(&form.opt_out_limit, OPT_OUTS));
        complaints.finish()?;
        let setup = IncomingSetup {
            shown: form.show_incoming.is_some(),
            answer_limit: answers.unwrap_or(DEFAULT.answer_limit),
            opt_out_limit: opt_outs.unwrap_or(DEFAULT.opt_out_limit),
        };
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        if !tx.save_incoming_setup(&setup).await.or_problem()? {
            return Err(Problem::MayNotText(domain::consent::WhyNot::NotSetUp));
        }
        self.record(&mut tx, actor, crate::audit::Deed::SavedIncoming, "")
            .await?;
        tx.commit().await.or_problem()
    }
}

fn incoming_row(reader: &Reader, clients: Vec<String>, record: IncomingRecord) -> IncomingRow {
    let number = Phone::from_e164(&record.from);
    IncomingRow {
        id: record.id,
        from: number.as_ref().map_or(record.from, Phone::display),
        number,
        body: record.body,
        kind: record.kind,
        media: record.media,
        altered: record.altered,
        answer: record.answer,
        silence: record.silence,
        late: record.late,
        at: reader.when(record.at),
        clients,
    }
}

/// As the database has it for an organization that never set anything.
const DEFAULT: IncomingSetup = IncomingSetup {
    shown: true,
    answer_limit: 10,
    opt_out_limit: 20,
};

async fn is_shown(tx: &mut Tx) -> Result<bool, Problem> {
    let setup = tx.incoming_setup().await.or_problem()?;
    Ok(setup.unwrap_or(DEFAULT).shown)
}

fn read_limit(typed: &str, (min, max): (i64, i64)) -> Result<i64, Complaint> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Complaint::Missing);
    }
    let number = typed.parse::<i64>().ok();
    number
        .filter(|number| (min..=max).contains(number))
        .ok_or(Complaint::NotBetween { min, max })
}
