//! Texts: saved once, read as written, page by page.

use super::{
    both,
    sample::{NOW, cell, new_id, office, phone},
};
use crate::{Advance, ListedText, NewCase, NewText, TextRecord, Tx};
use domain::{
    codes,
    ids::{CaseId, FormKey, TextId},
    number_flag::{NumberFlag, of_code},
    phone::Phone,
    status::Status,
};

/// A text to this number that was written at this time and ended so.
async fn ended(tx: &mut Tx, text: NewText<'_>, status: Status, error: Option<i64>) {
    assert!(tx.insert_text(&text).await.expect("is saved"));
    let step = Advance {
        status,
        rank: status.rank(),
        error,
        at: text.at + 9,
        corrects: false,
    };
    assert!(tx.advance(text.id, &step).await.expect("climbs"));
}

/// Texts of an office's case, the newest first.
async fn listed(tx: &mut Tx, before: Option<(i64, TextId)>, limit: i64) -> Vec<ListedText> {
    let found = tx.case_with_texts("251040417", before, limit).await;
    found.expect("reads").expect("is there").1
}

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

    async fn a_number_is_flagged_by_the_newest_text_that_says_something_of_it(base) {
        let office = office(&base, "north").await;
        let (landline, other) = (cell(), phone("+16615550143"));
        let second = CaseId(new_id());
        let mut tx = base.begin(office.org).await;
        let new = NewCase { id: second, client: office.client, number: "25-2", key: "252", at: NOW };
        tx.insert_case(&new).await.expect("a case");
        let text = |to, at| office.text("Hello", to, at);
        let flag = async |tx: &mut Tx, to: &Phone| tx.flag_of(office.client, to).await.expect("reads");
        assert_eq!(flag(&mut tx, &landline).await, None, "nothing was texted");
        ended(&mut tx, text(&landline, NOW), Status::Undelivered, Some(30006)).await;
        let flagged = Some((NumberFlag::NoTexts, NOW));
        assert_eq!(flag(&mut tx, &landline).await, flagged);
        // Neither what is on its way nor what failed for another reason says anything.
        ended(&mut tx, text(&landline, NOW + 1), Status::Undelivered, Some(30003)).await;
        ended(&mut tx, text(&landline, NOW + 2), Status::Sent, Some(30005)).await;
        assert!(tx.insert_text(&text(&landline, NOW + 3)).await.expect("waits"));
        assert_eq!(flag(&mut tx, &landline).await, flagged);
        // Another number is another matter.
        assert_eq!(flag(&mut tx, &other).await, None);
        ended(&mut tx, text(&other, NOW + 4), Status::Delivered, None).await;
        assert_eq!(flag(&mut tx, &landline).await, flagged);
        // The newest counts, on whatever case of the client it was written.
        let on_the_second = NewText { case: second, ..text(&landline, NOW + 5) };
        ended(&mut tx, on_the_second, Status::Refused, Some(21612)).await;
        assert_eq!(flag(&mut tx, &landline).await, Some((NumberFlag::OutOfReach, NOW + 5)));
        ended(&mut tx, text(&landline, NOW + 6), Status::Delivered, Some(30006)).await;
        assert_eq!(flag(&mut tx, &landline).await, None, "it arrived");
    }

    async fn the_codes_that_flag_a_number_are_the_same_in_sql_as_in_the_domain(base) {
        let office = office(&base, "north").await;
        let to = cell();
        let mut tx = base.begin(office.org).await;
        for (n, known) in (0..).zip(codes::all()) {
            let (good, bad) = (office.text("Good", &to, NOW + 2 * n), office.text("Bad", &to, NOW + 2 * n + 1));
            let at = bad.at;
            ended(&mut tx, good, Status::Delivered, None).await;
            ended(&mut tx, bad, Status::Undelivered, Some(i64::from(known.code))).await;
            let flagged = tx.flag_of(office.client, &to).await.expect("reads");
            assert_eq!(flagged, of_code(known.code).map(|flag| (flag, at)), "{}", known.code);
        }
    }

    async fn no_office_hears_of_another_ones_texts_to_the_same_number(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let to = cell();
        let mut tx = base.begin(north.org).await;
        ended(&mut tx, north.text("Hello", &to, NOW), Status::Refused, Some(21614)).await;
        assert!(tx.flag_of(north.client, &to).await.expect("reads").is_some());
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        assert_eq!(tx.flag_of(south.client, &to).await.expect("reads"), None);
        assert_eq!(tx.flag_of(north.client, &to).await.expect("reads"), None, "not with its id either");
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
        let listed = listed(&mut tx, None, 9).await;
        assert_eq!(listed.iter().map(|text| text.body.as_str()).collect::<Vec<_>>(), [body]);
    }

    async fn pages_of_texts_have_no_gaps_and_no_doubles(base) {
        let office = office(&base, "north").await;
        // Many in the same millisecond.
        for n in 0..23 {
            office.saved(&base, NOW + n / 5).await;
        }
        let mut tx = base.store.read(office.org).await.expect("a reader");
        let all = listed(&mut tx, None, 100).await;
        assert_eq!(all.len(), 23);
        assert!(all.windows(2).all(|two| (two[0].created_at, two[0].id) > (two[1].created_at, two[1].id)));
        let mut paged: Vec<ListedText> = Vec::new();
        loop {
            let before = paged.last().map(|text| (text.created_at, text.id));
            let page = listed(&mut tx, before, 4).await;
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
        let newest = listed(&mut tx, None, 1).await.remove(0);
        assert_eq!((newest.id, newest.status, newest.created_at), (texts[4_499].id, Status::Delivered, NOW + 4_499));
        drop(tx);
        assert_eq!(base.store.outbox_depth().await.expect("counts"), (0, None));
    }
}
