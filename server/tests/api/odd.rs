//! What should not happen: nobody's text is moved by it, and whoever has to look into it is told.

use crate::{
    crash::{self, Twilio, arguments, ready, set_up, settings},
    each_on_both, on_both,
    support::{
        App, Base, CASE, CELL, DANA, Database, Person, Program, between::Between, ledger,
        put_clock, run_logged, wait,
    },
};
use reqwest::StatusCode;
use serde_json::json;
use std::{fs, net::TcpListener, path::PathBuf};
use uuid::Uuid;

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

/// The value of the number of this name.
async fn counted(url: &str, name: &str) -> u64 {
    let said = Person::stranger(url).page("/metrics").await;
    let value = said.lines().find_map(|line| line.strip_prefix(name));
    let value = value.unwrap_or_else(|| panic!("{name} is nowhere in {said}"));
    value.trim().parse().expect("a number")
}

async fn odd(url: &str, what: &str) -> u64 {
    counted(url, &format!("oktext_odd_total{{what=\"{what}\"}} ")).await
}

/// A server that has something between itself and Twilio, with its log.
struct Server {
    twilio: Twilio,
    between: Between,
    ada: Person,
    url: String,
    log: PathBuf,
    _program: Program,
}

impl Server {
    async fn start(base: &Base) -> Self {
        let twilio = Twilio::start();
        let between = Between::before(&twilio.url).await;
        let log = base.folder().join("log");
        let mut program = Program::start_logged(
            base.folder(),
            &arguments("127.0.0.1:0", &between.url),
            &settings(&base.url),
            ("error", &log),
        );
        let (url, token) = ready(&mut program);
        let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
        Self {
            twilio,
            between,
            ada,
            url,
            log,
            _program: program,
        }
    }

    async fn ledger(&self) -> Vec<serde_json::Value> {
        ledger(&self.twilio.url).await
    }

    fn logged(&self, words: &str) -> bool {
        let log = fs::read_to_string(&self.log).expect("the log");
        log.contains(words)
    }
}

async fn s14_a_redirect_stops_the_queue_and_is_told_and_nobody_is_followed(base: &Base) {
    let server = Server::start(base).await;
    let ada = &server.ada;
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = elsewhere.local_addr().expect("an address");
    server.between.send_on_to(&format!("http://{address}"));
    ada.text(crash::CASE, "First.").await;
    ada.newest_becomes(crash::CASE, &["unknown"]).await;
    ada.text(crash::CASE, "Second.").await;
    let second = ada.newest_becomes(crash::CASE, &["waiting"]).await;
    assert_eq!(second["waiting"], json!({ "halted": ["redirected", null] }));
    let texts = format!("/cases/{}/texts", crash::CASE);
    assert!(
        ada.page(&texts)
            .await
            .contains("sends on to another address")
    );
    let heading = "No text goes out: Twilio’s address sends on to another";
    assert!(ada.page("/admin/texting").await.contains(heading));
    assert!(server.logged("redirected"));
    assert_eq!(server.between.texts(), 1, "one text found it out");
    // As long as it sends on, nothing goes; whoever runs the program put it right.
    put_clock(base, 6 * MINUTE);
    let asked_again = "SELECT count(*) FROM halt WHERE ask_at > since + 600000";
    wait(async || (base.number(asked_again).await == 1).then_some(())).await;
    assert!(server.ledger().await.is_empty());
    server.between.pass_on();
    put_clock(base, 12 * MINUTE);
    ada.newest_becomes(crash::CASE, &["queued", "sent", "delivered"])
        .await;
    let taken = server.ledger().await;
    assert_eq!((taken.len(), &taken[0]["body"]), (1, &json!("Second.")));
    assert_eq!(base.number("SELECT count(*) FROM halt").await, 0);
    assert!(!ada.page("/admin/texting").await.contains(heading));
    elsewhere.set_nonblocking(true).expect("set");
    assert!(elsewhere.accept().is_err(), "nobody came, and no token");
}

async fn s13_a_sid_of_another_text_is_not_believed_and_told(base: &Base) {
    let server = Server::start(base).await;
    let ada = &server.ada;
    ada.text(crash::CASE, "First.").await;
    ada.newest_becomes(crash::CASE, &["queued", "sent", "delivered"])
        .await;
    let sid = server.ledger().await[0]["sid"].clone();
    let sid = sid.as_str().expect("a Sid");
    assert_eq!(odd(&server.url, "others_sid").await, 0);
    server.between.call_all(sid);
    ada.text(crash::CASE, "Second.").await;
    // Nobody knows, until Twilio's list tells its own.
    let row = ada
        .newest_becomes(crash::CASE, &["sent", "delivered"])
        .await;
    assert_eq!(row["body"], "Second.");
    assert_eq!(odd(&server.url, "others_sid").await, 1);
    assert!(server.logged("Twilio answered with the Sid of another text"));
    let kept = format!("SELECT count(*) FROM message WHERE sid = '{sid}' AND body = 'First.'");
    assert_eq!(base.number(&kept).await, 1);
    let own = "SELECT count(DISTINCT sid) FROM message";
    assert_eq!(base.number(own).await, 2);
    assert_eq!(server.ledger().await.len(), 2);
}

