//! The step "Public address": where Twilio reaches this organization.

use crate::{Service, audit::Deed, error::OrProblem};
use domain::{
    limits,
    problem::{Complaint, Problem, line},
    role::{Actor, Operation},
    setup::{AddressForm, is_callable_url},
};

impl Service {
    /// Saves where Twilio reaches this organization, and tries it. `false`: saved, but not reached as it should be.
    ///
    /// # Errors
    /// Complaints about the form.
    pub async fn save_address(&self, actor: &Actor, form: AddressForm) -> Result<bool, Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let addresses = self.addresses(&mut tx).await?;
        let status_callback = match form.status_callback.trim() {
            "" => addresses.status.clone(),
            typed => {
                read_url(typed).map_err(|complaint| Problem::field("status_callback", complaint))?
            }
        };
        tx.ensure_setup(&addresses.status).await.or_problem()?;
        tx.save_status_callback(&status_callback)
            .await
            .or_problem()?;
        self.record(&mut tx, actor, Deed::SavedSetup, "address")
            .await?;
        tx.commit().await.or_problem()?;
        self.check_address(actor.org).await
    }
}

fn read_url(typed: &str) -> Result<String, Complaint> {
    let url = line(typed, limits::URL)?;
    if is_callable_url(&url) {
        Ok(url)
    } else {
        Err(Complaint::NotAUrl)
    }
}
