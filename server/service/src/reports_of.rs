//! Whose report it is, where several organizations share one account of Twilio and one address for reports: then the
//! signature fits all of them, and only the text itself tells.

use crate::{Service, callers::Caller, error::OrProblem};
use domain::{
    ids::{OrgId, TextId},
    problem::Problem,
};
use uuid::Uuid;

/// What the address of a report names: a client's text, a test text, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Text(TextId),
    Test(Uuid),
    Nothing,
}

impl Service {
    /// The one among these callers, all of whom the signature fits, whom a report is for: who has the text of our id,
    /// else the text of Twilio's Sid, else the number that the text left from. A report that names nothing of anybody's
    /// is kept by the first. `None`: there are no callers.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn whose_report(
        &self,
        callers: &[&Caller],
        named: Named,
        (sid, from): (&str, &str),
    ) -> Result<Option<OrgId>, Problem> {
        let Some((first, others)) = callers.split_first() else {
            return Ok(None);
        };
        if others.is_empty() {
            return Ok(Some(first.org));
        }
        for caller in callers {
            if self.has_named(caller.org, named).await? {
                return Ok(Some(caller.org));
            }
        }
        for caller in callers {
            let mut tx = self.0.store.read(caller.org).await.or_problem()?;
            if tx.text_by_sid(sid).await.or_problem()?.is_some() {
                return Ok(Some(caller.org));
            }
        }
        let has_number = |caller: &&&Caller| {
            let number = caller.number.as_ref();
            number.is_some_and(|number| number.as_str() == from)
        };
        Ok(Some(callers.iter().find(has_number).unwrap_or(first).org))
    }

    async fn has_named(&self, org: OrgId, named: Named) -> Result<bool, Problem> {
        let mut tx = self.0.store.read(org).await.or_problem()?;
        match named {
            Named::Text(id) => Ok(tx.text(id).await.or_problem()?.is_some()),
            Named::Test(id) => tx.has_test(id).await.or_problem(),
            Named::Nothing => Ok(false),
        }
    }
}
