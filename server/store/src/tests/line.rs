//! The line in which texts wait: fair between staff and between organizations, at the pace of the number, and with a
//! way out for those that cannot leave.

use super::{
    base::Base,
    both,
    sample::{NOW, Office, new_id, office, person, take},
};
use crate::{Claim, Claimed, NewText};
use domain::{
    ids::{StaffId, TextId},
    pace::{BURST, Bucket},
    status::Status,
};

async fn claim(base: &Base, now: i64, limit: i64) -> Vec<Claimed> {
    let claim = Claim {
        owner: "one",
        token: new_id(),
        now,
        lease: 30_000,
        limit,
    };
    base.store.claim(&claim).await.expect("claims")
}

async fn texts(base: &Base, now: i64, limit: i64) -> Vec<TextId> {
    let claimed = claim(base, now, limit).await;
    claimed.into_iter().map(|claimed| claimed.text).collect()
}

async fn somebody(base: &Base, office: Office, email: &str) -> StaffId {
    let id = StaffId(new_id());
    let mut tx = base.begin(office.org).await;
    tx.insert_staff(&person(id, email)).await.expect("somebody");
    tx.commit().await.expect("commits");
    id
}

async fn saved(base: &Base, office: Office, staff: StaffId, parts: i64, at: i64) -> TextId {
    let to = super::sample::cell();
    let text = NewText {
        staff,
        parts,
        ..office.text("Hello.", &to, at)
    };
    let mut tx = base.begin(office.org).await;
    assert!(tx.insert_text(&text).await.expect("is saved"));
    tx.commit().await.expect("commits");
    text.id
}

