//! What open pages are to be told of a transaction: gathered while it goes, written last, rung after the commit.

use crate::{Service, error::OrProblem};
use domain::{
    ids::{CaseId, ClientId, IncomingId, OrgId, TextId},
    live::LiveEvent,
    problem::Problem,
};
use std::collections::BTreeSet;
use store::Tx;

/// What is new.
#[derive(Default)]
pub(crate) struct News {
    /// Texts of ours that are new or have changed.
    pub texts: Vec<(CaseId, TextId)>,
    /// Texts that came in, and the clients whose number each came from.
    pub incoming: Vec<(IncomingId, Vec<ClientId>)>,
    /// Clients of whose permission something changed.
    pub clients: BTreeSet<ClientId>,
    /// Something is to be decided, or was.
    pub office: bool,
    /// When the texts were written whose status a report raised; counted after the commit, and told to nobody.
    pub raised: Vec<i64>,
}

impl News {
    /// Both, as one.
    pub fn add(&mut self, other: Self) {
        self.texts.extend(other.texts);
        self.incoming.extend(other.incoming);
        self.clients.extend(other.clients);
        self.office |= other.office;
        self.raised.extend(other.raised);
    }

    fn events(self) -> Vec<LiveEvent> {
        let text = |(case, text)| LiveEvent {
            case: Some(case),
            text: Some(text),
            ..LiveEvent::default()
        };
        let client = |client, incoming| LiveEvent {
            client,
            incoming,
            ..LiveEvent::default()
        };
        // A text of which several things were learned at once is told of once.
        let texts: BTreeSet<_> = self.texts.into_iter().collect();
        let mut events: Vec<LiveEvent> = texts.into_iter().map(text).collect();
        for (id, clients) in self.incoming {
            let of = |each: ClientId| client(Some(each), Some(id));
            match clients.is_empty() {
                true => events.push(client(None, Some(id))),
                false => events.extend(clients.into_iter().map(of)),
            }
        }
        if self.office && self.clients.is_empty() {
            events.push(LiveEvent::default());
        }
        events.extend(
            self.clients
                .into_iter()
                .map(|each| client(Some(each), None)),
        );
        events
    }
}

impl Service {
    /// Writes the news into the transaction, as the last thing before its commit; ring them after it.
    pub(crate) async fn write_news(
        &self,
        tx: &mut Tx,
        news: News,
    ) -> Result<Vec<LiveEvent>, Problem> {
        let mut events = news.events();
        match events.as_mut_slice() {
            [] => {}
            [event] => event.id = tx.insert_live(event, self.now()).await.or_problem()?,
            many => tx.insert_events(many, self.now()).await.or_problem()?,
        }
        Ok(events)
    }

    /// Ends a transaction: the news is written last, committed with the rest, and rung for.
    pub(crate) async fn conclude(&self, mut tx: Tx, news: News) -> Result<(), Problem> {
        let org = tx.org_id();
        let events = self.write_news(&mut tx, news).await?;
        tx.commit().await.or_problem()?;
        self.ring(org, events);
        Ok(())
    }

    /// Rings for what was committed, if there is something.
    pub(crate) fn ring(&self, org: OrgId, events: impl IntoIterator<Item = LiveEvent>) {
        if events.into_iter().next().is_some() {
            self.0.hub.ring(org);
        }
    }
}
