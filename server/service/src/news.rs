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
    /// A text that came in, and the clients whose number it came from.
    pub incoming: Option<(IncomingId, Vec<ClientId>)>,
    /// Clients of whose permission something changed.
    pub clients: BTreeSet<ClientId>,
    /// Something is to be decided, or was.
    pub office: bool,
}

impl News {
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
        let mut events: Vec<LiveEvent> = self.texts.into_iter().map(text).collect();
        if let Some((id, clients)) = self.incoming {
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
        for event in &mut events {
            event.id = tx.insert_live(event, self.now()).await.or_problem()?;
        }
        Ok(events)
    }

    /// Rings for what was committed, if there is something.
    pub(crate) fn ring(&self, org: OrgId, events: impl IntoIterator<Item = LiveEvent>) {
        if events.into_iter().next().is_some() {
            self.0.hub.ring(org);
        }
    }
}
