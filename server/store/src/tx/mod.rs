//! [`Tx`]: the only door to an organization's rows. Every statement behind it names the organization.

mod audit;
mod blocks;
mod bulk;
mod calls;
mod case_files;
mod cases;
mod checks;
mod clients;
mod consent;
mod drafts;
pub(crate) mod events;
mod failover;
mod halts;
mod incoming;
mod incoming_at_once;
mod incoming_setup;
mod invitations;
mod line;
mod listed;
mod outbox;
mod outbox_at_once;
mod permission;
mod quick_entries;
mod reports;
mod reports_at_once;
mod reviews;
pub(crate) mod search;
mod setup;
mod setup_steps;
mod staff;
mod test_texts;
mod texts;
mod unclear;
pub(crate) mod waiting;

pub(crate) use permission::lock_of;

use crate::{Result, link::Conn};
use domain::ids::OrgId;
use uuid::Uuid;

/// A transaction ([`crate::Store::begin`]) or a connection that reads ([`crate::Store::read`]), within one organization.
pub struct Tx {
    pub(crate) org: OrgId,
    pub(crate) conn: Conn,
}

impl Tx {
    pub(crate) fn new(org: OrgId, conn: Conn) -> Self {
        Self { org, conn }
    }

    /// The organization whose rows these are.
    pub fn org_id(&self) -> OrgId {
        self.org
    }

    /// Makes everything written durable. Without it, all is rolled back.
    ///
    /// # Errors
    /// When it is not known to be durable.
    pub async fn commit(self) -> Result<()> {
        self.conn.commit().await
    }
}

/// A list of ids as one argument: both databases can take JSON apart, but only one knows arrays.
pub(crate) fn json_ids(ids: impl Iterator<Item = Uuid>) -> String {
    let quoted: Vec<String> = ids.map(|id| format!("\"{}\"", id.simple())).collect();
    format!("[{}]", quoted.join(","))
}

#[cfg(test)]
pub(crate) fn statements() -> Vec<crate::sql::Statements> {
    vec![
        audit::STATEMENTS,
        blocks::STATEMENTS,
        bulk::STATEMENTS,
        calls::STATEMENTS,
        case_files::STATEMENTS,
        cases::STATEMENTS,
        checks::STATEMENTS,
        clients::STATEMENTS,
        consent::STATEMENTS,
        drafts::STATEMENTS,
        events::STATEMENTS,
        failover::STATEMENTS,
        halts::STATEMENTS,
        incoming::STATEMENTS,
        incoming_at_once::STATEMENTS,
        incoming_setup::STATEMENTS,
        invitations::STATEMENTS,
        line::STATEMENTS,
        listed::STATEMENTS,
        outbox::STATEMENTS,
        outbox_at_once::STATEMENTS,
        permission::STATEMENTS,
        quick_entries::STATEMENTS,
        reports::STATEMENTS,
        reports_at_once::STATEMENTS,
        reviews::STATEMENTS,
        search::STATEMENTS,
        setup::STATEMENTS,
        setup_steps::STATEMENTS,
        staff::STATEMENTS,
        test_texts::STATEMENTS,
        texts::STATEMENTS,
        unclear::STATEMENTS,
        waiting::STATEMENTS,
    ]
}
