//! Clients: find and show. Adding and editing stands in `save`.

mod save;

use crate::{Service, error::OrProblem, zones};
use domain::{
    case_number::CaseNumber,
    client::{CaseItem, ClientItem, ClientList, ClientView, Language},
    client_list::{ClientOrder, ClientPlace, ClientsAsked},
    consent::{BlockView, ConsentEvent, ConsentLine, is_permitted},
    ids::ClientId,
    limits,
    number_flag::FlagView,
    phone::Phone,
    problem::Problem,
    role::{Actor, Operation},
    search,
};
use store::{
    LookFor, Tx,
    rows::{CaseFile, ClientRecord, ConsentRow, ListedClient, NumberFacts},
};

/// What is known of a client's number beside the record.
pub(crate) struct Known {
    pub facts: NumberFacts,
    /// The office's number.
    pub ours: Option<Phone>,
}

impl Known {
    /// As it was found with a case.
    pub fn of(file: &CaseFile) -> Self {
        Self {
            facts: file.facts.clone(),
            ours: file.our_number.clone(),
        }
    }
}

/// How many lines of the consent ledger a page shows.
const LEDGER: i64 = 20;

impl Service {
    /// A page of the clients that are asked for, after a place that an earlier page named.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn list_clients(
        &self,
        actor: &Actor,
        asked: ClientsAsked,
        after: Option<&str>,
    ) -> Result<ClientList, Problem> {
        Self::allow(actor, Operation::SeeClients)?;
        let query: String = asked
            .query
            .chars()
            .filter(|c| !c.is_control())
            .take(limits::SEARCH)
            .collect();
        let asked = ClientsAsked { query, ..asked };
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let mut found = find(&mut tx, &asked, after).await?;
        let more = found.len() > limits::PAGE;
        found.truncate(limits::PAGE);
        let last = found.last().filter(|_| more);
        let next = last.map(|last| place_of(last, asked.order).write());
        let none_yet = found.is_empty() && !tx.any_client().await.or_problem()?;
        let items = self.with_cases(&mut tx, actor, found).await?;
        Ok(ClientList {
            asked,
            items,
            next,
            none_yet,
        })
    }

    async fn with_cases(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        found: Vec<ListedClient>,
    ) -> Result<Vec<ClientItem>, Problem> {
        let ids: Vec<ClientId> = found.iter().map(|row| row.client.id).collect();
        let cases = tx.cases_of_clients(&ids).await.or_problem()?;
        let cases_of = |id| {
            cases
                .iter()
                .filter(|(client, _)| *client == id)
                .filter_map(|(_, number)| CaseNumber::parse(number).ok())
                .collect()
        };
        let now = self.now();
        let item = |row: ListedClient| ClientItem {
            id: row.client.id,
            okay: permitted(&row.client),
            cases: cases_of(row.client.id),
            name: row.client.name,
            phone: row.client.phone,
            last_text: row.last_text_at.map(|at| zones::when(at, &actor.zone, now)),
        };
        Ok(found.into_iter().map(item).collect())
    }

    /// A client with cases and the consent ledger.
    ///
    /// # Errors
    /// [`Problem::NotFound`], also for another organization's.
    pub async fn client(&self, actor: &Actor, id: ClientId) -> Result<ClientView, Problem> {
        Self::allow(actor, Operation::SeeClients)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        // Read before the rows: an event in between is then told twice rather than not at all.
        let event = tx.last_event().await.or_problem()?;
        let record = tx.client(id).await.or_problem()?.ok_or(Problem::NotFound)?;
        let facts = tx.number_facts(record.phone.as_ref(), id).await;
        let known = Known {
            facts: facts.or_problem()?,
            ours: tx
                .setup()
                .await
                .or_problem()?
                .and_then(|setup| setup.number),
        };
        let mut view = self.whole_client(&mut tx, actor, record, known).await?;
        view.event = event;
        Ok(view)
    }

    /// Everything that the client's and the case's page show of a client.
    pub(crate) async fn whole_client(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        record: ClientRecord,
        known: Known,
    ) -> Result<ClientView, Problem> {
        let ledger = tx.consent_lines(record.id, LEDGER).await.or_problem()?;
        let cases = tx.cases_of(record.id).await.or_problem()?;
        let shared_with = match &record.phone {
            Some(phone) => tx.clients_with_phone(phone, record.id).await.or_problem()?,
            None => vec![],
        };
        let flag = match &record.phone {
            Some(phone) => tx.flag_of(record.id, phone).await.or_problem()?,
            None => None,
        };
        let mut view = self.brief_client(actor, record, &ledger, known);
        view.flag = flag.map(|(flag, at)| FlagView {
            flag,
            at: zones::when(at, &actor.zone, self.now()),
        });
        view.ledger = ledger
            .into_iter()
            .map(|row| self.consent_line(actor, row))
            .collect();
        view.cases = cases
            .into_iter()
            .filter_map(|(case, texts)| {
                Some(CaseItem {
                    id: case.id,
                    number: CaseNumber::parse(&case.number).ok()?,
                    texts,
                })
            })
            .collect();
        view.shared_with = shared_with;
        Ok(view)
    }

    /// A client without the lists: for pages about one case.
    pub(crate) fn brief_client(
        &self,
        actor: &Actor,
        record: ClientRecord,
        ledger: &[ConsentRow],
        known: Known,
    ) -> ClientView {
        let now = self.now();
        let permitted = permitted(&record);
        let given = ledger.iter().find(|row| {
            row.event == ConsentEvent::Given && Some(&row.phone) == record.phone.as_ref()
        });
        // Pages about one case do not read the ledger: the fact alone is enough for them.
        let fact = record
            .phone
            .clone()
            .zip(record.okay_at)
            .map(|(phone, at)| ConsentRow {
                event: ConsentEvent::Given,
                phone,
                at,
                by: None,
                source: None,
                note: String::new(),
                words: String::new(),
            });
        let okay = permitted
            .then(|| given.cloned().or(fact))
            .flatten()
            .map(|row| self.consent_line(actor, row));
        let theirs = (record.zone != actor.zone).then(|| zones::when(now, &record.zone, now));
        let ours = zones::when(now, &actor.zone, now);
        ClientView {
            id: record.id,
            name: record.name,
            phone: record.phone,
            flag: None,
            language: Language::from_tag(&record.language).unwrap_or_default(),
            local_now: theirs
                .filter(|theirs| (&theirs.time, &theirs.day) != (&ours.time, &ours.day)),
            zone: record.zone,
            okay,
            cases: vec![],
            ledger: vec![],
            shared_with: vec![],
            block: known.facts.block.map(|block| BlockView {
                since: zones::when(block.since, &actor.zone, now),
                because: block.because,
                words: block.words,
                held: block.held,
            }),
            paused: known.facts.review,
            our_number: known.ours,
            event: 0,
        }
    }

    fn consent_line(&self, actor: &Actor, row: ConsentRow) -> ConsentLine {
        ConsentLine {
            event: row.event,
            number: row.phone,
            at: zones::when(row.at, &actor.zone, self.now()),
            by: row.by.unwrap_or_default(),
            source: row.source,
            note: row.note,
            words: row.words,
        }
    }
}

