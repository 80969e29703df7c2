//! The bell between servers on one database: each tells the others for which organizations there is news. It only wakes;
//! who heard nothing looks at the table now and then all the same.

use crate::{Service, hub::Ring};
use domain::ids::OrgId;
use std::{collections::HashSet, time::Duration};
use store::{LONGEST_MESSAGE, StoreError};
use uuid::Uuid;

/// News is gathered for so long before others are told: many commits are one message.
const GATHER: Duration = Duration::from_millis(50);
/// How long to wait after the database was away.
const AGAIN: Duration = Duration::from_secs(1);
/// There is news for too many to name them.
const ALL: &str = "*";

impl Service {
    /// Tells other servers and hears them, until `stop` resolves. SQLite has one server.
    pub async fn run_bell(&self, stop: impl Future<Output = ()>) {
        if !self.0.store.has_others() {
            return;
        }
        self.0.hub.set_deaf(true);
        tokio::select! {
            () = stop => {}
            () = self.tell_others() => {}
            () = self.hear_others() => {}
        }
    }

    async fn tell_others(&self) {
        loop {
            self.0.hub.something_to_tell().await;
            tokio::time::sleep(GATHER).await;
            let untold = self.0.hub.take_untold();
            if untold.is_empty() {
                continue;
            }
            let message = write(&self.0.config.owner, &untold);
            if let Err(error) = self.0.store.tell_others(&message).await {
                tracing::warn!(%error, "other servers were not told of news; they look for themselves");
            }
        }
    }

    async fn hear_others(&self) {
        loop {
            let heard = self.hear().await;
            self.0.hub.set_deaf(true);
            if let Err(error) = heard {
                tracing::warn!(%error, "other servers are not heard; trying again");
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn hear(&self) -> Result<(), StoreError> {
        let Some(mut others) = self.0.store.hear_others().await? else {
            return Ok(());
        };
        loop {
            // Begun, or begun again: what was told before was not heard.
            self.0.hub.set_deaf(false);
            self.0.hub.rung_elsewhere(Ring::All);
            while let Some(message) = others.next().await? {
                for ring in read(&message, &self.0.config.owner) {
                    self.0.hub.rung_elsewhere(ring);
                }
            }
        }
    }
}

/// `OWNER ORG,ORG`, or `OWNER *`.
fn write(owner: &str, orgs: &HashSet<OrgId>) -> String {
    let named: Vec<String> = orgs.iter().map(|org| org.0.simple().to_string()).collect();
    let message = format!("{owner} {}", named.join(","));
    if message.len() > LONGEST_MESSAGE {
        format!("{owner} {ALL}")
    } else {
        message
    }
}

/// For whom it rings; for nobody if the message is our own. What cannot be read may be a newer program's: for all.
fn read(message: &str, owner: &str) -> Vec<Ring> {
    let Some((from, orgs)) = message.split_once(' ') else {
        return vec![Ring::All];
    };
    if from == owner {
        return vec![];
    }
    let one = |org: &str| Uuid::try_parse(org).map_or(Ring::All, |id| Ring::Of(OrgId(id)));
    orgs.split(',').map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orgs(count: u128) -> HashSet<OrgId> {
        (0..count).map(|n| OrgId(Uuid::from_u128(n))).collect()
    }

    #[test]
    fn what_one_server_writes_another_reads_and_it_itself_does_not() {
        let message = write("one", &orgs(2));
        let rings = read(&message, "two");
        assert_eq!(rings.len(), 2);
        assert!(
            orgs(2)
                .into_iter()
                .all(|org| rings.contains(&Ring::Of(org)))
        );
        assert_eq!(read(&message, "one"), []);
    }

    #[test]
    fn news_for_a_thousand_organizations_fits_into_a_message() {
        let message = write("one", &orgs(1_000));
        assert!(message.len() < 8_000);
        assert_eq!(read(&message, "two"), [Ring::All]);
    }

    #[test]
    fn what_cannot_be_read_rings_for_all() {
        for message in ["", "?", "three ?", "three *"] {
            assert_eq!(read(message, "two"), [Ring::All], "{message}");
        }
    }
}
