//! Every door, tried by somebody of another organization, and by everybody whom it is not for.

pub mod table;

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, LUIS, Person},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};
use table::{FORMS, FUNCTIONS, For, Ours, PAGES, Then};

const NORA: &str = "nora@riverside.example";
const OMAR: &str = "omar@riverside.example";
const HAL: &str = "hal@host.example";

/// What would tell that something of ours was shown: a client, a phone, words of a text, of a phrase and of a person.
/// (The people who can sign in stand on the demo's sign-in page; who was invited does not.)
const TELLING: [&str; 7] = [
    "Thuy",
    "555-0119",
    "5550119",
    "Ours alone",
    "stop texting me",
    "We still need",
    "ines@cedarvalley",
];

/// Where the addresses of a file of the server are written.
fn routes_in(source: &str) -> BTreeSet<&str> {
    let after = source.split(".route(").skip(1);
    let quoted = after.filter_map(|rest| rest.split('"').nth(1));
    quoted.filter(|path| path.starts_with('/')).collect()
}

#[tokio::test]
async fn every_page_stands_in_the_table() {
    let routes = leptos_axum::generate_route_list(app::App);
    let there: BTreeSet<String> = routes.iter().map(|route| route.path().to_owned()).collect();
    let listed: BTreeSet<String> = PAGES.iter().map(|page| page.route.to_owned()).collect();
    assert_eq!(there, listed);
}

#[tokio::test]
async fn every_server_function_stands_in_the_table() {
    // Naming the pages links them, and with them their functions.
    let _ = leptos_axum::generate_route_list(app::App);
    let paths = leptos::server_fn::axum::server_fn_paths();
    let there: BTreeSet<&str> = paths
        .map(|(path, _)| path.rsplit('/').next().unwrap())
        .collect();
    let listed: BTreeSet<&str> = FUNCTIONS.iter().map(|function| function.name).collect();
    assert_eq!(there, listed);
}

#[test]
fn every_form_stands_in_the_table() {
    let there = routes_in(include_str!("../../src/web/forms.rs"));
    let listed: BTreeSet<&str> = FORMS.iter().map(|form| form.route).collect();
    assert_eq!(there, listed);
}

/// Beside pages, functions and forms there are these: the first two are tried below, the others show nobody's things.
#[test]
fn nothing_else_is_served_to_people() {
    let there = routes_in(include_str!("../../src/web/router.rs"));
    let known = [
        "/api/{*function}",
        "/live",
        "/pkg/{file}",
        "/favicon.svg",
        "/favicon.ico",
        "/healthz",
        "/readyz",
        "/metrics",
    ];
    assert_eq!(there, BTreeSet::from(known));
}

/// Fills the first organization, and says where everything is.
async fn fill(app: &App, dana: &Person) -> Ours {
    dana.text(CASE, "Ours alone.").await;
    let text = dana.newest_becomes(CASE, &["delivered"]).await;
    dana.save_draft(CASE, "Ours alone, too").await;
    let invited = [
        ("press", "invite"),
        ("email", "ines@cedarvalley.example"),
        ("role", "staff"),
    ];
    assert_eq!(
        dana.post("/admin/staff", &invited).await.status(),
        StatusCode::OK
    );
    app.phone(CELL).texts("SM1", "Please stop texting me").await;
    let came = dana.came(CASE).await;
    let (_, reviews) = dana.call("load_reviews", json!({})).await;
    let text_of = |value: &Value| value.as_str().unwrap().to_owned();
    let (_, case) = dana.call("load_case", json!({ "number": CASE })).await;
    let (_, entries) = dana.call("load_quick_entries", json!({})).await;
    let (_, staff) = dana.call("load_staff", json!({})).await;
    let luis = staff["people"]
        .as_array()
        .unwrap()
        .iter()
        .find(|person| person["email"] == LUIS);
    Ours {
        client: text_of(&case["client"]["id"]),
        case: CASE.into(),
        case_id: text_of(&case["id"]),
        text: text_of(&text["id"]),
        entry: text_of(&entries["entries"][0]["id"]),
        staff: text_of(&luis.unwrap()["id"]),
        invitation: text_of(&staff["invited"][0]["id"]),
        incoming: text_of(&came[0]["id"]),
        review: text_of(&reviews["open"][0]["id"]),
        org: String::new(),
    }
}

