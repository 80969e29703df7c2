//! Halts: whose queue stands still, what of it leaves all the same, and what makes it go on.

use super::{
    base::Base,
    both,
    sample::{NOW, Office, new_id, office},
};
use crate::{Accepted, Claim, NewReport, Tx};
use domain::{
    halt::{ASK_AGAIN, Halt, Reason, probe_pause},
    ids::TextId,
    status::{Source, Status},
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

async fn change(base: &Base, office: Office, change: impl AsyncFnOnce(&mut Tx)) {
    let mut tx = base.begin(office.org).await;
    change(&mut tx).await;
    tx.commit().await.expect("commits");
}

async fn halt(base: &Base, office: Office, halt: Halt) {
    change(base, office, async |tx| {
        assert!(tx.begin_halt(&halt).await.expect("begins"));
    })
    .await;
}

fn busy(until: i64) -> Halt {
    Halt {
        until: Some(until),
        ask_at: None,
        ..Halt::of_account(Reason::Busy, NOW)
    }
}

both! {
    async fn a_halted_organization_sends_nothing_and_the_others_go_on(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        for reason in [Reason::Credentials, Reason::Suspended, Reason::Restored] {
            halt(&base, north, Halt::of_account(reason, NOW)).await;
            let (waits, goes) = (north.saved(&base, NOW).await, south.saved(&base, NOW).await);
            assert_eq!(claim(&base, NOW + 1).await, [goes], "{reason:?}");
            assert_eq!(claim(&base, NOW + 365 * 24 * 3_600_000).await, [], "it does not end by itself");
            change(&base, north, async |tx| {
                assert!(tx.lift_halt(reason).await.expect("lifts"));
                assert!(!tx.lift_halt(reason).await.expect("once only"));
            }).await;
            assert_eq!(claim(&base, NOW + 1).await, [waits], "{reason:?}");
        }
    }

    async fn a_pause_is_over_by_itself(base) {
        let office = office(&base, "north").await;
        let text = office.saved(&base, NOW).await;
        halt(&base, office, busy(NOW + 5_000)).await;
        assert_eq!(claim(&base, NOW + 4_999).await, []);
        assert_eq!(claim(&base, NOW + 5_000).await, [text]);
    }

    async fn a_halt_that_is_there_stays_as_it_began(base) {
        let office = office(&base, "north").await;
        let first = Halt::of_account(Reason::Credentials, NOW);
        halt(&base, office, first).await;
        change(&base, office, async |tx| {
            let again = Halt::of_account(Reason::Credentials, NOW + 9);
            assert!(!tx.begin_halt(&again).await.expect("answers"));
            assert_eq!(tx.halts().await.expect("reads"), [first]);
        }).await;
    }

    async fn a_halt_that_somebody_ends_is_over_for_good_and_may_begin_anew(base) {
        let office = office(&base, "north").await;
        let text = office.saved(&base, NOW).await;
        let first = Halt::of_number(NOW);
        change(&base, office, async |tx| {
            assert!(!tx.end_halt(first.reason, NOW).await.expect("there is none"));
            assert!(tx.begin_halt_anew(&first).await.expect("begins"));
            assert!(!tx.begin_halt_anew(&Halt::of_number(NOW + 1)).await.expect("goes on"));
            assert_eq!(tx.halt(first.reason).await.expect("reads"), Some(first));
        }).await;
        assert_eq!(claim(&base, NOW + 365 * 24 * 3_600_000).await, []);
        change(&base, office, async |tx| {
            assert!(tx.end_halt(first.reason, NOW + 9).await.expect("ends"));
            assert!(!tx.end_halt(first.reason, NOW + 10).await.expect("once only"));
            let over = Halt { since: NOW + 9, until: Some(NOW + 9), ..first };
            assert_eq!(tx.halt(first.reason).await.expect("reads"), Some(over));
        }).await;
        assert_eq!(base.store.stuck(NOW + 9).await.expect("counts"), (0, 0));
        assert_eq!(claim(&base, NOW + 5).await, [text], "however the clock is put");
        change(&base, office, async |tx| {
            assert!(tx.begin_halt_anew(&Halt::of_number(NOW + 20)).await.expect("begins anew"));
            let again = tx.halt(first.reason).await.expect("reads").expect("is there");
            assert_eq!((again.since, again.until, again.times), (NOW + 20, None, 2));
        }).await;
    }

    async fn a_text_was_handed_over_when_it_was_posted_or_answered_and_else_when_it_was_written(base) {
        let office = office(&base, "north").await;
        let (text, token) = office.posting(&base).await;
        base.raw("UPDATE outbox SET posting_at = posting_at + 7").await.expect("is changed");
        let waits = office.saved(&base, NOW + 3).await;
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.handed_over(waits).await.expect("reads"), Some(NOW + 3));
        assert_eq!(tx.handed_over(text).await.expect("reads"), Some(NOW + 7));
        let status = Status::Queued;
        let answer = Accepted { sid: "SM1", status, rank: status.rank(), parts: None, error: None, at: NOW + 9 };
        assert!(tx.accept(text, token, &answer).await.expect("accepts"));
        for (source, at) in [(Source::Answer, NOW + 9), (Source::Callback, NOW + 90)] {
            let (id, sid) = (new_id(), Some("SM1"));
            let report = NewReport { id, text: Some(text), sid, source, status: "queued", error: None, at };
            assert!(tx.insert_report(&report).await.expect("is kept"));
        }
        assert_eq!(tx.handed_over(text).await.expect("reads"), Some(NOW + 9));
    }

    async fn a_reason_of_a_newer_server_holds_the_queue_and_is_read(base) {
        let office = office(&base, "north").await;
        office.saved(&base, NOW).await;
        halt(&base, office, Halt::of_account(Reason::Busy, NOW)).await;
        base.raw("UPDATE halt SET reason = 'volcano'").await.expect("is changed");
        assert_eq!(claim(&base, NOW + 1).await, []);
        change(&base, office, async |tx| {
            assert_eq!(tx.halts().await.expect("reads")[0].reason, Reason::Newer);
        }).await;
    }

    async fn an_open_breaker_lets_one_text_try_after_each_pause(base) {
        let office = office(&base, "north").await;
        for n in 0..4 {
            office.saved(&base, NOW + n).await;
        }
        let open = Halt::of_unclear(5, NOW).expect("opens");
        halt(&base, office, open).await;
        let mut now = open.until.expect("a time");
        assert_eq!(claim(&base, now - 1).await.len(), 0);
        for times in 1..3 {
            assert_eq!(claim(&base, now).await.len(), 1, "one tries");
            assert_eq!(claim(&base, now).await.len(), 0, "and no other");
            now += probe_pause(times);
        }
        // A clear answer came: all that waits goes.
        change(&base, office, async |tx| {
            assert_eq!(tx.one_more_unclear().await.expect("counts"), 1);
            assert!(tx.went_well(now).await.expect("closes"));
            assert!(!tx.went_well(now).await.expect("nothing was counted"));
            assert_eq!(tx.halts().await.expect("reads"), []);
            assert_eq!(tx.one_more_unclear().await.expect("counts"), 1, "in a row");
        }).await;
        assert_eq!(claim(&base, now).await.len(), 2);
    }

    async fn what_goes_well_ends_no_pause_that_twilio_asked_for_and_no_halt_of_the_account(base) {
        let office = office(&base, "north").await;
        let halts = [busy(NOW + 5_000), Halt::of_account(Reason::Credentials, NOW)];
        for each in halts {
            halt(&base, office, each).await;
        }
        change(&base, office, async |tx| {
            tx.one_more_pause().await.expect("counts");
            assert!(tx.went_well(NOW + 4_999).await.expect("answers"));
            assert_eq!(tx.halts().await.expect("reads"), halts);
            tx.one_more_pause().await.expect("counts");
            tx.went_well(NOW + 5_000).await.expect("answers");
            assert_eq!(tx.halts().await.expect("reads"), [halts[1]]);
        }).await;
    }

    async fn twilio_is_asked_about_an_account_by_one_server_and_again_later(base) {
        let office = office(&base, "north").await;
        halt(&base, office, Halt::of_account(Reason::Credentials, NOW)).await;
        halt(&base, office, Halt::of_account(Reason::Suspended, NOW + 1)).await;
        assert_eq!(base.store.due_accounts(NOW + ASK_AGAIN - 1, 9).await.expect("lists"), []);
        let at = NOW + ASK_AGAIN + 1;
        let due = base.store.due_accounts(at, 9).await.expect("lists");
        assert_eq!(due, [office.org], "an organization has one account");
        assert!(base.store.take_account(office.org, at, at + ASK_AGAIN).await.expect("takes"));
        assert!(!base.store.take_account(office.org, at, at + ASK_AGAIN).await.expect("is taken"));
        assert_eq!(base.store.due_accounts(at, 9).await.expect("lists"), []);
        assert_eq!(base.store.stuck(at).await.expect("counts"), (1, 0));
    }
}
