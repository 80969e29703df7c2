//! Several servers on one PostgreSQL: what one does the others know, and each thing is done once.

use crate::{
    crash::{ADA, CASE, CELL, PASSWORD, Twilio, begin, first, ready, run, serve, set_up},
    live::{Stream, page},
    support::{
        Base, CLOCK, Database, KEY, Person, Program, Way, browser, ledger, put_clock, ran,
        set_fate, wait, wait_up_to,
    },
};
use futures::future::{join, join_all};
use reqwest::StatusCode;
use serde_json::json;
use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

const MINUTE: i64 = 60 * 1000;
/// Polling alone would take up to five seconds.
const A_MOMENT: Duration = Duration::from_secs(2);
/// What is done once a minute, or when a lease of half a minute has ended.
const LONG: Duration = Duration::from_secs(150);

/// Two servers, and their administrator at the first.
struct Two {
    twilio: Twilio,
    one: Program,
    _other: Program,
    one_url: String,
    other_url: String,
    ada: Person,
}

impl Two {
    async fn start(base: &Base) -> Self {
        let twilio = Twilio::start();
        let (one, one_url, token) = serve(base, &twilio);
        let ada = set_up(&one_url, &token.expect("an invitation"), &twilio).await;
        base.change("UPDATE sender SET pace = 0").await;
        let (other, other_url, _) = serve(base, &twilio);
        Self {
            twilio,
            one,
            _other: other,
            one_url,
            other_url,
            ada,
        }
    }

    /// The administrator, by the same session at the other server.
    fn ada_at_the_other(&self) -> Person {
        Person::with_cookie(&self.other_url, self.ada.cookie())
    }

    async fn ledger(&self) -> Vec<serde_json::Value> {
        ledger(&self.twilio.url).await
    }
}

async fn count(url: &str, line: &str) -> u64 {
    let said = Person::stranger(url).page("/metrics").await;
    let rest = said.lines().find_map(|each| each.strip_prefix(line));
    rest.map_or(0, |rest| rest.trim().parse().expect("a number"))
}

fn sends(outcome: &str) -> String {
    format!("oktext_sends_total{{outcome=\"{outcome}\"}}")
}

/// Presses "Send Message" and does not wait: the answer may die with the program.
async fn press(ada: &Person, body: &str) {
    let form = json!({ "number": CASE, "form": { "key": ada.key(CASE).await, "body": body } });
    let request = ada.to("/api/send_message").json(&form);
    tokio::spawn(request.header("cookie", ada.cookie()).send());
}

/// So many texts that wait, each with words of its own; as many people have written them at once.
async fn texts_wait(base: &Base, texts: usize) {
    base.change(&format!(
        "INSERT INTO message (org_id, id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding,
                              status, rank, created_at, status_at)
         SELECT org_id, gen_random_uuid(), case_id, client_id, staff_id, gen_random_uuid(), 'No. ' || n, to_phone, 1,
                encoding, 'waiting', 0, created_at + n, created_at + n
         FROM message, generate_series(1, {texts}) AS n WHERE body = 'First.'"
    ))
    .await;
    base.change(
        "INSERT INTO outbox (org_id, message_id, staff_id, not_before, attempts, created_at)
         SELECT org_id, id, staff_id, created_at, 0, created_at FROM message WHERE body LIKE 'No. %'",
    )
    .await;
}

async fn halt(base: &Base) {
    base.change(
        "INSERT INTO halt (org_id, reason, since, times) SELECT id, 'restored', 1, 1 FROM org",
    )
    .await;
}

async fn end_halt(base: &Base) {
    base.change("DELETE FROM halt").await;
}

async fn o1_two_servers_that_start_at_once_on_an_empty_database_found_one_office(base: &Base) {
    let twilio = Twilio::start();
    let mut servers: Vec<Program> = (0..2)
        .map(|_| begin(base, &twilio, &base.url, "127.0.0.1:0"))
        .collect();
    let starts: Vec<_> = servers.iter_mut().map(ready).collect();
    // Either token is good at either.
    let token = starts[0].1.as_deref().expect("an invitation");
    let posts = starts.iter().map(|(url, _)| async move {
        Person::stranger(url)
            .post("/first", &first(token))
            .await
            .status()
    });
    let answers = join_all(posts).await;
    let founded = answers
        .iter()
        .filter(|status| **status == StatusCode::SEE_OTHER);
    assert_eq!(founded.count(), 1, "{answers:?}");
    assert_eq!(base.number("SELECT count(*) FROM org").await, 1);
    assert_eq!(base.number("SELECT count(*) FROM staff").await, 1);
}

