//! Two PostgreSQL servers, one of which takes the other's place, at an address that moves. The program runs on.

use crate::{
    crash::{CASE, CELL, Twilio, serve, set_up},
    support::{
        Base, Person, Program, Way, browser, cluster::Cluster, how_many, ledger, put_clock, wait,
    },
};
use futures::future::join3;
use reqwest::StatusCode;
use serde_json::{Value, json};

const SECOND: i64 = 1000;
/// Later than when texts are compared after a move, and than when what clients wrote before it is fetched.
const COMPARED: i64 = 61 * SECOND;
const FETCHED: i64 = 135 * SECOND;

/// A primary with its standby, an address that leads to the primary, and the program, with somebody who works at it.
struct Office {
    primary: Cluster,
    standby: Cluster,
    way: Way,
    base: Base,
    twilio: Twilio,
    url: String,
    ada: Person,
    _program: Program,
}

impl Office {
    async fn open() -> Option<Self> {
        let primary = Cluster::start().await?;
        let standby = primary.standby().await;
        let (twilio, way) = (Twilio::start(), Way::to(&primary.url()).await);
        let base = Base::reached_by(way.of(&primary.url()));
        let (program, url, token) = serve(&base, &twilio);
        let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
        base.change("UPDATE sender SET pace = 0").await;
        Some(Self {
            primary,
            standby,
            way,
            base,
            twilio,
            url,
            ada,
            _program: program,
        })
    }

    /// The standby takes the primary's place; the address leads on to where it led.
    fn swap(&mut self) {
        std::mem::swap(&mut self.primary, &mut self.standby);
    }

    async fn is_ready(&self) -> bool {
        let asked = Person::stranger(&self.url).get("/readyz").await;
        asked.status() == StatusCode::OK
    }

    /// Nobody is served: neither with what would be written nor with what is only read. All at once, since each waits for
    /// a connection as long as it may.
    async fn serves_nobody(&self, form: &[(&str, &str)]) {
        let (write, read) = (text_of(CASE), format!("/cases/{CASE}/texts"));
        let (refused, page, ready) = join3(
            self.ada.post(&write, form),
            self.ada.get(&read),
            self.is_ready(),
        )
        .await;
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(!ready);
    }

    /// Presses again with the same form until the text is saved.
    async fn press(&self, form: &[(&str, &str)]) {
        wait(async || {
            let answer = self.ada.post(&text_of(CASE), form).await;
            match answer.status() {
                StatusCode::SEE_OTHER => Some(()),
                StatusCode::SERVICE_UNAVAILABLE => None,
                other => panic!("{other}"),
            }
        })
        .await;
    }

    async fn halts(&self) -> i64 {
        let halts = "SELECT count(*) FROM halt WHERE reason = 'failover'";
        self.base.number(halts).await
    }

    /// The move is noticed, and a minute after it the queue goes on.
    async fn compares(&self) {
        wait(async || (self.halts().await == 1).then_some(())).await;
        put_clock(&self.base, COMPARED);
        wait(async || (self.halts().await == 0).then_some(())).await;
        put_clock(&self.base, 0);
    }

    /// What Twilio took, sorted by its words.
    async fn sent(&self) -> Vec<String> {
        let ledger = ledger(&self.twilio.url).await;
        let body = |entry: &Value| entry["body"].as_str().expect("words").to_owned();
        let mut bodies: Vec<String> = ledger.iter().map(body).collect();
        bodies.sort_unstable();
        bodies
    }

    async fn sent_so_many(&self, texts: usize) {
        wait(async || (self.sent().await.len() >= texts).then_some(())).await;
    }

    async fn row(&self, body: &str) -> Value {
        let rows = self.ada.rows(CASE).await;
        let row = rows.into_iter().find(|row| row["body"] == body);
        row.unwrap_or_else(|| panic!("{body}"))
    }
}

fn text_of(case: &str) -> String {
    format!("/cases/{case}/text")
}

fn form<'a>(key: &'a str, body: &'a str) -> [(&'a str, &'a str); 3] {
    [("key", key), ("body", body), ("press", "send")]
}

