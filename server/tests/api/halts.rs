//! What stops an office's queue, what those who wait are told, and what makes it go on.

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, LUIS, Person, browser, wait},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

const MINUTE: i64 = 60 * 1000;
const REGISTERED: [(&str, &str); 2] = [("press", "registered"), ("meant", "on")];
const OTHER: &str = "0123456789abcdef0123456789abcdef";

async fn waits(who: &Person) -> Value {
    wait(async || {
        let row = who.rows(CASE).await.into_iter().next()?;
        let waiting = row["waiting"].clone();
        (row["status"] == "waiting" && !waiting.is_null()).then_some(waiting)
    })
    .await
}

async fn halts(app: &App) -> i64 {
    app.base.number("SELECT count(*) FROM halt").await
}

/// Halts that are not over.
async fn halts_now(app: &App) -> i64 {
    app.base
        .number("SELECT count(*) FROM halt WHERE until IS NULL")
        .await
}

/// Twilio reports that carriers did not take the text for want of registration.
async fn report_unregistered(app: &App, body: &str) {
    let ledger = app.ledger().await;
    let text = ledger.iter().find(|text| text["body"] == body);
    let sid = text.expect("was taken")["sid"].as_str().expect("a Sid");
    let form = [
        ("MessageSid", sid),
        ("MessageStatus", "undelivered"),
        ("ErrorCode", "30034"),
        ("AccountSid", &app.account),
    ];
    let url = format!("{}/twilio/status", app.url);
    let answer = app.webhook("/twilio/status", &url, &form).await;
    assert_eq!(answer, StatusCode::NO_CONTENT);
}

async fn all_delivered(app: &App, who: &Person, texts: usize) {
    wait(async || {
        let rows = who.rows(CASE).await;
        let done = rows.iter().filter(|row| row["status"] == "delivered");
        (done.count() == texts).then_some(())
    })
    .await;
    assert_eq!(app.ledger().await.len(), texts, "each once");
}

/// How many times Twilio was asked to take a text and did not.
async fn tried(app: &App) -> i64 {
    let said = app.stranger().page("/metrics").await;
    let line = "oktext_sends_total{outcome=\"not_sent\"} ";
    let rest = said.lines().find_map(|each| each.strip_prefix(line));
    rest.map_or(0, |rest| rest.trim().parse().expect("a number"))
}

/// How many times Twilio was asked for texts.
async fn questions(app: &App) -> u64 {
    let said = app.stranger().page("/sim/control/questions").await;
    said.trim().parse().expect("a number")
}

fn clock() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(now.expect("after 1970").as_millis()).expect("not so late")
}

