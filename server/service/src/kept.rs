//! What somebody wrote while their session ended, sealed for them alone.

use crate::{Service, error::OrProblem, sign_in::hashed};
use domain::{author::Author, problem::Problem, role::Actor};
use secrecy::SecretString;

impl Service {
    /// Whose text this is: the author that its page names, or else whose session this token was, ended or not.
    /// `None`: nobody knows.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn owner_of(
        &self,
        page_says: Option<Author>,
        token: Option<&str>,
    ) -> Result<Option<Author>, Problem> {
        if let Some(author) = page_says
            && self.is_staff(author).await?
        {
            return Ok(Some(author));
        }
        let Some(token) = token else { return Ok(None) };
        // Every session that is still written down expires after the beginning of time.
        let session = self.0.store.session(&hashed(token), 0).await.or_problem()?;
        Ok(session.map(|session| Author {
            org: session.org,
            staff: session.staff,
        }))
    }

    /// Seals text for its author.
    pub fn seal_for(&self, owner: Author, text: &str) -> Vec<u8> {
        self.0.sealer.seal(text, &owner.seal_mark())
    }

    /// Opens what was sealed for this person; nothing opens for anybody else.
    pub fn open_for(&self, actor: &Actor, sealed: &[u8]) -> Option<SecretString> {
        let mark = actor.author().seal_mark();
        self.0.sealer.open(sealed, &mark).ok()
    }

    async fn is_staff(&self, author: Author) -> Result<bool, Problem> {
        let mut tx = self.0.store.read(author.org).await.or_problem()?;
        Ok(tx.staff(author.staff).await.or_problem()?.is_some())
    }
}
