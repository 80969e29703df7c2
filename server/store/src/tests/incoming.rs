//! Texts that clients write, blocks and cards.

use super::{
    base::Base,
    both,
    sample::{NOW, Office, cell, client, new_id, office, phone},
};
use crate::{NewBlock, NewConsent, NewDecision, NewIncoming, NewReview};
use domain::{
    consent::{BlockCause, ConsentEvent, ConsentSource, LiftCause},
    ids::{BlockId, IncomingId, ReviewId},
    incoming::Kind,
    phone::Phone,
    review::Decision,
};

const MINUTE: i64 = 60_000;

fn text<'a>(sid: &'a str, from: &'a str, at: i64) -> NewIncoming<'a> {
    NewIncoming {
        id: IncomingId(new_id()),
        sid,
        from,
        to: "+16615550100",
        body: "Hello",
        raw: None,
        media_count: 0,
        media: "[]",
        opt_out: None,
        kind: Kind::Text,
        answer: Some("Call us."),
        silence: None,
        late: false,
        clients: 0,
        at,
    }
}

fn block(phone: &Phone, held: bool, at: i64) -> NewBlock<'_> {
    NewBlock {
        id: BlockId(new_id()),
        phone,
        because: BlockCause::Code,
        words: "",
        held,
        at,
    }
}

/// An office whose texting is set up, as far as the table goes.
async fn set_up(base: &Base, name: &str) -> Office {
    let office = office(base, name).await;
    let mut tx = base.begin(office.org).await;
    tx.save_setup(&crate::SetupRow::default())
        .await
        .expect("saves");
    tx.commit().await.expect("commits");
    office
}

