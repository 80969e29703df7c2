//! The database is away: what comes from Twilio is answered 503 in time and never 2xx, and nothing of it is lost.

#[cfg(unix)]
use crate::support::{cluster::Cluster, how_many, wait_up_to};
use crate::{
    crash::{CASE, CELL, Twilio, begin, ready, run, set_up_reporting},
    support::{
        Base, CELL as DEMO_CELL, DANA, Database, Person, Program, Way, browser, free_port, ledger,
        put_clock, run as run_demo, set_fate, sign, wait,
    },
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, SqliteConnection};
use std::time::{Duration, Instant};
use tokio::{task::JoinSet, time::interval};

const MINUTE: i64 = 60 * 1000;
/// Twilio gives a webhook 15 seconds with all its retries.
const IN_TIME: Duration = Duration::from_secs(3);
const FIFTY: usize = 50;
/// Of a second.
const A_50TH: Duration = Duration::from_millis(20);
const TEN_MINUTES: Duration = Duration::from_secs(600);
const TWILIOS_PATIENCE: Duration = Duration::from_secs(15);
const OTHER_CELL: &str = "+16615550151";

/// A server whose database can be taken away, with a Twilio that brings it texts and reports.
struct Reached {
    twilio: Twilio,
    way: Way,
    ada: Person,
    url: String,
    _program: Program,
}

impl Reached {
    async fn start(base: &Base) -> Self {
        let way = Way::to(&base.url).await;
        Self::start_by(base, &way.of(&base.url), way).await
    }

    /// The server reaches its database by this address.
    async fn start_by(base: &Base, database: &str, way: Way) -> Self {
        let twilio = Twilio::start();
        let listen = format!("127.0.0.1:{}", free_port());
        let mut program = begin(base, &twilio, database, &listen);
        let (url, token) = ready(&mut program);
        let reports = format!("{url}/twilio/status");
        let ada = set_up_reporting(&url, &token.expect("an invitation"), &twilio, &reports).await;
        let number =
            json!({ "phone_number": twilio.number, "sms_url": format!("{url}/twilio/text") });
        at(&twilio, "number", number).await;
        Self {
            twilio,
            way,
            ada,
            url,
            _program: program,
        }
    }

    /// A phone texts: how the server answered, and how long Twilio waited for it.
    async fn phone_texts(&self, from: &str, body: &str) -> (Value, Duration) {
        let text = json!({ "from": from, "to": self.twilio.number, "body": body });
        let began = Instant::now();
        let exchange = at(&self.twilio, "text", text).await;
        (exchange["posts"][0]["status"].clone(), began.elapsed())
    }

    /// Twilio reports on a text.
    async fn report(&self, text: &str, sid: &str, status: &str) -> StatusCode {
        let path = format!("/twilio/status?text={text}");
        let form = [
            ("MessageSid", sid),
            ("MessageStatus", status),
            ("AccountSid", self.twilio.account.as_str()),
        ];
        let url = format!("{}{path}", self.url);
        let request = browser().post(&url).form(&form);
        let request = request.header(
            twilio::signature::HEADER,
            sign(&self.twilio.token, &url, &form),
        );
        request.send().await.expect("an answer").status()
    }
}

async fn at(twilio: &Twilio, what: &str, json: Value) -> Value {
    let request = browser()
        .post(format!("{}/control/{what}", twilio.url))
        .json(&json);
    let answer = request.send().await.expect("an answer");
    assert!(answer.status().is_success(), "{what}");
    answer.json().await.unwrap_or(Value::Null)
}

