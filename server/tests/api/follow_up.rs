//! Texts without a final word: Twilio is asked, on a schedule and within a rate.

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, wait},
};
use serde_json::json;

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

async fn fetched(app: &App) -> i64 {
    app.base
        .number("SELECT count(*) FROM report WHERE source = 'fetch'")
        .await
}

on_both! {
    async fn a_text_whose_reports_were_lost_is_delivered_once_twilio_was_asked(app) {
        let dana = app.sign_in(DANA).await;
        app.no_reports().await;
        dana.text(CASE, "Quietly delivered.").await;
        wait(async || {
            let sim = crate::support::browser().get(format!("{}/sim/control/deliveries", app.url)).send().await;
            let made: serde_json::Value = sim.unwrap().json().await.unwrap();
            (made.as_array()?.last()?["status"] == "delivered").then_some(())
        }).await;
        assert_eq!(dana.rows(CASE).await[0]["status"], "queued");
        app.later(MINUTE + 1000);
        dana.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(fetched(app).await, 1);
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn after_five_days_without_a_final_word_the_text_says_so_and_twilio_is_asked_no_more(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "silent").await;
        dana.text(CASE, "Silence.").await;
        dana.newest_becomes(CASE, &["sent"]).await;
        for (times, after) in (1..).zip([2 * MINUTE, 6 * MINUTE, 31 * MINUTE, 4 * HOUR, 25 * HOUR, 49 * HOUR, 73 * HOUR, 97 * HOUR]) {
            app.later(after);
            wait(async || (fetched(app).await == times).then_some(())).await;
        }
        app.later(121 * HOUR);
        wait(async || (fetched(app).await == 9).then_some(())).await;
        // Days later nobody is signed in any more.
        let dana = app.sign_in(DANA).await;
        let row = dana.rows(CASE).await.remove(0);
        assert_eq!((&row["status"], &row["no_final_word"]), (&json!("sent"), &json!(true)));
        assert!(dana.page(&format!("/cases/{CASE}/texts")).await.contains("No final word from the carrier"));
        assert_eq!(app.base.number("SELECT count(*) FROM message WHERE ask_at IS NOT NULL AND body = 'Silence.'").await, 0);
        // Late, the carrier says something after all.
        let path = format!("/twilio/status?text={}", row["id"].as_str().unwrap());
        let sid = app.ledger().await[0]["sid"].as_str().unwrap().to_owned();
        let report = [("MessageSid", sid.as_str()), ("MessageStatus", "delivered"), ("AccountSid", app.account.as_str())];
        app.webhook(&path, &format!("{}{path}", app.url), &report).await;
        assert_eq!(dana.rows(CASE).await[0]["status"], "delivered");
    }

    async fn w6_reports_of_a_sid_that_nobody_knows_yet_count_once_it_is_known(app) {
        let dana = app.sign_in(DANA).await;
        app.no_reports().await;
        app.fate(CELL, "silent").await;
        dana.text(CASE, "Whose?").await;
        dana.newest_becomes(CASE, &["queued", "sent"]).await;
        let sid = app.ledger().await[0]["sid"].as_str().unwrap().to_owned();
        // As if the answer had not come: nobody knows this Sid, and the reports name no text of ours.
        app.base.change("UPDATE message SET sid = NULL, status = 'unknown', rank = 3 WHERE body = 'Whose?'").await;
        app.base.change(
            "INSERT INTO outbox (org_id, message_id, posting_at, look_at, not_before, attempts, created_at)
             SELECT org_id, id, created_at, 9000000000000, created_at, 1, created_at FROM message WHERE body = 'Whose?'"
        ).await;
        let url = "http://127.0.0.1:9/twilio/status";
        for (status, code) in [("undelivered", "30003"), ("sent", "")] {
            let report = [("MessageSid", sid.as_str()), ("MessageStatus", status), ("AccountSid", app.account.as_str()), ("ErrorCode", code)];
            assert_eq!(app.webhook("/twilio/status", url, &report).await, 204);
        }
        assert_eq!(app.base.number("SELECT count(*) FROM report WHERE message_id IS NULL").await, 2);
        assert_eq!(dana.rows(CASE).await[0]["status"], "unknown");
        app.base.change("UPDATE outbox SET look_at = 0").await;
        let row = dana.newest_becomes(CASE, &["undelivered"]).await;
        assert_eq!(row["error"], 30003);
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn w2_a_replay_after_a_year_changes_nothing(app) {
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "Long ago.").await;
        let row = dana.newest_becomes(CASE, &["delivered"]).await;
        let sid = app.ledger().await[0]["sid"].as_str().unwrap().to_owned();
        let reports = "SELECT count(*) FROM report";
        wait(async || (app.base.number(reports).await >= 3).then_some(())).await;
        let before = app.base.number(reports).await;
        let response = app.phone(CELL).texts("SMyear", "Hello").await;
        app.later(365 * 24 * HOUR);
        let path = format!("/twilio/status?text={}", row["id"].as_str().unwrap());
        for status in ["sent", "delivered"] {
            let report = [("MessageSid", sid.as_str()), ("MessageStatus", status), ("AccountSid", app.account.as_str())];
            assert_eq!(app.webhook(&path, &format!("{}{path}", app.url), &report).await, 204);
        }
        assert_eq!(app.phone(CELL).texts("SMyear", "Hello").await, response);
        assert_eq!(app.base.number(reports).await, before);
        assert_eq!(app.base.number("SELECT count(*) FROM incoming").await, 1);
        let dana = app.sign_in(DANA).await;
        assert_eq!(dana.rows(CASE).await[0]["status"], "delivered");
        assert_eq!(app.ledger().await.len(), 1);
    }
}
