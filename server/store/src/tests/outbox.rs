//! The fence, and every way out of the outbox.

use super::{
    base::Base,
    both,
    sample::{NOW, Office, cell, new_id, office, take},
};
use crate::{Accepted, Advance, StoreError, TextRecord};
use domain::{ids::TextId, status::Status};

fn answer(sid: &str) -> Accepted<'_> {
    let status = Status::Queued;
    Accepted {
        sid,
        status,
        rank: status.rank(),
        parts: Some(2),
        error: None,
        at: NOW + 5,
    }
}

fn climb(status: Status) -> Advance {
    Advance {
        status,
        rank: status.rank(),
        error: None,
        at: NOW + 3,
        corrects: false,
    }
}

async fn read(base: &Base, office: Office, text: TextId) -> TextRecord {
    let mut tx = base.begin(office.org).await;
    tx.text(text).await.expect("reads").expect("is there")
}

async fn left(base: &Base) -> usize {
    let waiting = base.store.outbox_depth().await.expect("counts").0;
    usize::try_from(waiting).expect("few") + base.store.unresolved(100).await.expect("lists").len()
}

both! {
    async fn an_accepted_text_has_its_sid_and_leaves_the_outbox(base) {
        let office = office(&base, "north").await;
        let (text, token) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.accept(text, token, &answer("SM1")).await.expect("accepts"));
        assert!(!tx.accept(text, token, &answer("SM1")).await.expect("once only"));
        assert_eq!(tx.text_by_sid("SM1").await.expect("reads"), Some(text));
        tx.commit().await.expect("commits");
        let text = read(&base, office, text).await;
        assert_eq!((text.status, text.rank, text.parts), (Status::Queued, 30, 2));
        assert_eq!((text.sid.as_deref(), text.status_at), (Some("SM1"), NOW + 5));
        assert_eq!(left(&base).await, 0);
    }

    async fn a_callback_faster_than_the_answer_stays_and_the_sid_is_learned(base) {
        let office = office(&base, "north").await;
        let (text, token) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.advance(text, &climb(Status::Delivered)).await.expect("climbs"));
        tx.commit().await.expect("commits");
        let mut tx = base.begin(office.org).await;
        assert!(tx.accept(text, token, &answer("SM1")).await.expect("accepts"));
        tx.commit().await.expect("commits");
        let text = read(&base, office, text).await;
        assert_eq!((text.status, text.rank, text.status_at), (Status::Delivered, 100, NOW + 3));
        assert_eq!(text.sid.as_deref(), Some("SM1"));
        assert_eq!(left(&base).await, 0);
    }

    async fn a_callback_that_came_before_a_crash_leaves_nothing_unknown(base) {
        let office = office(&base, "north").await;
        let (text, _) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.advance(text, &climb(Status::Sent)).await.expect("climbs"));
        tx.commit().await.expect("commits");
        base.raw("UPDATE outbox SET lease_until = 1").await.expect("changes");
        base.store.adopt("two").await.expect("adopts");
        assert_eq!(read(&base, office, text).await.status, Status::Sent);
        assert_eq!(left(&base).await, 0);
    }

    async fn a_callback_clears_what_was_unknown(base) {
        let office = office(&base, "north").await;
        let (text, token) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.unclear(text, token, NOW + 1).await.expect("unclear"));
        tx.commit().await.expect("commits");
        assert_eq!(read(&base, office, text).await.status, Status::Unknown);
        assert_eq!(base.store.unresolved(9).await.expect("lists").len(), 1);
        let mut tx = base.begin(office.org).await;
        assert!(tx.learn_sid(text, "SM1").await.expect("learns"));
        assert!(!tx.learn_sid(text, "SM2").await.expect("once only"));
        assert!(tx.advance(text, &climb(Status::Sent)).await.expect("climbs"));
        tx.commit().await.expect("commits");
        assert_eq!(left(&base).await, 0);
    }

    async fn a_report_and_the_worker_that_posts_do_not_wait_for_each_other(base) {
        let office = office(&base, "north").await;
        for n in 0..20 {
            let (text, token) = office.posting(&base).await;
            let sid = format!("SM{n}");
            let answered = async {
                let mut tx = base.begin(office.org).await;
                assert!(tx.accept(text, token, &answer(&sid)).await.expect("accepts"));
                tx.commit().await.expect("commits");
            };
            let reported = async {
                let mut tx = base.begin(office.org).await;
                assert!(tx.learn(text, &sid, Some(&climb(Status::Sent))).await.expect("learns"));
                tx.commit().await.expect("commits");
            };
            tokio::join!(answered, reported);
            let text = read(&base, office, text).await;
            assert_eq!((text.status, text.sid), (Status::Sent, Some(sid)));
        }
        assert_eq!(left(&base).await, 0);
    }

    async fn a_text_that_twilio_has_is_not_posted_whatever_the_outbox_says(base) {
        let office = office(&base, "north").await;
        let text = office.saved(&base, NOW).await;
        let token = take(&base, "one", NOW).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.advance(text, &climb(Status::Sent)).await.expect("climbs"));
        assert!(!tx.mark_posting(text, token, &cell(), NOW).await.expect("answers"));
        tx.commit().await.expect("commits");
        assert_eq!(left(&base).await, 0);
    }

    async fn a_refused_text_keeps_the_code_and_leaves_the_outbox(base) {
        let office = office(&base, "north").await;
        let (text, token) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.refuse(text, token, Some(21_610), NOW + 1).await.expect("refuses"));
        tx.commit().await.expect("commits");
        let text = read(&base, office, text).await;
        assert_eq!((text.status, text.rank, text.error), (Status::Refused, 100, Some(21_610)));
        assert_eq!(left(&base).await, 0);
    }

    async fn a_stopped_text_says_why_and_was_not_posted(base) {
        let office = office(&base, "north").await;
        let text = office.saved(&base, NOW).await;
        let token = take(&base, "one", NOW).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.stop(text, token, "not_okay", NOW + 1).await.expect("stops"));
        assert!(!tx.mark_posting(text, token, &cell(), NOW + 2).await.expect("answers"));
        tx.commit().await.expect("commits");
        let text = read(&base, office, text).await;
        assert_eq!((text.status, text.stopped.as_deref()), (Status::Stopped, Some("not_okay")));
        assert_eq!(left(&base).await, 0);
    }

    async fn a_text_on_its_way_cannot_be_stopped(base) {
        let office = office(&base, "north").await;
        let (text, token) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        assert!(!tx.stop(text, token, "not_okay", NOW).await.expect("answers"));
        assert_eq!(tx.text(text).await.expect("reads").expect("is there").status, Status::Posting);
    }

    async fn nothing_is_answered_before_it_was_posted(base) {
        let office = office(&base, "north").await;
        let text = office.saved(&base, NOW).await;
        let token = take(&base, "one", NOW).await;
        let mut tx = base.begin(office.org).await;
        assert!(!tx.accept(text, token, &answer("SM1")).await.expect("answers"));
        assert!(!tx.refuse(text, token, None, NOW).await.expect("answers"));
        assert!(!tx.unclear(text, token, NOW).await.expect("answers"));
        assert!(tx.mark_posting(text, token, &cell(), NOW).await.expect("posts"));
        assert!(!tx.mark_posting(text, token, &cell(), NOW).await.expect("once only"));
    }

    async fn another_token_changes_nothing(base) {
        let office = office(&base, "north").await;
        let (text, _) = office.posting(&base).await;
        let before = read(&base, office, text).await;
        let mut tx = base.begin(office.org).await;
        let other = new_id();
        assert!(!tx.mark_posting(text, other, &cell(), NOW).await.expect("answers"));
        assert!(!tx.accept(text, other, &answer("SM1")).await.expect("answers"));
        assert!(!tx.refuse(text, other, Some(1), NOW).await.expect("answers"));
        assert!(!tx.back_to_waiting(text, other, NOW, "late", NOW).await.expect("answers"));
        assert!(!tx.unclear(text, other, NOW).await.expect("answers"));
        assert!(!tx.stop(text, other, "late", NOW).await.expect("answers"));
        tx.commit().await.expect("commits");
        assert_eq!(read(&base, office, text).await, before);
    }

    async fn a_sid_belongs_to_one_text(base) {
        let office = office(&base, "north").await;
        let (first, token) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.accept(first, token, &answer("SM1")).await.expect("accepts"));
        tx.commit().await.expect("commits");
        let (second, token) = office.posting(&base).await;
        let mut tx = base.begin(office.org).await;
        let refused = tx.accept(second, token, &answer("SM1")).await;
        assert!(matches!(refused, Err(StoreError::Taken)), "{refused:?}");
        drop(tx);
        let mut tx = base.begin(office.org).await;
        assert!(tx.unclear(second, token, NOW).await.expect("can still be told"));
    }
}