async fn w17_with_the_database_away_no_text_and_no_report_is_acknowledged_and_none_is_lost(
    base: &Base,
) {
    let reached = Reached::start(base).await;
    let ada = &reached.ada;
    set_fate(&reached.twilio.url, CELL, "silent").await;
    ada.text(CASE, "Reported on later.").await;
    let row = ada.newest_becomes(CASE, &["queued", "sent"]).await;
    let (text, sid) = (
        row["id"].as_str().expect("an id"),
        ledger(&reached.twilio.url).await[0]["sid"].clone(),
    );
    let sid = sid.as_str().expect("a Sid");
    let outage = base
        .number("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")
        .await;
    reached.way.close().await;
    for n in 0..5 {
        let (status, took) = reached.phone_texts(CELL, &format!("Lost? {n}")).await;
        assert_eq!(status, 503);
        assert!(took < IN_TIME, "{took:?}");
        let began = Instant::now();
        assert_eq!(
            reached.report(text, sid, "delivered").await,
            StatusCode::SERVICE_UNAVAILABLE
        );
        assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
    }
    reached.way.open();
    assert_eq!(base.number("SELECT count(*) FROM incoming").await, 0);
    // A report that Twilio does not repeat is made up for by asking; a text by Twilio's list.
    put_clock(base, 10 * MINUTE);
    let came = "SELECT count(DISTINCT sid) FROM incoming WHERE late = 1";
    wait(async || (base.number(came).await == 5).then_some(())).await;
    assert_eq!(base.number("SELECT count(*) FROM incoming").await, 5);
    let then = format!(
        "SELECT count(*) FROM incoming WHERE at >= {} AND at < {}",
        outage - 2 * 1000,
        outage + 5 * MINUTE
    );
    assert_eq!(
        base.number(&then).await,
        5,
        "as of when they arrived at Twilio"
    );
    let asked = "SELECT count(*) FROM report WHERE source = 'fetch'";
    wait(async || (base.number(asked).await >= 1).then_some(())).await;
    // Repeated by Twilio they change nothing, and are acknowledged now.
    assert_eq!(
        reached.report(text, sid, "delivered").await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(reached.phone_texts(CELL, "Now").await.0, 200);
    assert_eq!(
        ada.rows(CASE)
            .await
            .iter()
            .filter(|row| row["status"] == "delivered")
            .count(),
        1
    );
    assert_eq!(base.number("SELECT count(*) FROM incoming").await, 6);
}

async fn w22_a_stop_while_the_database_is_away_counts_from_its_arrival_and_nothing_goes_out_in_between(
    base: &Base,
) {
    let reached = Reached::start(base).await;
    let ada = &reached.ada;
    reached.way.close().await;
    let (status, _) = reached.phone_texts(CELL, "STOP").await;
    assert_eq!(status, 503);
    reached.way.open();
    let back = async || {
        (Person::stranger(&reached.url).get("/readyz").await.status() == StatusCode::OK)
            .then_some(())
    };
    wait(back).await;
    // Before Twilio's list has told: Twilio itself refuses what is sent to whoever texted STOP, and that counts at once.
    ada.text(CASE, "In between.").await;
    let row = ada.newest_becomes(CASE, &["refused"]).await;
    assert_eq!(row["error"], 21610);
    assert!(
        ledger(&reached.twilio.url).await.is_empty(),
        "nothing went out"
    );
    let (_, case) = ada.call("load_case", json!({ "number": CASE })).await;
    assert_eq!(case["why_not"], "Blocked");
    put_clock(base, 10 * MINUTE);
    let came = "SELECT count(*) FROM incoming WHERE late = 1 AND kind = 'stop'";
    wait(async || (base.number(came).await == 1).then_some(())).await;
    let sent_after = "SELECT count(*) FROM incoming i JOIN message m ON m.created_at < i.at";
    assert_eq!(
        base.number(sent_after).await,
        0,
        "it counts from its arrival, before the text"
    );
    assert_eq!(
        reached.phone_texts(OTHER_CELL, "Others are heard").await.0,
        200
    );
}

/// PostgreSQL itself is stopped, in the middle of fifty webhooks a second.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn w17_postgresql_is_stopped_under_fifty_webhooks_a_second_and_no_text_is_lost() {
    let Some(mut cluster) = Cluster::start().await else {
        return;
    };
    let base = Base::reached_by(cluster.url());
    // It is the server that is taken away, and not the way to it.
    let reached = Reached::start_by(&base, &base.url, Way::to(&base.url).await).await;
    let texts = FIFTY * how_many("OKTEXT_TEST_OUTAGE", 5);
    let phones = browser();
    let (mut brought, mut pace) = (JoinSet::new(), interval(A_50TH));
    // A second before the outage and one after it, so that texts are on their way when it begins and ends.
    for n in 0..texts + 2 * FIFTY {
        pace.tick().await;
        if n == FIFTY {
            cluster.stop("INT");
        }
        if n == FIFTY + texts {
            cluster.begin();
        }
        let text = json!({ "from": format!("+1661{}", 2_000_000 + n), "to": reached.twilio.number, "body": format!("Lost? {n}") });
        let request = phones
            .post(format!("{}/control/text", reached.twilio.url))
            .json(&text);
        brought.spawn(async move {
            let began = Instant::now();
            let exchange: Value = request.send().await.unwrap().json().await.unwrap();
            (exchange, began.elapsed())
        });
    }
    let exchanges = brought.join_all().await;
    let (mut taken, mut refused, mut late, mut longest) = (vec![], 0, 0, Duration::ZERO);
    for (exchange, took) in &exchanges {
        longest = longest.max(*took);
        late += usize::from(*took >= IN_TIME);
        match exchange["posts"][0]["status"].as_u64() {
            Some(200) => taken.push(exchange["sid"].as_str().unwrap()),
            Some(503) => refused += 1,
            other => panic!("{other:?}: {exchange}"),
        }
    }
    println!(
        "{} taken, {refused} refused, {late} after more than {IN_TIME:?}, the longest in {longest:?}",
        taken.len()
    );
    // What came in the last seconds of the outage may have waited until it was over.
    assert!(refused >= texts / 4, "{refused} of {texts}");
    let sids = format!("'{}'", taken.join("','"));
    let kept = format!("SELECT count(*) FROM incoming WHERE sid IN ({sids})");
    wait(async || PgConnection::connect(&cluster.url()).await.ok()).await;
    assert_eq!(
        base.number(&kept).await,
        taken.len() as i64,
        "taken and not kept"
    );
    // Twilio's list is read; what is younger than two minutes is left to it.
    put_clock(&base, 10 * MINUTE);
    let came = "SELECT count(DISTINCT sid) FROM incoming";
    let (began, all) = (Instant::now(), exchanges.len() as i64);
    wait_up_to(TEN_MINUTES, async || {
        (base.number(came).await == all).then_some(())
    })
    .await;
    println!(
        "all {all} are there {:?} after the last one",
        began.elapsed()
    );
    assert_eq!(base.number("SELECT count(*) FROM incoming").await, all);
    // Each is answered within 2.5 seconds, if the machine lets it; under such a load many others may want the machine.
    assert!(longest < TWILIOS_PATIENCE, "{longest:?}");
}

