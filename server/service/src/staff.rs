//! Staff, as far as commands of the program need them.

use crate::{Service, error::OrProblem, passwords, sign_in::check_password};
use domain::{
    problem::{Complaint, Problem},
    sign_in::email_key,
};

impl Service {
    /// Gives somebody a new password and ends all their sessions.
    ///
    /// # Errors
    /// Nobody has this address, or the password is too short.
    pub async fn reset_password(&self, email: &str, password: &str) -> Result<(), Problem> {
        let key = email_key(email).ok_or_else(|| Problem::field("email", Complaint::NotAnEmail))?;
        check_password(password).map_err(|complaint| Problem::field("password", complaint))?;
        let staff = self
            .0
            .store
            .staff_by_email(&key)
            .await
            .or_problem()?
            .ok_or(Problem::NotFound)?;
        let hash = passwords::hash(password.into()).await;
        let mut tx = self.0.store.begin(staff.org).await.or_problem()?;
        tx.set_password(staff.id, &hash).await.or_problem()?;
        tx.delete_sessions_of(staff.id).await.or_problem()?;
        tx.commit().await.or_problem()
    }
}
