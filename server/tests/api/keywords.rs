//! STOP, START, HELP: what they do to permission, to the carrier's block, and to what waits.

use crate::{
    on_both,
    support::{CASE, CELL, DANA, Person, phone::Answer, wait},
};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// A number that two clients of the demo share, and their cases.
const SHARED: &str = "+16615550142";
const SISTERS: [&str; 2] = ["25-1040417", "25-1036620"];

fn lines(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|(event, source)| ((*event).into(), (*source).into()))
        .collect()
}

async fn why_not(dana: &Person, case: &str) -> Value {
    let (_, view) = dana.call("load_case", json!({ "number": case })).await;
    view["why_not"].clone()
}

on_both! {
    async fn stop_unticks_every_record_with_the_number_and_marks_the_block(app) {
        let dana = app.sign_in(DANA).await;
        for case in SISTERS {
            assert!(dana.client_of(case).await["okay"].is_object());
        }
        assert_eq!(app.phone(SHARED).texts("SM1", " stop\n").await, Answer::none());
        for case in SISTERS {
            let client = dana.client_of(case).await;
            assert!(client["okay"].is_null(), "{case}");
            assert_eq!(client["block"]["because"], "keyword");
            assert_eq!(client["block"]["words"], " stop\n");
            assert_eq!(client["our_number"], "+16615550100");
            let ledger = dana.ledger_of(case).await;
            assert_eq!(ledger[..2], lines(&[("withdrawn", "keyword"), ("blocked", "keyword")]), "{case}");
            assert_eq!(client["ledger"][0]["words"], " stop\n");
            assert_eq!(why_not(&dana, case).await, "Blocked");
        }
        assert!(dana.client_of(CASE).await["okay"].is_object(), "nobody else's");
    }

    async fn every_word_that_blocks_blocks_and_near_misses_do_not(app) {
        let dana = app.sign_in(DANA).await;
        for (n, word) in ["STOP", "StopAll", "unsubscribe", "CANCEL", "end", "Quit", "REVOKE", "optout"].iter().enumerate() {
            assert_eq!(app.phone(CELL).texts(&format!("SM{n}"), word).await, Answer::none(), "{word}");
            assert_eq!(why_not(&dana, CASE).await, "Blocked", "{word}");
            app.phone(CELL).texts(&format!("SS{n}"), "START").await;
            assert!(why_not(&dana, CASE).await.is_null(), "{word}");
        }
        for (n, words) in ["Yesterday I called", "Cancel my appointment", "End of month", "yes please", "Stopped by today", "start over?"].iter().enumerate() {
            app.base.change("UPDATE incoming SET at = at - 600000").await;
            assert_eq!(app.phone(CELL).texts(&format!("SN{n}"), words).await.texts.len(), 1, "{words}");
            assert!(why_not(&dana, CASE).await.is_null(), "{words}");
        }
    }

    async fn a_keyword_with_invisible_characters_goes_to_people(app) {
        let dana = app.sign_in(DANA).await;
        app.phone(CELL).texts("SM1", "S\u{200b}TOP\u{feff}").await;
        assert!(dana.client_of(CASE).await["okay"].is_object(), "nothing was unticked");
        assert_eq!(why_not(&dana, CASE).await, "Paused");
        assert_eq!(dana.came(CASE).await[0]["body"], "S\u{200b}TOP\u{feff}");
        let (_, view) = dana.call("load_reviews", json!({})).await;
        assert_eq!(view["open"].as_array().unwrap().len(), 1);
    }

    async fn twilios_own_word_decides_where_it_is_there(app) {
        let dana = app.sign_in(DANA).await;
        let phone = app.phone(CELL);
        let mut form = phone.form("SM1", "no thanks");
        form.push(("OptOutType", "STOP"));
        assert_eq!(app.bring("/twilio/text", &form).await.status(), StatusCode::OK);
        assert_eq!(why_not(&dana, CASE).await, "Blocked");
        let mut form = phone.form("SM2", "ok then");
        form.push(("OptOutType", "START"));
        app.bring("/twilio/text", &form).await;
        assert!(why_not(&dana, CASE).await.is_null());
        let mut form = phone.form("SM3", "STOP");
        form.push(("OptOutType", "HELP"));
        app.bring("/twilio/text", &form).await;
        assert!(why_not(&dana, CASE).await.is_null(), "Twilio says that it was HELP");
    }

    async fn start_gives_back_what_the_block_took_and_nothing_else(app) {
        let dana = app.sign_in(DANA).await;
        // One of the two had no permission before.
        let id = dana.client_of(SISTERS[1]).await["id"].as_str().unwrap().to_owned();
        let said = [("number", SHARED), ("event", "withdrawn"), ("source", "by_phone"), ("note", "Called us.")];
        assert_eq!(dana.post(&format!("/clients/{id}/consent"), &said).await.status(), StatusCode::SEE_OTHER);
        app.phone(SHARED).texts("SM1", "STOP").await;
        assert_eq!(app.phone(SHARED).texts("SM2", "Start").await, Answer::none());
        let first = dana.client_of(SISTERS[0]).await;
        assert!(first["okay"].is_object() && first["block"].is_null());
        assert_eq!(dana.ledger_of(SISTERS[0]).await[..4], lines(&[
            ("given", "keyword"), ("lifted", "keyword"), ("withdrawn", "keyword"), ("blocked", "keyword"),
        ]));
        let second = dana.client_of(SISTERS[1]).await;
        assert!(second["okay"].is_null() && second["block"].is_null());
        assert_eq!(dana.ledger_of(SISTERS[1]).await[..3], lines(&[("lifted", "keyword"), ("blocked", "keyword"), ("withdrawn", "by_phone")]));
    }

    async fn start_without_a_block_is_no_permission(app) {
        let dana = app.sign_in(DANA).await;
        // Linda's box is not ticked.
        let case = "25-1037754";
        for word in ["YES", "START", "UNSTOP"] {
            assert_eq!(app.phone("+16615550196").texts(word, word).await, Answer::none());
        }
        assert!(dana.client_of(case).await["okay"].is_null());
        assert_eq!(dana.ledger_of(case).await.len(), 0);
    }

    async fn a_withdrawal_that_staff_took_down_meanwhile_outlives_the_block(app) {
        let dana = app.sign_in(DANA).await;
        app.phone(CELL).texts("SM1", "STOP").await;
        let id = dana.client_of(CASE).await["id"].as_str().unwrap().to_owned();
        let said = [("number", CELL), ("event", "withdrawn"), ("source", "in_person"), ("note", "")];
        assert_eq!(dana.post(&format!("/clients/{id}/consent"), &said).await.status(), StatusCode::SEE_OTHER);
        app.phone(CELL).texts("SM2", "START").await;
        let client = dana.client_of(CASE).await;
        assert!(client["okay"].is_null() && client["block"].is_null());
    }

    async fn a_number_that_was_changed_meanwhile_gets_nothing_back(app) {
        let dana = app.sign_in(DANA).await;
        app.phone(CELL).texts("SM1", "STOP").await;
        let id = dana.client_of(CASE).await["id"].as_str().unwrap().to_owned();
        let form = [("name", "Thuy Nguyen"), ("cell", "(661) 327-0142"), ("language", "en"), ("okay_for", CELL), ("cell_was", CELL)];
        assert_eq!(dana.post(&format!("/clients/{id}/edit"), &form).await.status(), StatusCode::SEE_OTHER);
        app.phone(CELL).texts("SM2", "START").await;
        let client = dana.client_of(CASE).await;
        assert!(client["okay"].is_null());
        assert_eq!(dana.ledger_of(CASE).await[0].0, "withdrawn", "nothing about the new number");
    }

    async fn help_is_answered_with_the_text_response(app) {
        let dana = app.sign_in(DANA).await;
        for (sid, word) in [("SM1", "HELP"), ("SM2", "info")] {
            assert_eq!(app.phone(CELL).texts(sid, word).await.texts.len(), 1);
        }
        assert_eq!(app.base.number("SELECT count(*) FROM incoming WHERE kind = 'help'").await, 2);
        assert!(why_not(&dana, CASE).await.is_null());
    }

    async fn what_waits_for_a_blocked_number_is_stopped_and_says_why(app) {
        let dana = app.sign_in(DANA).await;
        // Too many requests: the text waits at our side.
        app.fate(CELL, "429").await;
        dana.text(CASE, "Your hearing is on Monday.").await;
        wait(async || {
            let rests = "SELECT count(*) FROM outbox o JOIN halt h ON h.org_id = o.org_id WHERE o.claim_token IS NULL";
            (app.base.number(rests).await == 1).then_some(())
        }).await;
        app.phone(CELL).texts("SM1", "STOP").await;
        let row = dana.newest_becomes(CASE, &["stopped"]).await;
        assert_eq!(row["stopped"], "Blocked");
        assert_eq!(app.base.number("SELECT count(*) FROM outbox").await, 0);
        let page = dana.page(&format!("/cases/{CASE}/texts")).await;
        assert!(page.contains("texted STOP before the text left"), "{page}");
        assert_eq!(app.ledger().await.len(), 0, "nothing went out");
    }

    async fn nobody_can_send_or_tick_over_a_block(app) {
        let dana = app.sign_in(DANA).await;
        let key = dana.key(CASE).await;
        app.phone(CELL).texts("SM1", "STOP").await;
        let form = [("key", key.as_str()), ("body", "Over it"), ("press", "send")];
        let page = dana.post(&format!("/cases/{CASE}/text"), &form).await;
        assert_eq!(page.status(), StatusCode::CONFLICT);
        assert!(page.text().await.unwrap().contains("text START to (661) 555-0100"));
        let id = dana.client_of(CASE).await["id"].as_str().unwrap().to_owned();
        let given = [("number", CELL), ("event", "given"), ("source", "in_person"), ("note", "Said yes.")];
        let refused = dana.post(&format!("/clients/{id}/consent"), &given).await;
        assert_ne!(refused.status(), StatusCode::SEE_OTHER);
        let form = [("name", "Thuy Nguyen"), ("cell", CELL), ("okay", "on"), ("okay_for", CELL), ("cell_was", CELL), ("language", "en")];
        let refused = dana.post(&format!("/clients/{id}/edit"), &form).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().await.unwrap().contains("ask them to text START to (661) 555-0100"));
        let form = [("name", "New One"), ("cell", CELL), ("okay", "on"), ("language", "en"), ("case_number", "25-1098765")];
        assert_eq!(dana.post("/clients/new", &form).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(dana.client_of(CASE).await["okay"].is_null());
        assert_eq!(app.base.number("SELECT count(*) FROM client WHERE name = 'New One'").await, 0, "nothing was saved");
        assert_eq!(app.ledger().await.len(), 0);
    }

    async fn stop_and_start_at_once_leave_no_half_of_either(app) {
        let dana = app.sign_in(DANA).await;
        let phone = app.phone(SHARED);
        let bring = async |n: u32| phone.texts(&format!("SM{n}"), if n.is_multiple_of(2) { "STOP" } else { "START" }).await;
        futures::future::join_all((0..8).map(bring)).await;
        for case in SISTERS {
            let client = dana.client_of(case).await;
            assert_eq!(client["okay"].is_null(), client["block"].is_object(), "{case}: permission and block exclude each other");
        }
        assert_eq!(app.base.number("SELECT count(*) FROM incoming").await, 8);
        assert!(app.base.number("SELECT count(*) FROM block WHERE lifted_at IS NULL").await < 2);
    }

    async fn a_page_that_is_open_hears_of_it(app) {
        let dana = app.sign_in(DANA).await;
        let (_, view) = dana.call("load_texts", json!({ "number": CASE, "before": null })).await;
        let (case, after) = (view["case"]["id"].as_str().unwrap(), view["event"].as_i64().unwrap());
        let client = view["case"]["client"]["id"].as_str().unwrap();
        app.phone(CELL).texts("SM1", "STOP").await;
        for path in [format!("/live?case={case}&after={after}"), format!("/live?client={client}&after={after}"), format!("/live?office=1&after={after}")] {
            let told = heard(&dana, &path, 2).await;
            assert!(told.contains("event: incoming") && told.contains("event: consent"), "{path}: {told}");
            assert!(told.contains(client) && !told.contains("STOP") && !told.contains("5550119"), "{told}");
        }
    }

    async fn a_page_that_was_away_for_too_long_reads_everything_anew(app) {
        let dana = app.sign_in(DANA).await;
        app.phone(CELL).texts("SM1", "Hello").await;
        let store = app.base.store().await;
        assert_eq!(store.tidy_events(i64::MAX).await.unwrap(), 1);
        store.close().await;
        let (_, view) = dana.call("load_texts", json!({ "number": CASE, "before": null })).await;
        let (case, newest) = (view["case"]["id"].as_str().unwrap(), view["event"].as_i64().unwrap());
        assert!(newest > 0, "a page loaded now goes on from here");
        let told = heard(&dana, &format!("/live?case={case}&after=0"), 1).await;
        assert!(told.contains("event: anew") && told.contains(&format!("id: {newest}")), "{told}");
        app.phone(CELL).texts("SM2", "Hello").await;
        let told = heard(&dana, &format!("/live?case={case}&after={newest}"), 1).await;
        assert!(told.contains("event: incoming") && !told.contains("anew"), "{told}");
    }
}

/// What a stream tells until it told so many events.
async fn heard(who: &Person, path: &str, events: usize) -> String {
    let mut stream = who.get(path).await;
    assert_eq!(stream.status(), StatusCode::OK);
    let mut told = String::new();
    while told.matches("data: ").count() < events {
        let chunk = tokio::time::timeout(std::time::Duration::from_secs(30), stream.chunk());
        let chunk = chunk
            .await
            .expect("an event in time")
            .unwrap()
            .expect("a connection");
        told.push_str(std::str::from_utf8(&chunk).unwrap());
    }
    told
}