mod postgres {
    use super::*;
    #[tokio::test(flavor = "multi_thread")]
    async fn w17() {
        let test =
            w17_with_the_database_away_no_text_and_no_report_is_acknowledged_and_none_is_lost;
        run(Database::Postgres, test).await;
    }
    #[tokio::test(flavor = "multi_thread")]
    async fn w22() {
        let test = w22_a_stop_while_the_database_is_away_counts_from_its_arrival_and_nothing_goes_out_in_between;
        run(Database::Postgres, test).await;
    }
}

#[tokio::test]
async fn s21_w17_while_another_process_holds_the_sqlite_file_nothing_is_acknowledged_and_the_text_stays_in_the_form()
 {
    run_demo(Database::Sqlite, async |app| {
        let dana = app.sign_in(DANA).await;
        let case = crate::support::CASE;
        let key = dana.key(case).await;
        let mut other = SqliteConnection::connect(&app.base.url).await.unwrap();
        sqlx::raw_sql("BEGIN EXCLUSIVE")
            .execute(&mut other)
            .await
            .unwrap();
        let phone = app.phone(DEMO_CELL);
        let form = phone.form("SMaway", "Lost?");
        let began = Instant::now();
        let answer = app.bring("/twilio/text", &form).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
        let send = [
            ("key", key.as_str()),
            ("body", "Stays in the form."),
            ("press", "send"),
        ];
        let refused = dana.post(&format!("/cases/{case}/text"), &send).await;
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        let page = refused.text().await.unwrap();
        assert!(page.contains("Stays in the form."), "{page:.2000}");
        assert!(app.ledger().await.is_empty());
        sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
        assert_eq!(
            app.bring("/twilio/text", &form).await.status(),
            StatusCode::OK,
            "repeated, it is kept"
        );
        let sent = dana.post(&format!("/cases/{case}/text"), &send).await;
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);
        dana.newest_becomes(case, &["delivered"]).await;
        assert_eq!(app.ledger().await.len(), 1);
        assert_eq!(app.base.number("SELECT count(*) FROM incoming").await, 1);
    })
    .await;
}
