//! A case: the head that stands over the case page, the composer and the texts.

use crate::{Service, clients::Known, error::OrProblem};
use domain::{
    case_number::CaseNumber,
    client::CaseView,
    consent::{Facts, WhyNot, may_text},
    ids::TextId,
    problem::Problem,
    role::{Actor, Operation},
};
use store::{
    Tx,
    rows::{CaseFile, ListedText, SetupRow},
};
use uuid::Uuid;

/// The newest texts that a case shows.
const LAST_TEXTS: i64 = 3;

/// Why this client cannot be texted now, if so.
pub(crate) fn why_not(file: &CaseFile) -> Option<WhyNot> {
    let facts = Facts {
        number: file.client.phone.as_ref(),
        permitted: file.client.okay_phone.as_ref(),
        standing: file.facts.standing(),
        set_up: file.set_up,
    };
    may_text(&facts).err()
}

/// How many parts a text may have: what the administrator allows, if that was ever said.
pub(crate) fn parts_allowed(max_parts: Option<i64>) -> u32 {
    max_parts
        .and_then(|parts| u32::try_from(parts).ok())
        .unwrap_or(1)
}

/// Whether texts can leave: account, token and number are there.
pub(crate) fn is_set_up(setup: &SetupRow) -> bool {
    setup.number.is_some() && setup.account_sid.is_some() && setup.sealed_token.is_some()
}

/// The case of that number, with its client and all that decides about texting.
pub(crate) async fn find(tx: &mut Tx, number: &str) -> Result<CaseFile, Problem> {
    let number = CaseNumber::parse(number).map_err(|_| Problem::NotFound)?;
    let found = tx.case_file(&number.key()).await.or_problem()?;
    found.ok_or(Problem::NotFound)
}

/// The same with its texts, the newest first; `before`: the place where the page before ended.
pub(crate) async fn find_with_texts(
    tx: &mut Tx,
    number: &str,
    before: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<(CaseFile, Vec<ListedText>), Problem> {
    let number = CaseNumber::parse(number).map_err(|_| Problem::NotFound)?;
    let before = before.map(|(at, id)| (at, TextId(id)));
    let found = tx.case_with_texts(&number.key(), before, limit).await;
    found.or_problem()?.ok_or(Problem::NotFound)
}

/// The same with the texts that a case shows.
pub(crate) async fn find_with_last_texts(
    tx: &mut Tx,
    number: &str,
) -> Result<(CaseFile, Vec<ListedText>), Problem> {
    find_with_texts(tx, number, None, LAST_TEXTS).await
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
        let (file, last) = find_with_last_texts(&mut tx, number).await?;
        self.whole_case(&mut tx, actor, file, last).await
    }

    /// A case with everything that is known of its client.
    pub(crate) async fn whole_case(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        file: CaseFile,
        last: Vec<ListedText>,
    ) -> Result<CaseView, Problem> {
        let (record, known) = (file.client.clone(), Known::of(&file));
        let mut view = self.case_head(actor, file)?;
        let event = view.client.event;
        view.client = self.whole_client(tx, actor, record, known).await?;
        view.client.event = event;
        view.last_texts = self.rows(tx, actor, last).await?;
        Ok(view)
    }

    /// A case with no more of its client than the strip shows. Its event is older than all that is read after it: one
    /// in between is told twice rather than not at all.
    pub(crate) fn case_head(&self, actor: &Actor, file: CaseFile) -> Result<CaseView, Problem> {
        let known = Known::of(&file);
        let mut view = CaseView {
            id: file.case.id,
            number: CaseNumber::parse(&file.case.number).map_err(|_| Problem::Internal)?,
            texts: file.texts,
            why_not: why_not(&file),
            client: self.brief_client(actor, file.client, &[], known),
            last_texts: vec![],
        };
        view.client.event = file.event;
        Ok(view)
    }
}
