//! Bad input for every field of every form: refused in words, with what was typed still there and nothing changed.

mod page;
mod table;

use crate::{
    crash::{arguments, ready, settings},
    doors::table::FORMS as ALL,
    invitations::path_in,
    on_both,
    support::{App, Base, CASE, CELL, DANA, Database, LUIS, Person, Program},
};
use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use table::{Bad, FIRST, FORMS, Field, Form, Kind, There, Who};

/// What stands at the top of a page whose form could not be taken.
const REFUSED: &str = "There is a problem";
/// Rows that change whoever posts what: sessions that are used, wrong tries, how far Twilio's list was read, what the nightly
/// check said.
const RESTLESS: [&str; 5] = [
    "session",
    "host_session",
    "sign_in_try",
    "sender",
    "setup_check",
];

/// Forms in which nobody types anything.
const WITHOUT_FIELDS: [&str; 2] = ["/logout", "/admin/texting"];

#[test]
fn every_form_is_tried() {
    let all: BTreeSet<&str> = ALL.iter().map(|form| form.route).collect();
    let tried = FORMS.iter().chain([&FIRST]).map(|form| form.route);
    assert_eq!(tried.chain(WITHOUT_FIELDS).collect::<BTreeSet<_>>(), all);
}

/// One of each thing that forms are about.
async fn furnished(app: &App, dana: &Person, hal: &Person) -> There {
    let text_of = |value: &Value| value.as_str().unwrap().to_owned();
    // Opt-outs that wait for a verdict: the first is within the limit.
    app.base
        .change("UPDATE texting_setup SET opt_out_limit = 1")
        .await;
    app.fate("+16615550163", "refused:21610").await;
    for case in ["25-1042010", "25-1041377"] {
        dana.text(case, "Hello.").await;
        dana.newest_becomes(case, &["refused"]).await;
    }
    dana.text(CASE, "Hello.").await;
    let text = dana.newest_becomes(CASE, &["delivered"]).await;
    // A card that waits for a decision.
    app.phone(CELL).texts("SM1", "Please stop texting me").await;
    // Addresses at Twilio that are none of ours.
    let elsewhere = json!({ "phone_number": "+16615550100", "sms_url": "https://old.example/" });
    app.at_twilio("number", elsewhere).await;
    let invite = [
        ("press", "invite"),
        ("email", "ines@cedarvalley.example"),
        ("role", "staff"),
    ];
    let invited = dana.post("/admin/staff", &invite).await.text().await;
    let (_, case) = dana.call("load_case", json!({ "number": CASE })).await;
    let (_, entries) = dana.call("load_quick_entries", json!({})).await;
    let (_, staff) = dana.call("load_staff", json!({})).await;
    let (_, reviews) = dana.call("load_reviews", json!({})).await;
    let (_, now) = dana.call("load_connection", json!({})).await;
    let (_, orgs) = hal.call("load_organizations", json!({})).await;
    let mut people = staff["people"].as_array().unwrap().iter();
    There {
        client: text_of(&case["client"]["id"]),
        text: text_of(&text["id"]),
        entry: text_of(&entries["entries"][0]["id"]),
        luis: text_of(&people.find(|person| person["email"] == LUIS).unwrap()["id"]),
        review: text_of(&reviews["open"][0]["id"]),
        org: text_of(&orgs["orgs"][0]["id"]),
        invitation: path_in(&invited.unwrap()),
        key: dana.key(table::COMPOSED).await,
        account: app.account.clone(),
        seen: text_of(&now["seen"]),
        test_key: text_of(&dana.setup().await["test_key"]),
        setup_token: String::new(),
    }
}

