//! What clients wrote while Twilio could not reach us: its list is read from where we know that all is here, and what is
//! missing is kept as having arrived late. It is heeded like any other, and not answered.

use super::{BUSY, Rests};
use crate::{
    Service,
    carrier::{Asked, Listed, Unanswered},
    error::OrProblem,
    incoming::Came,
    setup::account_of,
};
use domain::problem::Problem;
use store::rows::Listing;

/// How often, in milliseconds: 5 minutes.
pub(super) const OFTEN: i64 = 5 * 60 * 1000;
/// So far before what is known Twilio's list is read: a day, in milliseconds.
const BACK: i64 = 24 * 60 * 60 * 1000;
/// What is younger Twilio may still bring itself, in milliseconds: it tries for 15 seconds.
pub(super) const YOUNG: i64 = 2 * 60 * 1000;
/// In milliseconds.
const SECOND: i64 = 1000;
/// Organizations at a time.
const AT_ONCE: i64 = 5;

impl Service {
    /// Reads Twilio's list for the organizations whose turn it is.
    pub(super) async fn fetch_missed(&self, rests: &mut Rests) -> Result<(), Problem> {
        let now = self.now();
        let due = self.0.store.due_listings(now, AT_ONCE).await;
        for listing in due.or_problem()? {
            let next = rests.next_listing(now);
            let taken = self.0.store.take_listing(&listing, next).await;
            if taken.or_problem()? && !rests.is_resting(listing.org, now) {
                self.fetch_missed_of(&listing, now, rests).await?;
            }
        }
        Ok(())
    }

    async fn fetch_missed_of(
        &self,
        listing: &Listing,
        now: i64,
        rests: &mut Rests,
    ) -> Result<(), Problem> {
        let mut tx = self.0.store.read(listing.org).await.or_problem()?;
        let setup = tx.setup().await.or_problem()?;
        drop(tx);
        let account = account_of(&self.0.sealer, listing.org, setup.as_ref());
        let Some((account, to)) = account.zip(setup.and_then(|setup| setup.number)) else {
            return Ok(());
        };
        let known = listing.listed_to.map_or(now, |upto| upto.min(now));
        // What came before the account was ours here is another program's; Twilio's times have whole seconds only.
        let begun = listing.begun_at.map(|at| at - at.rem_euclid(SECOND));
        let since = (known - BACK).max(begun.unwrap_or(i64::MIN));
        let asked = Asked {
            to: Some(to),
            from: None,
            since,
        };
        match self.0.carrier.list(&account, &asked).await {
            Ok(mut listed) => {
                listed.retain(|one| one.incoming && one.at.is_some_and(|at| at <= now - YOUNG));
                // The oldest first: of a STOP and a START the later one counts. Twilio's times have whole seconds only,
                // but its list is in order.
                listed.reverse();
                listed.sort_by_key(|one| one.at);
                self.keep_missed(listing, listed).await?;
                let upto = self.0.store.listed(listing.org, now - YOUNG).await;
                upto.or_problem()
            }
            Err(Unanswered::Refused { code: BUSY }) => {
                rests.rest(listing.org, now);
                Ok(())
            }
            Err(why) => {
                tracing::warn!(org = %listing.org, %why, "incoming texts could not be listed; trying again");
                Ok(())
            }
        }
    }

    async fn keep_missed(&self, listing: &Listing, listed: Vec<Listed>) -> Result<(), Problem> {
        for one in listed {
            let mut tx = self.0.store.read(listing.org).await.or_problem()?;
            let known = tx.came_before(&one.word.sid).await.or_problem()?;
            drop(tx);
            if known.is_none() {
                let at = one.at.unwrap_or_default();
                let came = Came {
                    sid: one.word.sid,
                    from: one.from,
                    to: one.to,
                    body: one.body.into_bytes(),
                    media_count: one.media,
                    media: vec![],
                    opt_out: None,
                };
                self.take_late(listing.org, came, at).await?;
            }
        }
        Ok(())
    }
}