both! {
    async fn staff_take_turns_however_many_texts_one_of_them_has(base) {
        let office = office(&base, "north").await;
        let luis = somebody(&base, office, "luis@north.example").await;
        let mut dana = vec![];
        for n in 0..5 {
            dana.push(saved(&base, office, office.staff, 1, NOW + n).await);
        }
        let first = saved(&base, office, luis, 1, NOW + 10).await;
        let second = saved(&base, office, luis, 1, NOW + 11).await;
        let mut left = vec![];
        for n in 0..7 {
            left.extend(texts(&base, NOW + 20 + n, 1).await);
        }
        assert_eq!(left, [dana[0], first, dana[1], second, dana[2], dana[3], dana[4]]);
    }

    async fn whoever_writes_again_after_each_of_their_texts_keeps_nobody_waiting(base) {
        let office = office(&base, "north").await;
        let luis = somebody(&base, office, "luis@north.example").await;
        for n in 0..5 {
            saved(&base, office, office.staff, 1, NOW + n).await;
        }
        let (mut of_luis, mut left) = (vec![], vec![]);
        for n in 0..10 {
            of_luis.push(saved(&base, office, luis, 1, NOW + 10 + n).await);
            left.extend(texts(&base, NOW + 10 + n, 1).await);
        }
        let his = left.iter().filter(|text| of_luis.contains(text)).count();
        assert_eq!((left.len(), his), (10, 5), "turn by turn");
    }

    async fn organizations_share_the_workers(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        for n in 0..10 {
            north.saved(&base, NOW + n).await;
        }
        let one = south.saved(&base, NOW + 20).await;
        assert!(texts(&base, NOW + 30, 4).await.contains(&one));
    }

    async fn what_leaves_uses_up_the_numbers_allowance_and_time_gives_it_back(base) {
        let office = office(&base, "north").await;
        for n in 0..70 {
            saved(&base, office, office.staff, 1, NOW + n).await;
        }
        let now = NOW + 100;
        assert_eq!(texts(&base, now, 100).await.len(), 61);
        assert_eq!(texts(&base, now, 100).await.len(), 0);
        assert_eq!(texts(&base, now + 2_000, 100).await.len(), 2);
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.bucket().await.expect("reads"), Bucket { pace: 1, free_at: now + BURST + 3_000 });
        tx.save_pace(0).await.expect("saves");
        tx.commit().await.expect("commits");
        assert_eq!(texts(&base, now + 2_000, 100).await.len(), 7);
    }

    async fn servers_that_claim_at_once_keep_to_the_numbers_pace_together(base) {
        let office = office(&base, "north").await;
        for n in 0..70 {
            saved(&base, office, office.staff, 1, NOW + n).await;
        }
        let all: Vec<_> = (0..4).map(|_| {
            let base = base.clone();
            tokio::spawn(async move { texts(&base, NOW + 100, 100).await })
        }).collect();
        let mut left = vec![];
        for each in all {
            left.extend(each.await.expect("ends"));
        }
        assert_eq!(left.len(), 61);
        left.sort_unstable();
        left.dedup();
        assert_eq!(left.len(), 61, "each by one server");
    }

    async fn long_texts_take_longer(base) {
        let office = office(&base, "north").await;
        for n in 0..30 {
            saved(&base, office, office.staff, 3, NOW + n).await;
        }
        assert_eq!(texts(&base, NOW + 100, 100).await.len(), 21);
    }

    async fn those_who_wait_have_a_place_and_know_how_much_is_before_them(base) {
        let office = office(&base, "north").await;
        let luis = somebody(&base, office, "luis@north.example").await;
        let first = saved(&base, office, office.staff, 2, NOW).await;
        let last = saved(&base, office, office.staff, 3, NOW + 1).await;
        let middle = saved(&base, office, luis, 1, NOW + 2).await;
        let mut tx = base.begin(office.org).await;
        let mut places = tx.places(&[last, first, middle, TextId(new_id())]).await.expect("reads");
        places.sort_by_key(|(_, place, _)| *place);
        assert_eq!(places, [(first, 1, 2), (middle, 2, 3), (last, 3, 6)]);
        assert_eq!(tx.waiting_parts().await.expect("counts"), 6);
    }

    async fn an_organization_that_an_older_program_added_is_served_too(base) {
        let office = office(&base, "north").await;
        let text = office.saved(&base, NOW).await;
        base.raw("DELETE FROM sender").await.expect("changes");
        assert_eq!(texts(&base, NOW, 9).await, [text]);
    }

    async fn a_text_that_is_parked_is_claimed_by_nobody_and_says_why(base) {
        let office = office(&base, "north").await;
        let text = office.saved(&base, NOW).await;
        let other = office.saved(&base, NOW + 1).await;
        for faults in 1..=3 {
            let claimed = claim(&base, NOW + 10, 1).await;
            assert_eq!((claimed[0].text, claimed[0].claims), (text, faults));
            let mut tx = base.begin(office.org).await;
            let again = tx.failed(text, claimed[0].token, NOW + 10, NOW + 10).await.expect("counts");
            assert_eq!(again, Some(faults));
            assert_eq!(tx.failed(text, claimed[0].token, NOW, NOW).await.expect("answers"), None, "once a claim");
            assert_eq!(tx.text(text).await.expect("reads").expect("is there").status, Status::Waiting);
            if faults == 3 {
                tx.park(text, "fault", NOW + 10).await.expect("parks");
            }
            tx.commit().await.expect("commits");
        }
        assert_eq!(texts(&base, NOW + 99, 9).await, [other]);
        let mut tx = base.begin(office.org).await;
        let parked = tx.text(text).await.expect("reads").expect("is there");
        assert_eq!((parked.status, parked.stopped.as_deref()), (Status::Stopped, Some("fault")));
        drop(tx);
        assert_eq!(base.store.stuck(NOW).await.expect("counts"), (0, 1));
        assert_eq!(base.store.outbox_depth().await.expect("counts").0, 1);
    }

    async fn what_may_have_left_is_never_counted_as_a_fault_of_ours(base) {
        let office = office(&base, "north").await;
        let (text, token) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.failed(text, token, NOW, NOW).await.expect("answers"), None);
        assert!(tx.unclear(text, token, NOW).await.expect("unclear"));
    }

    async fn what_comes_back_from_twilio_begins_to_count_anew(base) {
        let office = office(&base, "north").await;
        for _ in 0..3 {
            let (text, token) = match base.store.outbox_depth().await.expect("counts").0 {
                0 => office.posting(&base).await,
                _ => again(&base, office).await,
            };
            let mut tx = base.begin(office.org).await;
            assert!(tx.back_to_waiting(text, token, NOW, "busy", NOW).await.expect("goes back"));
            tx.commit().await.expect("commits");
        }
        assert_eq!(claim(&base, NOW, 9).await[0].claims, 1);
    }
}

/// The same text once more on its way.
async fn again(base: &Base, office: Office) -> (TextId, uuid::Uuid) {
    let token = take(base, "one", NOW).await;
    let mut tx = base.begin(office.org).await;
    let last = tx.last_text_of(office.staff, office.case).await;
    let text = last.expect("reads").expect("is there");
    let from = super::sample::cell();
    let marked = tx.mark_posting(text, token, &from, NOW).await;
    assert!(marked.expect("is marked"));
    tx.commit().await.expect("commits");
    (text, token)
}
