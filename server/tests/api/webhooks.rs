//! Twilio's status callbacks.

use crate::{
    on_both,
    support::{App, CASE, DANA, Person},
};
use reqwest::StatusCode;

/// A text that Twilio has and about which it will say no more by itself: its id and Sid.
async fn quiet_text(app: &App, dana: &Person) -> (String, String) {
    app.fate("+16615550119", "silent").await;
    dana.text(CASE, "Quiet.").await;
    let row = dana.newest_becomes(CASE, &["sent"]).await;
    let sid = app.ledger().await[0]["sid"].as_str().unwrap().to_owned();
    (row["id"].as_str().unwrap().to_owned(), sid)
}

fn form<'a>(app: &'a App, sid: &'a str, status: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("MessageSid", sid),
        ("SmsSid", sid),
        ("MessageStatus", status),
        ("AccountSid", &app.account),
        ("ApiVersion", "2010-04-01"),
    ]
}

on_both! {
    async fn a_late_sent_does_not_undo_delivered(app) {
        let dana = app.sign_in(DANA).await;
        let (id, sid) = quiet_text(&app, &dana).await;
        let path = format!("/twilio/status?text={id}");
        let url = format!("{}{path}", app.url);
        for status in ["delivered", "delivered", "sent", "sending", "a_new_word"] {
            assert_eq!(app.webhook(&path, &url, &form(&app, &sid, status)).await, StatusCode::NO_CONTENT);
        }
        assert_eq!(dana.rows(CASE).await[0]["status"], "delivered");
    }

    async fn a_forged_callback_changes_nothing(app) {
        let dana = app.sign_in(DANA).await;
        let (id, sid) = quiet_text(&app, &dana).await;
        let path = format!("/twilio/status?text={id}");
        let form = form(&app, &sid, "delivered");
        let elsewhere = format!("https://elsewhere.example{path}");
        assert_eq!(app.webhook(&path, &elsewhere, &form).await, StatusCode::FORBIDDEN);
        assert_eq!(app.webhook_with(&path, "", &form).await, StatusCode::FORBIDDEN);
        assert_eq!(app.webhook_with(&path, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", &form).await, StatusCode::FORBIDDEN);
        assert_eq!(dana.rows(CASE).await[0]["status"], "sent");
    }

    async fn a_callback_of_an_account_that_nobody_has_is_refused(app) {
        let form = [("MessageSid", "SM0"), ("MessageStatus", "sent"), ("AccountSid", "ACnobody")];
        let url = format!("{}/twilio/status", app.url);
        assert_eq!(app.webhook("/twilio/status", &url, &form).await, StatusCode::FORBIDDEN);
    }

    async fn a_callback_for_a_text_that_is_not_ours_is_kept_and_answered(app) {
        let form = form(&app, "SM0123456789abcdef0123456789abcdef", "delivered");
        let url = format!("{}/twilio/status", app.url);
        assert_eq!(app.webhook("/twilio/status", &url, &form).await, StatusCode::NO_CONTENT);
    }

    async fn an_error_once_seen_stays_visible(app) {
        let dana = app.sign_in(DANA).await;
        let (id, sid) = quiet_text(&app, &dana).await;
        let path = format!("/twilio/status?text={id}");
        let url = format!("{}{path}", app.url);
        let mut failed = form(&app, &sid, "undelivered");
        failed.push(("ErrorCode", "30003"));
        app.webhook(&path, &url, &failed).await;
        app.webhook(&path, &url, &form(&app, &sid, "sent")).await;
        let row = &dana.rows(CASE).await[0];
        assert_eq!((row["status"].as_str(), row["error"].as_u64()), (Some("undelivered"), Some(30003)));
    }

    async fn a_body_over_the_limit_is_refused_early(app) {
        let huge = "x".repeat(64 * 1024 + 1);
        let status = app.webhook_with("/twilio/status", "", &[("Body", &huge)]).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    }

    async fn the_old_addresses_answer_in_any_case(app) {
        for path in ["/twilio/SMSMessageStatus.ashx", "/text/smsmessagestatus.ASHX", "/TWILIO/SmsMessageStatus.ashx"] {
            let form = [("MessageSid", "SM0"), ("MessageStatus", "sent"), ("AccountSid", "ACnobody")];
            assert_eq!(app.webhook_with(path, "x", &form).await, StatusCode::FORBIDDEN, "{path}");
        }
    }

    async fn asking_twilio_is_taken_as_its_last_word(app) {
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "Ask me.").await;
        let row = dana.newest_becomes(CASE, &["delivered"]).await;
        let (status, answer) = dana.call("refresh_status", serde_json::json!({ "text": row["id"] })).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(answer["said"], "delivered");
    }
}
