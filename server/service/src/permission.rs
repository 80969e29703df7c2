//! The carrier's block of a number, and what it does to the permission of everybody who has the number. **Here a block
//! begins and ends**, whoever or whatever causes it.
//!
//! What is locked is locked in one order: the number, the block, clients, the outbox, texts.

use crate::{Service, error::OrProblem, news::News};
use domain::{
    check,
    consent::{BlockCause, ConsentEvent, ConsentSource, LiftCause, WhyNot},
    halt,
    ids::{BlockId, ClientId, StaffId},
    number_flag,
    opt_outs::{WINDOW, is_held, still_says},
    phone::Phone,
    problem::Problem,
};
use store::{
    Tx,
    rows::{BlockRow, NewBlock, NewConsent, TextRecord},
};

/// Twilio's code for a phone that texted STOP.
const TEXTED_STOP: u32 = 21610;

/// Why permission changes, for the ledger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reason<'a> {
    pub source: ConsentSource,
    /// The member of staff who decided it, if one did.
    pub by: Option<StaffId>,
    pub note: &'a str,
    /// The client's own words.
    pub words: &'a str,
    pub block: Option<BlockId>,
    /// When it happened, if not just now.
    pub at: Option<i64>,
}

impl<'a> Reason<'a> {
    /// The client wrote it, then if it came late.
    pub fn keyword(words: &'a str, at: Option<i64>) -> Self {
        Self {
            at,
            source: ConsentSource::Keyword,
            by: None,
            note: "",
            words,
            block: None,
        }
    }

    /// Somebody of staff says it.
    pub fn staff(source: ConsentSource, by: StaffId, note: &'a str) -> Self {
        Self {
            source,
            by: Some(by),
            note,
            words: "",
            block: None,
            at: None,
        }
    }
}

impl Service {
    /// The phone texted a word that blocks. The transaction holds the number.
    pub(crate) async fn block_by_keyword(
        &self,
        tx: &mut Tx,
        phone: &Phone,
        reason: &Reason<'_>,
        news: &mut News,
    ) -> Result<(), Problem> {
        let (because, words) = (BlockCause::Keyword, reason.words);
        let at = reason.at.unwrap_or_else(|| self.now());
        let new = self.begin_block(tx, phone, (because, words), false, at);
        let new = new.await?;
        let confirmed = !new && tx.confirm_block(phone, because, words).await.or_problem()?;
        let block = tx.block_of(phone).await.or_problem()?;
        let reason = Reason {
            block: block.map(|block| block.id),
            ..*reason
        };
        self.enforce(tx, phone, &reason, new || confirmed, news)
            .await
    }

    /// What Twilio's code for a text says of its number, if it says that the phone texted STOP; of the account, if it says
    /// that nothing goes out any more; or of the setup, which then turns red.
    pub(crate) async fn heed_code(
        &self,
        tx: &mut Tx,
        text: &TextRecord,
        code: Option<u32>,
        news: &mut News,
    ) -> Result<(), Problem> {
        match code.and_then(halt::of_code) {
            Some(halt::Reason::Unregistered) => {
                let handed = tx.handed_over(text.id).await.or_problem()?;
                let handed = handed.unwrap_or(text.created_at);
                return self.number_is_unregistered(tx, handed, code, news).await;
            }
            Some(reason) => return self.account_is_wrong(tx, reason, news).await,
            None => {}
        }
        if let Some(line) = code.and_then(check::line_of_code) {
            self.merge_lines(tx, [line]).await?;
            news.office = true;
        }
        if code.and_then(number_flag::of_code).is_some() {
            // Pages about the client look again what is known of the number.
            news.clients.insert(text.client);
        }
        if code != Some(TEXTED_STOP) {
            return Ok(());
        }
        tx.hold_number(&text.to).await.or_problem()?;
        let lifted = tx.last_lift(&text.to).await.or_problem()?;
        if !still_says(text.created_at, lifted) {
            return Ok(());
        }
        let since = self.now() - WINDOW;
        let Some(count) = tx.count_opt_outs(since).await.or_problem()? else {
            return Ok(());
        };
        let held = is_held(count.before, count.held > 0, count.limit);
        let because = BlockCause::Code;
        let now = self.now();
        let new = self.begin_block(tx, &text.to, (because, ""), held, now);
        if !new.await? {
            return Ok(());
        }
        if held {
            tracing::warn!(org = %tx.org_id(), "many opt-outs by error codes: the administrator is asked");
            return self.hold(tx, &text.to, news).await;
        }
        let block = tx.block_of(&text.to).await.or_problem()?;
        let reason = Reason {
            source: ConsentSource::Code,
            block: block.map(|block| block.id),
            ..Reason::keyword("", None)
        };
        self.enforce(tx, &text.to, &reason, true, news).await
    }