on_both! {
    async fn s12_a_token_that_is_refused_stops_the_queue_once_and_saving_a_right_one_lets_all_go(app) {
        let dana = app.sign_in(DANA).await;
        app.at_twilio("account", json!({ "auth_token": OTHER })).await;
        dana.text(CASE, "First.").await;
        assert_eq!(waits(&dana).await, json!({ "halted": ["credentials", null] }));
        for body in ["Second.", "Third."] {
            let sent = dana.text(CASE, body).await;
            let page = dana.page(sent.headers()["location"].to_str().unwrap()).await;
            assert!(page.contains("Waiting: Twilio does not accept the account’s token"), "{body}");
        }
        assert_eq!((halts(app).await, tried(app).await), (1, 1), "one text found it out, and no other was tried");
        assert!(dana.page(&format!("/cases/{CASE}/texts")).await.contains("does not accept the account’s token"));
        let setup = dana.page("/admin/texting").await;
        assert_eq!(setup.matches("No text goes out: Twilio does not accept the token").count(), 1);
        let steps = dana.setup().await["steps"].take();
        assert_eq!(steps[0]["standing"], "bad", "the setup turns red");
        let form = [("sid", app.account.as_str()), ("token", OTHER), ("press", "save")];
        assert_eq!(dana.post("/admin/texting/account", &form).await.status(), StatusCode::SEE_OTHER);
        all_delivered(app, &dana, 3).await;
        assert_eq!(halts(app).await, 0);
        assert!(!dana.page("/admin/texting").await.contains("No text goes out"));
    }

    async fn s12_a_token_that_twilio_accepts_again_is_noticed_by_itself(app) {
        let dana = app.sign_in(DANA).await;
        app.at_twilio("account", json!({ "auth_token": OTHER })).await;
        dana.text(CASE, "Patience.").await;
        waits(&dana).await;
        app.later(4 * MINUTE);
        app.at_twilio("account", json!({ "auth_token": app.token })).await;
        app.later(6 * MINUTE);
        all_delivered(app, &dana, 1).await;
    }

    async fn s12_what_clients_wrote_while_the_token_was_wrong_is_fetched_with_the_new_one(app) {
        let dana = app.sign_in(DANA).await;
        app.at_twilio("account", json!({ "auth_token": OTHER })).await;
        let missed = json!({ "from": CELL, "to": "+16615550100", "body": "STOP", "hold": true });
        let text = browser().post(format!("{}/sim/control/text", app.url)).json(&missed);
        assert!(text.send().await.expect("an answer").status().is_success());
        app.later(10 * MINUTE);
        let form = [("sid", app.account.as_str()), ("token", OTHER), ("press", "save")];
        assert_eq!(dana.post("/admin/texting/account", &form).await.status(), StatusCode::SEE_OTHER);
        app.later(16 * MINUTE);
        let late = "SELECT count(*) FROM incoming WHERE late = 1 AND kind = 'stop'";
        wait(async || (app.base.number(late).await == 1).then_some(())).await;
        // It counts from when it was written, not from when it was fetched.
        let other = "SELECT count(*) FROM block b JOIN incoming i ON i.from_phone = b.phone WHERE b.since <> i.at";
        assert_eq!(app.base.number(other).await, 0);
        let noted = "SELECT count(*) FROM consent c JOIN incoming i ON i.at = c.at WHERE c.event = 'blocked'";
        assert_eq!(app.base.number(noted).await, 1);
    }

    async fn s12_a_suspended_account_holds_its_texts_until_a_check_is_green(app) {
        let dana = app.sign_in(DANA).await;
        app.at_twilio("account", json!({ "status": "suspended" })).await;
        dana.text(CASE, "Unpaid.").await;
        assert_eq!(waits(&dana).await["halted"][0], "suspended");
        dana.checked().await;
        assert_eq!(halts(app).await, 1, "a check that is not green changes nothing");
        app.at_twilio("account", json!({ "status": "active" })).await;
        dana.checked().await;
        all_delivered(app, &dana, 1).await;
    }

    async fn s9_too_many_requests_pause_the_whole_office_and_then_all_goes(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "429").await;
        dana.text(CASE, "Slowly.").await;
        let waiting = waits(&dana).await;
        assert_eq!(waiting["halted"][0], "busy");
        assert!(waiting["halted"][1]["time"].is_string(), "until when: {waiting}");
        let until = "SELECT max(until) - min(since) FROM halt WHERE reason = 'busy'";
        assert!(app.base.number(until).await >= 2_000);
        app.fate(CELL, "delivered").await;
        dana.text(CASE, "And this.").await;
        all_delivered(app, &dana, 2).await;
    }

    async fn what_twilio_has_no_room_for_waits_and_goes_by_itself(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "refused:21611").await;
        dana.text(CASE, "No room.").await;
        assert_eq!(waits(&dana).await["halted"][0], "busy", "its queue is full: nothing was made");
        app.fate(CELL, "delivered").await;
        all_delivered(app, &dana, 1).await;
    }

    async fn s11_a_number_that_carriers_do_not_know_stops_the_queue_until_an_administrator_says_it_is_registered(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "undelivered:30034").await;
        dana.text(CASE, "To whom it may concern.").await;
        let row = dana.newest_becomes(CASE, &["undelivered"]).await;
        assert_eq!(row["error"], 30034);
        app.fate(CELL, "delivered").await;
        for body in ["Second.", "Third."] {
            dana.text(CASE, body).await;
            assert_eq!(waits(&dana).await, json!({ "halted": ["unregistered", null] }), "{body}");
        }
        let texts = dana.page(&format!("/cases/{CASE}/texts")).await;
        assert!(texts.contains("US carriers take no text from the office’s number until it is registered"));
        assert_eq!(app.ledger().await.len(), 1, "one text found it out");
        let setup = dana.page("/admin/texting").await;
        assert_eq!(setup.matches("No text goes out: the number is not registered with US carriers").count(), 1);
        assert!(setup.contains("(Twilio’s code 30034)"), "the setup is red");
        assert_eq!(dana.checked().await[9]["standing"], "bad", "and stays so");
        assert_eq!(halts(app).await, 1, "no check ends it");
        // Only an administrator does, and means it.
        let luis = app.sign_in(LUIS).await;
        assert_eq!(luis.post("/admin/texting", &REGISTERED).await.status(), StatusCode::FORBIDDEN);
        let unsure = dana.post("/admin/texting", &REGISTERED[..1]).await;
        assert_eq!(unsure.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(app.ledger().await.len(), 1);
        assert_eq!(dana.post("/admin/texting", &REGISTERED).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(dana.post("/admin/texting", &REGISTERED).await.status(), StatusCode::CONFLICT, "once");
        wait(async || {
            let rows = dana.rows(CASE).await;
            let done = rows.iter().filter(|row| row["status"] == "delivered");
            (done.count() == 2).then_some(())
        }).await;
        assert_eq!(app.ledger().await.len(), 3, "what failed stays failed, and the rest goes once");
        assert_eq!(app.base.number("SELECT count(*) FROM audit WHERE what = 'said_registered'").await, 1);
        let setup = dana.page("/admin/texting").await;
        assert!(!setup.contains("30034") && !setup.contains("No text goes out"), "{setup}");
        assert_eq!(dana.checked().await[9]["standing"], "good", "what was before is not held against it");
    }

    async fn s11_a_late_report_on_what_left_before_does_not_stop_the_queue_again_and_a_new_one_does(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "silent").await;
        for body in ["One.", "Two."] {
            dana.text(CASE, body).await;
            dana.newest_becomes(CASE, &["sent"]).await;
        }
        report_unregistered(app, "One.").await;
        assert_eq!(halts_now(app).await, 1);
        assert_eq!(dana.post("/admin/texting", &REGISTERED).await.status(), StatusCode::SEE_OTHER);
        // Its report was on its way while the administrator pressed.
        report_unregistered(app, "Two.").await;
        assert_eq!(dana.rows(CASE).await[0]["status"], "undelivered");
        assert_eq!(halts_now(app).await, 0, "it left before");
        assert!(!dana.page("/admin/texting").await.contains("30034"), "and turns nothing red");
        dana.text(CASE, "Three.").await;
        dana.newest_becomes(CASE, &["sent"]).await;
        report_unregistered(app, "Three.").await;
        assert_eq!(halts_now(app).await, 1, "it was not true");
        assert!(dana.page("/admin/texting").await.contains("(Twilio’s code 30034)"));
    }

    async fn s11_a_text_that_twilio_itself_refuses_as_unregistered_waits_with_the_others(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "refused:30032").await;
        dana.text(CASE, "Toll-free.").await;
        assert_eq!(waits(&dana).await["halted"][0], "unregistered", "nothing was made of it");
        assert_eq!((halts_now(app).await, tried(app).await), (1, 1));
        assert_eq!(dana.checked().await[9]["standing"], "bad", "it waits, and no check is green");
        app.at_twilio("account", json!({ "auth_token": OTHER })).await;
        dana.checked().await;
        app.at_twilio("account", json!({ "auth_token": app.token })).await;
        dana.checked().await;
        assert_eq!(halts_now(app).await, 1, "that the account is right says nothing of the number");
        // Not registered after all: the queue stops at the one text again.
        assert_eq!(dana.post("/admin/texting", &REGISTERED).await.status(), StatusCode::SEE_OTHER);
        wait(async || (tried(app).await == 2 && halts_now(app).await == 1).then_some(())).await;
        app.fate(CELL, "delivered").await;
        assert_eq!(dana.post("/admin/texting", &REGISTERED).await.status(), StatusCode::SEE_OTHER);
        all_delivered(app, &dana, 1).await;
    }

    async fn a_refusal_that_is_the_setups_turns_it_red(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "refused:21606").await;
        dana.text(CASE, "From whom?").await;
        dana.newest_becomes(CASE, &["refused"]).await;
        let setup = dana.page("/admin/texting").await;
        assert!(setup.contains("(Twilio’s code 21606)"), "{setup}");
        dana.checked().await;
        assert!(!dana.page("/admin/texting").await.contains("21606"), "until a check says otherwise");
    }

    async fn too_many_requests_end_the_asking_for_a_minute(app) {
        let dana = app.sign_in(DANA).await;
        app.no_reports().await;
        app.fate(CELL, "500").await;
        app.at_twilio("questions", json!({ "too_many": true })).await;
        let before = questions(app).await;
        for n in 0..4 {
            dana.text(CASE, &format!("Unclear {n}.")).await;
            dana.newest_becomes(CASE, &["unknown"]).await;
        }
        // Whoever is not asked about is put off for a minute, whoever was is looked for again sooner.
        let put_off = "SELECT count(*) FROM outbox WHERE look_at > posting_at + 50000";
        wait(async || (app.base.number(put_off).await >= 3).then_some(())).await;
        let asked = questions(app).await - before;
        assert!(asked <= 1, "one was told to stop, and no other was asked about: {asked}");
        app.at_twilio("questions", json!({ "too_many": false })).await;
        app.later(2 * MINUTE);
        wait(async || (questions(app).await >= before + 4).then_some(())).await;
    }

    async fn s10_five_unclear_answers_open_the_breaker_and_one_text_tries(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "500").await;
        for n in 0..5 {
            dana.text(CASE, &format!("Unclear {n}.")).await;
            dana.newest_becomes(CASE, &["unknown"]).await;
        }
        assert_eq!(halts(app).await, 1);
        app.fate(CELL, "delivered").await;
        dana.text(CASE, "Sixth.").await;
        assert_eq!(waits(&dana).await["halted"][0], "breaker");
        dana.text(CASE, "Seventh.").await;
        assert!(dana.page("/admin/texting").await.contains("Texts wait: Twilio gives no clear answers"));
        assert!(app.ledger().await.is_empty(), "nothing leaves while it is open");
        app.later(31_000);
        wait(async || (app.ledger().await.len() == 2).then_some(())).await;
        assert_eq!(halts(app).await, 0, "a clear answer closes it");
        dana.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(app.ledger().await.len(), 2, "what was unclear is not sent again");
    }

    async fn who_waits_is_told_the_place_in_line_and_goes_at_the_numbers_pace(app) {
        let dana = app.sign_in(DANA).await;
        // As if a minute's texts and 20 more had just left.
        let busy = clock() + 80_000;
        app.base.change(&format!("UPDATE sender SET free_at = {busy}")).await;
        dana.text(CASE, "Ninth.").await;
        let waiting = waits(&dana).await;
        assert_eq!(waiting["in_line"][0], 1, "{waiting}");
        dana.text(CASE, "Tenth.").await;
        assert_eq!(waits(&dana).await["in_line"][0], 2);
        assert!(dana.page(&format!("/cases/{CASE}/texts")).await.contains("2nd in line, about "));
        app.later(20_000);
        all_delivered(app, &dana, 2).await;
    }

    async fn more_than_ten_hours_of_texts_are_refused_with_words_and_nothing_typed_is_lost(app) {
        let dana = app.sign_in(DANA).await;
        app.at_twilio("account", json!({ "auth_token": OTHER })).await;
        dana.text(CASE, "Waits.").await;
        waits(&dana).await;
        app.base.change("UPDATE outbox SET parts = 36000").await;
        let refused = dana.text(CASE, "One too many.").await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = refused.text().await.expect("a page");
        assert!(page.contains("More texts wait than go out in ten hours") && page.contains("One too many."));
        // With a faster number there is room.
        let form = |pace: &'static str| [
            ("text_response", "Call us."), ("call_response", "Call us."), ("call_voice", "Polly.Joanna/en-US"),
            ("second_voice", "Polly.Lupe/es-US"), ("max_parts", "1"), ("pace", pace),
        ];
        let nonsense = dana.post("/admin/texting/responses", &form("2")).await;
        assert_eq!(nonsense.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(dana.post("/admin/texting/responses", &form("3")).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(dana.setup().await["responses"]["pace"], "3");
        assert_eq!(dana.text(CASE, "One too many.").await.status(), StatusCode::SEE_OTHER);
        app.base.change("UPDATE outbox SET parts = 1").await;
        app.at_twilio("account", json!({ "auth_token": app.token })).await;
        dana.checked().await;
        all_delivered(app, &dana, 2).await;
    }

    async fn s35_a_text_that_cannot_be_taken_out_is_parked_and_the_others_go_on(app) {
        let dana = app.sign_in(DANA).await;
        app.base.change(match app.base.url.starts_with("sqlite:") {
            true => "CREATE TRIGGER poison BEFORE UPDATE OF posting_at ON outbox
                     WHEN (SELECT m.body FROM message m WHERE m.id = NEW.message_id) = 'Poison.'
                     BEGIN SELECT RAISE(ABORT, 'poison'); END",
            false => "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                          IF (SELECT m.body FROM message m WHERE m.id = NEW.message_id) = 'Poison.' THEN
                              RAISE EXCEPTION 'poison';
                          END IF;
                          RETURN NEW;
                      END $$;
                      CREATE TRIGGER poison BEFORE UPDATE OF posting_at ON outbox
                          FOR EACH ROW EXECUTE FUNCTION poison()",
        }).await;
        dana.text(CASE, "Poison.").await;
        dana.text(CASE, "Healthy.").await;
        dana.newest_becomes(CASE, &["delivered"]).await;
        let parked = wait(async || {
            let row = dana.rows(CASE).await.remove(1);
            (row["status"] == "stopped").then_some(row)
        }).await;
        assert_eq!((&parked["body"], &parked["stopped"]), (&json!("Poison."), &json!("Fault")));
        assert!(dana.page(&format!("/cases/{CASE}/texts")).await.contains("Tell your administrator, then send it again."));
        let kept = "SELECT failures FROM outbox WHERE parked_at IS NOT NULL AND claim_token IS NULL";
        assert_eq!(app.base.number(kept).await, 3);
        assert!(app.stranger().page("/metrics").await.contains("oktext_parked_texts 1"));
        let ledger = app.ledger().await;
        assert_eq!((ledger.len(), &ledger[0]["body"]), (1, &json!("Healthy.")));
    }
}
