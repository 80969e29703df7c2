//! Texts of which nobody knows whether they went out: found by Twilio's list, or put before staff.

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, LUIS, Person, wait},
};
use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::{Value, json};

const MINUTE: i64 = 60 * 1000;

/// A text that Twilio did not take, and about which staff are asked.
async fn asked(app: &App, who: &Person) -> Value {
    app.fate(CELL, "500").await;
    who.text(CASE, "Perhaps.").await;
    who.newest_becomes(CASE, &["unknown"]).await;
    app.later(16 * MINUTE);
    question(who).await
}

async fn question(who: &Person) -> Value {
    wait(async || {
        let (_, view) = who.call("load_unclear", json!({})).await;
        let row = view["rows"].get(0)?.clone();
        (row["list"][0] == "not_there").then_some(row)
    })
    .await
}

fn form<'a>(row: &'a Value, choice: &'a str) -> [(&'a str, &'a str); 4] {
    let text = |name: &str| row[name].as_str().expect("a text");
    [
        ("text", text("text")),
        ("posted", text("posted")),
        ("choice", choice),
        ("sure", "on"),
    ]
}

on_both! {
    async fn s7_a_text_that_twilio_took_without_an_answer_is_found_in_its_list(app) {
        let dana = app.sign_in(DANA).await;
        app.no_reports().await;
        app.fate(CELL, "answer-lost").await;
        dana.text(CASE, "It went.").await;
        let row = dana.newest_becomes(CASE, &["sent", "delivered"]).await;
        assert_eq!(row["with_twilio"], true);
        assert_eq!(app.ledger().await.len(), 1);
        let (_, view) = dana.call("load_unclear", json!({})).await;
        assert_eq!(view["rows"], json!([]));
    }

    async fn of_two_unclear_texts_with_the_same_words_each_gets_a_sid_of_its_own(app) {
        let dana = app.sign_in(DANA).await;
        app.no_reports().await;
        app.fate(CELL, "answer-lost").await;
        dana.text(CASE, "Twice meant.").await;
        dana.text(CASE, "Twice meant.").await;
        let both = "SELECT count(DISTINCT sid) FROM message WHERE body = 'Twice meant.' AND rank >= 10";
        wait(async || (app.base.number(both).await == 2).then_some(())).await;
        assert_eq!(app.ledger().await.len(), 2);
    }

    async fn s8_a_text_that_twilio_did_not_take_is_put_before_staff_after_15_minutes(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "500").await;
        dana.text(CASE, "Perhaps.").await;
        dana.newest_becomes(CASE, &["unknown"]).await;
        assert!(dana.page(&format!("/cases/{CASE}/texts")).await.contains("Checking with Twilio"));
        assert!(dana.page("/unclear").await.contains("Nothing is unclear"));
        app.later(16 * MINUTE);
        let row = question(&dana).await;
        assert_eq!((&row["body"], &row["by"], &row["client"], &row["to"]), (&json!("Perhaps."), &json!("Dana Whitfield"), &json!("Thuy Nguyen"), &json!(CELL)));
        let page = dana.page("/unclear").await;
        for part in ["We don’t know whether this went out", "Perhaps.", "Thuy Nguyen", "Not in it, looked at", "It went out", "Send again"] {
            assert!(page.contains(part) || page.contains(&part.replace("&#x27;", "'")), "{part}");
        }
        let (_, waiting) = app.sign_in(LUIS).await.call("load_waiting", json!({})).await;
        assert_eq!(waiting["unclear"], 1);
        assert!(app.ledger().await.is_empty(), "nothing was sent again by itself");
    }

    async fn what_staff_say_went_out_is_shown_so_and_a_later_report_tells_better(app) {
        let dana = app.sign_in(DANA).await;
        let row = asked(app, &dana).await;
        let decided = dana.post("/unclear", &form(&row, "went_out")[..3]).await;
        assert_eq!(decided.status(), StatusCode::SEE_OTHER);
        assert_eq!(dana.rows(CASE).await[0]["status"], "went_out");
        assert!(dana.page(&format!("/cases/{CASE}/texts")).await.contains("Staff decided that it went out"));
        let path = format!("/twilio/status?text={}", row["text"].as_str().unwrap());
        let report = [("MessageSid", "SM0123456789abcdef0123456789abcdef"), ("MessageStatus", "delivered"), ("AccountSid", app.account.as_str())];
        assert_eq!(app.webhook(&path, &format!("{}{path}", app.url), &report).await, StatusCode::NO_CONTENT);
        assert_eq!(dana.rows(CASE).await[0]["status"], "delivered");
        assert_eq!(app.base.number("SELECT count(*) FROM audit WHERE what = 'took_as_sent'").await, 1);
        assert!(app.ledger().await.is_empty());
    }

    async fn sent_again_by_ten_people_at_once_it_is_one_request_to_twilio(app) {
        let dana = app.sign_in(DANA).await;
        let row = asked(app, &dana).await;
        app.fate(CELL, "delivered").await;
        let form = form(&row, "again");
        let answers = join_all((0..10).map(|_| dana.post("/unclear", &form))).await;
        let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status().as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [vec![303], vec![409; 9]].concat());
        dana.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(dana.rows(CASE).await.len(), 1, "the same text, not another");
        assert_eq!(app.ledger().await.len(), 1);
        assert_eq!(app.base.number("SELECT count(*) FROM audit WHERE what = 'sent_again'").await, 1);
        // An old page that is still open decides nothing any more.
        assert_eq!(dana.post("/unclear", &form).await.status(), StatusCode::CONFLICT);
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn what_is_unclear_a_second_time_is_another_question(app) {
        let dana = app.sign_in(DANA).await;
        let first = asked(app, &dana).await;
        assert_eq!(dana.post("/unclear", &form(&first, "again")).await.status(), StatusCode::SEE_OTHER);
        dana.newest_becomes(CASE, &["unknown"]).await;
        app.later(40 * MINUTE);
        let second = question(&dana).await;
        assert_ne!(first["posted"], second["posted"]);
        assert_eq!(dana.post("/unclear", &form(&first, "went_out")).await.status(), StatusCode::CONFLICT);
        assert_eq!(dana.post("/unclear", &form(&second, "went_out")).await.status(), StatusCode::SEE_OTHER);
    }

    async fn a_decision_that_is_none_is_refused_with_words_and_changes_nothing(app) {
        let dana = app.sign_in(DANA).await;
        let row = asked(app, &dana).await;
        let (text, posted) = (row["text"].as_str().unwrap(), row["posted"].as_str().unwrap());
        let (long, emoji) = ("a".repeat(20_000), "\u{1f642}".repeat(10_000));
        for (choice, sure, words) in [
            ("", None, "Choose whether it went out"),
            ("again", None, "Tick the box if the text is to be sent"),
            ("perhaps", Some("on"), "Choose one of the list"),
            ("</textarea><script>alert(1)</script>", Some("on"), "Choose one of the list"),
            ("again\0", Some("on"), "Choose one of the list"),
            ("\u{202e}again", Some("on"), "Choose one of the list"),
            (long.as_str(), None, "Choose one of the list"),
        ] {
            let mut form = vec![("text", text), ("posted", posted), ("choice", choice)];
            form.extend(sure.map(|sure| ("sure", sure)));
            let answer = dana.post("/unclear", &form).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{choice:.40}");
            let page = answer.text().await.unwrap();
            assert!(page.contains(words), "{words}");
            assert!(page.contains("Perhaps.") && !page.contains("<script>alert(1)"), "{choice:.40}");
        }
        for (text, posted) in [("", posted), ("1", posted), ("\0", posted), (text, ""), (text, "soon"), (text, "99999999999999999999"), (long.as_str(), posted)] {
            let form = [("text", text), ("posted", posted), ("choice", "again"), ("sure", "on")];
            assert_eq!(dana.post("/unclear", &form).await.status(), StatusCode::NOT_FOUND, "{text:.20} {posted:.20}");
        }
        let form = [("text", text), ("posted", "1"), ("choice", "again"), ("sure", "on")];
        assert_eq!(dana.post("/unclear", &form).await.status(), StatusCode::CONFLICT);
        assert_eq!(dana.post("/unclear", &[("text", emoji.as_str())]).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(dana.rows(CASE).await[0]["status"], "unknown");
        // Another organization's: as if it were not there.
        let nora = app.sign_in("nora@riverside.example").await;
        let theirs = [("text", text), ("posted", posted), ("choice", "again"), ("sure", "on")];
        assert_eq!(nora.post("/unclear", &theirs).await.status(), StatusCode::NOT_FOUND);
        assert!(!nora.page("/unclear").await.contains("Perhaps."));
        assert!(app.ledger().await.is_empty());
    }
}
