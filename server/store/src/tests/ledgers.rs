//! What is only ever added to, and what open pages are told.

use super::{
    both,
    sample::{NOW, cell, new_id, office},
};
use crate::{NewAudit, NewConsent, NewReport};
use domain::{consent::ConsentEvent, live::LiveEvent, status::Source};

both! {
    async fn ledgers_refuse_to_be_changed(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        let (id, at, phone) = (new_id(), NOW, cell());
        let event = ConsentEvent::Given;
        tx.append_consent(&NewConsent { id, client: office.client, phone: &phone, event, at, by: None, source: None, note: "", words: "", block: None }).await.expect("adds");
        tx.append_audit(&NewAudit { id, staff: Some(office.staff), at, what: "signed_in", subject: "" }).await.expect("adds");
        let source = Source::Callback;
        let report = NewReport { id, text: None, sid: Some("SM1"), source, status: "sent", error: None, at };
        assert!(tx.insert_report(&report).await.expect("adds"));
        tx.commit().await.expect("commits");
        for change in [
            "UPDATE consent SET at = 0", "DELETE FROM consent",
            "UPDATE audit SET at = 0", "DELETE FROM audit",
            "UPDATE report SET at = 0", "DELETE FROM report",
        ] {
            let refused = base.raw(change).await.expect_err(change);
            assert!(refused.to_string().contains("is only ever added to"), "{refused}");
        }
    }

    async fn consent_is_told_newest_first_with_who_took_it(base) {
        let office = office(&base, "north").await;
        let phone = cell();
        let mut tx = base.begin(office.org).await;
        let events = [(ConsentEvent::Given, Some(office.staff)), (ConsentEvent::Withdrawn, None), (ConsentEvent::NumberChanged, None)];
        for (at, (event, by)) in (NOW..).zip(events) {
            let line = NewConsent { id: new_id(), client: office.client, phone: &phone, event, at, by, source: None, note: "", words: "", block: None };
            tx.append_consent(&line).await.expect("adds");
        }
        let lines = tx.consent_lines(office.client, 2).await.expect("reads");
        assert_eq!(lines.iter().map(|l| l.event).collect::<Vec<_>>(), [ConsentEvent::NumberChanged, ConsentEvent::Withdrawn]);
        let oldest = tx.consent_lines(office.client, 9).await.expect("reads").remove(2);
        assert_eq!((oldest.by.as_deref(), oldest.at, oldest.phone), (Some("Dana Ortiz"), NOW, cell()));
    }

    async fn events_are_told_in_order_to_their_office_only(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let (one, two) = (north.saved(&base, NOW).await, south.saved(&base, NOW).await);
        let mut tx = base.begin(north.org).await;
        assert_eq!(tx.last_event().await.expect("reads"), 0);
        let first = tx.insert_event(north.case, one, NOW).await.expect("adds");
        let second = tx.insert_event(north.case, one, NOW).await.expect("adds");
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        tx.insert_event(south.case, two, NOW).await.expect("adds");
        tx.commit().await.expect("commits");
        let mut tx = base.begin(north.org).await;
        let event = |id| LiveEvent { id, case: Some(north.case), text: Some(one), ..LiveEvent::default() };
        assert!(first < second);
        assert_eq!(tx.events_after(0, 9).await.expect("reads"), [event(first), event(second)]);
        assert_eq!(tx.events_after(0, 1).await.expect("reads"), [event(first)]);
        assert_eq!(tx.events_after(first, 9).await.expect("reads"), [event(second)]);
        assert_eq!(tx.last_event().await.expect("reads"), second);
    }

    async fn whoever_goes_on_after_the_last_event_misses_none(base) {
        let office = office(&base, "north").await;
        let text = office.saved(&base, NOW).await;
        let writers: Vec<_> = (0..8).map(|_| {
            let base = base.clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    let mut tx = base.begin(office.org).await;
                    tx.insert_event(office.case, text, NOW).await.expect("adds");
                    tokio::task::yield_now().await;
                    tx.commit().await.expect("commits");
                }
            })
        }).collect();
        let mut seen: Vec<i64> = Vec::new();
        while seen.len() < 80 {
            let mut tx = base.store.read(office.org).await.expect("a reader");
            let new = tx.events_after(seen.last().copied().unwrap_or(0), 100).await.expect("reads");
            seen.extend(new.iter().map(|event| event.id));
            if new.is_empty() && writers.iter().all(tokio::task::JoinHandle::is_finished) {
                let last = tx.events_after(seen.last().copied().unwrap_or(0), 100).await.expect("reads");
                seen.extend(last.iter().map(|event| event.id));
                break;
            }
        }
        assert_eq!(seen.len(), 80);
        for writer in writers {
            writer.await.expect("ends");
        }
    }
}
