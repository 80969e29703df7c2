//! Staff record that permission was given or withdrawn, and how they learned of it.

use crate::{Service, audit::Deed, error::OrProblem, news::News, permission::Reason};
use domain::{
    consent::{ConsentEvent, ConsentForm, ConsentSource},
    ids::ClientId,
    limits,
    phone::Phone,
    problem::{Complaint, Complaints, Problem, bounded},
    role::{Actor, Operation},
};
use store::Tx;

/// What staff say, read.
struct Said {
    event: ConsentEvent,
    source: ConsentSource,
    note: String,
}

impl Said {
    fn read(form: &ConsentForm) -> Result<Self, Problem> {
        let mut complaints = Complaints::default();
        let event = complaints.take("event", read_event(&form.event));
        let source = complaints.take("source", read_source(&form.source));
        let note = complaints.take("note", read_note(&form.note));
        complaints.finish()?;
        let all = event.zip(source).zip(note);
        let ((event, source), note) = all.ok_or(Problem::Internal)?;
        Ok(Self {
            event,
            source,
            note,
        })
    }
}

fn read_event(typed: &str) -> Result<ConsentEvent, Complaint> {
    match ConsentEvent::from_name(typed) {
        Some(event @ (ConsentEvent::Given | ConsentEvent::Withdrawn)) => Ok(event),
        _ if typed.is_empty() => Err(Complaint::Missing),
        _ => Err(Complaint::NotAChoice),
    }
}

fn read_source(typed: &str) -> Result<ConsentSource, Complaint> {
    if typed.is_empty() {
        return Err(Complaint::Missing);
    }
    ConsentSource::offered(typed).ok_or(Complaint::NotAChoice)
}

/// A note, which may be empty.
pub(crate) fn read_note(typed: &str) -> Result<String, Complaint> {
    let note = domain::segments::normalize_newlines(typed.trim());
    bounded(&note, limits::NOTE)
}

impl Service {
    /// Records that a client gave or withdrew permission, with source and note. Over the carrier's block nobody can
    /// tick: the complaint holds the sentence to tell the client.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; complaints about the form.
    pub async fn change_consent(
        &self,
        actor: &Actor,
        client: ClientId,
        form: ConsentForm,
    ) -> Result<(), Problem> {
        Self::allow(actor, Operation::EditClients)?;
        let said = Said::read(&form);
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        // Locked before anything is asked: a STOP that comes meanwhile has the last word.
        tx.lock_client(client).await.or_problem()?;
        let record = tx.client(client).await.or_problem()?;
        let phone = record.ok_or(Problem::NotFound)?.phone;
        let said = said?;
        let phone = phone.ok_or_else(|| Problem::field("event", Complaint::OkayWithoutNumber))?;
        if Phone::from_e164(form.number.trim()).as_ref() != Some(&phone) {
            return Err(Problem::field("event", Complaint::NumberIsAnother));
        }
        let mut news = News::default();
        self.say(&mut tx, actor, client, &phone, &said, &mut news)
            .await?;
        self.record(&mut tx, actor, Deed::ChangedConsent, client)
            .await?;
        self.conclude(tx, news).await
    }

    async fn say(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        client: ClientId,
        phone: &Phone,
        said: &Said,
        news: &mut News,
    ) -> Result<(), Problem> {
        let reason = Reason::staff(said.source, actor.staff, &said.note);
        let blocked = tx.block_of(phone).await.or_problem()?.is_some();
        news.clients.insert(client);
        if said.event == ConsentEvent::Given {
            if blocked {
                return Err(self.blocked_by_carrier(tx, "event").await?);
            }
            let now = self.now();
            if !tx.tick(client, phone, reason.by, now).await.or_problem()? {
                return Err(Problem::field("event", Complaint::AlreadySo));
            }
            return self
                .note_consent(tx, client, phone, said.event, &reason)
                .await;
        }
        match (
            self.untick(tx, client, phone, &reason, news).await?,
            blocked,
        ) {
            (true, _) => Ok(()),
            // What the client said stands beside the block, and outlives it.
            (false, true) => {
                self.note_consent(tx, client, phone, said.event, &reason)
                    .await
            }
            (false, false) => Err(Problem::field("event", Complaint::AlreadySo)),
        }
    }

    /// The complaint beside the box, with the number to which the client texts START.
    pub(crate) async fn blocked_by_carrier(
        &self,
        tx: &mut Tx,
        field: &'static str,
    ) -> Result<Problem, Problem> {
        let ours = tx
            .setup()
            .await
            .or_problem()?
            .and_then(|setup| setup.number);
        Ok(Problem::field(field, Complaint::BlockedByCarrier { ours }))
    }
}