/// Everything of the first organization, to compare.
async fn everything(app: &App, dana: &Person) -> Vec<Value> {
    let mut all = vec![];
    for (function, arguments) in [
        ("load_clients", json!({ "query": "", "after": null })),
        ("load_case", json!({ "number": CASE })),
        ("load_composer", json!({ "number": CASE })),
        ("load_texts", json!({ "number": CASE, "before": null })),
        ("load_quick_entries", json!({})),
        ("load_setup", json!({})),
        ("load_staff", json!({})),
        ("load_reviews", json!({})),
        ("load_unmatched", json!({ "before": null })),
        ("load_opt_outs", json!({})),
        ("load_incoming_setup", json!({})),
    ] {
        let (status, mut answer) = dana.call(function, arguments).await;
        assert_eq!(status, StatusCode::OK, "{function}");
        // Each look at the page brings a new key for its form; and ten seconds after the start the check of the night
        // is made up for, whoever is looking, and with it stand the steps.
        if let Some(answer) = answer.as_object_mut() {
            answer.retain(|field, _| !["test_key", "check", "steps"].contains(&field.as_str()));
        }
        all.push(answer);
    }
    for table in [
        "client",
        "case_file",
        "consent",
        "draft",
        "message",
        "outbox",
        "report",
        "event",
        "quick_entry",
        "staff",
        "invitation",
        "incoming",
        "review",
        "audit",
    ] {
        let count = format!(
            "SELECT count(*) FROM {table} t JOIN org o ON o.id = t.org_id WHERE o.slug = 'cedar-valley'"
        );
        all.push(json!([table, app.base.number(&count).await]));
    }
    all
}

