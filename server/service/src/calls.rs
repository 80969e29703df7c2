//! Incoming calls: each is kept once, and answered whatever happens.

use crate::{Service, error::OrProblem};
use domain::{ids::OrgId, problem::Problem};
use store::rows::NewCall;

/// An incoming call, as Twilio tells of it.
#[derive(Clone, Debug)]
pub struct Call {
    pub sid: String,
    /// A number, or a word like "anonymous".
    pub from: String,
    pub to: String,
}

impl Service {
    /// Keeps a call whose signature was checked; a repeated one is the same call.
    ///
    /// # Errors
    /// The database cannot be reached: the caller is answered all the same.
    pub async fn take_call(&self, org: OrgId, call: &Call) -> Result<(), Problem> {
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let new = NewCall {
            sid: &call.sid,
            from: &call.from,
            to: &call.to,
            at: self.now(),
        };
        tx.insert_call(&new).await.or_problem()?;
        tx.commit().await.or_problem()
    }
}
