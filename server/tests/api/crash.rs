//! The program is killed while a text is on its way to Twilio, which runs on.

use crate::{
    each_on_both,
    support::{
        Base, CLOCK, Database, KEY, Person, Program, browser, ledger, pass_on, put_clock, set_fate,
        set_up_texting, wait,
    },
};
use futures::FutureExt;
use reqwest::StatusCode;
use serde_json::json;
use std::{panic::AssertUnwindSafe, time::Duration};
use tempfile::TempDir;

pub const CASE: &str = "26-1";
pub const CELL: &str = "+16615550150";
pub const ADA: &str = "ada@harbor.example";
pub const PASSWORD: &str = "a long enough password";

/// A pretend Twilio of its own, which survives the program.
pub struct Twilio {
    pub url: String,
    pub account: String,
    pub token: String,
    pub number: String,
    _program: Program,
    _folder: TempDir,
}

impl Twilio {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let arguments = ["sim", "--listen", "127.0.0.1:0", "--delays", "0"];
        let mut program = Program::start(folder.path(), &arguments, &[]);
        let line = program.after("twilio: ");
        let word = |n| line.split(' ').nth(n).expect("a word").to_owned();
        Self {
            account: word(0),
            token: word(1),
            number: word(2),
            url: program.after("ready "),
            _program: program,
            _folder: folder,
        }
    }
}

/// Starts the server over this database and this Twilio: where it is, and the invitation's token if there is one.
pub fn serve(base: &Base, twilio: &Twilio) -> (Program, String, Option<String>) {
    let mut program = begin(base, twilio, &base.url, "127.0.0.1:0");
    let (url, token) = ready(&mut program);
    (program, url, token)
}

/// Starts the server and does not wait for it; it reaches its database by another way.
pub fn begin(base: &Base, twilio: &Twilio, database: &str, listen: &str) -> Program {
    let arguments = arguments(listen, &twilio.url);
    Program::start(base.folder(), &arguments, &settings(database))
}

/// Starts the server with these variables beside the usual ones, and waits until it is ready.
pub fn serve_with(
    base: &Base,
    twilio: &Twilio,
    more: &[(&str, &str)],
) -> (Program, String, Option<String>) {
    let arguments = arguments("127.0.0.1:0", &twilio.url);
    let settings: Vec<_> = settings(&base.url)
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    let mut program = Program::start(base.folder(), &arguments, &settings);
    let (url, token) = ready(&mut program);
    (program, url, token)
}

/// How the server is started.
pub fn arguments<'a>(listen: &'a str, twilio: &'a str) -> [&'a str; 7] {
    [
        "serve",
        "--listen",
        listen,
        "--data-dir",
        ".",
        "--twilio-api-url",
        twilio,
    ]
}

/// What it is told.
pub fn settings(database: &str) -> [(&str, &str); 3] {
    [
        ("OKTEXT_DATABASE_URL", database),
        ("OKTEXT_SECRET_KEY", KEY),
        ("OKTEXT_CLOCK_FILE", CLOCK),
    ]
}

/// Waits until the server is ready: where it is, and the invitation's token if there is one.
pub fn ready(program: &mut Program) -> (String, Option<String>) {
    let mut token = None;
    loop {
        let line = program.line();
        match line.strip_prefix("ready ") {
            Some(url) => return (url.to_owned(), token),
            None => token = Some(line),
        }
    }
}

/// The form by which the first administrator comes in.
pub fn first(token: &str) -> [(&str, &str); 6] {
    [
        ("setup_token", token),
        ("office", "Harbor Legal Aid"),
        ("name", "Ada"),
        ("email", ADA),
        ("password", PASSWORD),
        ("zone", "America/New_York"),
    ]
}

/// An office with its account, one client and one case. Nobody listens where Twilio sends its reports: they are lost, as
/// they are while a server is down.
pub async fn set_up(url: &str, token: &str, twilio: &Twilio) -> Person {
    set_up_reporting(url, token, twilio, "http://127.0.0.1:9/twilio/status").await
}

/// The same, with an address that Twilio sends its reports to.
pub async fn set_up_reporting(url: &str, token: &str, twilio: &Twilio, reports: &str) -> Person {
    let answer = Person::stranger(url).post("/first", &first(token)).await;
    let ada = Person::with_cookie_of(url, &answer);
    let Twilio {
        account,
        token,
        number,
        ..
    } = twilio;
    set_up_texting(&ada, account, token, number, reports).await;
    let client = [
        ("name", "Thuy"),
        ("cell", CELL),
        ("okay", "on"),
        ("language", "en"),
        ("case_number", CASE),
    ];
    assert_eq!(
        ada.post("/clients/new", &client).await.status(),
        StatusCode::SEE_OTHER
    );
    ada
}

