//! Another organization's things are not there.

use crate::{
    on_both,
    support::{App, CASE, DANA, Person},
};
use domain::{ids::OrgId, role::Role};
use reqwest::StatusCode;
use serde_json::json;
use store::rows::{NewOrg, NewStaff};
use uuid::Uuid;

/// A second organization with an administrator, who has the demo's password.
async fn neighbor(app: &App) -> Person {
    let store = app.base.store().await;
    let org = OrgId(Uuid::now_v7());
    store
        .create_org(&NewOrg {
            id: org,
            name: "Neighbor",
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
        let nora = neighbor(&app).await;
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
            ("save_draft", json!({ "number": CASE, "body": "x" })),
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
}
