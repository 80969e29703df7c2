//! Twilio's status callbacks.

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, Person, browser, sign},
};
use reqwest::StatusCode;

/// A text that Twilio has and about which it will say no more by itself: its id and Sid.
async fn quiet_text(app: &App, dana: &Person) -> (String, String) {
    app.fate(CELL, "silent").await;
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
        let (id, sid) = quiet_text(app, &dana).await;
        let path = format!("/twilio/status?text={id}");
        let url = format!("{}{path}", app.url);
        for status in ["delivered", "delivered", "sent", "sending", "a_new_word"] {
            assert_eq!(app.webhook(&path, &url, &form(app, &sid, status)).await, StatusCode::NO_CONTENT);
        }
        assert_eq!(dana.rows(CASE).await[0]["status"], "delivered");
        // Repeated, it is kept once; a word that is new to us is kept as it came.
        let kept = async |word: &str| {
            app.base.number(&format!("SELECT count(*) FROM report WHERE source = 'callback' AND status = '{word}'")).await
        };
        assert_eq!((kept("delivered").await, kept("a_new_word").await), (1, 1));
    }

    async fn a_forged_callback_changes_nothing(app) {
        let dana = app.sign_in(DANA).await;
        let (id, sid) = quiet_text(app, &dana).await;
        let path = format!("/twilio/status?text={id}");
        let form = form(app, &sid, "delivered");
        let elsewhere = format!("https://elsewhere.example{path}");
        assert_eq!(app.webhook(&path, &elsewhere, &form).await, StatusCode::FORBIDDEN);
        assert_eq!(app.webhook_with(&path, "", &form).await, StatusCode::FORBIDDEN);
        assert_eq!(app.webhook_with(&path, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", &form).await, StatusCode::FORBIDDEN);
        let unsigned = browser().post(format!("{}{path}", app.url)).form(&form);
        assert_eq!(unsigned.send().await.unwrap().status(), StatusCode::FORBIDDEN);
        // Two signatures of which one is right: neither is believed.
        let right = sign(&app.token, &format!("{}{path}", app.url), &form);
        let twice = browser().post(format!("{}{path}", app.url)).form(&form);
        let twice = twice.header("X-Twilio-Signature", "x").header("X-Twilio-Signature", &right);
        assert_eq!(twice.send().await.unwrap().status(), StatusCode::FORBIDDEN);
        assert_eq!(dana.rows(CASE).await[0]["status"], "sent");
        assert_eq!(app.base.number("SELECT count(*) FROM report WHERE status = 'delivered'").await, 0);
    }

    async fn a_signature_is_of_one_text_and_of_no_other(app) {
        let dana = app.sign_in(DANA).await;
        let (id, sid) = quiet_text(app, &dana).await;
        let signed = format!("{}/twilio/status?text={id}", app.url);
        let form = form(app, &sid, "delivered");
        let elsewhere = format!("/twilio/status?text={}", uuid::Uuid::now_v7());
        assert_eq!(app.webhook(&elsewhere, &signed, &form).await, StatusCode::FORBIDDEN);
        assert_eq!(app.webhook("/twilio/status", &signed, &form).await, StatusCode::FORBIDDEN);
        assert_eq!(dana.rows(CASE).await[0]["status"], "sent");
    }

    async fn a_report_without_our_id_finds_its_text_by_its_sid(app) {
        let dana = app.sign_in(DANA).await;
        let (_, sid) = quiet_text(app, &dana).await;
        let url = format!("{}/twilio/status", app.url);
        assert_eq!(app.webhook("/twilio/status", &url, &form(app, &sid, "delivered")).await, StatusCode::NO_CONTENT);
        assert_eq!(dana.rows(CASE).await[0]["status"], "delivered");
    }

    async fn a_callback_of_an_account_that_nobody_has_is_refused(app) {
        let form = [("MessageSid", "SM0"), ("MessageStatus", "sent"), ("AccountSid", "ACnobody")];
        let url = format!("{}/twilio/status", app.url);
        assert_eq!(app.webhook("/twilio/status", &url, &form).await, StatusCode::FORBIDDEN);
    }

    async fn a_callback_for_a_text_that_is_not_ours_is_kept_and_answered(app) {
        let form = form(app, "SM0123456789abcdef0123456789abcdef", "delivered");
        let url = format!("{}/twilio/status", app.url);
        assert_eq!(app.webhook("/twilio/status", &url, &form).await, StatusCode::NO_CONTENT);
    }

    async fn an_error_once_seen_stays_visible(app) {
        let dana = app.sign_in(DANA).await;
        let (id, sid) = quiet_text(app, &dana).await;
        let path = format!("/twilio/status?text={id}");
        let url = format!("{}{path}", app.url);
        let mut failed = form(app, &sid, "undelivered");
        failed.push(("ErrorCode", "30003"));
        app.webhook(&path, &url, &failed).await;
        app.webhook(&path, &url, &form(app, &sid, "sent")).await;
        let row = &dana.rows(CASE).await[0];
        assert_eq!((row["status"].as_str(), row["error"].as_u64()), (Some("undelivered"), Some(30003)));
    }

    async fn a_body_over_the_limit_is_refused_early(app) {
        let huge = "x".repeat(64 * 1024 + 1);
        let status = app.webhook_with("/twilio/status", "", &[("Body", &huge)]).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    }

    async fn w12_a_compressed_body_is_not_unpacked(app) {
        for path in ["/twilio/status", "/twilio/text", "/twilio/voice"] {
            for encoding in ["gzip", "br", "identity, deflate"] {
                let bomb = browser().post(format!("{}{path}", app.url)).header("content-encoding", encoding);
                let bomb = bomb.header("content-type", "application/x-www-form-urlencoded").body(vec![0x1f, 0x8b, 8, 0]);
                assert_eq!(bomb.send().await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path} {encoding}");
            }
        }
        assert_eq!(app.base.number("SELECT count(*) FROM incoming").await, 0);
    }

    async fn the_old_addresses_take_signed_reports_in_any_case(app) {
        let dana = app.sign_in(DANA).await;
        let (_, sid) = quiet_text(app, &dana).await;
        for (path, status) in [
            ("/twilio/SMSMessageStatus.ashx", "sending"),
            ("/text/smsmessagestatus.ASHX", "partially_delivered"),
            ("/TWILIO/SmsMessageStatus.ashx", "delivered"),
        ] {
            let form = form(app, &sid, status);
            // Twilio signs the address that it was given: the one in Texting Setup.
            let url = format!("{}/twilio/status", app.url);
            assert_eq!(app.webhook_with(path, "x", &form).await, StatusCode::FORBIDDEN, "{path}");
            assert_eq!(app.webhook(path, &url, &form).await, StatusCode::NO_CONTENT, "{path}");
        }
        assert_eq!(dana.rows(CASE).await[0]["status"], "delivered");
    }

    async fn a_report_that_says_nothing_is_refused(app) {
        let url = format!("{}/twilio/status", app.url);
        let (long, account) = ("x".repeat(65), app.account.as_str());
        for form in [
            vec![("AccountSid", account)],
            vec![("AccountSid", account), ("MessageSid", "SM0")],
            vec![("AccountSid", account), ("MessageSid", "SM0"), ("MessageStatus", "")],
            vec![("AccountSid", account), ("MessageSid", "SM0"), ("MessageStatus", long.as_str())],
            vec![("AccountSid", account), ("MessageSid", "S\0"), ("MessageStatus", "sent")],
        ] {
            assert_eq!(app.webhook("/twilio/status", &url, &form).await, StatusCode::BAD_REQUEST, "{form:?}");
        }
        assert_eq!(app.base.number("SELECT count(*) FROM report").await, 0);
    }

    async fn asking_twilio_corrects_what_a_report_said(app) {
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "Ask me.").await;
        let row = dana.newest_becomes(CASE, &["delivered"]).await;
        app.base.change("UPDATE message SET status = 'failed' WHERE body = 'Ask me.'").await;
        let (id, path) = (row["id"].as_str().unwrap(), format!("/cases/{CASE}/texts"));
        let answer = dana.post(&path, &[("text", id)]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let page = dana.page(answer.headers()["location"].to_str().unwrap()).await;
        assert!(page.contains("Twilio says: delivered, asked at "), "{page:.3000}");
        assert_eq!(dana.rows(CASE).await[0]["status"], "delivered");
    }

    async fn without_scripts_it_says_when_twilio_was_asked_and_not_when_the_status_was_learned(app) {
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "Ask me.").await;
        let row = dana.newest_becomes(CASE, &["delivered"]).await;
        // Known for long, and in another minute than this one.
        app.base.change("UPDATE message SET status_at = status_at - 5430000 WHERE body = 'Ask me.'").await;
        let learned = dana.rows(CASE).await[0]["status_at"]["time"].as_str().unwrap().to_owned();
        let (id, path) = (row["id"].as_str().unwrap(), format!("/cases/{CASE}/texts"));
        let answer = dana.post(&path, &[("text", id)]).await;
        let page = dana.page(answer.headers()["location"].to_str().unwrap()).await;
        assert!(page.contains("Twilio says: delivered, asked at "), "{page:.3000}");
        assert!(!page.contains(&format!("asked at {learned}")));
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