/// Tries everything in every field of a form; the others hold what would be taken.
async fn refuses(base: &Base, who: &Person, form: &Form, there: &There) {
    let (path, fields) = ((form.path)(there), (form.fields)(there));
    let before = base.rows(&RESTLESS).await;
    for about in 0..fields.len() {
        if form.who == Who::Anybody {
            // Or the eleventh wrong try would be refused for being one too many.
            base.change("DELETE FROM sign_in_try").await;
        }
        let tries = fields[about].kind.tries().iter();
        join_all(tries.map(|bad| refused(who, &path, &fields, about, *bad))).await;
    }
    let after = base.rows(&RESTLESS).await;
    let changed: Vec<_> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{path}: {changed:#?}");
}

async fn refused(who: &Person, path: &str, fields: &[Field], about: usize, bad: Bad) {
    let posted = table::posted(fields, about, bad);
    let request = who.to(path).body(table::encoded(&posted));
    let form = "application/x-www-form-urlencoded";
    let answer = who.with_header(request, "content-type", form).await;
    let (status, page) = (answer.status(), answer.text().await.unwrap());
    let tried = format!("{path}, {} of {}: {status}", bad.name(), fields[about].name);
    assert!(status.is_client_error(), "{tried}");
    assert!(page.contains(REFUSED), "{tried} {page:.500}");
    assert!(!page.contains("<script>alert"), "{tried}");
    // What is chosen or hidden is not typed: where that is no choice, the page may be another one.
    if fields[about].kind == Kind::Chosen {
        return;
    }
    for field in fields {
        let shown = page::values(&page, field.name);
        match field.kind {
            Kind::Typed => {
                let typed = table::first_of(&posted, field.name);
                assert!(
                    shown.contains(&typed),
                    "{tried}: {} is lost: {shown:.200?}",
                    field.name
                );
            }
            Kind::Secret => assert!(shown.iter().all(String::is_empty), "{tried}: told back"),
            Kind::Chosen | Kind::Button => {}
        }
    }
}

/// `next` and `kept` are only looked at by those who come in.
async fn comes_in(app: &App, hidden: &str, bad: Bad) {
    let fields = [
        ("email", DANA.into()),
        ("password", app.password.clone().into_bytes()),
        (hidden, [b"/".to_vec(), bad.bytes()].concat()),
    ];
    let request = app.stranger().to("/login").body(table::encoded(&fields));
    let form = "application/x-www-form-urlencoded";
    let answer = request.header("content-type", form).send().await.unwrap();
    let tried = format!("{} as {hidden}: {}", bad.name(), answer.status());
    if bad == Bad::Emoji {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{tried}");
        return;
    }
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{tried}");
    let to = answer.headers()["location"].to_str().expect("plain signs");
    assert!(
        to.starts_with('/') && !to.starts_with("//"),
        "{tried}: {to:.100}"
    );
}

on_both! {
    async fn whatever_is_typed_is_refused_in_words_stays_in_its_form_and_changes_nothing(app) {
        let (dana, hal) = (app.sign_in(DANA).await, app.sign_in("hal@host.example").await);
        let there = furnished(app, &dana, &hal).await;
        for form in FORMS {
            let who = match form.who {
                Who::Administrator => &dana,
                Who::Host => &hal,
                Who::Anybody => &app.stranger(),
            };
            refuses(&app.base, who, form, &there).await;
        }
    }

    async fn who_signs_in_comes_in_wherever_the_form_says_to_go(app) {
        for hidden in ["next", "kept"] {
            for bad in Kind::Typed.tries() {
                comes_in(app, hidden, *bad).await;
            }
        }
    }
}

async fn of_the_first_administrator(database: Database) {
    let base = Base::fresh(database).await;
    let arguments = arguments("127.0.0.1:0", "http://127.0.0.1:9");
    let mut program = Program::start(base.folder(), &arguments, &settings(&base.url));
    let (url, token) = ready(&mut program);
    let there = There {
        setup_token: token.expect("an invitation"),
        ..There::default()
    };
    refuses(&base, &Person::stranger(&url), &FIRST, &there).await;
    program.kill();
    base.remove().await;
}

#[tokio::test]
async fn the_first_administrators_form_too_on_sqlite() {
    of_the_first_administrator(Database::Sqlite).await;
}

#[tokio::test]
async fn the_first_administrators_form_too_on_postgres() {
    of_the_first_administrator(Database::Postgres).await;
}