async fn s5_a_crash_while_twilio_takes_it_ends_with_its_sid_and_one_entry_in_the_ledger(
    base: &Base,
) {
    let twilio = Twilio::start();
    let (mut program, url, token) = serve(base, &twilio);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    set_fate(&twilio.url, CELL, "timeout").await;
    let form = json!({ "number": CASE, "form": { "key": ada.key(CASE).await, "body": "Once." } });
    // Asked for and not waited for: the answer dies with the program.
    let asked = ada
        .to("/api/send_message")
        .json(&form)
        .header("cookie", ada.cookie())
        .send();
    let asked = tokio::spawn(asked);
    wait(async || (ledger(&twilio.url).await.len() == 1).then_some(())).await;
    assert_eq!(ada.rows(CASE).await[0]["status"], "posting");
    program.kill();
    assert!(asked.await.expect("no panic").is_err());

    // On PostgreSQL other servers may be alive, so a lease has to run out first.
    base.change("UPDATE outbox SET lease_until = 1").await;
    let (_program, url, token) = serve(base, &twilio);
    assert!(token.is_none(), "nobody is invited twice");
    let ada = ada.moved_to(&url);
    // No report reaches us: Twilio's list tells.
    let row = ada.newest_becomes(CASE, &["sent", "delivered"]).await;
    assert_eq!(row["body"], "Once.");
    assert_eq!(row["with_twilio"], true);
    // The next text goes its way; the outbox has been worked through by then.
    set_fate(&twilio.url, CELL, "delivered").await;
    ada.text(CASE, "Another.").await;
    ada.newest_becomes(CASE, &["queued", "sent", "delivered"])
        .await;
    let bodies: Vec<_> = ledger(&twilio.url)
        .await
        .into_iter()
        .map(|entry| entry["body"].clone())
        .collect();
    assert_eq!(bodies, ["Once.", "Another."]);
}

async fn s6_a_crash_after_201_and_before_the_commit_ends_with_the_sid_in_less_than_a_minute(
    base: &Base,
) {
    let twilio = Twilio::start();
    let begun = std::time::Instant::now();
    let (_program, ada) = pressed_and_ended(base, &twilio, "after_201").await;
    let row = ada
        .newest_becomes(CASE, &["queued", "sent", "delivered"])
        .await;
    assert_eq!(row["with_twilio"], true);
    let taken = ledger(&twilio.url).await;
    assert_eq!(taken.len(), 1);
    let known = "SELECT count(*) FROM message WHERE sid = ";
    let sid = taken[0]["sid"].as_str().expect("a Sid");
    assert_eq!(base.number(&format!("{known}'{sid}'")).await, 1);
    assert!(begun.elapsed() < Duration::from_secs(60));
}

async fn w18_an_outage_of_an_hour_loses_no_incoming_text_and_keeps_their_order_of_arrival(
    base: &Base,
) {
    let twilio = Twilio::start();
    let (mut program, url, token) = serve(base, &twilio);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    program.kill();
    let sender = browser();
    let phone = |from: String, body: String| {
        let text = json!({ "from": from, "to": twilio.number, "body": body, "hold": true });
        let request = sender.post(format!("{}/control/text", twilio.url));
        request.json(&text).send()
    };
    for n in 0..498 {
        let text = phone(format!("+1661555{:04}", 1000 + n), format!("Lost? {n}"));
        assert!(text.await.expect("an answer").status().is_success());
    }
    phone(CELL.into(), "I need help".into())
        .await
        .expect("an answer");
    phone(CELL.into(), "STOP".into()).await.expect("an answer");
    put_clock(base, 60 * 60 * 1000);
    let (_program, url, _) = serve(base, &twilio);
    let ada = ada.moved_to(&url);
    let late = "SELECT count(DISTINCT sid) FROM incoming WHERE late = 1 AND silence = 'late' AND answer IS NULL";
    wait(async || (base.number(late).await == 500).then_some(())).await;
    let came = ada.came(CASE).await;
    let bodies: Vec<_> = came
        .iter()
        .map(|row| row["body"].as_str().expect("a body"))
        .collect();
    assert_eq!(bodies, ["STOP", "I need help"]);
    assert!(came.iter().all(|row| row["late"] == true));
    // The hour is over; they arrived before it.
    let hour_ago = "SELECT count(*) FROM incoming i WHERE i.at > (SELECT max(listed_to) FROM sender) - 3000000";
    assert_eq!(base.number(hour_ago).await, 0);
    let (_, case) = ada.call("load_case", json!({ "number": CASE })).await;
    assert_eq!(case["why_not"], "Blocked", "the STOP counts");
    assert!(
        ada.page(&format!("/cases/{CASE}/texts"))
            .await
            .contains("Arrived late")
    );
    // Listed again they are the same texts.
    put_clock(base, 70 * 60 * 1000);
    let again = "SELECT count(*) FROM sender s JOIN org o ON o.id = s.org_id WHERE s.listed_to > (SELECT max(at) FROM incoming) + 4000000";
    wait(async || (base.number(again).await == 1).then_some(())).await;
    assert_eq!(base.number("SELECT count(*) FROM incoming").await, 500);
}

