//! Clients: add and edit, with what that does to consent; and add cases.

use super::permitted;
use crate::{Service, audit::Deed, error::OrProblem, permission::Reason, phones, zones};
use domain::{
    case_number::CaseNumber,
    client::{CaseForm, ClientForm, ClientFormView, Language},
    consent::{self, ConsentEvent, ConsentSource},
    ids::{CaseId, ClientId},
    limits,
    phone::Phone,
    problem::{Complaint, Complaints, Problem, line},
    role::{Actor, Operation},
    search,
};
use store::{
    StoreError, Tx,
    rows::{ClientRecord, NewCase},
};

impl Service {
    /// What the form shows: of a client, or of a new one.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub async fn client_form(
        &self,
        actor: &Actor,
        id: Option<ClientId>,
    ) -> Result<ClientFormView, Problem> {
        Self::allow(actor, Operation::EditClients)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let office_zone = tx.org().await.or_problem()?.zone;
        let form = match id {
            Some(id) => as_form(tx.client(id).await.or_problem()?.ok_or(Problem::NotFound)?),
            None => ClientForm {
                language: Language::default().tag().into(),
                zone: office_zone.clone(),
                ..ClientForm::default()
            },
        };
        Ok(ClientFormView {
            form,
            client: id,
            office_zone,
            zones: zones::all(),
        })
    }

    /// Adds a client (with a first case), or saves one.
    ///
    /// # Errors
    /// [`Problem::Fields`] with every complaint; [`Problem::NotFound`].
    pub async fn save_client(
        &self,
        actor: &Actor,
        id: Option<ClientId>,
        form: ClientForm,
    ) -> Result<ClientId, Problem> {
        Self::allow(actor, Operation::EditClients)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let before = match id {
            Some(id) => {
                // Locked before it is read: what somebody changes at this moment is seen, or comes after.
                tx.lock_client(id).await.or_problem()?;
                Some(tx.client(id).await.or_problem()?.ok_or(Problem::NotFound)?)
            }
            None => None,
        };
        let office_zone = tx.org().await.or_problem()?.zone;
        let typed = Typed::read(&form, before.as_ref(), &office_zone)?;
        let record = self.record_of(actor, before.as_ref(), &typed);
        let deed = match before {
            None => {
                tx.insert_client(&record).await.or_problem()?;
                Deed::AddedClient
            }
            Some(_) => {
                tx.update_client(&record).await.or_problem()?;
                Deed::EditedClient
            }
        };
        self.change_with_record(&mut tx, actor, &record, &typed)
            .await?;
        if let Some(number) = &typed.case {
            self.insert_case(&mut tx, record.id, number).await?;
        }
        refresh_terms(&mut tx, &record).await?;
        self.record(&mut tx, actor, deed, record.id).await?;
        tx.commit().await.or_problem()?;
        Ok(record.id)
    }

    fn record_of(
        &self,
        actor: &Actor,
        before: Option<&ClientRecord>,
        typed: &Typed,
    ) -> ClientRecord {
        let now = self.now();
        let given = typed
            .consent
            .iter()
            .any(|(event, _)| *event == ConsentEvent::Given);
        let stands = before.filter(|b| typed.okay && !given && b.okay_phone == typed.phone);
        ClientRecord {
            id: before.map_or_else(|| ClientId(self.0.clock.id()), |b| b.id),
            name: typed.name.clone(),
            name_key: search::fold(&typed.name),
            phone: typed.phone.clone(),
            language: typed.language.tag().to_owned(),
            zone: typed.zone.clone(),
            okay_phone: typed.phone.clone().filter(|_| typed.okay),
            okay_at: if given {
                Some(now)
            } else {
                stands.and_then(|b| b.okay_at)
            },
            okay_by: if given {
                Some(actor.staff)
            } else {
                stands.and_then(|b| b.okay_by)
            },
            created_at: before.map_or(now, |b| b.created_at),
            updated_at: now,
        }
    }

    /// What saving a record does to permission, and to texts from its number. The row is written by now, so that a
    /// STOP that comes at this moment is either seen here or waits, and then unticks what was ticked here.
    async fn change_with_record(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        record: &ClientRecord,
        typed: &Typed,
    ) -> Result<(), Problem> {
        let reason = Reason::staff(ConsentSource::Record, actor.staff, "");
        for (event, phone) in &typed.consent {
            let ticked = *event == ConsentEvent::Given;
            if ticked && tx.block_of(phone).await.or_problem()?.is_some() {
                return Err(self.blocked_by_carrier(tx, "okay").await?);
            }
            self.note_consent(tx, record.id, phone, *event, &reason)
                .await?;
        }
        match &record.phone {
            Some(phone) => tx.link_unmatched(phone, record.id).await.or_problem(),
            None => Ok(()),
        }
    }

    /// Adds a case to a client.
    ///
    /// # Errors
    /// Complaints about the number; [`Problem::NotFound`].
    pub async fn add_case(
        &self,
        actor: &Actor,
        client: ClientId,
        form: CaseForm,
    ) -> Result<CaseNumber, Problem> {
        Self::allow(actor, Operation::EditClients)?;
        let number =
            read_case_number(&form.case_number).map_err(|c| Problem::field("case_number", c))?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let record = tx
            .client(client)
            .await
            .or_problem()?
            .ok_or(Problem::NotFound)?;
        self.insert_case(&mut tx, client, &number).await?;
        refresh_terms(&mut tx, &record).await?;
        self.record(&mut tx, actor, Deed::AddedCase, number.as_str())
            .await?;
        tx.commit().await.or_problem()?;
        Ok(number)
    }

    async fn insert_case(
        &self,
        tx: &mut Tx,
        client: ClientId,
        number: &CaseNumber,
    ) -> Result<(), Problem> {
        let id = CaseId(self.0.clock.id());
        let key = number.key();
        let new = NewCase {
            id,
            client,
            number: number.as_str(),
            key: &key,
            at: self.now(),
        };
        match tx.insert_case(&new).await {
            Err(StoreError::Taken) => {
                Err(Problem::field("case_number", Complaint::CaseNumberTaken))
            }
            other => other.or_problem(),
        }
    }
}

