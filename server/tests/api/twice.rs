//! Forms that arrive several times at once: an impatient press, two tabs, a proxy that tries again. Where one thing is meant
//! there is one. (Texts: `sending`; people, links and offices: `staff`, `invitations`, `first_start`, `host`; unclear texts:
//! `unclear`.)

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, Person, wait},
};
use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::json;

/// Posts the form five times at once: how many were taken. None fails, and none is refused without words.
async fn five_times(who: &Person, path: &str, form: &[(&str, &str)]) -> usize {
    let answers = join_all((0..5).map(|_| who.post(path, form))).await;
    let mut taken = 0;
    for answer in answers {
        let status = answer.status();
        taken += usize::from(status == StatusCode::SEE_OTHER);
        let page = answer.text().await.unwrap();
        let refused = status.is_client_error() && page.contains("There is a problem");
        assert!(
            status == StatusCode::SEE_OTHER || refused,
            "{path}: {status} {page:.500}"
        );
    }
    taken
}

async fn count(app: &App, of: &str) -> i64 {
    app.base.number(&format!("SELECT count(*) FROM {of}")).await
}

on_both! {
    async fn a_form_that_arrives_five_times_at_once_adds_one(app) {
        let dana = app.sign_in(DANA).await;
        let clients = count(app, "client").await;
        let client = [("name", "Zoë Quill"), ("cell", ""), ("language", "en"), ("case_number", "26-7")];
        assert_eq!(five_times(&dana, "/clients/new", &client).await, 1);
        assert_eq!(count(app, "client").await, clients + 1);
        let (_, case) = dana.call("load_case", json!({ "number": "26-7" })).await;
        let page = format!("/clients/{}", case["client"]["id"].as_str().unwrap());
        assert_eq!(five_times(&dana, &page, &[("case_number", "26-8")]).await, 1);
        assert_eq!(count(app, "case_file WHERE number = '26-8'").await, 1);
        let entry = [("name", "Court map"), ("body", "The court is at [address]."), ("press", "save")];
        assert_eq!(five_times(&dana, "/admin/setup/tables/quick-entries", &entry).await, 1);
        assert_eq!(count(app, "quick_entry WHERE name = 'Court map'").await, 1);
    }

    async fn a_decision_that_arrives_five_times_at_once_is_one(app) {
        let dana = app.sign_in(DANA).await;
        app.phone(CELL).texts("SM1", "Please stop texting me").await;
        let (_, reviews) = dana.call("load_reviews", json!({})).await;
        let form = [("review", reviews["open"][0]["id"].as_str().unwrap()), ("decision", "other"), ("note", "")];
        assert_eq!(five_times(&dana, "/reviews", &form).await, 1);
        assert_eq!(count(app, "consent WHERE event = 'kept'").await, 1);
        let (_, case) = dana.call("load_case", json!({ "number": CASE })).await;
        let page = format!("/clients/{}/consent", case["client"]["id"].as_str().unwrap());
        let form = [("number", CELL), ("event", "withdrawn"), ("source", "by_phone"), ("note", "")];
        assert_eq!(five_times(&dana, &page, &form).await, 1);
        assert_eq!(count(app, "consent WHERE event = 'withdrawn'").await, 1);
        let form = [("number", CELL), ("event", "given"), ("source", "by_phone"), ("note", "Twice?")];
        assert_eq!(five_times(&dana, &page, &form).await, 1);
        assert_eq!(count(app, "consent WHERE note = 'Twice?'").await, 1);
        // An outage that looked like opt-outs.
        app.base.change("UPDATE texting_setup SET opt_out_limit = 1").await;
        app.fate("+16615550163", "refused:21610").await;
        for case in ["25-1042010", "25-1041377"] {
            dana.text(case, "Hello.").await;
            dana.newest_becomes(case, &["refused"]).await;
        }
        assert_eq!(five_times(&dana, "/admin/opt-outs", &[("verdict", "discard"), ("note", "")]).await, 1);
        assert_eq!(count(app, "audit WHERE what = 'decided_opt_outs'").await, 1);
    }

    async fn a_test_text_whose_form_arrives_five_times_at_once_leaves_once(app) {
        let dana = app.sign_in(DANA).await;
        let key = dana.setup().await["test_key"].as_str().unwrap().to_owned();
        let form = [("phone", "(661) 555-0190"), ("key", key.as_str())];
        assert_eq!(five_times(&dana, "/admin/texting/test", &form).await, 5, "each is told that it was sent");
        wait(async || (dana.setup().await["test"]["status"] == "delivered").then_some(())).await;
        assert_eq!((count(app, "test_text").await, app.ledger().await.len()), (1, 1));
    }
}
