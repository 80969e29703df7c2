//! The texts of a case, and asking Twilio about one of them.

use crate::{
    Service,
    audit::Deed,
    carrier::{Account, Unanswered, Word},
    cases,
    error::OrProblem,
    reports::Report,
    setup::account_of,
    waits::Waits,
    zones::{self, Reader},
};
use domain::{
    consent::WhyNot,
    follow_up,
    ids::TextId,
    incoming, limits,
    problem::Problem,
    role::{Actor, Operation},
    status::Source,
    text::{StatusAnswer, TextRow, TextsView},
};
use store::{
    Tx,
    rows::{IncomingRecord, ListedText},
};
use uuid::Uuid;

/// At most this many rows are asked for at once by a page that is open.
const ROWS: usize = 200;

impl Service {
    /// A page of a case's texts, newest first.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub async fn texts(
        &self,
        actor: &Actor,
        number: &str,
        before: Option<&str>,
    ) -> Result<TextsView, Problem> {
        Self::allow(actor, Operation::SeeTexts)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let page = i64::try_from(limits::PAGE).unwrap_or(i64::MAX);
        let place = before.and_then(cases::read_place);
        let (found, mut records) = cases::find_with_texts(&mut tx, number, place, page + 1).await?;
        let (received, shown, event) = (found.facts.received, found.facts.shown, found.event);
        let mut came = match shown && received > 0 {
            true => tx
                .incoming_of_client(found.client.id, place, page + 1)
                .await
                .or_problem()?,
            false => vec![],
        };
        let next = cut_to_page(&mut records, &mut came);
        let incoming = self.as_rows(&mut tx, actor, came).await?;
        let case = self.case_head(actor, found)?;
        let now = self.now();
        let zone = Reader::new(&actor.zone, now).when(now).zone;
        let rows = self.rows(&mut tx, actor, records).await?;
        Ok(TextsView {
            case,
            rows,
            incoming,
            received,
            incoming_shown: shown,
            next,
            event,
            zone,
        })
    }

    /// The rows of these texts as they are now; those of other organizations are simply not there.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn text_rows(&self, actor: &Actor, ids: &[TextId]) -> Result<Vec<TextRow>, Problem> {
        Self::allow(actor, Operation::SeeTexts)?;
        let ids = &ids[..ids.len().min(ROWS)];
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let records = tx.texts(ids).await.or_problem()?;
        self.rows(&mut tx, actor, records).await
    }

    /// Asks Twilio about one text now, and takes its word as final.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; Twilio did not answer or refused.
    pub async fn refresh_status(&self, actor: &Actor, id: TextId) -> Result<StatusAnswer, Problem> {
        Self::allow(actor, Operation::SeeTexts)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let text = tx.text(id).await.or_problem()?.ok_or(Problem::NotFound)?;
        let account = account_of(
            &self.0.sealer,
            actor.org,
            tx.setup().await.or_problem()?.as_ref(),
        );
        self.record(&mut tx, actor, Deed::AskedStatus, id).await?;
        tx.commit().await.or_problem()?;
        // Without a Sid there is nothing to ask about: our own word is all there is.
        let said = match (&text.sid, account) {
            (Some(sid), Some(account)) => self.ask(&account, sid).await?,
            (Some(_), None) => return Err(Problem::MayNotText(WhyNot::NotSetUp)),
            (None, _) => return self.answer(actor, id, String::new()).await,
        };
        let word = said.status.clone();
        self.apply_report(actor.org, id, &Report::of(said, Source::Fetch))
            .await?;
        self.answer(actor, id, word).await
    }

    async fn ask(&self, account: &Account, sid: &str) -> Result<Word, Problem> {
        self.0
            .carrier
            .fetch(account, sid)
            .await
            .map_err(|unanswered| match unanswered {
                Unanswered::Refused { code } => Problem::TwilioRefused { code },
                Unanswered::Credentials => Problem::TwilioRefused { code: 20003 },
                Unanswered::Silent(why) => {
                    tracing::warn!(sid, why, "Twilio did not answer about a text");
                    Problem::TwilioSilent
                }
            })
    }

    async fn answer(
        &self,
        actor: &Actor,
        text: TextId,
        said: String,
    ) -> Result<StatusAnswer, Problem> {
        let row = self.text_rows(actor, &[text]).await?.pop();
        let now = self.now();
        Ok(StatusAnswer {
            row: row.ok_or(Problem::NotFound)?,
            said,
            asked_at: zones::when(now, &actor.zone, now),
        })
    }

    /// Texts as this reader sees them.
    pub(crate) async fn rows(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        texts: Vec<ListedText>,
    ) -> Result<Vec<TextRow>, Problem> {
        let waits = self.waits(tx, &texts).await?;
        let reader = Reader::new(&actor.zone, self.now());
        let row = |text| row(actor, &reader, text, &waits);
        Ok(texts.into_iter().map(row).collect())
    }
}

/// A text as this reader sees it.
fn row(actor: &Actor, reader: &Reader, text: ListedText, waits: &Waits) -> TextRow {
    TextRow {
        id: text.id,
        body: text.body,
        to: text.to,
        status: text.status,
        error: text.error.and_then(|code| u32::try_from(code).ok()),
        stopped: text.stopped.as_deref().and_then(WhyNot::from_name),
        parts: u32::try_from(text.parts).unwrap_or(1),
        mine: text.staff == actor.staff,
        by: text.by,
        at: reader.when(text.created_at),
        status_at: reader.when(text.status_at),
        no_final_word: text.asked >= follow_up::LAST && text.with_twilio && !text.status.is_final(),
        with_twilio: text.with_twilio,
        waiting: waits.of(text.id, reader).map(Box::new),
    }
}

/// Leaves of both what belongs to this page; where the next one begins, if there is one.
fn cut_to_page(out: &mut Vec<ListedText>, came: &mut Vec<IncomingRecord>) -> Option<String> {
    let sent: Vec<_> = out.iter().map(|t| (t.created_at, t.id.0)).collect();
    let received: Vec<_> = came.iter().map(|t| (t.at, t.id.0)).collect();
    let (of_out, of_came) = incoming::share(&sent, &received, limits::PAGE);
    out.truncate(of_out);
    came.truncate(of_came);
    let more = sent.len() + received.len() > of_out + of_came;
    let last = |of: &[(i64, Uuid)], n: usize| n.checked_sub(1).and_then(|n| of.get(n).copied());
    let last = [last(&sent, of_out), last(&received, of_came)];
    let oldest = last.into_iter().flatten().min()?;
    more.then(|| cases::write_place(oldest.0, oldest.1))
}