/// Whether the client's number of today may be texted, as far as permission goes.
fn permitted(client: &ClientRecord) -> bool {
    is_permitted(client.phone.as_ref(), client.okay_phone.as_ref())
}

/// One more than a page, so that it is known whether there are more.
async fn find(
    tx: &mut Tx,
    asked: &ClientsAsked,
    after: Option<&str>,
) -> Result<Vec<ListedClient>, Problem> {
    let words = search::query(&asked.query);
    // Something was typed, but nothing in it can be looked for: nothing is found.
    if words.is_empty() && !asked.query.trim().is_empty() {
        return Ok(vec![]);
    }
    let after = after.and_then(|said| ClientPlace::read(said, asked.order));
    let look = LookFor {
        words: &words,
        okay: asked.whom.okay(),
        order: asked.order,
        after: after.as_ref(),
    };
    tx.list_clients(&look, page() + 1).await.or_problem()
}

fn page() -> i64 {
    i64::try_from(limits::PAGE).unwrap_or(i64::MAX)
}

fn place_of(row: &ListedClient, order: ClientOrder) -> ClientPlace {
    match order {
        ClientOrder::Name => ClientPlace::Name(row.client.name_key.clone(), row.client.id),
        ClientOrder::LastText => {
            ClientPlace::LastText(row.last_text_at.unwrap_or(0), row.client.id)
        }
    }
}