async fn a_page_at_one_server_is_told_at_once_of_what_the_other_did(base: &Base) {
    let two = Two::start(base).await;
    let there = two.ada_at_the_other();
    let (case, known) = page(&there, CASE).await;
    let mut stream = Stream::open(&there, &case, known).await;
    let mut seen = HashSet::new();
    for n in 0..5 {
        let began = Instant::now();
        let told = async {
            loop {
                let event = stream.next().await.expect("an event");
                if seen.insert(event.text) {
                    return began.elapsed();
                }
            }
        };
        let (_, told) = join(two.ada.text(CASE, &format!("News {n}")), told).await;
        assert!(told < A_MOMENT, "{told:?}");
    }
    // The connection by which servers hear each other is lost: the table is the truth, and then it is made anew.
    base.change(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()",
    )
    .await;
    two.ada.text(CASE, "Told all the same").await;
    while !seen.insert(stream.next().await.expect("an event").text) {}
    let hear = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    wait(async || (base.number(hear).await >= 2).then_some(())).await;
    assert_eq!(two.ledger().await.len(), 6, "each went out once");
}

async fn who_signs_in_or_out_at_one_server_did_so_at_all(base: &Base) {
    let two = Two::start(base).await;
    let form = [("email", ADA), ("password", PASSWORD)];
    let answer = Person::stranger(&two.one_url).post("/login", &form).await;
    let here = Person::with_cookie_of(&two.one_url, &answer);
    let there = Person::with_cookie_of(&two.other_url, &answer);
    assert_eq!(there.get("/").await.status(), StatusCode::OK);
    there.post("/logout", &[]).await;
    assert_eq!(here.get("/").await.headers()["location"], "/login?next=%2F");
}

async fn wrong_passwords_count_at_all_servers_together(base: &Base) {
    let two = Two::start(base).await;
    let form = [("email", ADA), ("password", "not the right one")];
    // The one try by which the first administrator came in is forgotten by then.
    put_clock(base, 2 * MINUTE);
    let [here, there] = [&two.one_url, &two.other_url].map(|url| Person::stranger(url));
    // Many at once gain nothing.
    let tries = (0..14).map(|n| [&here, &there][n % 2].post("/login", &form));
    let answers = join_all(tries).await;
    let wrong = answers
        .iter()
        .filter(|answer| answer.status() == StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.count(), 10);
    let right = [("email", ADA), ("password", PASSWORD)];
    for person in [&here, &there] {
        let answer = person.post("/login", &right).await;
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    }
    put_clock(base, 3 * MINUTE);
    assert_eq!(
        there.post("/login", &right).await.status(),
        StatusCode::SEE_OTHER
    );
    let known =
        "SELECT count(*) FROM sign_in_try WHERE position('ada' IN encode(who, 'escape')) > 0";
    assert_eq!(base.number(known).await, 0, "nobody's address is kept");
    put_clock(base, 20 * MINUTE);
    let left = "SELECT count(*) FROM sign_in_try";
    wait_up_to(LONG, async || (base.number(left).await == 0).then_some(())).await;
}

async fn s18_texts_that_two_servers_send_go_out_once_each(base: &Base) {
    const TEXTS: usize = 2_000;
    let two = Two::start(base).await;
    two.ada.text(CASE, "First.").await;
    halt(base).await;
    texts_wait(base, TEXTS).await;
    end_halt(base).await;
    let left = "SELECT count(*) FROM outbox";
    wait_up_to(LONG, async || (base.number(left).await == 0).then_some(())).await;
    let ledger = two.ledger().await;
    assert_eq!(ledger.len(), TEXTS + 1);
    let bodies: HashSet<_> = ledger
        .iter()
        .map(|entry| entry["body"].to_string())
        .collect();
    assert_eq!(bodies.len(), TEXTS + 1);
    let with_sid = "SELECT count(DISTINCT sid) FROM message";
    assert_eq!(base.number(with_sid).await, TEXTS as i64 + 1);
    let (one, other) = (
        count(&two.one_url, &sends("accepted")).await,
        count(&two.other_url, &sends("accepted")).await,
    );
    assert!(one > 0 && other > 0, "both took part: {one} and {other}");
    assert_eq!(one + other, TEXTS as u64 + 1);
}

