//! A machine whose clock is wrong: what the program does by itself is held, and goes on by itself when the clock is right.
//!
//! The clock of the machine jumps (`OKTEXT_TORTURE_CLOCK`); that of the pretend Twilio and, on PostgreSQL, that of the
//! database do not. The training clock (`OKTEXT_CLOCK_FILE`) is put forward on purpose, which is no disagreement.

use crate::{
    crash::{ADA, CASE, CELL, PASSWORD, Twilio, arguments, ready, set_up, settings},
    support::{Base, Database, Person, Program, browser, ledger, put_clock, set_fate, wait},
};
use reqwest::StatusCode;
use serde_json::json;

const JUMP: &str = "jump";
const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const YEAR: i64 = 365 * 24 * HOUR;

const GIVEN_UP: &str = "SELECT count(*) FROM message WHERE asked >= 9";
const STAFF_ASKED: &str = "SELECT count(*) FROM outbox WHERE staff_asked_at IS NOT NULL";
const SESSIONS: &str = "SELECT count(*) FROM session";
const EVENTS: &str = "SELECT count(*) FROM event";

/// The machine's clock is wrong by so much.
fn jump(base: &Base, milliseconds: i64) {
    std::fs::write(base.folder().join(JUMP), milliseconds.to_string()).expect("written");
}

/// Starts the server on a machine whose clock can jump.
fn serve(base: &Base, twilio: &Twilio) -> (Program, String, Option<String>) {
    let [database, key, clock] = settings(&base.url);
    let settings = [database, key, clock, ("OKTEXT_TORTURE_CLOCK", JUMP)];
    let arguments = arguments("127.0.0.1:0", &twilio.url);
    let mut program = Program::start(base.folder(), &arguments, &settings);
    let (url, token) = ready(&mut program);
    (program, url, token)
}

/// A number of `/metrics`; what was not counted yet is 0.
async fn number(url: &str, name: &str) -> i64 {
    let said = Person::stranger(url).page("/metrics").await;
    let line = format!("oktext_{name} ");
    let value = said.lines().find_map(|each| each.strip_prefix(&line));
    value.map_or(0, |value| value.parse().expect("a number"))
}

async fn ahead(url: &str) -> i64 {
    number(url, "clock_ahead_seconds").await
}

/// Waits until this kind of work was due once more, and was held.
async fn held(url: &str, work: &str) {
    let name = format!("held_total{{work=\"{work}\"}}");
    let before = number(url, &name).await;
    wait(async || (number(url, &name).await >= before + 2).then_some(())).await;
}

/// Waits until the clocks agree for the program.
async fn agreed(url: &str) {
    wait(async || (ahead(url).await.abs() <= 120).then_some(())).await;
}

/// What the program will have to decide by itself: a text without a final word, and one of which nobody knows.
async fn undecided(url: &str, token: &str, twilio: &Twilio) -> Person {
    let ada = set_up(url, token, twilio).await;
    set_fate(&twilio.url, CELL, "silent").await;
    ada.text(CASE, "Silent.").await;
    ada.newest_becomes(CASE, &["queued", "sent"]).await;
    set_fate(&twilio.url, CELL, "500").await;
    ada.text(CASE, "Unclear.").await;
    ada.newest_becomes(CASE, &["unknown"]).await;
    set_fate(&twilio.url, CELL, "silent").await;
    ada
}

/// The clock is right: what is due by the training clock, which is put forward on purpose, is done.
async fn goes_on(base: &Base) {
    put_clock(base, 16 * MINUTE);
    wait(async || (base.number(STAFF_ASKED).await == 1).then_some(())).await;
    put_clock(base, 121 * HOUR);
    wait(async || (base.number(GIVEN_UP).await >= 1).then_some(())).await;
}

async fn skew(twilio: &Twilio, seconds: i64) {
    let request = browser().post(format!("{}/control/clock", twilio.url));
    let set = request.json(&json!({ "skew_seconds": seconds })).send();
    assert!(set.await.expect("an answer").status().is_success());
}

