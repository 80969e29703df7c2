//! What somebody wrote while their session ended, sealed for them alone.

use crate::{Service, error::OrProblem, sign_in::hashed};
use domain::{problem::Problem, role::Actor};
use secrecy::SecretString;

impl Service {
    /// Seals text for the person whose session this token was, ended or not. `None`: it never was one.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn seal_for_owner(
        &self,
        token: &str,
        text: &str,
    ) -> Result<Option<Vec<u8>>, Problem> {
        // Every session that is still written down expires after the beginning of time.
        let session = self.0.store.session(&hashed(token), 0).await.or_problem()?;
        Ok(session.map(|session| self.0.sealer.seal(text, session.staff.0.as_bytes())))
    }

    /// Opens what was sealed for this person; nothing opens for anybody else.
    pub fn open_for(&self, actor: &Actor, sealed: &[u8]) -> Option<SecretString> {
        self.0.sealer.open(sealed, actor.staff.0.as_bytes()).ok()
    }
}
