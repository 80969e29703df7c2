//! Claims: each text to one worker, and what is left behind by those that are gone.

use super::{
    base::Base,
    both,
    sample::{NOW, cell, new_id, office, take},
};
use crate::{Adopted, Claim, open::Db};
use domain::{ids::TextId, status::Status};
use std::collections::HashSet;

async fn claim(base: &Base, now: i64, limit: i64) -> Vec<TextId> {
    let claim = Claim {
        owner: "one",
        token: new_id(),
        now,
        lease: 30_000,
        limit,
    };
    base.store
        .claim(&claim)
        .await
        .expect("claims")
        .into_iter()
        .map(|claimed| claimed.text)
        .collect()
}

/// As if all leases had been given a minute ago.
async fn leases_end(base: &Base) {
    let ended = "UPDATE outbox SET lease_until = lease_until - 60000 WHERE lease_until IS NOT NULL";
    base.raw(ended).await.expect("changes");
}

fn is_sqlite(base: &Base) -> bool {
    matches!(base.store.0, Db::Sqlite { .. })
}

both! {
    async fn the_oldest_is_claimed_first_and_only_as_many_as_asked_for(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let second = north.saved(&base, NOW + 2).await;
        let third = north.saved(&base, NOW + 3).await;
        let first = south.saved(&base, NOW + 1).await;
        assert_eq!(base.store.outbox_depth().await.expect("counts"), (3, Some(NOW + 1)));
        assert_eq!(claim(&base, NOW + 9, 2).await, [first, second]);
        assert_eq!(claim(&base, NOW + 9, 2).await, [third]);
        assert_eq!(claim(&base, NOW + 9, 2).await, []);
        let mut tx = base.begin(north.org).await;
        let text = tx.text(third).await.expect("reads").expect("is there");
        assert_eq!((text.status, text.rank), (Status::Claimed, 1));
    }

    async fn two_workers_at_once_claim_each_text_once(base) {
        let office = office(&base, "north").await;
        for n in 0..60 {
            office.saved(&base, NOW + n).await;
        }
        let workers: Vec<_> = (0..4).map(|_| {
            let base = base.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                for _ in 0..10 {
                    mine.extend(claim(&base, NOW + 100, 3).await);
                }
                mine
            })
        }).collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.await.expect("ends"));
        }
        all.extend(claim(&base, NOW + 100, 100).await);
        assert_eq!(all.len(), 60);
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 60);
    }

    async fn what_was_claimed_and_not_posted_is_claimed_again_when_the_lease_is_over(base) {
        let office = office(&base, "north").await;
        let text = office.saved(&base, NOW).await;
        let late = take(&base, "one", NOW).await;
        let clocks = NOW + 365 * 24 * 3_600_000;
        assert_eq!(claim(&base, clocks, 9).await, [], "whatever the server's clock says");
        leases_end(&base).await;
        assert_eq!(claim(&base, NOW + 1, 9).await, [text]);
        let mut tx = base.begin(office.org).await;
        assert!(!tx.mark_posting(text, late, &cell(), NOW + 2).await.expect("answers"));
        assert_eq!(tx.text(text).await.expect("reads").expect("is there").status, Status::Claimed);
    }

    async fn what_may_have_gone_out_is_never_claimed_again(base) {
        let office = office(&base, "north").await;
        let (text, _) = office.posting(&base).await;
        assert_eq!(claim(&base, NOW + 999_999_999, 9).await, []);
        leases_end(&base).await;
        base.store.adopt("two").await.expect("adopts");
        assert_eq!(claim(&base, NOW + 999_999_999, 9).await, []);
        let mut tx = base.begin(office.org).await;
        let text = tx.text(text).await.expect("reads").expect("is there");
        assert_eq!((text.status, text.rank), (Status::Unknown, 3));
    }

    async fn a_text_waits_until_it_is_due(base) {
        let office = office(&base, "north").await;
        let (text, token) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.back_to_waiting(text, token, NOW + 50, "429", NOW + 1).await.expect("goes back"));
        tx.commit().await.expect("commits");
        assert_eq!(claim(&base, NOW + 49, 9).await, []);
        assert_eq!(claim(&base, NOW + 50, 9).await, [text]);
    }

    async fn a_new_run_takes_over_from_those_that_are_gone(base) {
        let office = office(&base, "north").await;
        let (posted, token) = office.posting(&base).await;
        let claimed = office.saved(&base, NOW).await;
        take(&base, "one", NOW).await;
        let both = Adopted { waiting: 1, unknown: 1 };
        assert_eq!(base.store.adopt("one").await.expect("adopts"), Adopted::default());
        leases_end(&base).await;
        assert_eq!(base.store.adopt("two").await.expect("adopts"), both);
        assert_eq!(base.store.adopt("two").await.expect("adopts"), Adopted::default());
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.text(claimed).await.expect("reads").expect("is there").status, Status::Waiting);
        assert_eq!(tx.text(posted).await.expect("reads").expect("is there").status, Status::Unknown);
        assert!(!tx.unclear(posted, token, NOW + 1).await.expect("answers"), "the late worker's fence is gone");
        drop(tx);
        let unresolved = base.store.unresolved(9).await.expect("lists");
        assert_eq!(unresolved.iter().map(|u| (u.text, u.posting_at)).collect::<Vec<_>>(), [(posted, NOW)]);
        assert_eq!(base.store.outbox_depth().await.expect("counts").0, 1);
    }

    async fn on_postgres_other_owners_are_living_nodes(base) {
        let office = office(&base, "north").await;
        office.posting(&base).await;
        office.saved(&base, NOW).await;
        take(&base, "one", NOW).await;
        let expected = u64::from(is_sqlite(&base));
        assert_eq!(base.store.release_claims_of_others("two").await.expect("releases"), expected);
        assert_eq!(base.store.posting_to_unknown_of_others("two").await.expect("gives up"), expected);
    }
}
