//! Another organization's things are not there.

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, KEY, Person, sign},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{ids::OrgId, role::Role};
use reqwest::StatusCode;
use secrecy::SecretSlice;
use serde_json::json;
use service::seal::Sealer;
use std::time::Duration;
use store::rows::{NewOrg, NewStaff, SetupRow};
use uuid::Uuid;

/// A second organization with an administrator, who has the demo's password.
async fn neighbor(app: &App) -> Person {
    let store = app.base.store().await;
    let org = OrgId(Uuid::now_v7());
    store
        .create_org(&NewOrg {
            id: org,
            name: "Neighbor",
            slug: "neighbor",
            zone: "America/New_York",
            at: 1,
        })
        .await
        .unwrap();
    let dana = store.staff_by_email(DANA).await.unwrap().unwrap();
    let mut tx = store.begin(org).await.unwrap();
    let email = "nora@neighbor.example";
    let staff = NewStaff {
        id: domain::ids::StaffId(Uuid::now_v7()),
        email,
        email_key: email,
        name: "Nora",
        role: Role::Administrator,
        password_hash: &dana.password_hash,
        at: 1,
    };
    tx.insert_staff(&staff).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    app.sign_in(email).await
}

on_both! {
    async fn nothing_of_another_organization_is_found(app) {
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "Ours.").await;
        let text = dana.newest_becomes(CASE, &["delivered"]).await["id"].clone();
        let (_, case) = dana.call("load_case", json!({ "number": CASE })).await;
        let client = case["client"]["id"].as_str().unwrap();
        let nora = neighbor(app).await;
        for path in [format!("/clients/{client}"), format!("/clients/{client}/edit"), format!("/cases/{CASE}"), format!("/cases/{CASE}/text"), format!("/cases/{CASE}/texts")] {
            let answer = nora.get(&path).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
            assert!(!answer.text().await.unwrap().contains("Thuy"), "{path}");
        }
        for (function, arguments) in [
            ("load_client", json!({ "id": client })),
            ("load_client_form", json!({ "id": client })),
            ("load_case", json!({ "number": CASE })),
            ("load_composer", json!({ "number": CASE })),
            ("load_sent", json!({ "number": CASE, "text": text })),
            ("save_draft", json!({ "number": CASE, "body": "x", "author": "" })),
            ("send_message", json!({ "number": CASE, "form": { "key": Uuid::now_v7(), "body": "x" } })),
            ("load_texts", json!({ "number": CASE, "before": null })),
            ("refresh_status", json!({ "text": text })),
        ] {
            let (status, _) = nora.call(function, arguments).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{function}");
        }
        let (_, rows) = nora.call("load_text_rows", json!({ "ids": [text] })).await;
        assert_eq!(rows, json!([]));
        let (_, list) = nora.call("load_clients", json!({ "query": "", "after": null })).await;
        assert_eq!(list["items"], json!([]));
        let form = [("name", "Stolen"), ("cell", ""), ("language", "en")];
        assert_eq!(nora.post(&format!("/clients/{client}/edit"), &form).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn nothing_of_another_organization_can_be_changed(app) {
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "Ours.").await;
        let text = dana.newest_becomes(CASE, &["delivered"]).await["id"].as_str().unwrap().to_owned();
        dana.save_draft(CASE, "Mine").await;
        let (_, case) = dana.call("load_case", json!({ "number": CASE })).await;
        let client = case["client"]["id"].as_str().unwrap();
        let (_, table) = dana.call("load_quick_entries", json!({})).await;
        let entry = table["entries"][0]["id"].as_str().unwrap();
        let nora = neighbor(app).await;
        let key = dana.key(CASE).await;
        let entries = "/admin/setup/tables/quick-entries";
        for (path, form) in [
            (format!("/cases/{CASE}/text"), vec![("key", key.as_str()), ("body", "Theirs."), ("press", "send")]),
            (format!("/cases/{CASE}/text"), vec![("quick_entry", entry), ("press", "insert")]),
            (format!("/cases/{CASE}/texts"), vec![("text", text.as_str())]),
            (format!("/clients/{client}"), vec![("case_number", "99-1")]),
            (entries.into(), vec![("id", entry), ("name", "Stolen"), ("body", "x"), ("press", "save")]),
            (entries.into(), vec![("id", entry), ("press", "archive")]),
            (entries.into(), vec![("id", entry), ("press", "down")]),
        ] {
            let answer = nora.post(&path, &form).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path} {form:?}");
            assert!(!answer.text().await.unwrap().contains("Thuy"), "{path}");
        }
        let (_, theirs) = nora.call("load_quick_entries", json!({})).await;
        assert_eq!(theirs["entries"], json!([]));
        let (_, after) = dana.call("load_quick_entries", json!({})).await;
        assert_eq!(after, table);
        assert_eq!(dana.draft(CASE).await, "Mine");
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn no_event_of_another_organization_is_told(app) {
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "Ours.").await;
        dana.newest_becomes(CASE, &["delivered"]).await;
        let (_, case) = dana.call("load_case", json!({ "number": CASE })).await;
        let path = format!("/live?case={}&after=0", case["id"].as_str().unwrap());
        let read = async |who: &Person| {
            let mut stream = who.get(&path).await;
            // What has happened is told at once.
            tokio::time::timeout(Duration::from_secs(2), stream.chunk()).await.ok()
        };
        assert!(read(&dana).await.is_some());
        assert!(read(&neighbor(app).await).await.is_none());
    }

    async fn a_case_number_belongs_to_one_case_in_each_organization(app) {
        let nora = neighbor(app).await;
        let form = [("name", "Somebody"), ("language", "en"), ("case_number", CASE)];
        assert_eq!(nora.post("/clients/new", &form).await.status(), StatusCode::SEE_OTHER);
        let (_, theirs) = nora.call("load_case", json!({ "number": CASE })).await;
        assert_eq!(theirs["client"]["name"], "Somebody");
        let (_, ours) = app.sign_in(DANA).await.call("load_case", json!({ "number": CASE })).await;
        assert_eq!(ours["client"]["name"], "Thuy Nguyen");
    }

    async fn a_callback_of_another_organizations_account_moves_none_of_our_texts(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "silent").await;
        dana.text(CASE, "Ours.").await;
        let id = dana.newest_becomes(CASE, &["sent"]).await["id"].as_str().unwrap().to_owned();
        let sid = app.ledger().await[0]["sid"].as_str().unwrap().to_owned();
        // A neighbor with an account of its own and the same address for reports.
        neighbor(app).await;
        let account = "AC00000000000000000000000000000001";
        let store = app.base.store().await;
        let org = store.orgs().await.unwrap().into_iter().find(|org| org.name == "Neighbor").unwrap().id;
        let sealer = Sealer::new(&SecretSlice::from(STANDARD.decode(KEY).unwrap())).unwrap();
        let token = "0123456789abcdef0123456789abcdef";
        let setup = SetupRow {
            account_sid: Some(account.into()),
            sealed_token: Some(sealer.seal(token, org.0.as_bytes())),
            status_callback: format!("{}/twilio/status", app.url),
            max_parts: 1,
            ..SetupRow::default()
        };
        let mut tx = store.begin(org).await.unwrap();
        tx.save_setup(&setup).await.unwrap();
        tx.commit().await.unwrap();
        store.close().await;
        for path in [format!("/twilio/status?text={id}"), "/twilio/status".to_owned()] {
            let form = [("MessageSid", sid.as_str()), ("MessageStatus", "delivered"), ("AccountSid", account)];
            let signature = sign(token, &format!("{}{path}", app.url), &form);
            assert_eq!(app.webhook_with(&path, &signature, &form).await, StatusCode::NO_CONTENT, "theirs, and kept by them");
            // The neighbor's token under our account's name is a forgery.
            let form = [("MessageSid", sid.as_str()), ("MessageStatus", "delivered"), ("AccountSid", &app.account)];
            let signature = sign(token, &format!("{}{path}", app.url), &form);
            assert_eq!(app.webhook_with(&path, &signature, &form).await, StatusCode::FORBIDDEN);
        }
        assert_eq!(dana.rows(CASE).await[0]["status"], "sent");
        let counted = app.stranger().page("/metrics").await;
        assert!(counted.contains("oktext_odd_total{what=\"others_text\"} 1\n"), "the one that names our text: {counted}");
    }
}
