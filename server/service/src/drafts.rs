//! Drafts: what is typed and not sent, kept for each person and case (and so client), on the server.

use crate::{Service, cases, compose::read_key, error::OrProblem, send::same_text, zones};
use domain::{
    limits,
    problem::{Complaint, Problem},
    role::{Actor, Operation},
    segments,
    when::When,
    words::compose::went_wrong,
};
use store::{Tx, rows::CaseFile};

/// More than a text can hold, so that nothing pasted is lost: four times Twilio's limit, in characters.
pub const DRAFT: usize = 4 * segments::MAX_BODY;

impl Service {
    /// Keeps what is typed, for its author alone: `author` is whose page it was typed into, as [`domain::author::Author`]
    /// writes itself, and `key` its form's. What was sent with this key already, whose answer the page did not get, is
    /// no draft any more: it would be sent a second time. `None`: nothing is left to keep.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::OtherPerson`] when somebody else signed in since; more than a draft can hold.
    pub async fn save_draft(
        &self,
        actor: &Actor,
        author: &str,
        key: &str,
        number: &str,
        body: &str,
    ) -> Result<Option<When>, Problem> {
        Self::allow(actor, Operation::SendTexts)?;
        let body = domain::problem::bounded(&segments::normalize_newlines(body), DRAFT)
            .map_err(|complaint: Complaint| Problem::field("body", complaint))?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let found = cases::find(&mut tx, number).await?;
        let case = found.case.id;
        if author != actor.author().to_string() {
            return Err(Problem::OtherPerson);
        }
        let now = self.now();
        let mut kept = !body.trim().is_empty();
        if kept {
            tx.save_draft(actor.staff, case, &body, now)
                .await
                .or_problem()?;
            // Looked for after the draft is written, so that a text which is being saved with it is waited for.
            kept = !is_sent(&mut tx, actor, &found, key, &body).await?;
        }
        if !kept {
            tx.delete_draft(actor.staff, case).await.or_problem()?;
        }
        tx.commit().await.or_problem()?;
        Ok(kept.then(|| zones::when(now, &actor.zone, now)))
    }
}

/// Whether this form's text is one that was sent. What went wrong is not: its words are needed.
async fn is_sent(
    tx: &mut Tx,
    actor: &Actor,
    found: &CaseFile,
    key: &str,
    body: &str,
) -> Result<bool, Problem> {
    // A page that is older than this program's drafts has no key to say.
    let Some(key) = read_key(key) else {
        return Ok(false);
    };
    let text = tx.text_by_form_key(key).await.or_problem()?;
    Ok(text.is_some_and(|text| {
        same_text(actor, found, &text, body).is_ok() && !went_wrong(text.status)
    }))
}

const _: () = assert!(
    DRAFT > limits::TEXT_RESPONSE,
    "a draft holds more than any text"
);