async fn s19_a_server_that_stood_still_past_its_lease_changes_nothing_any_more(base: &Base) {
    let mut two = Two::start(base).await;
    set_fate(&two.twilio.url, CELL, "timeout").await;
    press(&two.ada, "Once.").await;
    wait(async || (two.ledger().await.len() == 1).then_some(())).await;
    two.one.signal("STOP");
    let there = two.ada_at_the_other();
    assert_eq!(there.rows(CASE).await[0]["status"], "posting");
    base.change("UPDATE outbox SET lease_until = 1").await;
    // The other server takes it over as unknown, and finds it in Twilio's list.
    let found = there.newest_becomes(CASE, &["sent", "delivered"]).await;
    two.one.signal("CONT");
    let (url, unclear) = (&two.one_url, sends("unclear"));
    wait(async || (count(url, &unclear).await == 1).then_some(())).await;
    two.one.ask_to_end();
    assert!(two.one.ended_well());
    let row = there.rows(CASE).await.remove(0);
    assert_eq!(
        (&row["status"], &row["with_twilio"]),
        (&found["status"], &json!(true))
    );
    assert_eq!(base.number("SELECT count(*) FROM outbox").await, 0);
    assert_eq!(two.ledger().await.len(), 1);
}

async fn what_a_killed_server_was_sending_is_taken_over_when_its_lease_ends(base: &Base) {
    let mut two = Two::start(base).await;
    set_fate(&two.twilio.url, CELL, "timeout").await;
    press(&two.ada, "First.").await;
    wait(async || (two.ledger().await.len() == 1).then_some(())).await;
    two.one.kill();
    set_fate(&two.twilio.url, CELL, "delivered").await;
    // What was claimed and not handed over, and whose lease ends by the database's time, leaves after that.
    let in_three_seconds = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) + 3000";
    halt(base).await;
    texts_wait(base, 1).await;
    base.change(&format!(
        "UPDATE outbox SET claim_token = gen_random_uuid(), owner = 'gone', claimed_at = 1, lease_until = {in_three_seconds}
         WHERE posting_at IS NULL"
    ))
    .await;
    base.change("UPDATE message SET status = 'claimed', rank = 1 WHERE body = 'No. 1'")
        .await;
    let began = Instant::now();
    end_halt(base).await;
    wait(async || (two.ledger().await.len() == 2).then_some(())).await;
    assert!(
        began.elapsed() > Duration::from_secs(2),
        "its lease was heeded"
    );
    // What was being handed over is unknown once its lease of 30 seconds has ended, and found in Twilio's list.
    let left = "SELECT count(*) FROM outbox";
    wait_up_to(LONG, async || (base.number(left).await == 0).then_some(())).await;
    assert_eq!(
        base.number("SELECT count(DISTINCT sid) FROM message").await,
        2
    );
    assert_eq!(two.ledger().await.len(), 2);
}

async fn of_two_servers_one_asks_twilio_about_a_text(base: &Base) {
    let two = Two::start(base).await;
    set_fate(&two.twilio.url, CELL, "silent").await;
    two.ada.text(CASE, "Silence.").await;
    let fetched = "SELECT count(*) FROM report WHERE source = 'fetch'";
    for (times, after) in (1..).zip([2 * MINUTE, 6 * MINUTE, 31 * MINUTE]) {
        put_clock(base, after);
        wait(async || (base.number(fetched).await >= times).then_some(())).await;
        assert_eq!(base.number(fetched).await, times);
    }
}

async fn o1_an_older_server_stays_ready_while_a_newer_one_migrates_and_is_refused_at_its_next_start(
    base: &Base,
) {
    let twilio = Twilio::start();
    let (_program, url, _) = serve(base, &twilio);
    base.change(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         SELECT 9999, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
    )
    .await;
    let asked = Person::stranger(&url).get("/readyz").await;
    assert_eq!(asked.status(), StatusCode::OK);
    let settings = [
        ("OKTEXT_DATABASE_URL", base.url.as_str()),
        ("OKTEXT_SECRET_KEY", KEY),
        ("OKTEXT_CLOCK_FILE", CLOCK),
    ];
    let again = ran(
        base.folder(),
        &["serve", "--listen", "127.0.0.1:0", "--data-dir", "."],
        &settings,
        "",
    );
    assert!(
        !again.well && again.errors.contains("newer version of this program"),
        "{}",
        again.errors
    );
}

