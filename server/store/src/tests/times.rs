//! Times that a wrong clock wrote.

use super::{
    base::Base,
    both,
    sample::{NOW, office, take},
};
use crate::{Claim, tests::sample::new_id};

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;

async fn claimable(base: &Base) -> usize {
    let claim = Claim {
        owner: "one",
        token: new_id(),
        now: NOW,
        lease: 1,
        limit: 9,
    };
    base.store.claim(&claim).await.expect("claims").len()
}

both! {
    async fn s20_what_was_written_a_year_ahead_is_due_once_the_clock_is_right(base) {
        let office = office(&base, "north").await;
        // One that is handed over and of which nobody knows, one that waits, one that Twilio has.
        office.posting(&base).await;
        base.raw("UPDATE outbox SET claim_token = NULL, owner = NULL, posting_at = posting_at + 31536000000, look_at = posting_at + 31536000000").await.expect("changes");
        let taken = office.saved(&base, NOW + YEAR).await;
        take(&base, "one", NOW + YEAR).await;
        base.raw("UPDATE message SET status = 'sent', rank = 50, sid = 'SM1' WHERE status = 'claimed'").await.expect("changes");
        base.raw("DELETE FROM outbox WHERE claim_token IS NOT NULL").await.expect("changes");
        office.saved(&base, NOW + YEAR).await;
        assert_eq!(base.store.due_asks(NOW, 9).await.expect("lists"), []);
        assert_eq!(base.store.take_looks(NOW, NOW + 1, 9).await.expect("lists").len(), 0);
        assert_eq!(claimable(&base).await, 0);
        assert_eq!(base.store.mend_times(NOW).await.expect("mends"), 3);
        let due = base.store.due_asks(NOW, 9).await.expect("lists");
        assert_eq!(due.iter().map(|ask| ask.text).collect::<Vec<_>>(), [taken]);
        assert_eq!(base.store.take_looks(NOW, NOW + 1, 9).await.expect("lists").len(), 1);
        assert_eq!(base.store.ask_staff(NOW, NOW - HOUR).await.expect("asks"), [office.org]);
        assert_eq!(claimable(&base).await, 1);
        assert_eq!(base.store.mend_times(NOW).await.expect("mends"), 0, "once");
    }

    async fn what_the_program_itself_put_off_stays_put_off(base) {
        let office = office(&base, "north").await;
        office.posting(&base).await;
        office.saved(&base, NOW + HOUR / 2).await;
        base.raw("UPDATE outbox SET look_at = created_at + 21600000").await.expect("changes");
        base.raw("UPDATE message SET ask_at = created_at + 86400000, rank = 50").await.expect("changes");
        assert_eq!(base.store.mend_times(NOW).await.expect("mends"), 0);
    }
}
