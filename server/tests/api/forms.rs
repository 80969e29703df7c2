//! Clients and quick entries by their plain forms.

use crate::{on_both, support::DANA};
use reqwest::StatusCode;
use serde_json::json;

on_both! {
    async fn a_client_is_added_found_and_kept_apart_from_mistakes(app) {
        let dana = app.sign_in(DANA).await;
        let bad = [("name", "</textarea><script>alert(1)</script>"), ("cell", "call me"), ("language", "xx"), ("zone", "Mars/Base"), ("case_number", "a/b")];
        let answer = dana.post("/clients/new", &bad).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text().await.unwrap();
        assert!(page.contains("There is a problem") && page.contains("call me"));
        assert!(!page.contains("<script>alert(1)"));
        let good = [("name", "Zoë Quill"), ("cell", "(661) 555-0177"), ("okay", "on"), ("language", "es"), ("zone", "America/Denver"), ("case_number", "26-7")];
        assert_eq!(dana.post("/clients/new", &good).await.status(), StatusCode::SEE_OTHER);
        for query in ["zoe", "QUILL z", "555-0177", "26-7"] {
            let (_, list) = dana.call("load_clients", json!({ "query": query, "after": null })).await;
            assert_eq!(list["items"][0]["name"], "Zoë Quill", "{query}");
        }
        let taken = dana.post("/clients/new", &good).await;
        assert!(taken.text().await.unwrap().contains("belongs to a case already"));
    }

    async fn a_changed_number_asks_for_consent_anew(app) {
        let dana = app.sign_in(DANA).await;
        let (_, case) = dana.call("load_case", json!({ "number": "25-1041377" })).await;
        let edit = format!("/clients/{}/edit", case["client"]["id"].as_str().unwrap());
        let form = |okay_for| [("name", "Aaliyah Johnson"), ("cell", "661 555 0178"), ("okay", "on"), ("okay_for", okay_for), ("cell_was", "+16615550163"), ("okay_was", "on"), ("language", "en")];
        let asked = dana.post(&edit, &form("+16615550163")).await;
        assert_eq!(asked.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.text().await.unwrap().contains("ask the client whether you may text it"));
        assert_eq!(dana.post(&edit, &form("+16615550178")).await.status(), StatusCode::SEE_OTHER);
        let (_, case) = dana.call("load_case", json!({ "number": "25-1041377" })).await;
        assert_eq!(case["client"]["okay"]["number"], "+16615550178");
    }

    async fn the_list_of_clients_goes_on_without_gaps_or_doubles(app) {
        let dana = app.sign_in(DANA).await;
        for i in 0..60 {
            let (name, number) = (format!("Page {i:03}"), format!("77-{i:03}"));
            let form = [("name", name.as_str()), ("language", "en"), ("case_number", number.as_str())];
            assert_eq!(dana.post("/clients/new", &form).await.status(), StatusCode::SEE_OTHER);
        }
        let (_, first) = dana.call("load_clients", json!({ "query": "page", "after": null })).await;
        let (_, second) = dana.call("load_clients", json!({ "query": "page", "after": first["next"] })).await;
        let names = |list: &serde_json::Value| list["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let all = [names(&first), names(&second)].concat();
        assert_eq!(all, (0..60).map(|i| format!("Page {i:03}")).collect::<Vec<_>>());
        assert!(second["next"].is_null());
    }

    async fn quick_entries_are_added_moved_archived_and_restored(app) {
        let dana = app.sign_in(DANA).await;
        let path = "/admin/setup/tables/quick-entries";
        let form = [("name", "Court map"), ("body", "The court is at [address]."), ("press", "save")];
        assert_eq!(dana.post(path, &form).await.status(), StatusCode::SEE_OTHER);
        let taken = dana.post(path, &form).await;
        assert_eq!(taken.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let (_, table) = dana.call("load_quick_entries", json!({})).await;
        let entries = table["entries"].as_array().unwrap().clone();
        let (id, last) = (entries.last().unwrap()["id"].as_str().unwrap().to_owned(), entries.len() - 1);
        assert_eq!(entries[last]["name"], "Court map");
        dana.post(path, &[("id", &id), ("press", "up")]).await;
        let (_, table) = dana.call("load_quick_entries", json!({})).await;
        assert_eq!(table["entries"][last - 1]["name"], "Court map");
        dana.post(path, &[("id", &id), ("press", "archive")]).await;
        let (_, table) = dana.call("load_quick_entries", json!({})).await;
        assert_eq!(table["archived"][0]["name"], "Court map");
        dana.post(path, &[("id", &id), ("press", "restore")]).await;
        let (_, table) = dana.call("load_quick_entries", json!({})).await;
        assert_eq!(table["archived"], json!([]));
        assert_eq!(dana.post(path, &[("id", "nonsense"), ("press", "up")]).await.status(), StatusCode::NOT_FOUND);
    }

    async fn forms_of_other_sites_are_refused(app) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client
            .post(format!("{}/login", app.url))
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://evil.example")
            .form(&[("email", DANA), ("password", app.password.as_str())])
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    }
}