async fn s28_a_database_that_stops_and_comes_back(base: &Base) {
    let (twilio, way) = (Twilio::start(), Way::to(&base.url).await);
    let mut program = begin(base, &twilio, &way.of(&base.url), "127.0.0.1:0");
    let (url, token) = ready(&mut program);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    set_fate(&twilio.url, CELL, "429").await;
    ada.text(CASE, "Waits.").await;
    for _ in 0..3 {
        let key = ada.key(CASE).await;
        way.close().await;
        let form = [
            ("key", key.as_str()),
            ("body", "Kept in the form"),
            ("press", "send"),
        ];
        let refused = ada.post(&format!("/cases/{CASE}/text"), &form).await;
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        way.open();
        let began = Instant::now();
        let ready = async || {
            let answer = browser().get(format!("{url}/readyz")).send().await.ok()?;
            (answer.status() == StatusCode::OK).then_some(())
        };
        wait(ready).await;
        assert!(
            began.elapsed() < Duration::from_secs(2),
            "{:?}",
            began.elapsed()
        );
    }
    set_fate(&twilio.url, CELL, "delivered").await;
    base.change("UPDATE outbox SET not_before = 1").await;
    base.change("DELETE FROM halt").await;
    wait(async || (ledger(&twilio.url).await.len() == 1).then_some(())).await;
    assert_eq!(
        ada.rows(CASE).await.len(),
        1,
        "what was refused was not saved"
    );
}

async fn s29_a_server_that_became_read_only_is_noticed_and_left(base: &Base) {
    let (twilio, all) = (
        Twilio::start(),
        "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    let (_program, url, token) = serve(base, &twilio);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    let name = base.url.rsplit('/').next().expect("a name").to_owned();
    let key = ada.key(CASE).await;
    base.change(&format!(
        "ALTER DATABASE {name} SET default_transaction_read_only = on"
    ))
    .await;
    base.change(&format!("SELECT pg_terminate_backend(pid) FROM {all}"))
        .await;
    let form = [
        ("key", key.as_str()),
        ("body", "Not saved"),
        ("press", "send"),
    ];
    let refused = ada.post(&format!("/cases/{CASE}/text"), &form).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    let asked = Person::stranger(&url).get("/readyz").await;
    assert_eq!(
        asked.status(),
        StatusCode::SERVICE_UNAVAILABLE,
        "not even reading"
    );
    base.change(&format!(
        "BEGIN READ WRITE; ALTER DATABASE {name} RESET default_transaction_read_only; COMMIT"
    ))
    .await;
    wait(async || {
        (Person::stranger(&url).get("/readyz").await.status() == StatusCode::OK).then_some(())
    })
    .await;
    let sent = ada.post(&format!("/cases/{CASE}/text"), &form).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    assert_eq!(ledger(&twilio.url).await.len(), 1);
}

/// Each sentence on PostgreSQL: SQLite has one server.
macro_rules! several {
    ($($name:ident)+) => {
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
                super::run(super::Database::Postgres, super::$name).await;
            })+
        }
    };
}

several! {
    o1_two_servers_that_start_at_once_on_an_empty_database_found_one_office
    a_page_at_one_server_is_told_at_once_of_what_the_other_did
    who_signs_in_or_out_at_one_server_did_so_at_all
    wrong_passwords_count_at_all_servers_together
    s18_texts_that_two_servers_send_go_out_once_each
    s19_a_server_that_stood_still_past_its_lease_changes_nothing_any_more
    what_a_killed_server_was_sending_is_taken_over_when_its_lease_ends
    of_two_servers_one_asks_twilio_about_a_text
    o1_an_older_server_stays_ready_while_a_newer_one_migrates_and_is_refused_at_its_next_start
    s28_a_database_that_stops_and_comes_back
    s29_a_server_that_became_read_only_is_noticed_and_left
}
