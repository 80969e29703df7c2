//! A text on its way out.

use crate::{
    on_both,
    support::{CASE, CELL, DANA},
};
use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::json;

on_both! {
    async fn a_text_goes_out_once_and_is_delivered(app) {
        let dana = app.sign_in(DANA).await;
        let sent = dana.text(CASE, "Your hearing is on Thursday.").await;
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);
        let to = sent.headers()["location"].to_str().unwrap().to_owned();
        assert!(dana.page(&to).await.contains("Message Sent!"));
        let row = dana.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(row["body"], "Your hearing is on Thursday.");
        assert_eq!(row["to"], CELL);
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn the_same_form_ten_times_at_once_is_one_text(app) {
        let dana = app.sign_in(DANA).await;
        let key = dana.key(CASE).await;
        let form = json!({ "number": CASE, "form": { "key": key, "body": "Once." } });
        let answers = join_all((0..10).map(|_| dana.call("send_message", form.clone()))).await;
        let text = &answers[0].1["text"];
        assert!(answers.iter().all(|(status, sent)| *status == 200 && sent["text"] == *text), "{answers:?}");
        dana.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(dana.rows(CASE).await.len(), 1);
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn the_same_page_posted_ten_times_at_once_is_one_text(app) {
        let dana = app.sign_in(DANA).await;
        let (key, path) = (dana.key(CASE).await, format!("/cases/{CASE}/text"));
        let form = [("key", key.as_str()), ("body", "Two tabs."), ("press", "send")];
        let answers = join_all((0..10).map(|_| dana.post(&path, &form))).await;
        let text = answers[0].headers()["location"].clone();
        for answer in &answers {
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            assert_eq!(answer.headers()["location"], text);
        }
        dana.newest_becomes(CASE, &["delivered"]).await;
        // Reloaded, or sent again after going back, an hour later: still the same press.
        assert_eq!(dana.post(&path, &form).await.headers()["location"], text);
        assert_eq!(app.ledger().await.len(), 1);
        assert_eq!(app.base.number("SELECT count(*) FROM message WHERE body = 'Two tabs.'").await, 1);
    }

    async fn two_texts_at_once_with_one_key_are_one_text_and_one_refusal(app) {
        let dana = app.sign_in(DANA).await;
        let key = dana.key(CASE).await;
        let send = |body: &'static str| dana.call("send_message", json!({ "number": CASE, "form": { "key": key, "body": body } }));
        let (one, other) = futures::join!(send("One."), send("Other."));
        let mut statuses = [one.0, other.0];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
        dana.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn the_key_of_somebody_else_or_of_another_case_sends_nothing_of_theirs(app) {
        let (dana, luis) = (app.sign_in(DANA).await, app.sign_in(crate::support::LUIS).await);
        let key = dana.key(CASE).await;
        let form = |number: &str| json!({ "number": number, "form": { "key": key, "body": "Hello." } });
        assert_eq!(dana.call("send_message", form(CASE)).await.0, StatusCode::OK);
        assert_eq!(luis.call("send_message", form(CASE)).await.0, StatusCode::CONFLICT);
        assert_eq!(dana.call("send_message", form("25-1041377")).await.0, StatusCode::CONFLICT);
        for nonsense in ["", "1", "<script>"] {
            let form = json!({ "number": CASE, "form": { "key": nonsense, "body": "Hello." } });
            assert_eq!(dana.call("send_message", form).await.0, StatusCode::NOT_FOUND, "{nonsense}");
        }
        dana.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn line_ends_of_another_kind_make_no_other_text(app) {
        let dana = app.sign_in(DANA).await;
        let key = dana.key(CASE).await;
        let form = |body: &str| json!({ "number": CASE, "form": { "key": key, "body": body } });
        let (_, first) = dana.call("send_message", form("one\ntwo")).await;
        let (status, again) = dana.call("send_message", form("one\r\ntwo")).await;
        assert_eq!((status, &again["text"]), (StatusCode::OK, &first["text"]));
        dana.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn when_twilio_is_slow_the_page_says_honestly_that_it_has_not_answered(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "slow:8").await;
        // No report either: that would be an answer too.
        app.delay(600_000).await;
        let sent = dana.text(CASE, "Patience.").await;
        let page = dana.page(sent.headers()["location"].to_str().unwrap()).await;
        assert!(page.contains("Your text is saved. Twilio has not answered yet"));
        assert!(!page.contains("Message Sent!"));
        dana.newest_becomes(CASE, &["queued"]).await;
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn reports_in_any_order_end_with_delivered(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "disorder").await;
        dana.text(CASE, "Mixed up.").await;
        dana.newest_becomes(CASE, &["delivered"]).await;
        let reports = "SELECT count(*) FROM report WHERE source = 'callback'";
        // Delivered, sent and sending; what came twice is kept once.
        crate::support::wait(async || (app.base.number(reports).await == 3).then_some(())).await;
        assert_eq!(dana.rows(CASE).await[0]["status"], "delivered");
    }

    async fn another_text_with_a_used_key_is_not_lost_in_silence(app) {
        let dana = app.sign_in(DANA).await;
        let key = dana.key(CASE).await;
        let path = format!("/cases/{CASE}/text");
        dana.post(&path, &[("key", &key), ("body", "First."), ("press", "send")]).await;
        let other = dana.post(&path, &[("key", &key), ("body", "Second & other."), ("press", "send")]).await;
        assert_eq!(other.status(), StatusCode::CONFLICT);
        assert!(other.text().await.unwrap().contains("Second &amp; other."));
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn what_cannot_be_sent_is_refused_with_everything_typed_kept(app) {
        let dana = app.sign_in(DANA).await;
        let long = "a".repeat(400);
        let emoji = "🙂".repeat(10_000);
        for (body, words) in [
            ("", "Write the text first"),
            ("Come at ____ please", "Fill in the blank ____"),
            ("a\0b", "hidden character"),
            (long.as_str(), "it would go out as 3 texts"),
            (emoji.as_str(), "1,600 characters or fewer"),
        ] {
            let answer = dana.text(CASE, body).await;
            let status = answer.status();
            // 10,000 emoji are more than a form may bring once they are encoded.
            let too_large = body.len() > 30_000 && status == StatusCode::PAYLOAD_TOO_LARGE;
            assert!(status == StatusCode::UNPROCESSABLE_ENTITY || too_large, "{status} for {words}");
            if !too_large {
                let page = answer.text().await.unwrap();
                assert!(page.contains(words), "{words}");
                assert!(page.contains(&body.replace('\0', "")) || body.contains('\0'));
            }
        }
        assert!(app.ledger().await.is_empty());
    }

    async fn line_ends_are_stored_as_one_kind_however_they_came(app) {
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "one\r\ntwo\rthree").await;
        assert_eq!(dana.rows(CASE).await[0]["body"], "one\ntwo\nthree");
    }

    async fn hostile_text_arrives_as_it_was_written_and_stays_text_on_the_page(app) {
        let dana = app.sign_in(DANA).await;
        let body = "</textarea><script>alert(1)</script> \u{202e}abc";
        dana.text(CASE, body).await;
        assert_eq!(dana.rows(CASE).await[0]["body"], body);
        assert_eq!(dana.save_draft(CASE, body).await, StatusCode::OK);
        for path in [format!("/cases/{CASE}/texts"), format!("/cases/{CASE}/text")] {
            assert!(!dana.page(&path).await.contains("<script>alert(1)"), "{path}");
        }
    }

    async fn a_refusal_is_shown_with_meaning_and_code(app) {
        let dana = app.sign_in(DANA).await;
        dana.text("25-1042010", "Hello.").await;
        let row = dana.newest_becomes("25-1042010", &["refused"]).await;
        assert_eq!(row["error"], 21610);
        assert!(dana.page("/cases/25-1042010/texts").await.contains("21610"));
        assert!(app.ledger().await.is_empty());
    }

    async fn consent_withdrawn_before_the_text_left_stops_it(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "429").await;
        dana.text(CASE, "Too late.").await;
        dana.newest_becomes(CASE, &["waiting"]).await;
        let (_, case) = dana.call("load_case", json!({ "number": CASE })).await;
        let edit = format!("/clients/{}/edit", case["client"]["id"].as_str().unwrap());
        let form = [("name", "Thuy Nguyen"), ("cell", CELL), ("okay_for", CELL), ("cell_was", CELL), ("okay_was", "on"), ("language", "en"), ("zone", "")];
        assert_eq!(dana.post(&edit, &form).await.status(), StatusCode::SEE_OTHER);
        app.fate(CELL, "delivered").await;
        let row = dana.newest_becomes(CASE, &["stopped"]).await;
        assert_eq!(row["stopped"], "NotOkay");
        assert!(app.ledger().await.is_empty());
    }

    async fn a_send_without_an_answer_is_unknown_and_never_sent_twice(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "500").await;
        dana.text(CASE, "Perhaps.").await;
        dana.newest_becomes(CASE, &["unknown"]).await;
        assert!(app.ledger().await.is_empty());
    }

    async fn nobody_is_texted_without_number_or_permission(app) {
        let dana = app.sign_in(DANA).await;
        for case in ["25-1037754", "25-1041466"] {
            let page = dana.page(&format!("/cases/{case}/text")).await;
            assert!(!page.contains("value=\"send\""), "{case} shows no way to send");
            let key = dana.key(case).await;
            let (status, _) = dana.call("send_message", json!({ "number": case, "form": { "key": key, "body": "Hi" } })).await;
            assert_eq!(status, StatusCode::CONFLICT);
        }
        assert!(app.ledger().await.is_empty());
    }

    async fn what_may_arrive_another_time_leads_to_a_composer_with_its_words(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "undelivered:30003").await;
        dana.text(CASE, "Is your phone on? <b>").await;
        let row = dana.newest_becomes(CASE, &["undelivered"]).await;
        let again = format!("text?again={}", row["id"].as_str().unwrap());
        assert!(dana.page(&format!("/cases/{CASE}/texts")).await.contains(&again));
        let page = dana.page(&format!("/cases/{CASE}/{again}")).await;
        assert!(page.contains("Is your phone on? &lt;b&gt;</textarea>"), "{page}");
        assert_eq!(app.ledger().await.len(), 1, "looking sends nothing");
        // What was typed since goes before it.
        assert_eq!(dana.save_draft(CASE, "Something else").await, StatusCode::OK);
        let page = dana.page(&format!("/cases/{CASE}/{again}")).await;
        assert!(page.contains("Something else</textarea>"), "{page}");
        let nobodys = json!({ "number": CASE, "again": "018f4e9a-0000-7000-8000-000000000001" });
        assert_eq!(dana.call("load_composer", nobodys).await.0, StatusCode::NOT_FOUND);
    }

    async fn drafts_are_kept_for_each_person_and_case(app) {
        let dana = app.sign_in(DANA).await;
        dana.save_draft(CASE, "Half a sen").await;
        let again = app.sign_in(DANA).await;
        let (_, view) = again.call("load_composer", json!({ "number": CASE })).await;
        assert_eq!(view["draft"]["body"], "Half a sen");
        let luis = app.sign_in(crate::support::LUIS).await;
        let (_, view) = luis.call("load_composer", json!({ "number": CASE })).await;
        assert!(view["draft"].is_null());
        let (_, view) = dana.call("load_composer", json!({ "number": "25-1041377" })).await;
        assert!(view["draft"].is_null());
    }

    async fn a_draft_of_what_was_sent_already_is_not_kept(app) {
        let (dana, luis) = (app.sign_in(DANA).await, app.sign_in(crate::support::LUIS).await);
        let (key, path) = (dana.key(CASE).await, format!("/cases/{CASE}/text"));
        let body = "Accepted,\nand the answer was lost.";
        dana.save_draft_with(CASE, "Accepted,\nand the ans", &key).await;
        let form = [("key", key.as_str()), ("body", body), ("press", "send")];
        assert_eq!(dana.post(&path, &form).await.status(), StatusCode::SEE_OTHER);
        // The page does not know, and saves what stands in its box: by a call, then by its last word.
        for typed in [body, "Accepted,\r\nand the answer was lost."] {
            let kept = dana.save_draft_with(CASE, typed, &key).await;
            assert_eq!(kept, (StatusCode::OK, json!(null)), "nothing is kept");
            assert!(dana.draft(CASE).await.is_null());
        }
        // Keys that were late, with half of it: the whole takes them along.
        dana.save_draft_with(CASE, "Accepted,", &key).await;
        dana.save_draft_with(CASE, body, &key).await;
        assert!(dana.draft(CASE).await.is_null());
        // Who writes on has another text; so has a page that was loaded since, and somebody else.
        assert_eq!(dana.save_draft_with(CASE, "Accepted? And more.", &key).await.0, StatusCode::OK);
        assert_eq!(dana.draft(CASE).await, "Accepted? And more.");
        dana.save_draft(CASE, body).await;
        assert_eq!(dana.draft(CASE).await, body);
        luis.save_draft_with(CASE, body, &key).await;
        assert_eq!(luis.draft(CASE).await, body);
        dana.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn a_draft_of_what_twilio_refused_is_kept(app) {
        let dana = app.sign_in(DANA).await;
        let case = "25-1042010";
        let key = dana.key(case).await;
        let form = [("key", key.as_str()), ("body", "Refused."), ("press", "send")];
        dana.post(&format!("/cases/{case}/text"), &form).await;
        dana.newest_becomes(case, &["refused"]).await;
        dana.save_draft_with(case, "Refused.", &key).await;
        assert_eq!(dana.draft(case).await, "Refused.", "nothing went out, and the words are needed");
    }

    async fn a_page_that_is_older_than_the_key_of_drafts_keeps_its_draft(app) {
        let dana = app.sign_in(DANA).await;
        let draft = json!({ "number": CASE, "body": "As before.", "author": dana.author(CASE).await });
        assert_eq!(dana.call("save_draft", draft).await.0, StatusCode::OK);
        assert_eq!(dana.draft(CASE).await, "As before.");
    }
}
