//! Drafts: what is typed and not sent, kept for each person and case (and so client), on the server.

use crate::{Service, cases, error::OrProblem, zones};
use domain::{
    limits,
    problem::{Complaint, Problem},
    role::{Actor, Operation},
    segments,
    when::When,
};

/// More than a text can hold, so that nothing pasted is lost: four times Twilio's limit, in characters.
pub const DRAFT: usize = 4 * segments::MAX_BODY;

impl Service {
    /// Keeps what is typed, for its author alone: `author` is whose page it was typed into, as [`domain::author::Author`]
    /// writes itself. `None`: nothing is left to keep.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::OtherPerson`] when somebody else signed in since; more than a draft can hold.
    pub async fn save_draft(
        &self,
        actor: &Actor,
        author: &str,
        number: &str,
        body: &str,
    ) -> Result<Option<When>, Problem> {
        Self::allow(actor, Operation::SendTexts)?;
        let body = domain::problem::bounded(&segments::normalize_newlines(body), DRAFT)
            .map_err(|complaint: Complaint| Problem::field("body", complaint))?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let case = cases::find(&mut tx, number).await?.case.id;
        if author != actor.author().to_string() {
            return Err(Problem::OtherPerson);
        }
        let now = self.now();
        if body.trim().is_empty() {
            tx.delete_draft(actor.staff, case).await.or_problem()?;
        } else {
            tx.save_draft(actor.staff, case, &body, now)
                .await
                .or_problem()?;
        }
        tx.commit().await.or_problem()?;
        Ok((!body.trim().is_empty()).then(|| zones::when(now, &actor.zone, now)))
    }
}

const _: () = assert!(
    DRAFT > limits::TEXT_RESPONSE,
    "a draft holds more than any text"
);
