//! "Send Message": the text is saved before anything is sent, and one press makes one text.

use crate::{
    Service,
    audit::Deed,
    cases,
    compose::{next_key, read_key},
    error::OrProblem,
    news::News,
    torture, zones,
};
use domain::{
    compose::{SendForm, Sent, check_body},
    ids::{FormKey, TextId},
    pace,
    problem::{Complaint, Problem},
    role::{Actor, Operation},
    segments,
    status::Status,
};
use std::time::Duration;
use store::{
    Tx,
    rows::{CaseFile, NewText, TextRecord},
};
use tokio::time::{Instant, timeout_at};

/// How long the form's answer waits for Twilio's.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often the row is looked at although no bell rang (another process may have sent it).
const LOOK: Duration = Duration::from_millis(500);

impl Service {
    /// Sends a text: saves it with its outbox row, then waits a little for Twilio's answer.
    /// The same key with the same body answers with the text that is there already.
    ///
    /// # Errors
    /// Complaints about the body; somebody else's page; texting is not allowed; another text was sent with this key.
    pub async fn send(&self, actor: &Actor, number: &str, form: SendForm) -> Result<Sent, Problem> {
        Self::allow(actor, Operation::SendTexts)?;
        // Nothing needs this to be safe, since the key is the author's own; but it says what is the matter.
        if !form.author.is_empty() && form.author != actor.author().to_string() {
            return Err(Problem::OtherPerson);
        }
        let key = read_key(&form.key).ok_or(Problem::NotFound)?;
        let mut bell = self.0.hub.listen(actor.org);
        let saved = self.save(actor, number, key, &form.body).await?;
        self.0.wake.notify_one();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let sent = self.sent(actor, number, saved).await?;
            // Who waits in line, or for the account, need not wait here as well.
            let waits = sent.waiting.is_some() && sent.status == Status::Waiting;
            if sent.status.rank() > Status::Unknown.rank() || waits || Instant::now() >= deadline {
                return Ok(sent);
            }
            let until = deadline.min(Instant::now() + LOOK);
            // Rung, or the time is over: in each case look again.
            let _ = timeout_at(until, bell.rung()).await;
        }
    }

    /// Saves the text; the same form that comes twice at once is one text, whichever is first.
    async fn save(
        &self,
        actor: &Actor,
        number: &str,
        key: FormKey,
        typed: &str,
    ) -> Result<TextId, Problem> {
        match self.try_save(actor, number, key, typed).await? {
            Some(id) => Ok(id),
            // Somebody was faster between our look and our insert: now it is there to be seen.
            None => self
                .try_save(actor, number, key, typed)
                .await?
                .ok_or(Problem::Internal),
        }
    }

    async fn try_save(
        &self,
        actor: &Actor,
        number: &str,
        key: FormKey,
        typed: &str,
    ) -> Result<Option<TextId>, Problem> {
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let found = cases::find(&mut tx, number).await?;
        // Read before the look: a press that is saved in between is then found by the look.
        let next = next_key(&mut tx, actor.staff, found.case.id).await?;
        if let Some(before) = tx.text_by_form_key(key).await.or_problem()? {
            return same_text(actor, &found, &before, typed).map(Some);
        }
        if let Some(why) = cases::why_not(&found) {
            return Err(Problem::MayNotText(why));
        }
        // A form of another person (who used this browser before) or of another case is not this person's press.
        if key != next {
            return Err(Problem::OtherTextSent);
        }
        let body = check_body(typed, cases::parts_allowed(found.max_parts))
            .map_err(|complaint| Problem::field("body", complaint))?;
        self.find_room(&mut tx, &body).await?;
        let id = TextId(self.0.clock.id());
        if !self.insert(&mut tx, actor, &found, id, key, &body).await? {
            return Ok(None);
        }
        tx.delete_draft(actor.staff, found.case.id)
            .await
            .or_problem()?;
        self.record(&mut tx, actor, Deed::SentText, id).await?;
        let news = News {
            texts: vec![(found.case.id, id)],
            ..News::default()
        };
        let events = self.write_news(&mut tx, news).await?;
        torture::point("before_enqueue_commit").await;
        tx.commit().await.or_problem()?;
        torture::point("after_enqueue_commit").await;
        self.ring(actor.org, events);
        Ok(Some(id))
    }

    /// Refuses what would wait for more than ten hours.
    async fn find_room(&self, tx: &mut Tx, body: &str) -> Result<(), Problem> {
        let pace = tx.bucket().await.or_problem()?.pace;
        // Without a pace nothing has to be counted.
        if pace == 0 {
            return Ok(());
        }
        let waiting = tx.waiting_parts().await.or_problem()?;
        let parts = i64::from(segments::measure(body).parts);
        if pace::has_room(pace, waiting, parts) {
            Ok(())
        } else {
            Err(Problem::field("body", Complaint::QueueFull))
        }
    }

    /// Writes text and outbox row; false when a text with this key is there already.
    async fn insert(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        found: &CaseFile,
        id: TextId,
        key: FormKey,
        body: &str,
    ) -> Result<bool, Problem> {
        let measure = segments::measure(body);
        let to = found.client.phone.as_ref().ok_or(Problem::Internal)?;
        let new = NewText {
            id,
            case: found.case.id,
            client: found.client.id,
            staff: actor.staff,
            key,
            body,
            to,
            parts: i64::from(measure.parts),
            encoding: encoding_name(measure.encoding),
            at: self.now(),
        };
        tx.insert_text(&new).await.or_problem()
    }

    /// What became of a text: for the box after sending.
    ///
    /// # Errors
    /// [`Problem::NotFound`], also when it is a text of another case.
    pub async fn sent(&self, actor: &Actor, number: &str, id: TextId) -> Result<Sent, Problem> {
        Self::allow(actor, Operation::SendTexts)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let found = cases::find(&mut tx, number).await?;
        tx.text(id)
            .await
            .or_problem()?
            .filter(|text| text.case == found.case.id)
            .ok_or(Problem::NotFound)?;
        let next_key = next_key(&mut tx, actor.staff, found.case.id).await?;
        let listed = tx.texts(&[id]).await.or_problem()?;
        let row = self.rows(&mut tx, actor, listed).await?.pop();
        let row = row.ok_or(Problem::NotFound)?;
        let at = zones::when(self.now(), &actor.zone, self.now());
        Ok(Sent {
            text: id,
            status: row.status,
            error: row.error,
            stopped: row.stopped,
            waiting: row.waiting,
            at,
            next_key,
        })
    }
}

/// A key that was used: the same text of the same person again is the same press; anything else is another text.
pub(crate) fn same_text(
    actor: &Actor,
    found: &CaseFile,
    before: &TextRecord,
    typed: &str,
) -> Result<TextId, Problem> {
    let same = before.staff == actor.staff
        && before.case == found.case.id
        && before.body == segments::normalize_newlines(typed);
    if same {
        Ok(before.id)
    } else {
        Err(Problem::OtherTextSent)
    }
}

fn encoding_name(encoding: segments::Encoding) -> &'static str {
    match encoding {
        segments::Encoding::Gsm7 => "gsm7",
        segments::Encoding::Ucs2 => "ucs2",
    }
}
