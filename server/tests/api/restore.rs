//! A backup is restored: what went out after it was made does not go out again.

use crate::{
    crash::{CASE, CELL, Twilio, run, serve, set_up, settings},
    support::{
        Base, Database, Person, Program, Ran, browser, ledger, put_clock, ran, set_fate, wait,
    },
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::fs;

fn oktext(base: &Base, arguments: &[&str]) -> Ran {
    ran(base.folder(), arguments, &settings(&base.url), "")
}

/// A server on which one text was sent, and two wait.
async fn before(base: &Base, twilio: &Twilio) -> (Program, Person) {
    let (program, url, token) = serve(base, twilio);
    let ada = set_up(&url, &token.expect("an invitation"), twilio).await;
    base.change("UPDATE sender SET pace = 0").await;
    ada.text(CASE, "Sent before.").await;
    base.change("INSERT INTO halt (org_id, reason, since, until, times) SELECT id, 'busy', 1, 9000000000000, 1 FROM org").await;
    for body in ["Waits and goes out.", "Waits and does not."] {
        ada.text(CASE, body).await;
    }
    (program, ada)
}

/// After the backup was made one of the two goes out, another is written and sent, and a client writes.
async fn meanwhile(base: &Base, twilio: &Twilio, ada: &Person) {
    base.change("DELETE FROM outbox WHERE message_id IN (SELECT id FROM message WHERE body = 'Waits and does not.')").await;
    base.change(
        "UPDATE message SET status = 'stopped', rank = 100 WHERE body = 'Waits and does not.'",
    )
    .await;
    base.change("DELETE FROM halt").await;
    wait(async || (ledger(&twilio.url).await.len() == 2).then_some(())).await;
    ada.text(CASE, "Written after.").await;
    wait(async || (ledger(&twilio.url).await.len() == 3).then_some(())).await;
    let text =
        json!({ "from": CELL, "to": twilio.number, "body": "Did you get it?", "hold": true });
    let request = browser()
        .post(format!("{}/control/text", twilio.url))
        .json(&text);
    assert!(
        request
            .send()
            .await
            .expect("an answer")
            .status()
            .is_success()
    );
}

fn row<'a>(rows: &'a [Value], body: &str) -> &'a Value {
    rows.iter()
        .find(|row| row["body"] == body)
        .expect("the text")
}

/// The server runs on what was restored: nothing goes out twice, and nothing at all until somebody says so.
async fn after(base: &Base, twilio: &Twilio, ada: Person) {
    base.change("DELETE FROM halt WHERE reason = 'busy'").await;
    let (_program, url, _) = serve(base, twilio);
    let ada = ada.moved_to(&url);
    // What went out is found in Twilio's list; of what did not nobody knows, and staff are asked.
    wait(async || {
        let rows = ada.rows(CASE).await;
        (row(&rows, "Waits and goes out.")["with_twilio"] == true).then_some(())
    })
    .await;
    assert_eq!(
        row(&ada.rows(CASE).await, "Waits and does not.")["status"],
        "unknown"
    );
    put_clock(base, 16 * 60 * 1000);
    let question = wait(async || {
        let (_, view) = ada.call("load_unclear", json!({})).await;
        let row = view["rows"].get(0)?.clone();
        (row["list"][0] == "not_there").then_some(row)
    })
    .await;
    assert_eq!(question["body"], "Waits and does not.");
    // What a client wrote meanwhile is here.
    wait(async || (ada.came(CASE).await.first()?["body"] == "Did you get it?").then_some(())).await;
    let page = ada.page("/unclear").await;
    assert!(page.contains("A backup was restored, and no text leaves"));
    assert_eq!(ada.call("load_waiting", json!({})).await.1["unclear"], 2);
    // What is decided to be sent again, and what is written now, waits.
    let text = |name: &str| question[name].as_str().expect("a text");
    let again = [
        ("text", text("text")),
        ("posted", text("posted")),
        ("choice", "again"),
        ("sure", "on"),
    ];
    assert_eq!(
        ada.post("/unclear", &again).await.status(),
        StatusCode::SEE_OTHER
    );
    ada.text(CASE, "Written while held.").await;
    assert_eq!(ledger(&twilio.url).await.len(), 3, "nothing leaves");
    let release = [("press", "release"), ("meant", "on")];
    let unsure = ada.post("/unclear", &release[..1]).await;
    assert_eq!(unsure.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        unsure
            .text()
            .await
            .expect("a page")
            .contains("Tick the box if texts are to leave again")
    );
    assert_eq!(
        ada.post("/unclear", &release).await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        ada.post("/unclear", &release).await.status(),
        StatusCode::CONFLICT
    );
    wait(async || (ledger(&twilio.url).await.len() == 5).then_some(())).await;
    let mut bodies: Vec<_> = ledger(&twilio.url)
        .await
        .iter()
        .map(|entry| entry["body"].as_str().expect("words").to_owned())
        .collect();
    bodies.sort_unstable();
    assert_eq!(
        bodies,
        [
            "Sent before.",
            "Waits and does not.",
            "Waits and goes out.",
            "Written after.",
            "Written while held."
        ]
    );
    assert_eq!(
        base.number("SELECT count(*) FROM audit WHERE what = 'released_queue'")
            .await,
        1
    );
}

