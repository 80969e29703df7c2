//! Texts: saved once, read as written, page by page.

use super::{
    both,
    sample::{NOW, cell, new_id, office, phone},
};
use crate::{ListedText, NewText, TextRecord};
use domain::{
    ids::{FormKey, TextId},
    status::Status,
};

both! {
    async fn the_same_form_twice_at_once_makes_one_text(base) {
        let office = office(&base, "north").await;
        let key = FormKey(new_id());
        let tries: Vec<_> = (0..8).map(|_| {
            let base = base.clone();
            tokio::spawn(async move {
                let to = cell();
                let mut tx = base.begin(office.org).await;
                let saved = tx.insert_text(&NewText { key, ..office.text("once", &to, NOW) }).await.expect("answers");
                tx.commit().await.expect("commits");
                saved
            })
        }).collect();
        let mut saved = 0;
        for try_ in tries {
            saved += i32::from(try_.await.expect("ends"));
        }
        assert_eq!(saved, 1);
        assert_eq!(base.store.outbox_depth().await.expect("counts"), (1, Some(NOW)));
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.case_file("251040417").await.expect("reads").expect("is there").texts, 1);
        assert_eq!(tx.text_by_form_key(key).await.expect("reads").expect("is there").body, "once");
    }

    async fn every_body_comes_back_as_it_was(base) {
        let office = office(&base, "north").await;
        let bodies = [
            "a\nb\n", " \t ", "👩‍👩‍👧‍👦🏳️‍🌈", "שלום \u{202e}abc\u{202c}", "مرحبا", "e\u{301} é", "\u{1}\u{7f}\u{feff}", "'\"\\$1 -- %_",
            &"🙂".repeat(800),
        ];
        for body in bodies {
            let to = cell();
            let text = office.text(body, &to, NOW);
            let mut tx = base.begin(office.org).await;
            assert!(tx.insert_text(&text).await.expect("saves"));
            tx.save_draft(office.staff, office.case, body, NOW).await.expect("saves");
            assert_eq!(tx.text(text.id).await.expect("reads").expect("is there").body, body);
            assert_eq!(tx.draft(office.staff, office.case).await.expect("reads"), Some((body.to_owned(), NOW)));
            tx.commit().await.expect("commits");
        }
    }

    async fn nul_is_refused_rather_than_cut(base) {
        let office = office(&base, "north").await;
        let to = cell();
        let mut tx = base.begin(office.org).await;
        assert!(tx.insert_text(&office.text("a\0b", &to, NOW)).await.is_err());
        drop(tx);
        let mut tx = base.begin(office.org).await;
        assert!(tx.save_draft(office.staff, office.case, "a\0b", NOW).await.is_err());
        drop(tx);
        assert_eq!(base.store.outbox_depth().await.expect("counts"), (0, None));
    }

    async fn a_text_is_read_as_written(base) {
        let office = office(&base, "north").await;
        let to = phone("+525512345678");
        let new = NewText { parts: 2, ..office.text("Hola", &to, NOW) };
        let mut tx = base.begin(office.org).await;
        assert!(tx.insert_text(&new).await.expect("saves"));
        let expected = TextRecord {
            asked: 0,
            id: new.id,
            case: office.case,
            client: office.client,
            staff: office.staff,
            by: "Dana Ortiz".into(),
            key: new.key,
            body: "Hola".into(),
            to: to.clone(),
            parts: 2,
            status: Status::Waiting,
            rank: 0,
            error: None,
            stopped: None,
            sid: None,
            created_at: NOW,
            status_at: NOW,
        };
        assert_eq!(tx.text(new.id).await.expect("reads"), Some(expected.clone()));
        let listed = ListedText {
            id: new.id,
            staff: office.staff,
            by: expected.by,
            body: expected.body,
            to: to.clone(),
            parts: 2,
            status: Status::Waiting,
            error: None,
            stopped: None,
            with_twilio: false,
            created_at: NOW,
            status_at: NOW,
            asked: 0,
        };
        assert_eq!(tx.texts(&[TextId(new_id()), new.id]).await.expect("reads"), [listed]);
        assert_eq!(tx.last_text_of(office.staff, office.case).await.expect("reads"), Some(new.id));
    }

    async fn a_listed_text_has_the_very_letters_that_were_written(base) {
        let office = office(&base, "north").await;
        let to = cell();
        let body = "</textarea><script>\\u0041 \"x\" \u{1}\u{7f}\u{202e}\u{2028} 😀 \r\n\té";
        let mut tx = base.begin(office.org).await;
        assert!(tx.insert_text(&office.text(body, &to, NOW)).await.expect("saves"));
        let listed = tx.texts_of_case(office.case, None, 9).await.expect("lists");
        assert_eq!(listed.iter().map(|text| text.body.as_str()).collect::<Vec<_>>(), [body]);
    }

    async fn pages_of_texts_have_no_gaps_and_no_doubles(base) {
        let office = office(&base, "north").await;
        // Many in the same millisecond.
        for n in 0..23 {
            office.saved(&base, NOW + n / 5).await;
        }
        let mut tx = base.store.read(office.org).await.expect("a reader");
        let all = tx.texts_of_case(office.case, None, 100).await.expect("lists");
        assert_eq!(all.len(), 23);
        assert!(all.windows(2).all(|two| (two[0].created_at, two[0].id) > (two[1].created_at, two[1].id)));
        let mut paged: Vec<ListedText> = Vec::new();
        loop {
            let before = paged.last().map(|text| (text.created_at, text.id));
            let page = tx.texts_of_case(office.case, before, 4).await.expect("lists");
            if page.is_empty() {
                break;
            }
            paged.extend(page);
        }
        assert_eq!(paged, all);
        assert_eq!(tx.last_text_of(office.staff, office.case).await.expect("reads"), Some(all[0].id));
    }

    async fn a_transaction_that_is_dropped_leaves_nothing(base) {
        let office = office(&base, "north").await;
        let to = cell();
        let mut tx = base.begin(office.org).await;
        assert!(tx.insert_text(&office.text("gone", &to, NOW)).await.expect("saves"));
        drop(tx);
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.case_file("251040417").await.expect("reads").expect("is there").texts, 0);
    }

    async fn texts_saved_in_bulk_wait_for_nobody(base) {
        let office = office(&base, "north").await;
        let to = cell();
        let texts: Vec<NewText<'_>> = (0..4_500).map(|n| office.text("bulk", &to, NOW + n)).collect();
        let mut tx = base.begin(office.org).await;
        tx.bulk_insert_texts(&texts, Status::Delivered).await.expect("saves");
        tx.commit().await.expect("commits");
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.case_file("251040417").await.expect("reads").expect("is there").texts, 4_500);
        let newest = tx.texts_of_case(office.case, None, 1).await.expect("reads").remove(0);
        assert_eq!((newest.id, newest.status, newest.created_at), (texts[4_499].id, Status::Delivered, NOW + 4_499));
        drop(tx);
        assert_eq!(base.store.outbox_depth().await.expect("counts"), (0, None));
    }
}