#[tokio::test(flavor = "multi_thread")]
async fn s29_the_database_moves_to_its_standby_and_back_and_nothing_is_lost_or_sent_twice() {
    let Some(mut office) = Office::open().await else {
        return;
    };
    let mut words = vec![];
    let moves = how_many("OKTEXT_TEST_MOVES", 4);
    for round in 0..moves - 1 {
        let [sent, pressed] =
            ["Sent", "Pressed while it moved"].map(|what| format!("{what} {round}"));
        office.ada.text(CASE, &sent).await;
        let key = office.ada.key(CASE).await;
        let pressed_form = form(&key, &pressed);
        if round % 3 == 1 {
            // A primary that is demoted keeps the connections that it has.
            for change in [
                "ALTER SYSTEM SET default_transaction_read_only = on",
                "SELECT pg_reload_conf()",
            ] {
                office.primary.change(change).await;
            }
            let demoted = "SELECT CAST(setting = 'on' AS INTEGER)::BIGINT FROM pg_settings WHERE name = 'default_transaction_read_only'";
            wait(async || (office.primary.number(demoted).await == 1).then_some(())).await;
            office.serves_nobody(&pressed_form).await;
            let back = "ALTER SYSTEM RESET default_transaction_read_only";
            office.primary.change(back).await;
        }
        office.primary.stop("INT");
        office.standby.promote().await;
        office.primary.follow(&office.standby);
        office.primary.run().await;
        office.swap();
        if round % 3 == 2 {
            // The old primary is back as a standby, and the address leads to it still.
            office.serves_nobody(&pressed_form).await;
        }
        office.way.lead_to(&office.primary.url());
        office.press(&pressed_form).await;
        office.compares().await;
        words.extend([sent, pressed]);
        office.sent_so_many(words.len()).await;
        office.standby.has_all_of(&office.primary).await;
    }
    // The last move, after which the old primary comes back as if nothing had happened: it takes what is written to it.
    office.primary.stop("QUIT");
    office.standby.promote().await;
    office.swap();
    office.way.lead_to(&office.primary.url());
    office.compares().await;
    let key = office.ada.key(CASE).await;
    office.standby.run().await;
    office.way.lead_to(&office.standby.url());
    office.way.close().await;
    office.way.open();
    office.serves_nobody(&form(&key, "Lost?")).await;
    let taken = "SELECT count(*) FROM message WHERE body = 'Lost?'";
    assert_eq!(office.standby.number(taken).await, 0);
    office.way.lead_to(&office.primary.url());
    wait(async || office.is_ready().await.then_some(())).await;
    office.ada.text(CASE, "The last").await;
    words.push("The last".into());
    office.sent_so_many(words.len()).await;
    words.sort_unstable();
    assert_eq!(office.sent().await, words, "each once");
    let here = "SELECT count(DISTINCT sid) FROM message";
    wait(async || (office.base.number(here).await == words.len() as i64).then_some(())).await;
    let left = "SELECT count(*) FROM outbox";
    wait(async || (office.base.number(left).await == 0).then_some(())).await;
}

/// One text that both servers know went out, and two that wait; of what comes after the standby knows nothing: one of
/// these goes out, two more are written and go out, and a client writes.
async fn claims_that_the_standby_misses(office: &Office) -> String {
    let (ada, base) = (&office.ada, &office.base);
    ada.text(CASE, "Sent before.").await;
    let busy = "INSERT INTO halt (org_id, reason, since, until, times) SELECT id, 'busy', 1, 9000000000000, 1 FROM org";
    base.change(busy).await;
    for body in ["Waits and goes out.", "Waits and does not."] {
        ada.text(CASE, body).await;
    }
    office.standby.has_all_of(&office.primary).await;
    office.standby.fall_behind().await;
    let stays = "DELETE FROM outbox WHERE message_id IN (SELECT id FROM message WHERE body = 'Waits and does not.')";
    base.change(stays).await;
    base.change("DELETE FROM halt").await;
    office.sent_so_many(2).await;
    let key = ada.key(CASE).await;
    office.press(&form(&key, "Pressed again.")).await;
    office.sent_so_many(3).await;
    ada.text(CASE, "Pressed again later.").await;
    office.sent_so_many(4).await;
    let text = json!({ "from": CELL, "to": office.twilio.number, "body": "Did you get it?", "hold": true });
    let control = format!("{}/control/text", office.twilio.url);
    let brought = browser().post(control).json(&text).send().await;
    assert!(brought.expect("an answer").status().is_success());
    key
}

