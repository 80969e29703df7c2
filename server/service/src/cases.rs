//! A case: the head that stands over the case page, the composer and the texts.

use crate::{Service, clients::Known, error::OrProblem};
use domain::{
    case_number::CaseNumber,
    client::CaseView,
    consent::{Facts, WhyNot, may_text},
    ids::CaseId,
    problem::Problem,
    role::{Actor, Operation},
};
use store::{
    Tx,
    rows::{CaseRow, ClientRecord, NumberFacts, SetupRow},
};
use uuid::Uuid;

/// The newest texts that a case shows.
const LAST_TEXTS: i64 = 3;

/// A case with what is needed to decide about it.
pub(crate) struct Found {
    pub case: CaseRow,
    pub client: ClientRecord,
    pub setup: Option<SetupRow>,
    /// What is known of the client's number.
    pub facts: NumberFacts,
}

impl Found {
    /// Why this client cannot be texted now, if so.
    pub fn why_not(&self) -> Option<WhyNot> {
        let set_up = self.setup.as_ref().is_some_and(is_set_up);
        let facts = Facts {
            number: self.client.phone.as_ref(),
            permitted: self.client.okay_phone.as_ref(),
            standing: self.facts.standing(),
            set_up,
        };
        may_text(&facts).err()
    }

    /// How many parts the organization allows.
    pub fn max_parts(&self) -> u32 {
        self.setup.as_ref().map_or(1, parts_allowed)
    }
}

/// How many parts the administrator allows.
pub(crate) fn parts_allowed(setup: &SetupRow) -> u32 {
    u32::try_from(setup.max_parts).unwrap_or(1)
}

/// Whether texts can leave: account, token and number are there.
pub(crate) fn is_set_up(setup: &SetupRow) -> bool {
    setup.number.is_some() && setup.account_sid.is_some() && setup.sealed_token.is_some()
}

/// The case of that number, with its client and the organization's setup.
pub(crate) async fn find(tx: &mut Tx, number: &str) -> Result<Found, Problem> {
    let number = CaseNumber::parse(number).map_err(|_| Problem::NotFound)?;
    let case = tx
        .case_by_key(&number.key())
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)?;
    let client = tx
        .client(case.client)
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)?;
    let setup = tx.setup().await.or_problem()?;
    let facts = tx.number_facts(client.phone.as_ref(), client.id).await;
    Ok(Found {
        case,
        client,
        setup,
        facts: facts.or_problem()?,
    })
}

/// Where a page of texts ends: the moment of its last one, and its id for texts of one moment.
pub(crate) fn write_place(at: i64, id: Uuid) -> String {
    format!("{at}~{id}")
}

pub(crate) fn read_place(place: &str) -> Option<(i64, Uuid)> {
    let (at, id) = place.split_once('~')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

impl Service {
    /// A case with its client, consent and newest texts.
    ///
    /// # Errors
    /// [`Problem::NotFound`], also for another organization's.
    pub async fn case(&self, actor: &Actor, number: &str) -> Result<CaseView, Problem> {
        Self::allow(actor, Operation::SeeClients)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        // Read before the rows: an event in between is then told twice rather than not at all.
        let event = tx.last_event().await.or_problem()?;
        let found = find(&mut tx, number).await?;
        let mut view = self.whole_case(&mut tx, actor, found).await?;
        view.client.event = event;
        Ok(view)
    }

    /// A case with everything that is known of its client.
    pub(crate) async fn whole_case(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        found: Found,
    ) -> Result<CaseView, Problem> {
        let case = found.case.id;
        let (record, known) = (found.client.clone(), Known::of(&found));
        let last = tx
            .texts_of_case(case, None, LAST_TEXTS)
            .await
            .or_problem()?;
        let mut view = self.case_head(tx, actor, found).await?;
        view.client = self.whole_client(tx, actor, record, known).await?;
        view.last_texts = self.rows(actor, last);
        Ok(view)
    }

    /// A case with no more of its client than the strip shows.
    pub(crate) async fn case_head(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        found: Found,
    ) -> Result<CaseView, Problem> {
        let why_not = found.why_not();
        let id: CaseId = found.case.id;
        let number = CaseNumber::parse(&found.case.number).map_err(|_| Problem::Internal)?;
        let texts = tx.count_texts(id).await.or_problem()?;
        let known = Known::of(&found);
        let client = self.brief_client(actor, found.client, &[], known);
        Ok(CaseView {
            id,
            number,
            client,
            texts,
            why_not,
            last_texts: vec![],
        })
    }
}
