//! What those who run the program see of it: its numbers, its log, its end.

use crate::{
    crash::{CASE as FILE, CELL as PHONE, Twilio, arguments, ready, serve, set_up, settings},
    on_both,
    support::{
        App, Base, CASE, CELL, DANA, Database, KEY, Person, Program, browser, ledger, set_fate,
        wait, wait_up_to,
    },
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::{
    cell::RefCell,
    fs::File,
    process::Stdio,
    time::{Duration, Instant},
};

async fn metrics(app: &App) -> String {
    app.stranger().page("/metrics").await
}

/// The value of the line that begins so.
fn value(metrics: &str, line: &str) -> Option<f64> {
    let rest = metrics.lines().find_map(|each| each.strip_prefix(line))?;
    rest.trim().parse().ok()
}

on_both! {
    async fn what_was_sent_reported_and_refused_is_counted(app) {
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "Counted.").await;
        dana.newest_becomes(CASE, &["delivered"]).await;
        let form = [("AccountSid", app.account.as_str()), ("MessageSid", "SM1")];
        assert_eq!(app.webhook_with("/twilio/text", "forged", &form).await, StatusCode::FORBIDDEN);
        let said = metrics(app).await;
        assert_eq!(value(&said, "oktext_sends_total{outcome=\"accepted\"}"), Some(1.0), "{said}");
        assert_eq!(value(&said, "oktext_signatures_refused_total{kind=\"text\"}"), Some(1.0), "{said}");
        assert_eq!(value(&said, "oktext_outbox_texts"), Some(0.0), "{said}");
        assert_eq!(value(&said, "oktext_unknown_texts"), Some(0.0), "{said}");
        assert_eq!(value(&said, "oktext_database_reached"), Some(1.0), "{said}");
        let reports = "oktext_webhook_seconds_count{kind=\"status\",status=\"204\"}";
        assert!(value(&said, reports).is_some_and(|count| count >= 1.0), "{said}");
        assert!(value(&said, "oktext_callback_lag_seconds_count").is_some_and(|count| count >= 1.0));
        assert!(value(&said, "oktext_database_wait_seconds_count").is_some_and(|count| count >= 1.0));
    }

    async fn every_number_that_the_guide_names_is_there(app) {
        // What has labels is told once something was counted.
        let dana = app.sign_in(DANA).await;
        dana.text(CASE, "Counted.").await;
        dana.newest_becomes(CASE, &["delivered"]).await;
        let form = [("AccountSid", app.account.as_str()), ("MessageSid", "SM1")];
        assert_eq!(app.webhook_with("/twilio/text", "forged", &form).await, StatusCode::FORBIDDEN);
        let guide = include_str!("../../../docs/operating.md");
        let said = metrics(app).await;
        let names = guide.split('`').filter(|word| word.starts_with("oktext_"));
        let mut known = 0;
        for name in names {
            let family = name.strip_suffix("_total").unwrap_or(name);
            assert!(said.contains(&format!("# TYPE {family} ")), "{name} is nowhere in {said}");
            known += 1;
        }
        assert!(known >= 10, "{known}");
    }

    async fn the_numbers_are_nobody_elses_business(app) {
        let by_proxy = browser().get(format!("{}/metrics", app.url)).header("x-forwarded-for", "203.0.113.9");
        assert_eq!(by_proxy.send().await.expect("an answer").status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn with_a_token_only_the_token_counts() {
    let base = Base::fresh(Database::Sqlite).await;
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data-dir", "."];
    let settings = [
        ("OKTEXT_DATABASE_URL", base.url.as_str()),
        ("OKTEXT_METRICS_TOKEN", "a token"),
    ];
    let mut program = Program::start(base.folder(), &arguments, &settings);
    let url = program.after("ready ");
    for (authorization, status) in [
        ("", StatusCode::NOT_FOUND),
        ("Bearer another", StatusCode::NOT_FOUND),
        ("Bearer a token", StatusCode::OK),
    ] {
        let asked = browser().get(format!("{url}/metrics"));
        let asked = asked.header("authorization", authorization).send().await;
        assert_eq!(
            asked.expect("an answer").status(),
            status,
            "{authorization}"
        );
    }
}

#[tokio::test]
async fn the_log_of_texts_sent_and_received_names_no_one() {
    let base = Base::fresh(Database::Sqlite).await;
    let path = base.folder().join("log");
    let arguments = [
        "demo",
        "--listen",
        "127.0.0.1:0",
        "--delays",
        "0",
        "--data-dir",
        ".",
    ];
    let settings = [
        ("OKTEXT_DATABASE_URL", base.url.as_str()),
        ("OKTEXT_SECRET_KEY", KEY),
        ("OKTEXT_LOG", "debug"),
        ("OKTEXT_LOG_FORMAT", "json"),
    ];
    let log = Stdio::from(File::create(&path).expect("a file"));
    let mut program = Program::start_logging(base.folder(), &arguments, &settings, log);
    let sign_in = program.after("sign in: ");
    let (email, password) = sign_in.split_once(' ').expect("two words");
    let number = program.after("twilio: ");
    let number = number.rsplit(' ').next().expect("a number").to_owned();
    let url = program.after("ready ");
    let form = [("email", email), ("password", password)];
    let answer = Person::stranger(&url).post("/login", &form).await;
    let dana = Person::with_cookie_of(&url, &answer);
    dana.text(CASE, "Umbrella words.").await;
    dana.newest_becomes(CASE, &["delivered"]).await;
    let came = json!({ "from": CELL, "to": number, "body": "Parasol words." });
    let texted = browser()
        .post(format!("{url}/sim/control/text"))
        .json(&came);
    assert!(
        texted
            .send()
            .await
            .expect("an answer")
            .status()
            .is_success()
    );
    wait(async || (base.number("SELECT count(*) FROM incoming").await > 0).then_some(())).await;
    program.ask_to_end();
    assert!(program.ended_well());
    let log = std::fs::read_to_string(&path).expect("a log");
    for line in log.lines() {
        let read: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        assert!(read["timestamp"].is_string());
    }
    for secret in [
        "Umbrella",
        "Parasol",
        CELL,
        &CELL[2..],
        password,
        number.as_str(),
    ] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
    base.remove().await;
}

#[tokio::test]
async fn o5_a_log_that_nobody_takes_stops_nothing() {
    let base = Base::fresh(Database::Sqlite).await;
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data-dir", "."];
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let settings = [
        ("OKTEXT_DATABASE_URL", base.url.as_str()),
        // Without the statements: nobody reads the pipe, and it must hold what is said until the program is ready.
        ("OKTEXT_LOG", "debug,sqlx=info"),
    ];
    let mut program =
        Program::start_logging(base.folder(), &arguments, &settings, Stdio::from(writer));
    let url = program.after("ready ");
    drop(reader);
    for _ in 0..3 {
        let forged = browser()
            .post(format!("{url}/twilio/text"))
            .form(&[("AccountSid", "AC1")]);
        assert_eq!(
            forged.send().await.expect("an answer").status(),
            StatusCode::NOT_FOUND
        );
    }
    assert_eq!(
        Person::stranger(&url).get("/readyz").await.status(),
        StatusCode::OK
    );
    program.ask_to_end();
    assert!(program.ended_well());
}

async fn s38_asked_to_end_while_a_text_is_on_its_way(base: &Base) {
    let twilio = Twilio::start();
    let (mut program, url, token) = serve(base, &twilio);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    set_fate(&twilio.url, PHONE, "timeout").await;
    let form = json!({ "number": FILE, "form": { "key": ada.key(FILE).await, "body": "Once." } });
    let asked = ada
        .to("/api/send_message")
        .json(&form)
        .header("cookie", ada.cookie())
        .send();
    let asked = tokio::spawn(asked);
    wait(async || (ledger(&twilio.url).await.len() == 1).then_some(())).await;
    program.ask_to_end();
    // Not ready any more: whoever asks is told so, or finds nobody.
    wait(
        async || match browser().get(format!("{url}/readyz")).send().await {
            Ok(answer) if answer.status() == StatusCode::OK => None,
            _ => Some(()),
        },
    )
    .await;
    program.ask_to_end();
    assert!(program.ended_well(), "its end is no failure");
    asked
        .await
        .expect("no panic")
        .expect("a request that was begun is answered");
    assert_eq!(ledger(&twilio.url).await.len(), 1);
    let left = "SELECT count(*) FROM message WHERE status IN ('posting', 'unknown')";
    assert_eq!(base.number(left).await, 1, "never waiting again");
}

/// Requests and streams get 20 seconds to end, closing the database 5; with a little for a busy machine.
const END: Duration = Duration::from_secs(25 + 15);

#[tokio::test]
async fn s38_what_never_ends_keeps_the_program_from_ending_for_so_long_and_no_longer() {
    let (base, twilio) = (Base::fresh(Database::Sqlite).await, Twilio::start());
    let log = base.folder().join("log");
    // A request that stands still for an hour, with a transaction open.
    let hang = [("OKTEXT_TORTURE_AT", "before_enqueue_commit:1:3600000")];
    let settings = [settings(&base.url).as_slice(), hang.as_slice()].concat();
    let arguments = arguments("127.0.0.1:0", &twilio.url);
    let program = Program::start_logged(base.folder(), &arguments, &settings, ("error", &log));
    let program = RefCell::new(program);
    let (url, token) = ready(&mut program.borrow_mut());
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    let mut listens = ada.get("/live?office=1&after=0").await;
    assert_eq!(listens.status(), StatusCode::OK);
    let form = json!({ "number": FILE, "form": { "key": ada.key(FILE).await, "body": "Never." } });
    let request = ada.to("/api/send_message").json(&form);
    let asked = tokio::spawn(request.header("cookie", ada.cookie()).send());
    let stands_still = async || {
        let log = std::fs::read_to_string(&log).expect("a log");
        log.contains("stands still").then_some(())
    };
    wait(stands_still).await;
    let begun = Instant::now();
    program.borrow().ask_to_end();
    // Who only listens is sent away at once.
    let rest = async { while let Ok(Some(_)) = listens.chunk().await {} };
    let sent_away = tokio::time::timeout(Duration::from_secs(10), rest).await;
    sent_away.expect("the stream ends");
    let ended = wait_up_to(END, async || program.borrow_mut().has_ended()).await;
    assert!(ended, "its end is no failure");
    assert!(
        begun.elapsed() >= Duration::from_secs(20),
        "the request had its time"
    );
    assert!(
        asked.await.expect("no panic").is_err(),
        "it was never answered"
    );
    // What was not committed is not there, and the file is whole.
    let (_program, url, _) = serve(&base, &twilio);
    assert!(ada.moved_to(&url).rows(FILE).await.is_empty());
    assert!(ledger(&twilio.url).await.is_empty());
}

mod sqlite_end {
    use super::*;
    #[tokio::test]
    async fn s38() {
        let base = Base::fresh(Database::Sqlite).await;
        s38_asked_to_end_while_a_text_is_on_its_way(&base).await;
        base.remove().await;
    }
}

mod postgres_end {
    use super::*;
    #[tokio::test]
    async fn s38() {
        let base = Base::fresh(Database::Postgres).await;
        s38_asked_to_end_while_a_text_is_on_its_way(&base).await;
        base.remove().await;
    }
}