    async fn begin_block(
        &self,
        tx: &mut Tx,
        phone: &Phone,
        (because, words): (BlockCause, &str),
        held: bool,
        at: i64,
    ) -> Result<bool, Problem> {
        let new = NewBlock {
            id: BlockId(self.0.clock.id()),
            phone,
            because,
            words,
            held,
            at,
        };
        tx.insert_block(&new).await.or_problem()
    }

    /// Nothing is sent to the number, and nobody's permission is touched.
    async fn hold(&self, tx: &mut Tx, phone: &Phone, news: &mut News) -> Result<(), Problem> {
        let holders = tx.holders(phone).await.or_problem()?;
        news.clients.extend(holders.iter().map(|holder| holder.id));
        news.office = true;
        self.stop_waiting(tx, phone, WhyNot::OptOutHeld, news).await
    }

    /// A block takes permission from everybody with the number, and stops what waits. `told`: the ledger is to say
    /// that the carrier blocks.
    pub(crate) async fn enforce(
        &self,
        tx: &mut Tx,
        phone: &Phone,
        reason: &Reason<'_>,
        told: bool,
        news: &mut News,
    ) -> Result<(), Problem> {
        for holder in tx.holders_to_change(phone).await.or_problem()? {
            if told {
                self.note_consent(tx, holder.id, phone, ConsentEvent::Blocked, reason)
                    .await?;
                news.clients.insert(holder.id);
            }
            self.untick(tx, holder.id, phone, reason, news).await?;
        }
        self.stop_waiting(tx, phone, WhyNot::Blocked, news).await
    }

    /// Takes permission away, if it is there; answers whether it was.
    pub(crate) async fn untick(
        &self,
        tx: &mut Tx,
        client: ClientId,
        phone: &Phone,
        reason: &Reason<'_>,
        news: &mut News,
    ) -> Result<bool, Problem> {
        let taken = tx.untick(client, phone, self.now()).await.or_problem()?;
        if taken {
            self.note_consent(tx, client, phone, ConsentEvent::Withdrawn, reason)
                .await?;
            news.clients.insert(client);
        }
        Ok(taken)
    }

    /// Ends a block, and gives permission back to those from whom it took it.
    pub(crate) async fn lift(
        &self,
        tx: &mut Tx,
        block: &BlockRow,
        by: LiftCause,
        reason: &Reason<'_>,
        news: &mut News,
    ) -> Result<(), Problem> {
        let (now, phone) = (reason.at.unwrap_or_else(|| self.now()), &block.phone);
        if !tx.lift_block(block.id, by, now).await.or_problem()? {
            return Ok(());
        }
        let holders = tx.holders_to_change(phone).await.or_problem()?;
        let unticked = tx.unticked_by(block.id, phone).await.or_problem()?;
        for holder in holders {
            // A block that waited for the administrator was never in the ledger.
            if !block.held {
                self.note_consent(tx, holder.id, phone, ConsentEvent::Lifted, reason)
                    .await?;
            }
            news.clients.insert(holder.id);
            let lost_it = unticked.iter().any(|each| each.id == holder.id);
            if lost_it
                && tx
                    .tick(holder.id, phone, reason.by, now)
                    .await
                    .or_problem()?
            {
                self.note_consent(tx, holder.id, phone, ConsentEvent::Given, reason)
                    .await?;
            }
        }
        news.office = true;
        Ok(())
    }

    /// Stops what waits for a number and has not left.
    pub(crate) async fn stop_waiting(
        &self,
        tx: &mut Tx,
        phone: &Phone,
        why: WhyNot,
        news: &mut News,
    ) -> Result<(), Problem> {
        let stopped = tx
            .stop_waiting(phone, why.as_str(), self.now())
            .await
            .or_problem()?;
        news.texts.extend(stopped);
        Ok(())
    }

    /// Adds a line to a client's ledger.
    pub(crate) async fn note_consent(
        &self,
        tx: &mut Tx,
        client: ClientId,
        phone: &Phone,
        event: ConsentEvent,
        reason: &Reason<'_>,
    ) -> Result<(), Problem> {
        let line = NewConsent {
            id: self.0.clock.id(),
            client,
            phone,
            event,
            at: reason.at.unwrap_or_else(|| self.now()),
            by: reason.by,
            source: Some(reason.source),
            note: reason.note,
            words: reason.words,
            block: reason.block,
        };
        tx.append_consent(&line).await.or_problem()
    }
}
