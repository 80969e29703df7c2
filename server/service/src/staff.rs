//! Staff: what commands of the program do, and what administrators do on their page ([`manage`]).

mod manage;

use crate::{Service, error::OrProblem, passwords};
use domain::{
    ids::{OrgId, StaffId},
    limits,
    problem::{Complaint, Problem, line},
    role::Role,
    sign_in::{check_password, email_key},
};
use secrecy::SecretString;
use store::{StoreError, rows::NewStaff};

impl Service {
    /// Adds a member of staff; an e-mail address belongs to one person of one organization.
    ///
    /// # Errors
    /// The address is taken.
    pub async fn add_staff(
        &self,
        org: OrgId,
        name: &str,
        email: &str,
        role: Role,
        password: SecretString,
    ) -> Result<StaffId, Problem> {
        let name =
            line(name, limits::NAME).map_err(|complaint| Problem::field("name", complaint))?;
        let address = self.free_address(email).await?;
        let staff = StaffId(self.0.clock.id());
        let hash = passwords::hash(password).await;
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let new = NewStaff {
            id: staff,
            email: &address.email,
            email_key: &address.key,
            name: &name,
            role,
            password_hash: &hash,
            at: self.now(),
        };
        match tx.insert_staff(&new).await {
            Err(StoreError::Taken) => return Err(Problem::field("email", Complaint::EmailTaken)),
            other => other.or_problem()?,
        }
        tx.commit().await.or_problem()?;
        Ok(staff)
    }

    /// Gives somebody a new password and ends all their sessions.
    ///
    /// # Errors
    /// Nobody has this address, or the password is too short.
    pub async fn reset_password(&self, email: &str, password: &str) -> Result<(), Problem> {
        let key = email_key(email).ok_or_else(|| Problem::field("email", Complaint::NotAnEmail))?;
        check_password(password).map_err(|complaint| Problem::field("password", complaint))?;
        let store = &self.0.store;
        let staff = store.staff_by_email(&key).await.or_problem()?;
        let hash = passwords::hash(password.into()).await;
        let Some(staff) = staff else {
            let host = store.host_by_email(&key).await.or_problem()?;
            let host = host.ok_or(Problem::NotFound)?;
            return store.reset_host(host.id, &hash).await.or_problem();
        };
        let mut tx = self.0.store.begin(staff.org).await.or_problem()?;
        tx.set_password(staff.id, &hash).await.or_problem()?;
        tx.delete_sessions_of(staff.id).await.or_problem()?;
        tx.commit().await.or_problem()
    }
}