/// The primary is lost. In its standby two texts wait, as they did.
async fn is_lost(office: &mut Office, noticed: bool) {
    office.primary.stop("QUIT");
    office.standby.promote().await;
    office.swap();
    if !noticed {
        let heeded = "UPDATE history SET name = oktext_history()";
        office.primary.change(heeded).await;
    }
    office.way.lead_to(&office.primary.url());
    let looks = "SELECT count(*) FROM outbox WHERE posting_at IS NULL AND claim_token IS NULL";
    assert_eq!(office.primary.number(looks).await, 2);
    office
        .primary
        .change("DELETE FROM halt WHERE reason = 'busy'")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_what_a_standby_missed_is_compared_with_twilios_list_and_nothing_goes_out_twice() {
    let Some(mut office) = Office::open().await else {
        return;
    };
    let key = claims_that_the_standby_misses(&office).await;
    is_lost(&mut office, true).await;
    wait(async || (office.halts().await == 1).then_some(())).await;
    // What was written last is not here: whoever had no answer presses again, or writes it anew after a while.
    office.press(&form(&key, "Pressed again.")).await;
    office.ada.text(CASE, "Pressed again later.").await;
    for table in ["message", "outbox"] {
        let id = if table == "message" {
            "id"
        } else {
            "message_id"
        };
        office
            .base
            .change(&format!(
                "UPDATE {table} SET created_at = created_at + 150000
             WHERE {id} = (SELECT id FROM message WHERE body = 'Pressed again later.')"
            ))
            .await;
    }
    let page = office.ada.page(&format!("/cases/{CASE}/texts")).await;
    assert!(
        page.contains("The database moved to another server"),
        "staff are told why it waits"
    );
    let setup = office.ada.page("/admin/texting").await;
    assert!(setup.contains("Texts wait: the database moved to another server"));
    assert_eq!(office.sent().await.len(), 4, "nothing leaves");
    put_clock(&office.base, FETCHED);
    wait(async || (office.halts().await == 0).then_some(())).await;
    office.sent_so_many(5).await;
    for body in ["Waits and goes out.", "Pressed again."] {
        let row = office.row(body).await;
        assert_eq!(row["with_twilio"], true, "found in the list: {row}");
    }
    assert_eq!(
        office.row("Pressed again later.").await["status"],
        "unknown"
    );
    let (_, unclear) = office.ada.call("load_unclear", json!({})).await;
    let asked = &unclear["rows"][0];
    assert_eq!(
        asked["body"], "Pressed again later.",
        "staff are asked at once: {unclear}"
    );
    assert_eq!(asked["list"][0], "alike");
    wait(async || {
        (office.ada.came(CASE).await.first()?["body"] == "Did you get it?").then_some(())
    })
    .await;
    office.ada.text(CASE, "On the new one.").await;
    office.sent_so_many(6).await;
    let once = [
        "On the new one.",
        "Pressed again later.",
        "Pressed again.",
        "Sent before.",
        "Waits and does not.",
        "Waits and goes out.",
    ];
    assert_eq!(office.sent().await, once);
}

/// The control: where nobody notices that the database is another server's, the same texts do go out twice.
#[tokio::test(flavor = "multi_thread")]
async fn s30_without_noticing_the_move_the_same_text_would_go_out_twice() {
    let Some(mut office) = Office::open().await else {
        return;
    };
    claims_that_the_standby_misses(&office).await;
    is_lost(&mut office, false).await;
    office.sent_so_many(6).await;
    let twice = office.sent().await;
    let twice = twice.iter().filter(|body| *body == "Waits and goes out.");
    assert_eq!(twice.count(), 2);
}
