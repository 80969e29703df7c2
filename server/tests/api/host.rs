//! The host's page: organizations are created, and their administrators invited. Nobody else comes here, and from here
//! nobody looks into an office.

use crate::{
    invitations::path_in,
    on_both,
    support::{App, CASE, DANA, LUIS, Person},
};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

const HAL: &str = "hal@host.example";
const NORA: &str = "nora@riverside.example";
const ZONE: &str = "America/Denver";

async fn create(who: &Person, name: &str, address: &str, zone: &str) -> Response {
    let form = [
        ("press", "create"),
        ("name", name),
        ("address", address),
        ("zone", zone),
    ];
    who.post("/host", &form).await
}

async fn invite(who: &Person, org: &str, email: &str) -> Response {
    who.post(
        "/host",
        &[("press", "invite"), ("org", org), ("email", email)],
    )
    .await
}

async fn orgs(hal: &Person) -> Vec<Value> {
    let (status, view) = hal.call("load_organizations", json!({})).await;
    assert_eq!(status, StatusCode::OK);
    view["orgs"].as_array().unwrap().clone()
}

async fn id_of(hal: &Person, address: &str) -> String {
    let all = orgs(hal).await;
    let found = all.iter().find(|org| org["address"] == address).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

async fn count(app: &App) -> i64 {
    app.base.number("SELECT count(*) FROM org").await
}

on_both! {
    async fn an_organization_is_created_and_its_administrator_invited(app) {
        let hal = app.sign_in(HAL).await;
        let created = create(&hal, "Niños y Familias, Inc.", "", ZONE).await;
        assert_eq!(created.status(), StatusCode::SEE_OTHER);
        let id = id_of(&hal, "ninos-y-familias-inc").await;
        assert_eq!(created.headers()["location"], format!("/host?invite={id}#email"));
        let page = invite(&hal, &id, "ada@ninos.example").await.text().await.unwrap();
        assert!(page.contains("ada@ninos.example"));
        assert_eq!(orgs(&hal).await.iter().find(|org| org["id"] == id.as_str()).unwrap()["invited"], 1);
        let form = [("name", "Ada"), ("password", "a long enough password")];
        let joined = app.stranger().post(&path_in(&page), &form).await;
        assert_eq!(joined.status(), StatusCode::SEE_OTHER);
        let ada = Person::with_cookie_of(&app.url, &joined);
        // Their own office, empty, to set up; of the others nothing.
        assert_eq!(ada.get("/admin/staff").await.status(), StatusCode::OK);
        assert_eq!(ada.call("load_clients", json!({ "query": "" })).await.1["items"], json!([]));
        assert_eq!(ada.get(&format!("/cases/{CASE}")).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(ada.get("/host").await.status(), StatusCode::NOT_FOUND);
        let audit = "SELECT count(*) FROM audit WHERE what IN ('founded_organization', 'invited') AND staff_id IS NULL";
        assert_eq!(app.base.number(audit).await, 2);
    }

    async fn an_address_name_belongs_to_one_organization(app) {
        let hal = app.sign_in(HAL).await;
        for address in ["cedar-valley", " CEDAR-Valley "] {
            let answer = create(&hal, "Another", address, ZONE).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{address}");
            let page = answer.text().await.unwrap();
            assert!(page.contains("Another organization has this address name") && page.contains("value=\"Another\""));
        }
        let at_once = futures::future::join_all((0..6).map(|_| create(&hal, "At Once", "", ZONE))).await;
        let created = at_once.iter().filter(|answer| answer.status() == StatusCode::SEE_OTHER).count();
        let refused = at_once.iter().filter(|answer| answer.status() == StatusCode::UNPROCESSABLE_ENTITY).count();
        assert_eq!((created, refused), (1, 5));
        assert_eq!(count(app).await, 3);
    }

    async fn what_cannot_be_an_organization_is_refused_and_stands_there_again(app) {
        let hal = app.sign_in(HAL).await;
        let long = "n".repeat(201);
        for (name, address, zone) in [
            ("", "", ZONE), ("  ", "x2", ZONE), (long.as_str(), "x2", ZONE), ("a\0b", "x2", ZONE),
            ("Good", "a", ZONE), ("Good", "a b", ZONE), ("Good", "../etc", ZONE), ("Good", "a\u{202e}b", ZONE), ("Good", "</script><script>alert(1)</script>", ZONE),
            ("Good", "x2", ""), ("Good", "x2", "Mars/Base"), ("Good", "x2", "America/Denver\0"),
        ] {
            let answer = create(&hal, name, address, zone).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name:.9} {address} {zone}");
            let page = answer.text().await.unwrap();
            assert!(page.contains("There is a problem") && !page.contains("<script>alert(1)"), "{name:.9} {address} {zone}");
        }
        assert_eq!(create(&hal, &"😀".repeat(10_000), "", ZONE).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(count(app).await, 2);
        let created = create(&hal, "</textarea><script>alert(1)</script> \u{202e}😀", "hostile", ZONE).await;
        assert_eq!(created.status(), StatusCode::SEE_OTHER);
        let page = hal.page("/host").await;
        assert!(page.contains("alert(1)") && !page.contains("<script>alert(1)"));
    }

    async fn only_who_is_new_is_invited_and_only_into_what_is_there(app) {
        let hal = app.sign_in(HAL).await;
        let id = id_of(&hal, "riverside").await;
        for email in ["", "x", "a\0@b.example", NORA, DANA, HAL] {
            assert_eq!(invite(&hal, &id, email).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "{email:?}");
        }
        let long = "a".repeat(10_000);
        for org in ["", "x", "a\0", "\u{202e}", "018f4e9a-0000-7000-8000-000000000001", long.as_str()] {
            assert_eq!(invite(&hal, org, "new@riverside.example").await.status(), StatusCode::NOT_FOUND, "{org:.40}");
        }
        assert_eq!(app.base.number("SELECT count(*) FROM invitation").await, 0);
    }

    async fn staff_and_administrators_of_offices_find_no_host(app) {
        for email in [LUIS, DANA, NORA] {
            let who = app.sign_in(email).await;
            assert_eq!(who.get("/host").await.status(), StatusCode::NOT_FOUND, "{email}");
            assert_eq!(who.call("load_organizations", json!({})).await.0, StatusCode::NOT_FOUND, "{email}");
            assert_eq!(create(&who, "Mine", "mine", ZONE).await.status(), StatusCode::NOT_FOUND, "{email}");
            let org = id_of(&app.sign_in(HAL).await, "riverside").await;
            assert_eq!(invite(&who, &org, "new@riverside.example").await.status(), StatusCode::NOT_FOUND, "{email}");
        }
        assert_eq!(create(&app.stranger(), "Mine", "mine", ZONE).await.status(), StatusCode::SEE_OTHER, "to sign in");
        assert_eq!((count(app).await, app.base.number("SELECT count(*) FROM invitation").await), (2, 0));
    }

    async fn the_host_counts_and_reads_nothing(app) {
        let (dana, hal) = (app.sign_in(DANA).await, app.sign_in(HAL).await);
        dana.text(CASE, "Between us.").await;
        dana.newest_becomes(CASE, &["delivered"]).await;
        let ours = orgs(&hal).await.into_iter().find(|org| org["address"] == "cedar-valley").unwrap();
        assert!(ours["texts"].as_i64().unwrap() >= 1 && ours["connected"] == true, "{ours}");
        let page = hal.page("/host").await;
        for secret in ["Thuy", "Between us", "555-0119", DANA, "Luis"] {
            assert!(!page.contains(secret), "{secret}");
        }
        let (_, case) = dana.call("load_case", json!({ "number": CASE })).await;
        let client = case["client"]["id"].as_str().unwrap();
        for path in [format!("/clients/{client}"), format!("/cases/{CASE}"), format!("/cases/{CASE}/texts"), format!("/cases/{CASE}/text"), "/admin/staff".into(), "/admin/texting".into(), "/reviews".into()] {
            let answer = hal.get(&path).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
            assert!(!answer.text().await.unwrap().contains("Thuy"), "{path}");
        }
        for (function, arguments) in [("load_clients", json!({ "query": "" })), ("load_client", json!({ "id": client })), ("load_texts", json!({ "number": CASE })), ("load_staff", json!({}))] {
            assert_eq!(hal.call(function, arguments).await.0, StatusCode::FORBIDDEN, "{function}");
        }
        assert_eq!(hal.text_without_key(CASE).await, StatusCode::FORBIDDEN);
    }
}

impl Person {
    /// Tries to send without ever having seen the form.
    async fn text_without_key(&self, case: &str) -> StatusCode {
        let form = [
            ("key", "018f4e9a-0000-7000-8000-000000000001"),
            ("body", "x"),
            ("press", "send"),
        ];
        self.post(&format!("/cases/{case}/text"), &form)
            .await
            .status()
    }
}