/// Presses "Send Message" on a server that ends at this point, as if it was killed there, and starts another.
async fn pressed_and_ended(base: &Base, twilio: &Twilio, point: &str) -> (Program, Person) {
    let at = format!("{point}:1");
    let (mut program, url, token) = serve_with(base, twilio, &[("OKTEXT_TORTURE_AT", &at)]);
    let ada = set_up(&url, &token.expect("an invitation"), twilio).await;
    let form = json!({ "number": CASE, "form": { "key": ada.key(CASE).await, "body": "Once." } });
    let asked = ada.to("/api/send_message").json(&form);
    let answer = asked.header("cookie", ada.cookie()).send().await;
    assert!(answer.is_err(), "whoever pressed is told nothing");
    program.kill();
    // On PostgreSQL other servers may be alive, so a lease has to run out first.
    base.change("UPDATE outbox SET lease_until = 1 WHERE lease_until IS NOT NULL")
        .await;
    let (program, url, _) = serve(base, twilio);
    (program, ada.moved_to(&url))
}

async fn s4_a_crash_before_the_first_byte_is_not_resent_and_staff_are_asked(base: &Base) {
    let twilio = Twilio::start();
    let (_program, ada) = pressed_and_ended(base, &twilio, "before_post").await;
    ada.newest_becomes(CASE, &["unknown"]).await;
    let (_, view) = ada.call("load_unclear", json!({})).await;
    assert_eq!(view["rows"], json!([]), "not before 15 minutes");
    put_clock(base, 16 * 60 * 1000);
    wait(async || {
        let (_, view) = ada.call("load_unclear", json!({})).await;
        let row = view["rows"].get(0)?.clone();
        (row["list"][0] == "not_there").then_some(())
    })
    .await;
    assert!(ledger(&twilio.url).await.is_empty());
}

async fn s1_a_text_that_was_saved_before_the_program_ended_goes_out_after_it(base: &Base) {
    let twilio = Twilio::start();
    let (_program, ada) = pressed_and_ended(base, &twilio, "after_enqueue_commit").await;
    ada.newest_becomes(CASE, &["queued", "sent", "delivered"])
        .await;
    assert_eq!(ledger(&twilio.url).await.len(), 1);
}

/// Between `posting` and the first byte for longer than its claim: by then it may have been taken over and decided on.
async fn a_worker_that_stood_still_past_its_claim_sends_nothing_any_more(base: &Base) {
    let twilio = Twilio::start();
    let still = [
        ("OKTEXT_TORTURE_AT", "before_post:1:2500"),
        ("OKTEXT_TORTURE_LEASE", "1000"),
    ];
    let (_program, url, token) = serve_with(base, &twilio, &still);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    ada.text(CASE, "Too late.").await;
    // Also the fault that is written where the claim was still its own: nobody knows, and the list tells.
    ada.newest_becomes(CASE, &["unknown"]).await;
    let looked = "SELECT count(*) FROM outbox WHERE list_said = 'not_there'";
    wait(async || (base.number(looked).await == 1).then_some(())).await;
    assert!(ledger(&twilio.url).await.is_empty());
}

/// Runs a test on a fresh database and takes it away, however the test ended.
pub async fn run(database: Database, test: impl AsyncFn(&Base)) {
    let base = Base::fresh(database).await;
    let ended = AssertUnwindSafe(test(&base)).catch_unwind().await;
    base.remove().await;
    pass_on(ended);
}

each_on_both! {
    s5_a_crash_while_twilio_takes_it_ends_with_its_sid_and_one_entry_in_the_ledger
    s6_a_crash_after_201_and_before_the_commit_ends_with_the_sid_in_less_than_a_minute
    s4_a_crash_before_the_first_byte_is_not_resent_and_staff_are_asked
    w18_an_outage_of_an_hour_loses_no_incoming_text_and_keeps_their_order_of_arrival
    s1_a_text_that_was_saved_before_the_program_ended_goes_out_after_it
    a_worker_that_stood_still_past_its_claim_sends_nothing_any_more
}
