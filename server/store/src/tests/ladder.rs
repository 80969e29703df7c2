//! The ladder in SQL is the ladder of the domain, and every word of Twilio is kept once.

use super::{
    base::Base,
    both,
    sample::{NOW, Office, new_id, office},
};
use crate::{Advance, Heard, NewReport, TextRecord};
use domain::{
    ids::TextId,
    status::{Source, Status, advance},
};

async fn stands_at(base: &Base, office: Office, status: Status) -> TextId {
    let to = super::sample::cell();
    let text = office.text("ladder", &to, NOW);
    let mut tx = base.begin(office.org).await;
    tx.bulk_insert_texts(&[text], status).await.expect("saves");
    tx.commit().await.expect("commits");
    text.id
}

async fn report(base: &Base, office: Office, text: TextId, to: &Advance) -> (bool, TextRecord) {
    let mut tx = base.begin(office.org).await;
    let climbed = tx.advance(text, to).await.expect("answers");
    let now = tx.text(text).await.expect("reads").expect("is there");
    tx.commit().await.expect("commits");
    (climbed, now)
}

fn callback<'a>(text: TextId, sid: &'a str, status: &'a str, error: Option<i64>) -> NewReport<'a> {
    let source = Source::Callback;
    NewReport {
        id: new_id(),
        text: Some(text),
        sid: Some(sid),
        source,
        status,
        error,
        at: NOW,
    }
}

/// Every order of these.
fn orders_of(words: &[Status]) -> Vec<Vec<Status>> {
    if words.is_empty() {
        return vec![vec![]];
    }
    let mut orders = vec![];
    for (n, first) in words.iter().enumerate() {
        let others: Vec<Status> = [&words[..n], &words[n + 1..]].concat();
        orders.extend(orders_of(&others).into_iter().map(|mut order| {
            order.insert(0, *first);
            order
        }));
    }
    orders
}

