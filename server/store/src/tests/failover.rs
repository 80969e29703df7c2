//! A database that is another server's: nothing is claimed until Twilio's lists were compared.

use super::{
    base::{self, Base},
    sample::{NOW, Office, new_id, office},
};
use crate::{Claim, Comparison};
use domain::{
    failover::SETTLED,
    halt::{Halt, Reason},
    ids::TextId,
    status::Status,
    unclear::ListSaid,
};

async fn claim(base: &Base, now: i64) -> Vec<TextId> {
    let claim = Claim {
        owner: "one",
        token: new_id(),
        now,
        lease: 30_000,
        limit: 9,
    };
    let claimed = base.store.claim(&claim).await.expect("claims");
    claimed.into_iter().map(|claimed| claimed.text).collect()
}

/// As it looks in a database that moved to another server.
async fn moves(base: &Base) {
    let seen = "UPDATE history SET name = 'another' || name";
    base.raw(seen).await.expect("changes");
}

async fn halts(base: &Base, of: Office) -> Vec<Halt> {
    let mut tx = base.begin(of.org).await;
    tx.halts().await.expect("reads")
}

async fn event(base: &Base, of: Office) -> i64 {
    let text = of.saved(base, NOW).await;
    let mut tx = base.begin(of.org).await;
    let event = tx.insert_event(of.case, text, NOW).await.expect("tells");
    tx.commit().await.expect("commits");
    event
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_on_another_server_nothing_is_claimed_until_texts_were_compared() {
    base::on_postgres(|base| async move {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let seen = event(&base, north).await;
        assert_eq!(claim(&base, NOW + 1).await.len(), 1);
        moves(&base).await;
        let waits = north.saved(&base, NOW).await;
        // Two at once: one notices.
        for claimed in [claim(&base, NOW + 2), claim(&base, NOW + 3)] {
            assert_eq!(claimed.await, []);
        }
        for office in [north, south] {
            let [halt] = halts(&base, office).await[..] else {
                panic!("one halt")
            };
            assert_eq!((halt.reason, halt.since), (Reason::Failover, NOW + 2));
            assert!(
                halt.holds(NOW + 365 * 24 * 3_600_000),
                "it does not end by itself"
            );
        }
        assert!(
            event(&base, north).await > seen + 1000,
            "pages may have seen events that are lost"
        );
        assert_eq!(
            base.store.due_accounts(i64::MAX, 9).await.expect("lists"),
            []
        );
        let soon = base.store.due_comparisons(NOW + 1 + SETTLED, 9).await;
        assert_eq!(soon.expect("lists"), []);
        let due = base.store.due_comparisons(NOW + 2 + SETTLED, 9).await;
        let due = due.expect("lists");
        assert_eq!(due.len(), 2);
        let of_north = Comparison {
            org: north.org,
            moved: NOW + 2,
        };
        assert!(due.contains(&of_north));
        let take = || {
            base.store
                .take_comparison(of_north, NOW + 2 + SETTLED, NOW + 2 + 2 * SETTLED)
        };
        assert!(take().await.expect("takes"));
        assert!(!take().await.expect("answers"), "another server was faster");
        let mut tx = base.begin(north.org).await;
        assert!(tx.hold_comparison(of_north).await.expect("reads"));
        assert!(tx.lift_halt(Reason::Failover).await.expect("lifts"));
        tx.commit().await.expect("commits");
        assert!(claim(&base, NOW + 4).await.contains(&waits));
        // The other organization's was not compared, and another move begins anew.
        moves(&base).await;
        south.saved(&base, NOW).await;
        assert_eq!(claim(&base, NOW + 5).await, []);
        let of_south = |moved| Comparison {
            org: south.org,
            moved,
        };
        let mut tx = base.begin(south.org).await;
        assert!(!tx.hold_comparison(of_south(NOW + 2)).await.expect("reads"));
        assert!(tx.hold_comparison(of_south(NOW + 5)).await.expect("reads"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_without_a_move_nobody_is_halted() {
    base::on_postgres(|base| async move {
        let office = office(&base, "north").await;
        for now in NOW..NOW + 3 {
            assert_eq!(claim(&base, now).await, []);
        }
        assert_eq!(halts(&base, office).await, []);
    })
    .await;
}

super::both! {
    async fn a_text_in_doubt_is_one_that_staff_are_asked_about_and_one_on_its_way_is_not(base) {
        let office = office(&base, "north").await;
        let (posting, _) = office.posting(&base).await;
        let waits = office.saved(&base, NOW + 1).await;
        let listed_later = office.saved(&base, NOW + 2).await;
        let mut tx = base.begin(office.org).await;
        let in_question: Vec<_> = tx.in_question().await.expect("lists").iter().map(|text| text.text).collect();
        assert_eq!(in_question, [waits, listed_later]);
        assert!(!tx.doubt(posting, Some(ListSaid::Alike), NOW + 9).await.expect("answers"));
        assert!(tx.doubt(waits, Some(ListSaid::Alike), NOW + 9).await.expect("doubts"));
        assert!(tx.doubt(listed_later, None, NOW + 9).await.expect("doubts"));
        assert!(!tx.doubt(waits, None, NOW + 9).await.expect("answers"));
        let asked = tx.unclear_texts(9).await.expect("lists");
        assert_eq!(asked.len(), 1);
        assert_eq!((asked[0].text, asked[0].list), (waits, Some((ListSaid::Alike, NOW + 9))));
        assert_eq!(tx.text(waits).await.expect("reads").expect("is there").status, Status::Unknown);
        assert!(tx.put_back(waits, NOW + 1, NOW + 10).await.expect("decides"));
        tx.commit().await.expect("commits");
        assert_eq!(claim(&base, NOW + 11).await, [waits], "what staff sent again leaves");
        let looked = base.store.take_looks(NOW + 11, NOW + 12, 9).await.expect("lists");
        assert_eq!(looked.iter().map(|each| each.text).collect::<Vec<_>>(), [listed_later]);
    }
}