both! {
    async fn a_sid_is_kept_once_in_each_office(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let mut tx = base.begin(north.org).await;
        assert!(tx.insert_incoming(&text("SM1", "+16615550142", NOW)).await.expect("keeps"));
        let again = NewIncoming { answer: None, ..text("SM1", "+16615550999", NOW + 1) };
        assert!(!tx.insert_incoming(&again).await.expect("answers"));
        let first = tx.came_before("SM1").await.expect("reads").expect("is there");
        assert_eq!((first.from.as_str(), first.answer.as_deref()), ("+16615550142", Some("Call us.")));
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        assert_eq!(tx.came_before("SM1").await.expect("reads"), None);
        assert!(tx.insert_incoming(&text("SM1", "+16615550142", NOW)).await.expect("keeps"));
    }

    async fn texts_of_a_number_are_counted_within_the_window(base) {
        let office = set_up(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        for (sid, at) in [("SM1", NOW - MINUTE), ("SM2", NOW), ("SM3", NOW + MINUTE)] {
            tx.insert_incoming(&text(sid, "+16615550142", at)).await.expect("keeps");
        }
        let asked = tx.answering("+16615550142", NOW - 1).await.expect("reads").expect("is set up");
        assert_eq!((asked.before, asked.limit), (2, 10));
        let other = tx.answering("+16615550143", 0).await.expect("reads").expect("is set up");
        assert_eq!(other.before, 0);
    }

    async fn what_was_nobodys_is_of_the_first_who_gets_the_number(base) {
        let office = office(&base, "north").await;
        let stranger = phone("+16615550999");
        let mut tx = base.begin(office.org).await;
        tx.insert_incoming(&text("SM1", stranger.as_str(), NOW)).await.expect("keeps");
        let matched = NewIncoming { clients: 1, ..text("SM2", "+16615550142", NOW) };
        tx.insert_incoming(&matched).await.expect("keeps");
        tx.link_client(matched.id, office.client, NOW).await.expect("links");
        assert_eq!(tx.unmatched(None, 9).await.expect("reads").len(), 1);
        tx.link_unmatched(&stranger, office.client).await.expect("links");
        tx.link_unmatched(&stranger, office.client).await.expect("is harmless again");
        assert_eq!(tx.unmatched(None, 9).await.expect("reads").len(), 0);
        let of_client = tx.incoming_of_client(office.client, None, 9).await.expect("reads");
        assert_eq!(of_client.len(), 2);
        let facts = tx.number_facts(Some(&cell()), office.client).await.expect("reads");
        assert_eq!((facts.received, facts.shown), (2, true));
    }

    async fn one_block_stands_a_number_and_its_end_is_remembered(base) {
        let office = set_up(&base, "north").await;
        let (number, mut tx) = (cell(), base.begin(office.org).await);
        tx.hold_number(&number).await.expect("holds");
        assert!(tx.insert_block(&block(&number, true, NOW)).await.expect("begins"));
        assert!(!tx.insert_block(&block(&number, false, NOW)).await.expect("answers"));
        let facts = tx.number_facts(Some(&number), office.client).await.expect("reads");
        assert!(facts.standing().held && facts.standing().blocked && !facts.standing().paused);
        assert!(tx.confirm_block(&number, BlockCause::Keyword, "STOP").await.expect("confirms"));
        assert!(!tx.confirm_block(&number, BlockCause::Keyword, "STOP").await.expect("answers"));
        let standing = tx.block_of(&number).await.expect("reads").expect("stands");
        assert_eq!((standing.because, standing.words.as_str(), standing.held), (BlockCause::Keyword, "STOP", false));
        assert_eq!(tx.last_lift(&number).await.expect("reads"), None);
        assert!(tx.lift_block(standing.id, LiftCause::Keyword, NOW + 5).await.expect("lifts"));
        assert!(!tx.lift_block(standing.id, LiftCause::Keyword, NOW + 9).await.expect("answers"));
        assert_eq!(tx.last_lift(&number).await.expect("reads"), Some(NOW + 5));
        assert!(tx.insert_block(&block(&number, false, NOW + 10)).await.expect("another one begins"));
    }

    async fn opt_outs_are_counted_from_the_last_verdict_on(base) {
        let office = set_up(&base, "north").await;
        let numbers = ["+16615550101", "+16615550102", "+16615550103", "+16615550104"].map(phone);
        let mut tx = base.begin(office.org).await;
        for ((number, at), held) in numbers.iter().zip([NOW - 20 * MINUTE, NOW - MINUTE, NOW, NOW]).zip([false, false, true, true]) {
            tx.insert_block(&block(number, held, at)).await.expect("begins");
        }
        let count = tx.count_opt_outs(NOW - 10 * MINUTE).await.expect("counts").expect("is set up");
        assert_eq!((count.before, count.held, count.limit), (3, 2, 20));
        let asked = tx.opt_outs(10 * MINUTE).await.expect("reads");
        let of: Vec<_> = asked.iter().map(|block| block.phone.as_str()).collect();
        assert_eq!(of, ["+16615550102", "+16615550103", "+16615550104"], "the oldest is outside the window");
        for block in asked.iter().filter(|block| block.held) {
            assert!(tx.release_block(block.id).await.expect("releases"));
        }
        tx.opt_outs_decided(NOW).await.expect("decides");
        assert_eq!(tx.opt_outs(10 * MINUTE).await.expect("reads"), []);
        let count = tx.count_opt_outs(NOW - 10 * MINUTE).await.expect("counts").expect("is set up");
        assert_eq!((count.before, count.held), (0, 0));
    }

    async fn only_who_lost_permission_by_the_block_is_found_again(base) {
        let office = office(&base, "north").await;
        let (number, sister) = (cell(), client("Elena Peña Guerrero"));
        let id = BlockId(new_id());
        let mut tx = base.begin(office.org).await;
        tx.insert_client(&sister).await.expect("adds");
        for holder in tx.holders_to_change(&number).await.expect("reads") {
            assert!(tx.tick(holder.id, &number, None, NOW).await.expect("ticks"));
            assert!(!tx.tick(holder.id, &number, None, NOW).await.expect("answers"));
            assert!(tx.untick(holder.id, &number, NOW).await.expect("unticks"));
            let line = NewConsent {
                id: new_id(), client: holder.id, phone: &number, event: ConsentEvent::Withdrawn, at: NOW, by: None,
                source: Some(ConsentSource::Keyword), note: "", words: "STOP", block: Some(id),
            };
            tx.append_consent(&line).await.expect("adds");
        }
        assert_eq!(tx.unticked_by(id, &number).await.expect("reads").len(), 2);
        let later = NewConsent {
            id: new_id(), client: sister.id, phone: &number, event: ConsentEvent::Withdrawn, at: NOW + 1,
            by: Some(office.staff), source: Some(ConsentSource::ByPhone), note: "Called.", words: "", block: None,
        };
        tx.append_consent(&later).await.expect("adds");
        let found = tx.unticked_by(id, &number).await.expect("reads");
        assert_eq!(found.iter().map(|holder| holder.id).collect::<Vec<_>>(), [office.client]);
        let line = tx.consent_lines(sister.id, 1).await.expect("reads").remove(0);
        assert_eq!((line.source, line.note.as_str()), (Some(ConsentSource::ByPhone), "Called."));
    }

    async fn what_waits_for_a_number_is_stopped_and_what_is_posting_is_not(base) {
        let office = office(&base, "north").await;
        let (posting, _) = office.posting(&base).await;
        let waiting = office.saved(&base, NOW).await;
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.stop_waiting(&phone("+16615550999"), "blocked", NOW).await.expect("stops"), []);
        let stopped = tx.stop_waiting(&cell(), "blocked", NOW).await.expect("stops");
        assert_eq!(stopped, [(office.case, waiting)]);
        let row = tx.text(waiting).await.expect("reads").expect("is there");
        assert_eq!((row.status.as_str(), row.stopped.as_deref()), ("stopped", Some("blocked")));
        let row = tx.text(posting).await.expect("reads").expect("is there");
        assert_eq!(row.status.as_str(), "posting");
    }

    async fn one_card_a_number_is_open_and_decided_once(base) {
        let office = office(&base, "north").await;
        let (number, came) = (cell(), text("SM1", "+16615550142", NOW));
        let mut tx = base.begin(office.org).await;
        tx.insert_incoming(&came).await.expect("keeps");
        let card = |id| NewReview { id, phone: &number, incoming: came.id, rule: "no_mas", at: NOW, due_on: "2025-12-22" };
        let id = ReviewId(new_id());
        assert!(tx.insert_review(&card(id)).await.expect("adds"));
        assert!(!tx.insert_review(&card(ReviewId(new_id()))).await.expect("answers"));
        assert_eq!(tx.count_waiting().await.expect("counts").reviews, 1);
        let facts = tx.number_facts(Some(&number), office.client).await.expect("reads");
        assert_eq!(facts.review, Some(id));
        let decision = NewDecision { review: id, decision: Decision::Other, note: "Meant him.", by: office.staff, at: NOW };
        assert!(tx.decide_review(&decision).await.expect("decides"));
        assert!(!tx.decide_review(&decision).await.expect("answers"));
        assert_eq!(tx.open_reviews(9).await.expect("reads"), []);
        assert_eq!(tx.count_waiting().await.expect("counts").reviews, 0);
        let decided = tx.decided_reviews(9).await.expect("reads").remove(0).decided.expect("was decided");
        assert_eq!((decided.by.as_str(), decided.note.as_str()), ("Dana Ortiz", "Meant him."));
        assert!(tx.insert_review(&card(ReviewId(new_id()))).await.expect("another one may be open now"));
    }

    async fn events_that_were_tidied_away_are_remembered(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let one = north.saved(&base, NOW).await;
        let mut tx = base.begin(north.org).await;
        let old = tx.insert_event(north.case, one, NOW).await.expect("adds");
        tx.commit().await.expect("commits");
        assert_eq!(base.store.tidy_events(NOW).await.expect("tidies"), 0, "not before its time");
        assert_eq!(base.store.tidy_events(NOW + 1).await.expect("tidies"), 1);
        let mut tx = base.begin(north.org).await;
        assert_eq!(tx.tidied_up_to().await.expect("reads"), old);
        assert_eq!(tx.last_event().await.expect("reads"), old, "a page loaded now goes on from there");
        let next = tx.insert_event(north.case, one, NOW + 2).await.expect("adds");
        assert!(next > old, "no id is given out twice");
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        assert_eq!(tx.tidied_up_to().await.expect("reads"), 0);
    }

    async fn nothing_about_permission_crosses_offices(base) {
        let (north, south) = (set_up(&base, "north").await, set_up(&base, "south").await);
        let (number, came) = (cell(), text("SM1", "+16615550142", NOW));
        let (id, standing) = (ReviewId(new_id()), block(&number, true, NOW));
        let mut tx = base.begin(north.org).await;
        tx.insert_incoming(&came).await.expect("keeps");
        tx.link_client(came.id, north.client, NOW).await.expect("links");
        tx.insert_block(&standing).await.expect("begins");
        tx.insert_review(&NewReview { id, phone: &number, incoming: came.id, rule: "no_mas", at: NOW, due_on: "2025-12-22" }).await.expect("adds");
        tx.tick(north.client, &number, None, NOW).await.expect("ticks");
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        assert_eq!(tx.incoming(&[came.id]).await.expect("reads"), []);
        assert_eq!(tx.whose(&[came.id]).await.expect("reads"), []);
        assert_eq!(tx.incoming_of_client(north.client, None, 9).await.expect("reads"), []);
        assert_eq!(tx.unmatched(None, 9).await.expect("reads"), []);
        assert_eq!(tx.block_of(&number).await.expect("reads"), None);
        assert_eq!(tx.number_facts(Some(&number), north.client).await.expect("reads").received, 0);
        assert_eq!(tx.review(id).await.expect("reads"), None);
        assert_eq!(tx.open_reviews(9).await.expect("reads"), []);
        assert_eq!(tx.opt_outs(MINUTE).await.expect("reads"), []);
        assert_eq!(tx.client_of_case(north.case).await.expect("reads"), None);
        assert!(tx.holders(&number).await.expect("reads").iter().all(|holder| holder.id == south.client));
        assert!(!tx.release_block(standing.id).await.expect("answers"));
        assert!(!tx.lift_block(standing.id, LiftCause::Keyword, NOW).await.expect("answers"));
        assert!(!tx.untick(north.client, &number, NOW).await.expect("answers"));
        let decision = NewDecision { review: id, decision: Decision::Other, note: "", by: south.staff, at: NOW };
        assert!(!tx.decide_review(&decision).await.expect("answers"));
        tx.commit().await.expect("commits");
        let mut tx = base.begin(north.org).await;
        let facts = tx.number_facts(Some(&number), north.client).await.expect("reads");
        assert!(facts.standing().held && facts.standing().paused);
    }
}