both! {
    async fn over_every_ordered_pair_the_ladder_in_sql_is_the_ladder_of_the_domain(base) {
        let office = office(&base, "north").await;
        for current in Status::ALL {
            for reported in Status::ALL {
                for source in [Source::Callback, Source::Fetch] {
                    let text = stands_at(&base, office, current).await;
                    let corrects = source == Source::Fetch;
                    let to = Advance { status: reported, rank: reported.rank(), error: None, at: NOW + 7, corrects };
                    let (climbed, now) = report(&base, office, text, &to).await;
                    let expected = advance(current, reported, source);
                    let told = format!("{current:?} {reported:?} {source:?}");
                    assert_eq!(climbed, expected.is_some(), "{told}");
                    let status = expected.unwrap_or(current);
                    assert_eq!((now.status, now.rank), (status, status.rank()), "{told}");
                    assert_eq!(now.status_at, if climbed { NOW + 7 } else { NOW }, "{told}");
                }
            }
        }
    }

    async fn many_reports_at_once_climb_as_the_domain_says(base) {
        let office = office(&base, "north").await;
        let to = super::sample::cell();
        for current in Status::ALL {
            let texts: Vec<_> = Status::ALL.iter().map(|_| office.text("ladder", &to, NOW)).collect();
            let mut tx = base.begin(office.org).await;
            tx.bulk_insert_texts(&texts, current).await.expect("saves");
            let sids: Vec<String> = texts.iter().map(|text| format!("SM{}", text.id.0.simple())).collect();
            for (text, sid) in texts.iter().zip(&sids) {
                assert!(tx.learn_sid(text.id, sid).await.expect("learns"));
            }
            let asked: Vec<&str> = sids.iter().map(String::as_str).chain(["SM0"]).collect();
            let mut found = tx.texts_by_sids(&asked).await.expect("finds");
            found.sort_unstable();
            let expected: Vec<_> = texts.iter().map(|text| text.id).enumerate().collect();
            assert_eq!(found, expected);
            let heard: Vec<Heard<'_>> = Status::ALL.iter().zip(texts.iter().zip(&sids)).map(|(status, (text, sid))| {
                Heard { id: new_id(), text: text.id, sid, word: status.as_str(), status: *status }
            }).collect();
            let climbed = tx.climb_all(&heard, NOW + 7).await.expect("climbs");
            for heard in &heard {
                let now = tx.text(heard.text).await.expect("reads").expect("is there");
                let expected = advance(current, heard.status, Source::Callback);
                let told = format!("{current:?} {:?}", heard.status);
                assert_eq!(now.status, expected.unwrap_or(current), "{told}");
                let climbed = climbed.iter().find(|climbed| climbed.text == heard.text);
                assert_eq!(climbed.is_some(), expected.is_some(), "{told}");
                assert!(climbed.is_none_or(|it| (it.case, it.created_at, it.error) == (office.case, NOW, None)), "{told}");
            }
            // Each was kept; told again, nothing is kept twice and nobody climbs.
            for heard in &heard {
                let again = callback(heard.text, heard.sid, heard.word, None);
                assert!(!tx.insert_report(&again).await.expect("knows"), "{heard:?}");
            }
            assert_eq!(tx.climb_all(&heard, NOW + 8).await.expect("answers"), []);
            tx.commit().await.expect("commits");
        }
    }

    async fn an_error_once_seen_is_never_cleared(base) {
        let office = office(&base, "north").await;
        let text = stands_at(&base, office, Status::Queued).await;
        let failed = Status::Undelivered;
        let mut to = Advance { status: failed, rank: 100, error: Some(30_003), at: NOW, corrects: false };
        assert_eq!(report(&base, office, text, &to).await.1.error, Some(30_003));
        to = Advance { status: Status::Delivered, error: None, corrects: true, ..to };
        let (climbed, now) = report(&base, office, text, &to).await;
        assert!(climbed);
        assert_eq!((now.status, now.error), (Status::Delivered, Some(30_003)));
        let mut tx = base.begin(office.org).await;
        assert!(!tx.keep_error(text, 1).await.expect("answers"));
        assert_eq!(tx.text(text).await.expect("reads").expect("is there").error, Some(30_003));
    }

    async fn an_error_that_moves_nothing_is_kept(base) {
        let office = office(&base, "north").await;
        let text = stands_at(&base, office, Status::Delivered).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.keep_error(text, 30_008).await.expect("keeps"));
        assert_eq!(tx.text(text).await.expect("reads").expect("is there").error, Some(30_008));
    }

    async fn a_callback_told_again_is_kept_once(base) {
        let office = office(&base, "north").await;
        let text = stands_at(&base, office, Status::Queued).await;
        let mut tx = base.begin(office.org).await;
        assert!(tx.insert_report(&callback(text, "SM1", "sent", None)).await.expect("keeps"));
        assert!(!tx.insert_report(&callback(text, "SM1", "sent", None)).await.expect("knows"));
        assert!(tx.insert_report(&callback(text, "SM1", "sent", Some(1))).await.expect("another error"));
        assert!(tx.insert_report(&callback(text, "SM1", "never-heard-of", None)).await.expect("another word"));
        assert!(tx.insert_report(&callback(text, "SM2", "sent", None)).await.expect("another SID"));
        tx.commit().await.expect("commits");
    }

    async fn every_answer_to_our_asking_is_kept(base) {
        let office = office(&base, "north").await;
        let text = stands_at(&base, office, Status::Queued).await;
        let mut tx = base.begin(office.org).await;
        for _ in 0..2 {
            let asked = NewReport { source: Source::Fetch, ..callback(text, "SM1", "sent", None) };
            assert!(tx.insert_report(&asked).await.expect("keeps"));
        }
        let nobodys = NewReport { text: None, ..callback(text, "SM9", "sent", None) };
        assert!(tx.insert_report(&nobodys).await.expect("keeps"));
    }

    async fn the_same_callback_many_times_at_once_is_kept_once(base) {
        let office = office(&base, "north").await;
        let text = stands_at(&base, office, Status::Queued).await;
        let tries: Vec<_> = (0..8).map(|_| {
            let base = base.clone();
            tokio::spawn(async move {
                let mut tx = base.begin(office.org).await;
                let kept = tx.insert_report(&callback(text, "SM1", "sent", None)).await.expect("answers");
                tx.commit().await.expect("commits");
                kept
            })
        }).collect();
        let mut kept = 0;
        for try_ in tries {
            kept += i32::from(try_.await.expect("ends"));
        }
        assert_eq!(kept, 1);
    }

    async fn w3_all_orders_of_six_reports_end_at_the_highest_and_all_are_kept(base) {
        let office = office(&base, "north").await;
        let words = [Status::Accepted, Status::Queued, Status::Sending, Status::Sent, Status::PartiallyDelivered, Status::Undelivered];
        let orders = orders_of(&words);
        assert_eq!(orders.len(), 720);
        let to = super::sample::cell();
        let texts: Vec<_> = orders.iter().map(|_| office.text("six", &to, NOW)).collect();
        let mut tx = base.begin(office.org).await;
        tx.bulk_insert_texts(&texts, Status::Unknown).await.expect("saves");
        for (n, (text, order)) in texts.iter().zip(&orders).enumerate() {
            let sid = format!("SM{n}");
            for status in order {
                assert!(tx.insert_report(&callback(text.id, &sid, status.as_str(), None)).await.expect("keeps"));
                let to = Advance { status: *status, rank: status.rank(), error: None, at: NOW, corrects: false };
                tx.learn(text.id, &sid, Some(&to)).await.expect("learns");
            }
            let now = tx.text(text.id).await.expect("reads").expect("is there");
            assert_eq!((now.status, now.sid), (Status::Undelivered, Some(sid)), "{order:?}");
        }
        tx.commit().await.expect("commits");
    }

    async fn reports_at_once_end_at_the_highest(base) {
        let office = office(&base, "north").await;
        let text = stands_at(&base, office, Status::Posting).await;
        let words = [Status::Sent, Status::Delivered, Status::Queued, Status::Sending, Status::Accepted];
        let tries: Vec<_> = words.into_iter().map(|status| {
            let base = base.clone();
            let to = Advance { status, rank: status.rank(), error: None, at: NOW, corrects: false };
            tokio::spawn(async move { report(&base, office, text, &to).await })
        }).collect();
        for try_ in tries {
            try_.await.expect("ends");
        }
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.text(text).await.expect("reads").expect("is there").status, Status::Delivered);
    }
}
