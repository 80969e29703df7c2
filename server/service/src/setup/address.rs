//! The step "Public address": where Twilio reaches this organization.

use crate::{Service, audit::Deed, error::OrProblem};
use domain::{
    limits,
    problem::{Complaint, Complaints, Problem, line},
    role::{Actor, Operation},
    setup::{AddressForm, Addresses, is_callable_url, read_public_address},
};

impl Service {
    /// Saves where Twilio reaches this organization, and tries it. `false`: saved, but not reached as it should be.
    ///
    /// # Errors
    /// Complaints about the form.
    pub async fn save_address(&self, actor: &Actor, form: AddressForm) -> Result<bool, Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let before = self.addresses(&mut tx).await?;
        let typed = read(&form, &before)?;
        let after = match &typed.own {
            Some(own) => Addresses::under(own),
            None => self.0.config.addresses(),
        };
        let status_callback = typed.status_callback.unwrap_or(after.status);
        tx.ensure_setup(&status_callback).await.or_problem()?;
        tx.set_public_url(typed.own.as_deref()).await.or_problem()?;
        tx.save_status_callback(&status_callback)
            .await
            .or_problem()?;
        self.record(&mut tx, actor, Deed::SavedSetup, "address")
            .await?;
        tx.commit().await.or_problem()?;
        self.check_address(actor.org).await
    }
}

/// What was typed. Each `None`: as the program has it.
struct Typed {
    own: Option<String>,
    status_callback: Option<String>,
}

fn read(form: &AddressForm, before: &Addresses) -> Result<Typed, Problem> {
    let mut complaints = Complaints::default();
    let own = match form.public_url.trim() {
        "" => None,
        typed => complaints.take("public_url", read_public_address(typed)),
    };
    let status_callback = match form.status_callback.trim() {
        "" => None,
        // What stood there for the address before goes along with the address.
        typed if typed == before.status => None,
        typed => complaints.take("status_callback", read_url(typed)),
    };
    complaints.finish()?;
    Ok(Typed {
        own,
        status_callback,
    })
}

fn read_url(typed: &str) -> Result<String, Complaint> {
    let url = line(typed, limits::URL)?;
    if is_callable_url(&url) {
        Ok(url)
    } else {
        Err(Complaint::NotAUrl)
    }
}