/// What an event stream tells within two seconds.
async fn told_at_once(who: &Person, query: &str) -> String {
    let mut stream = who.get(&format!("/live?{query}&after=0")).await;
    assert_eq!(stream.status(), StatusCode::OK, "{query}");
    let first = tokio::time::timeout(Duration::from_secs(2), stream.chunk()).await;
    let bytes = first.ok().and_then(|chunk| chunk.unwrap());
    bytes.map_or_else(String::new, |bytes| {
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn tells(body: &str) -> Option<&'static str> {
    TELLING.into_iter().find(|word| body.contains(word))
}

fn fits(then: Then, status: StatusCode) -> bool {
    match then {
        Then::NotFound => status == StatusCode::NOT_FOUND,
        Then::Theirs => !status.is_server_error(),
    }
}

on_both! {
    async fn nothing_of_another_organization_comes_through_any_door(app) {
        let dana = app.sign_in(DANA).await;
        let ours = fill(app, &dana).await;
        let nora = app.sign_in(NORA).await;
        let before = everything(app, &dana).await;
        for page in PAGES {
            for (path, then) in (page.tries)(&ours) {
                let answer = nora.get(&path).await;
                assert!(fits(then, answer.status()), "{path}: {}", answer.status());
                assert_eq!(tells(&answer.text().await.unwrap()), None, "{path}");
            }
        }
        for function in FUNCTIONS {
            for (arguments, then) in (function.tries)(&ours) {
                let (status, answer) = nora.call(function.name, arguments.clone()).await;
                assert!(fits(then, status), "{} {arguments}: {status}", function.name);
                assert_eq!(tells(&answer.to_string()), None, "{} {arguments}", function.name);
            }
        }
        for form in FORMS {
            for (path, fields, then) in (form.tries)(&ours) {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let answer = nora.post(&path, &fields).await;
                assert!(fits(then, answer.status()), "{path} {fields:?}: {}", answer.status());
                assert_eq!(tells(&answer.text().await.unwrap()), None, "{path} {fields:?}");
            }
        }
        for query in [format!("case={}", ours.case_id), format!("client={}", ours.client), "office=1".into()] {
            // What has happened is told at once to whom it is for.
            let told = told_at_once(&nora, &query).await;
            for id in ours.ids() {
                assert!(!told.contains(id.as_str()), "{query}: {told}");
            }
            assert!(query.starts_with("office") || told.is_empty(), "{query}: {told}");
            assert_ne!(told_at_once(&dana, &query).await, "", "{query} is told to us");
        }
        assert_eq!(everything(app, &dana).await, before);
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn whom_a_door_is_not_for_is_refused(app) {
        let dana = app.sign_in(DANA).await;
        let ours = fill(app, &dana).await;
        let people = [
            (app.stranger(), For::Anybody),
            (app.sign_in(OMAR).await, For::Staff),
            (app.sign_in(NORA).await, For::Administrators),
            (app.sign_in(HAL).await, For::Hosts),
        ];
        let before = everything(app, &dana).await;
        for (who, is) in &people {
            for page in PAGES {
                let Some(refused) = refusal(*is, page.whom) else { continue };
                for (path, _) in (page.tries)(&ours) {
                    let answer = who.get(&path).await;
                    let at_home = *is == For::Hosts && (path == "/" || path.starts_with("/?"));
                    let refused = if at_home { StatusCode::SEE_OTHER } else { refused };
                    let refused = if refused == StatusCode::UNAUTHORIZED { StatusCode::SEE_OTHER } else { refused };
                    assert_eq!(answer.status(), refused, "{is:?} at {path}");
                    if refused == StatusCode::SEE_OTHER {
                        let to = answer.headers()["location"].to_str().unwrap().to_owned();
                        assert!(to.starts_with(if at_home { "/host" } else { "/login?" }), "{is:?} at {path}: {to}");
                    }
                    assert_eq!(tells(&answer.text().await.unwrap()), None, "{is:?} at {path}");
                }
            }
            for function in FUNCTIONS {
                let Some(refused) = refusal(*is, function.whom) else { continue };
                for (arguments, _) in (function.tries)(&ours) {
                    let (status, answer) = who.call(function.name, arguments).await;
                    assert_eq!(status, refused, "{is:?} calls {}", function.name);
                    assert_eq!(tells(&answer.to_string()), None, "{is:?} calls {}", function.name);
                }
            }
            for form in FORMS {
                let Some(refused) = refusal(*is, form.whom) else { continue };
                for (path, fields, _) in (form.tries)(&ours) {
                    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    let answer = who.post(&path, &fields).await;
                    // To "Sign in", or with what was written shown there for copying.
                    let signs_in = [StatusCode::SEE_OTHER, StatusCode::UNAUTHORIZED];
                    let fits = if refused == signs_in[1] { signs_in.contains(&answer.status()) } else { answer.status() == refused };
                    assert!(fits, "{is:?} posts to {path} {fields:?}: {}", answer.status());
                    assert_eq!(tells(&answer.text().await.unwrap()), None, "{is:?} posts to {path}");
                }
            }
            if !matches!(is, For::Staff | For::Administrators) {
                for query in [format!("case={}", ours.case_id), format!("client={}", ours.client), "office=1".into()] {
                    let path = format!("/live?{query}&after=0");
                    assert_eq!(who.get(&path).await.status(), StatusCode::UNAUTHORIZED, "{is:?} listens");
                }
            }
        }
        assert_eq!(everything(app, &dana).await, before);
        assert_eq!(app.base.number("SELECT count(*) FROM org").await, 2, "nobody founded another");
    }
}

/// How somebody who is this is refused at a door for those; `None`: it is for them too.
fn refusal(is: For, whom: For) -> Option<StatusCode> {
    match (is, whom) {
        (_, For::Anybody) | (For::Hosts, For::Hosts) => None,
        (For::Administrators, For::Staff | For::Administrators) | (For::Staff, For::Staff) => None,
        (For::Anybody, _) => Some(StatusCode::UNAUTHORIZED),
        (For::Staff, For::Administrators) | (For::Hosts, _) => Some(StatusCode::FORBIDDEN),
        (For::Staff | For::Administrators, For::Hosts) => Some(StatusCode::NOT_FOUND),
    }
}
