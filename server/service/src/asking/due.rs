//! Texts without a final word: Twilio is asked about them on a schedule. Within a rate, and not at all for a while when
//! Twilio says that it is too much.

use super::{BUSY, Rests};
use crate::{
    Service,
    carrier::{Account, Unanswered},
    error::OrProblem,
    reports::Report,
    setup::account_of,
};
use domain::{follow_up, ids::OrgId, problem::Problem, status::Source};
use store::rows::DueAsk;

/// At most so many a second.
const A_SECOND: i64 = 10;
/// How long to wait after no answer, in milliseconds.
const AGAIN: i64 = 60_000;

impl Service {
    /// Asks about the texts that are due.
    pub(super) async fn ask_due(&self, rests: &mut Rests) -> Result<(), Problem> {
        let due = self.0.store.due_asks(self.now(), A_SECOND).await;
        for ask in due.or_problem()? {
            if !rests.is_resting(ask.org, self.now()) {
                self.ask_about(&ask, rests).await?;
            } else {
                self.put_off(&ask, ask.asked).await?;
            }
        }
        Ok(())
    }

    async fn ask_about(&self, ask: &DueAsk, rests: &mut Rests) -> Result<(), Problem> {
        let (asked, next) = follow_up::next(ask.asked, ask.ask_at, self.now());
        // Moved before Twilio is asked: whoever moves it asks.
        let moved = self
            .0
            .store
            .move_ask((ask.org, ask.text), ask.asked, asked, next);
        if !moved.await.or_problem()? {
            return Ok(());
        }
        let Some(account) = self.account_for(ask.org).await? else {
            return self.put_off(ask, asked).await;
        };
        match self.0.carrier.fetch(&account, &ask.sid).await {
            Ok(word) => {
                let report = Report::of(word, Source::Fetch);
                self.apply_report(ask.org, ask.text, &report).await
            }
            Err(Unanswered::Refused { code: BUSY }) => {
                rests.rest(ask.org, self.now());
                self.put_off(ask, asked).await
            }
            // Twilio no longer has it, and will not have it again.
            Err(Unanswered::Refused { .. }) => {
                let ended =
                    self.0
                        .store
                        .move_ask((ask.org, ask.text), asked, follow_up::LAST, None);
                ended.await.or_problem().map(|_| ())
            }
            Err(Unanswered::Credentials | Unanswered::Silent(_)) => self.put_off(ask, asked).await,
        }
    }

    /// The same time of the schedule once more, a little later.
    async fn put_off(&self, ask: &DueAsk, from: i64) -> Result<(), Problem> {
        let at = Some(self.now() + AGAIN);
        let moved = self
            .0
            .store
            .move_ask((ask.org, ask.text), from, ask.asked, at);
        moved.await.or_problem().map(|_| ())
    }

    pub(super) async fn account_for(&self, org: OrgId) -> Result<Option<Account>, Problem> {
        let mut tx = self.0.store.read(org).await.or_problem()?;
        let setup = tx.setup().await.or_problem()?;
        Ok(account_of(&self.0.sealer, org, setup.as_ref()))
    }
}
