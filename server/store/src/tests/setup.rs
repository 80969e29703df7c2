//! Texting Setup's checks, nights, tokens and test texts.

use super::{
    both,
    sample::{NOW, new_id, office, phone},
};
use crate::{NewTestText, SecondaryRow, SetupRow};
use domain::status::Status;

const HOUR: i64 = 60 * 60 * 1000;

both! {
    async fn a_night_is_taken_once(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let mut tx = base.begin(north.org).await;
        assert!(tx.take_night(new_id(), NOW, None).await.expect("takes"));
        assert!(!tx.take_night(new_id(), NOW + 1, None).await.expect("finds it taken"));
        assert!(tx.take_night(new_id(), NOW + 24 * HOUR, Some(NOW)).await.expect("takes the next"));
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        assert!(tx.take_night(new_id(), NOW, None).await.expect("takes its own"));
    }

    async fn two_servers_at_once_make_one_night(base) {
        let org = office(&base, "north").await.org;
        let mut servers = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let base = base.clone();
            servers.spawn(async move {
                let mut tx = base.begin(org).await;
                let taken = tx.take_night(new_id(), NOW, None).await.expect("answers");
                tx.commit().await.expect("commits");
                taken
            });
        }
        let taken = servers.join_all().await;
        assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 1);
    }

    async fn only_offices_with_an_account_have_nights(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let set = SetupRow { sealed_token: Some(vec![1]), ..SetupRow::default() };
        let mut tx = base.begin(north.org).await;
        tx.save_setup(&set).await.expect("saves");
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        tx.save_setup(&SetupRow::default()).await.expect("saves");
        tx.commit().await.expect("commits");
        let nights = base.store.nights().await.expect("reads");
        assert_eq!(nights.iter().map(|row| (row.org, row.checks.taken_at)).collect::<Vec<_>>(), [(north.org, None)]);
    }

    async fn a_check_that_was_overtaken_keeps_nothing_more(base) {
        let org = office(&base, "north").await.org;
        let (first, second) = (new_id(), new_id());
        let mut tx = base.begin(org).await;
        tx.begin_check(first, NOW, "a").await.expect("begins");
        assert!(tx.save_lines(first, "b", None).await.expect("saves"));
        tx.begin_check(second, NOW + 1, "b").await.expect("begins");
        assert!(!tx.save_lines(first, "c", Some(NOW)).await.expect("is overtaken"));
        let row = tx.setup_check().await.expect("reads").expect("one");
        assert_eq!((row.id, row.ended_at, row.lines_json.as_str()), (second, None, "b"));
    }

    async fn a_test_text_only_climbs_and_touches_no_other_office(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let (id, to) = (new_id(), phone("+16615550190"));
        let test = NewTestText { id, staff: north.staff, to: &to, at: NOW };
        let mut tx = base.begin(north.org).await;
        assert!(tx.insert_test(&test).await.expect("keeps"));
        assert!(!tx.insert_test(&test).await.expect("knows it"));
        assert!(tx.advance_test(id, Status::Delivered, Some("SM1"), None, NOW).await.expect("climbs"));
        assert!(!tx.advance_test(id, Status::Sent, Some("SM2"), None, NOW).await.expect("is late"));
        let last = tx.last_test().await.expect("reads").expect("one");
        assert_eq!((last.status, last.sid.as_deref()), (Status::Delivered, Some("SM1")));
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        assert!(tx.last_test().await.expect("reads").is_none());
        assert!(!tx.advance_test(id, Status::Read, None, None, NOW).await.expect("finds nothing"));
    }

    async fn what_was_leaving_when_the_program_ended_is_unknown(base) {
        let north = office(&base, "north").await;
        let to = phone("+16615550190");
        let mut tx = base.begin(north.org).await;
        tx.insert_test(&NewTestText { id: new_id(), staff: north.staff, to: &to, at: NOW }).await.expect("keeps");
        assert_eq!(tx.forget_tests(NOW).await.expect("none is old enough"), 0);
        assert_eq!(tx.forget_tests(NOW + 1).await.expect("forgets"), 1);
        assert_eq!(tx.last_test().await.expect("reads").expect("one").status, Status::Unknown);
    }

    async fn a_token_that_takes_over_goes_with_its_account(base) {
        let org = office(&base, "north").await.org;
        let mut tx = base.begin(org).await;
        tx.ensure_setup("https://text.example.org/twilio/status").await.expect("begins");
        tx.save_account("AC1", Some(&[1]), NOW).await.expect("saves");
        let next = SecondaryRow { sealed: vec![2], set_at: NOW };
        tx.save_secondary(Some(&next)).await.expect("saves");
        tx.save_account("AC1", None, NOW).await.expect("saves");
        assert_eq!(tx.secondary().await.expect("reads").expect("kept").sealed, [2]);
        tx.save_account("AC2", Some(&[3]), NOW).await.expect("saves");
        assert!(tx.secondary().await.expect("reads").is_none());
        assert!(!tx.promote_secondary(&[4], NOW).await.expect("there is none"));
        let setup = tx.setup().await.expect("reads").expect("set up");
        assert_eq!((setup.account_sid.as_deref(), setup.sealed_token.as_deref()), (Some("AC2"), Some(&[3][..])));
    }
}