#[tokio::test]
async fn o3_after_a_restore_of_sqlite_nothing_goes_out_twice() {
    run(Database::Sqlite, async |base: &Base| {
        let twilio = Twilio::start();
        let (mut program, ada) = before(base, &twilio).await;
        assert!(oktext(base, &["backup", "yesterday.sqlite3"]).well);
        meanwhile(base, &twilio, &ada).await;
        let in_use = oktext(base, &["restore", "--force", "yesterday.sqlite3"]);
        assert!(
            !in_use.well && in_use.errors.contains("serves this database already"),
            "{}",
            in_use.errors
        );
        program.kill();
        let refused = oktext(base, &["restore", "yesterday.sqlite3"]);
        assert!(
            !refused.well && refused.errors.contains("--force"),
            "{}",
            refused.errors
        );
        let file = base.folder().join("oktext.sqlite3");
        let torn = base.folder().join("torn.sqlite3");
        fs::write(
            &torn,
            &fs::read(base.folder().join("yesterday.sqlite3")).expect("the backup")[..40_000],
        )
        .expect("written");
        for no_backup in [
            "torn.sqlite3",
            "nowhere.sqlite3",
            "oktext.sqlite3",
            "oktext.key",
        ] {
            fs::write(base.folder().join("oktext.key"), "no database").expect("written");
            let ended = oktext(base, &["restore", "--force", no_backup]);
            assert!(!ended.well, "{no_backup}");
            assert!(file.is_file(), "{no_backup}: {}", ended.errors);
        }
        let restored = oktext(base, &["restore", "--force", "yesterday.sqlite3"]);
        assert!(restored.well, "{}", restored.errors);
        let said = restored.lines.join("\n");
        assert!(
            said.contains("2 texts that waited may have gone out"),
            "{said}"
        );
        assert!(base.folder().join("oktext.sqlite3.replaced").is_file());
        after(base, &twilio, ada).await;
    })
    .await;
}

#[tokio::test]
async fn o3_after_a_restore_of_postgres_and_oktext_hold_nothing_goes_out_twice() {
    run(Database::Postgres, async |base: &Base| {
        let twilio = Twilio::start();
        let (mut program, ada) = before(base, &twilio).await;
        program.ask_to_end();
        assert!(program.ended_well());
        let restored = base.copy().await;
        let (mut program, url, _) = serve(base, &twilio);
        let ada = ada.moved_to(&url);
        meanwhile(base, &twilio, &ada).await;
        program.kill();
        let held = oktext(&restored, &["hold"]);
        assert!(held.well, "{}", held.errors);
        assert!(
            held.lines
                .join("\n")
                .contains("2 texts that waited may have gone out")
        );
        after(&restored, &twilio, ada).await;
        restored.remove().await;
    })
    .await;
}

#[tokio::test]
async fn oktext_release_lets_all_go_on_and_says_how_many() {
    run(Database::Sqlite, async |base: &Base| {
        let twilio = Twilio::start();
        let (_program, ada) = before(base, &twilio).await;
        base.change("DELETE FROM halt").await;
        wait(async || (ledger(&twilio.url).await.len() == 3).then_some(())).await;
        assert!(oktext(base, &["hold"]).well);
        set_fate(&twilio.url, CELL, "delivered").await;
        ada.text(CASE, "Held.").await;
        assert_eq!(ada.rows(CASE).await[0]["status"], "waiting");
        let released = oktext(base, &["release"]);
        assert!(
            released.well && released.lines.join("\n").contains("1 organizations"),
            "{:?}",
            released.lines
        );
        wait(async || (ledger(&twilio.url).await.len() == 4).then_some(())).await;
    })
    .await;
}