/// A client's form, read.
struct Typed {
    name: String,
    phone: Option<Phone>,
    okay: bool,
    language: Language,
    zone: String,
    consent: Vec<(ConsentEvent, Phone)>,
    case: Option<CaseNumber>,
}

impl Typed {
    fn read(
        form: &ClientForm,
        before: Option<&ClientRecord>,
        office_zone: &str,
    ) -> Result<Self, Problem> {
        let mut complaints = Complaints::default();
        let name = complaints.take("name", line(&form.name, limits::NAME));
        let typed_phone = complaints.take("cell", phones::parse(&form.cell));
        let language = Language::from_tag(&form.language);
        if language.is_none() {
            complaints.add("language", Complaint::NotAChoice);
        }
        let zone = if form.zone.is_empty() {
            office_zone.to_owned()
        } else {
            form.zone.clone()
        };
        if !zones::exists(&zone) {
            complaints.add("zone", Complaint::NotAZone);
        }
        let case = match before {
            None => complaints.take("case_number", read_case_number(&form.case_number)),
            Some(_) => None,
        };
        let okay = form.okay.is_some();
        // Without a readable number nothing can be said about permission for it.
        let phone = typed_phone.clone().flatten();
        let consent = typed_phone.and_then(|now| {
            let was = before.map_or((None, false), |b| (b.phone.as_ref(), permitted(b)));
            let (shown, asked_about) = (
                Phone::from_e164(&form.cell_was),
                Phone::from_e164(&form.okay_for),
            );
            let shown = (shown.as_ref(), !form.okay_was.is_empty());
            let now = (now.as_ref(), okay);
            complaints.take(
                "okay",
                consent::decide(shown, was, now, asked_about.as_ref()),
            )
        });
        complaints.finish()?;
        Ok(Self {
            name: name.unwrap_or_default(),
            phone,
            okay,
            language: language.unwrap_or_default(),
            zone,
            consent: consent.unwrap_or_default(),
            case,
        })
    }
}

fn read_case_number(typed: &str) -> Result<CaseNumber, Complaint> {
    if typed.trim().is_empty() {
        return Err(Complaint::Missing);
    }
    CaseNumber::parse(typed).map_err(|_| Complaint::NotACaseNumber)
}

fn as_form(record: ClientRecord) -> ClientForm {
    let okay = permitted(&record).then(|| "on".to_owned());
    let (phone, number) = match record.phone {
        Some(phone) => (phone.display(), phone.as_str().to_owned()),
        None => Default::default(),
    };
    ClientForm {
        name: record.name,
        cell: phone,
        okay_was: okay.clone().unwrap_or_default(),
        okay,
        okay_for: number.clone(),
        cell_was: number,
        language: record.language,
        zone: record.zone,
        case_number: String::new(),
    }
}

async fn refresh_terms(tx: &mut Tx, record: &ClientRecord) -> Result<(), Problem> {
    let cases = tx.cases_of(record.id).await.or_problem()?;
    let numbers: Vec<CaseNumber> = cases
        .iter()
        .filter_map(|(case, _)| CaseNumber::parse(&case.number).ok())
        .collect();
    let terms = search::terms(&record.name, record.phone.as_ref(), &numbers);
    tx.set_terms(record.id, &terms).await.or_problem()
}