async fn s20_while_the_clock_is_wrong_nothing_is_given_up_and_then_all_goes_on(base: &Base) {
    let twilio = Twilio::start();
    let (_program, url, token) = serve(base, &twilio);
    let ada = undecided(&url, &token.expect("an invitation"), &twilio).await;
    agreed(&url).await;
    for wrong in [YEAR, -YEAR, 10 * MINUTE] {
        jump(base, wrong);
        held(&url, "asking").await;
        assert!((ahead(&url).await - wrong / 1000).abs() < 60);
        assert_eq!(base.number(GIVEN_UP).await, 0, "{wrong}");
        assert_eq!(base.number(STAFF_ASKED).await, 0, "{wrong}");
        if wrong == YEAR {
            // What a person sends goes out; by this clock every session has ended, so somebody signs in.
            let form = [("email", ADA), ("password", PASSWORD)];
            let answer = Person::stranger(&url).post("/login", &form).await;
            let again = Person::with_cookie_of(&url, &answer);
            let before = ledger(&twilio.url).await.len();
            again.text(CASE, "By hand.").await;
            wait(async || (ledger(&twilio.url).await.len() == before + 1).then_some(())).await;
            let page = again.page("/admin/texting").await;
            assert!(page.contains("This server’s clock is 365 days ahead"));
        }
    }
    jump(base, 0);
    agreed(&url).await;
    assert_eq!(
        ada.get("/").await.status(),
        StatusCode::OK,
        "still signed in"
    );
    assert!(!ada.page("/admin/texting").await.contains("days ahead"));
    // The newest text by its date is now one of next year: each press is a text of its own all the same.
    let before = ledger(&twilio.url).await.len();
    for more in 1..=2 {
        ada.text(CASE, "By the right clock.").await;
        wait(async || (ledger(&twilio.url).await.len() == before + more).then_some(())).await;
    }
    // What was written by the wrong clock is not asked about a year later.
    let far = format!(
        "SELECT count(*) FROM message WHERE ask_at > (SELECT min(created_at) FROM message) + {}",
        7 * 24 * HOUR
    );
    wait(async || (base.number(&far).await == 0).then_some(())).await;
    goes_on(base).await;
}

async fn s20_a_machine_that_slept_goes_on_once_twilio_says_the_same_and_twilios_word_counts(
    base: &Base,
) {
    let twilio = Twilio::start();
    let (_program, url, token) = serve(base, &twilio);
    let ada = undecided(&url, &token.expect("an invitation"), &twilio).await;
    agreed(&url).await;
    // Twilio's clock says another time than ours.
    skew(&twilio, 600).await;
    ada.text(CASE, "Its answer tells the time.").await;
    held(&url, "asking").await;
    assert!((ahead(&url).await + 600).abs() < 60);
    assert!(
        ada.page("/admin/texting")
            .await
            .contains("clock is 10 minutes behind")
    );
    skew(&twilio, 0).await;
    agreed(&url).await;
    // The machine slept: its clock went on, and what was counted did not. Twilio is asked, and says the same.
    let slept = 8 * HOUR;
    skew(&twilio, slept / 1000).await;
    jump(base, slept);
    wait(async || {
        let seen = "SELECT count(*) FROM outbox WHERE staff_asked_at IS NOT NULL";
        (base.number(seen).await == 1).then_some(())
    })
    .await;
    agreed(&url).await;
}

async fn o6_a_clock_that_is_wrong_at_the_start_is_found_out_before_anything_is_done_by_it(
    base: &Base,
) {
    let twilio = Twilio::start();
    let (mut program, url, token) = serve(base, &twilio);
    let ada = undecided(&url, &token.expect("an invitation"), &twilio).await;
    program.kill();
    // On PostgreSQL other servers may be alive, so a lease has to run out first.
    base.change("UPDATE outbox SET lease_until = 1 WHERE lease_until IS NOT NULL")
        .await;
    let before = [base.number(SESSIONS).await, base.number(EVENTS).await];
    jump(base, YEAR);
    let (_program, url, _) = serve(base, &twilio);
    held(&url, "asking").await;
    for work in ["tidying", "nightly_check"] {
        let name = format!("held_total{{work=\"{work}\"}}");
        wait(async || (number(&url, &name).await >= 1).then_some(())).await;
    }
    assert_eq!(base.number(GIVEN_UP).await, 0);
    assert_eq!(base.number(STAFF_ASKED).await, 0);
    let after = [base.number(SESSIONS).await, base.number(EVENTS).await];
    assert_eq!(after, before, "nothing was tidied away");
    let checked = "SELECT count(*) FROM setup_check WHERE night_at IS NOT NULL AND night_at > (SELECT min(created_at) FROM message) + 86400000";
    assert_eq!(base.number(checked).await, 0);
    jump(base, 0);
    agreed(&url).await;
    let ada = ada.moved_to(&url);
    assert_eq!(
        ada.get("/").await.status(),
        StatusCode::OK,
        "still signed in"
    );
    goes_on(base).await;
}

macro_rules! both {
    ($($name:ident)+) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() { crate::crash::run(super::Database::Sqlite, super::$name).await; })+
        }
        mod postgres {
            $(#[tokio::test] async fn $name() { crate::crash::run(super::Database::Postgres, super::$name).await; })+
        }
    };
}

both! {
    s20_while_the_clock_is_wrong_nothing_is_given_up_and_then_all_goes_on
    s20_a_machine_that_slept_goes_on_once_twilio_says_the_same_and_twilios_word_counts
    o6_a_clock_that_is_wrong_at_the_start_is_found_out_before_anything_is_done_by_it
}