each_on_both! {
    s14_a_redirect_stops_the_queue_and_is_told_and_nobody_is_followed
    s13_a_sid_of_another_text_is_not_believed_and_told
}

/// Signed by us, and none of it ours.
async fn w7_w10_what_is_signed_and_nobodys_is_counted_and_logged(database: Database) {
    run_logged(database, "warn", async |app, log| {
        let client = app.phone(CELL);
        let mut text = client.form("SM1", "Hello");
        text[4] = ("To", "+16615550177");
        let call = [
            ("CallSid", "CA1"),
            ("AccountSid", app.account.as_str()),
            ("From", CELL),
            ("To", "+16615550177"),
        ];
        assert_eq!(
            app.bring_with("/twilio/text", "forged", &text)
                .await
                .status(),
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            odd(&app.url, "nobodys_number").await,
            0,
            "anybody could do that"
        );
        assert_eq!(
            app.bring("/twilio/text", &text).await.status(),
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            app.bring("/twilio/voice", &call).await.status(),
            StatusCode::NOT_FOUND
        );
        assert_eq!(odd(&app.url, "nobodys_number").await, 2);
        assert_eq!(odd(&app.url, "nobodys_account").await, 0);
        text[2] = ("AccountSid", "AC00000000000000000000000000000009");
        assert_eq!(
            app.bring("/twilio/text", &text).await.status(),
            StatusCode::NOT_FOUND
        );
        let report = |account| {
            [
                ("MessageSid", "SM2"),
                ("MessageStatus", "sent"),
                ("AccountSid", account),
            ]
        };
        assert_eq!(
            app.bring(
                "/twilio/status",
                &report("AC00000000000000000000000000000009")
            )
            .await
            .status(),
            StatusCode::FORBIDDEN
        );
        assert_eq!(odd(&app.url, "nobodys_account").await, 2);
        // Our signature, and the id of a text that we do not have.
        let path = format!("/twilio/status?text={}", Uuid::now_v7());
        assert_eq!(odd(&app.url, "others_text").await, 0);
        assert_eq!(
            app.bring(&path, &report(&app.account)).await.status(),
            StatusCode::NO_CONTENT
        );
        assert_eq!(odd(&app.url, "others_text").await, 1);
        for table in [
            "incoming",
            "incoming_call",
            "report WHERE message_id IS NOT NULL",
        ] {
            assert_eq!(
                app.base
                    .number(&format!("SELECT count(*) FROM {table}"))
                    .await,
                0,
                "{table}"
            );
        }
        let log = fs::read_to_string(log).expect("the log");
        for words in [
            "a signed webhook for a number that is nobody's",
            "a webhook for an account that nobody has",
            "a status callback for an account that nobody has was refused",
            "a signed report names a text that is not this organization's",
        ] {
            assert!(log.contains(words), "{words}: {log}");
        }
    })
    .await;
}

#[tokio::test]
async fn w7_w10_on_sqlite() {
    w7_w10_what_is_signed_and_nobodys_is_counted_and_logged(Database::Sqlite).await;
}

#[tokio::test]
async fn w7_w10_on_postgres() {
    w7_w10_what_is_signed_and_nobodys_is_counted_and_logged(Database::Postgres).await;
}

async fn unclaimed(app: &App) -> u64 {
    counted(&app.url, "oktext_unclaimed_sids ").await
}

mod unclaimed_reports {
    use super::*;

    on_both! {
        async fn w6_sids_that_nobody_claims_are_counted_and_listed_after_a_day(app) {
            let sids = ["SM00000000000000000000000000000001", "SM00000000000000000000000000000002"];
            // As of yesterday.
            app.later(-26 * HOUR);
            for (sid, status) in [(sids[0], "sent"), (sids[0], "delivered"), (sids[1], "sent")] {
                let report = [("MessageSid", sid), ("MessageStatus", status), ("AccountSid", app.account.as_str())];
                assert_eq!(app.bring("/twilio/status", &report).await.status(), StatusCode::NO_CONTENT);
            }
            assert_eq!(unclaimed(app).await, 0, "they may be known yet");
            app.later(0);
            assert_eq!(unclaimed(app).await, 2);
            let dana = app.sign_in(DANA).await;
            dana.text(CASE, "Whose?").await;
            dana.newest_becomes(CASE, &["delivered"]).await;
            app.base.change(&format!("UPDATE message SET sid = '{}' WHERE body = 'Whose?'", sids[1])).await;
            assert_eq!(unclaimed(app).await, 1, "the other is somebody's by now");
            let (printed, _) = app.beside(&["check"]).until_its_end();
            let listed = |sid: &str| printed.iter().filter(|line| line.contains(sid)).count();
            assert_eq!((listed(sids[0]), listed(sids[1])), (1, 0), "{printed:?}");
            app.later(31 * 24 * HOUR);
            assert_eq!(unclaimed(app).await, 0, "no news any more");
        }
    }
}
