//! Permission by people: given and withdrawn with a source, cards decided, many opt-outs by codes judged.

use crate::{
    on_both,
    support::{CASE, CELL, DANA, LUIS, Person, phone::Answer, wait},
};
use reqwest::StatusCode;
use serde_json::{Value, json};

const SHARED: &str = "+16615550142";
const SISTERS: [&str; 2] = ["25-1040417", "25-1036620"];

async fn id_of(who: &Person, case: &str) -> String {
    who.client_of(case).await["id"].as_str().unwrap().to_owned()
}

async fn say(who: &Person, case: &str, event: &str, source: &str, note: &str) -> StatusCode {
    let client = who.client_of(case).await;
    let number = client["phone"].as_str().unwrap_or_default().to_owned();
    let form = [
        ("number", number.as_str()),
        ("event", event),
        ("source", source),
        ("note", note),
    ];
    who.post(
        &format!("/clients/{}/consent", client["id"].as_str().unwrap()),
        &form,
    )
    .await
    .status()
}

async fn why_not(who: &Person, case: &str) -> Value {
    let (_, view) = who.call("load_case", json!({ "number": case })).await;
    view["why_not"].clone()
}

async fn card(who: &Person) -> Value {
    let (_, view) = who.call("load_reviews", json!({})).await;
    let open = view["open"].as_array().unwrap();
    assert_eq!(open.len(), 1, "{view}");
    open[0].clone()
}

async fn decide(who: &Person, review: &str, decision: &str, note: &str) -> StatusCode {
    let form = [("review", review), ("decision", decision), ("note", note)];
    who.post("/reviews", &form).await.status()
}

on_both! {
    async fn staff_take_down_how_permission_was_given_and_withdrawn(app) {
        let luis = app.sign_in(LUIS).await;
        assert_eq!(say(&luis, CASE, "withdrawn", "by_phone", "Called at noon: \u{202e}no more\u{202c} </textarea><script>").await, StatusCode::SEE_OTHER);
        assert_eq!(why_not(&luis, CASE).await, "NotOkay");
        assert_eq!(say(&luis, CASE, "given", "in_writing", "").await, StatusCode::SEE_OTHER);
        assert!(why_not(&luis, CASE).await.is_null());
        let ledger = luis.client_of(CASE).await["ledger"].clone();
        assert_eq!((&ledger[0]["event"], &ledger[0]["source"], &ledger[0]["by"]), (&json!("given"), &json!("in_writing"), &json!("Luis Ortiz")));
        assert_eq!(ledger[1]["note"], "Called at noon: \u{202e}no more\u{202c} </textarea><script>");
        assert_eq!(app.base.number("SELECT count(*) FROM audit WHERE what = 'changed_consent'").await, 2);
        let page = luis.page(&format!("/clients/{}", id_of(&luis, CASE).await)).await;
        assert!(!page.contains("<script>\u{202e}") && !page.contains("</textarea><script>"));
    }

    async fn a_form_about_permission_that_says_too_little_or_too_much_changes_nothing(app) {
        let dana = app.sign_in(DANA).await;
        let (path, long) = (format!("/clients/{}/consent", id_of(&dana, CASE).await), "😀".repeat(10_000));
        let lines = app.base.number("SELECT count(*) FROM consent").await;
        for form in [
            vec![],
            vec![("number", CELL), ("event", "withdrawn")],
            vec![("number", CELL), ("event", "withdrawn"), ("source", "keyword")],
            vec![("number", CELL), ("event", "withdrawn"), ("source", "review")],
            vec![("number", CELL), ("event", "blocked"), ("source", "form")],
            vec![("number", CELL), ("event", "lifted"), ("source", "form")],
            vec![("number", CELL), ("event", "withdrawn"), ("source", "form"), ("note", &long[..2004])],
            vec![("number", CELL), ("event", "withdrawn"), ("source", "form"), ("note", "a\0b")],
            vec![("number", "+16615550142"), ("event", "withdrawn"), ("source", "form")],
            vec![("number", ""), ("event", "withdrawn"), ("source", "form")],
            vec![("number", CELL), ("event", "given"), ("source", "form")],
        ] {
            let answer = dana.post(&path, &form).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
        }
        assert_eq!(dana.post(&path, &[("note", &long)]).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        for path in ["/clients/none/consent", "/clients/018f4e9a-0000-7000-8000-000000000001/consent"] {
            let form = [("number", CELL), ("event", "withdrawn"), ("source", "form")];
            assert_eq!(dana.post(path, &form).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(say(&dana, "25-1041466", "given", "form", "").await, StatusCode::UNPROCESSABLE_ENTITY, "there is no number");
        assert!(dana.client_of(CASE).await["okay"].is_object());
        assert_eq!(app.base.number("SELECT count(*) FROM consent").await, lines);
    }

    async fn a_withdrawal_in_other_words_pauses_and_waits_for_somebody(app) {
        let luis = app.sign_in(LUIS).await;
        let answer = app.phone(SHARED).texts("SM1", "No más, por favor").await;
        assert_eq!(answer.texts.len(), 1, "it is answered like any other text");
        for case in SISTERS {
            assert_eq!(why_not(&luis, case).await, "Paused");
            assert!(luis.client_of(case).await["okay"].is_object(), "nothing was unticked");
        }
        let card = card(&luis).await;
        assert_eq!((&card["number"], &card["rule"], &card["text"]["body"]), (&json!(SHARED), &json!("no_mas"), &json!("No más, por favor")));
        assert_eq!(card["due"]["left"], 10);
        assert_eq!(card["clients"].as_array().unwrap().len(), 2);
        // A second one makes no second card, and a stranger's words make one without clients.
        app.phone(SHARED).texts("SM2", "please stop texting me").await;
        let (_, waiting) = luis.call("load_waiting", json!({})).await;
        let counts = ["reviews", "held", "unclear"].map(|what| waiting[what].as_i64());
        assert_eq!(counts, [Some(1), Some(0), Some(0)]);
        app.base.change("UPDATE review SET due_on = '2020-01-02'").await;
        assert_eq!(self::card(&luis).await["due"]["overdue"], true);
    }

    async fn what_waits_is_stopped_by_the_pause(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "429").await;
        dana.text(CASE, "Your hearing is on Monday.").await;
        wait(async || {
            let rests = "SELECT count(*) FROM outbox o JOIN halt h ON h.org_id = o.org_id WHERE o.claim_token IS NULL";
            (app.base.number(rests).await == 1).then_some(())
        }).await;
        app.phone(CELL).texts("SM1", "Wrong number").await;
        assert_eq!(dana.newest_becomes(CASE, &["stopped"]).await["stopped"], "Paused");
        let refused = dana.text(CASE, "Another").await;
        assert_eq!(refused.status(), StatusCode::CONFLICT);
    }

    async fn a_card_that_is_a_withdrawal_unticks_every_record_with_the_words(app) {
        let luis = app.sign_in(LUIS).await;
        app.phone(SHARED).texts("SM1", "Please stop texting me").await;
        let card = card(&luis).await;
        let id = card["id"].as_str().unwrap();
        assert_eq!(decide(&luis, id, "withdrawal", "Clear enough.").await, StatusCode::SEE_OTHER);
        for case in SISTERS {
            assert_eq!(why_not(&luis, case).await, "NotOkay");
            let line = luis.client_of(case).await["ledger"][0].clone();
            assert_eq!((&line["event"], &line["source"], &line["by"]), (&json!("withdrawn"), &json!("review"), &json!("Luis Ortiz")));
            assert_eq!((&line["words"], &line["note"]), (&json!("Please stop texting me"), &json!("Clear enough.")));
        }
        // Somebody else had it open.
        assert_eq!(decide(&app.sign_in(DANA).await, id, "other", "").await, StatusCode::CONFLICT);
        let (_, view) = luis.call("load_reviews", json!({})).await;
        assert_eq!(view["open"], json!([]));
        assert_eq!((&view["decided"][0]["decided"]["decision"], &view["decided"][0]["decided"]["by"]), (&json!("withdrawal"), &json!("Luis Ortiz")));
        assert_eq!(app.base.number("SELECT count(*) FROM audit WHERE what = 'decided_review' AND subject LIKE '% withdrawal'").await, 1);
    }

    async fn a_card_that_is_none_lifts_the_pause(app) {
        let luis = app.sign_in(LUIS).await;
        app.phone(CELL).texts("SM1", "stop it!").await;
        let id = card(&luis).await["id"].as_str().unwrap().to_owned();
        assert_eq!(decide(&luis, &id, "other", "Meant her brother.").await, StatusCode::SEE_OTHER);
        assert!(why_not(&luis, CASE).await.is_null());
        let line = luis.client_of(CASE).await["ledger"][0].clone();
        assert_eq!((&line["event"], &line["note"], &line["words"]), (&json!("kept"), &json!("Meant her brother."), &json!("stop it!")));
        luis.text(CASE, "We go on.").await;
        luis.newest_becomes(CASE, &["delivered"]).await;
    }

    async fn a_card_is_decided_once_however_many_press(app) {
        let luis = app.sign_in(LUIS).await;
        app.phone(CELL).texts("SM1", "Stop, please").await;
        let id = card(&luis).await["id"].as_str().unwrap().to_owned();
        let all = futures::future::join_all((0..6).map(|_| decide(&luis, &id, "withdrawal", ""))).await;
        assert_eq!(all.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 1, "{all:?}");
        assert_eq!(all.iter().filter(|status| **status == StatusCode::CONFLICT).count(), 5, "{all:?}");
        assert_eq!(app.base.number("SELECT count(*) FROM consent WHERE source = 'review'").await, 1);
    }

    async fn a_form_about_a_card_that_says_nothing_decides_nothing(app) {
        let luis = app.sign_in(LUIS).await;
        app.phone(CELL).texts("SM1", "Stop, please").await;
        let id = card(&luis).await["id"].as_str().unwrap().to_owned();
        for (review, decision, note) in [("", "other", ""), ("x", "other", ""), ("018f4e9a-0000-7000-8000-000000000001", "other", "")] {
            assert_eq!(decide(&luis, review, decision, note).await, StatusCode::NOT_FOUND);
        }
        for (decision, note) in [("", ""), ("stop", ""), ("other", "a\0"), ("other", "x".repeat(501).as_str())] {
            assert_eq!(decide(&luis, &id, decision, note).await, StatusCode::UNPROCESSABLE_ENTITY, "{decision}");
        }
        assert_eq!(app.base.number("SELECT count(*) FROM review WHERE decided_at IS NULL").await, 1);
        assert_eq!(why_not(&luis, CASE).await, "Paused");
    }

    async fn code_21610_does_the_same_as_stop(app) {
        let dana = app.sign_in(DANA).await;
        // In the answer: Bernice's phone is refused.
        dana.text("25-1042010", "Hello.").await;
        dana.newest_becomes("25-1042010", &["refused"]).await;
        assert_eq!(why_not(&dana, "25-1042010").await, "Blocked");
        assert_eq!(dana.ledger_of("25-1042010").await[..2], [("withdrawn".into(), "code".into()), ("blocked".into(), "code".into())]);
        // In a callback.
        app.fate(CELL, "silent").await;
        dana.text(CASE, "Hello.").await;
        let row = dana.newest_becomes(CASE, &["sent"]).await;
        let sid = app.ledger().await[0]["sid"].as_str().unwrap().to_owned();
        let path = format!("/twilio/status?text={}", row["id"].as_str().unwrap());
        let form = [("MessageSid", sid.as_str()), ("MessageStatus", "failed"), ("ErrorCode", "21610"), ("AccountSid", app.account.as_str())];
        assert_eq!(app.webhook(&path, &format!("{}{path}", app.url), &form).await, StatusCode::NO_CONTENT);
        assert_eq!(why_not(&dana, CASE).await, "Blocked");
        // The client lifts it; the same report again says nothing about now.
        app.phone(CELL).texts("SM1", "START").await;
        assert!(why_not(&dana, CASE).await.is_null());
        app.webhook(&path, &format!("{}{path}", app.url), &form).await;
        assert!(why_not(&dana, CASE).await.is_null());
        // When Twilio is asked: no report reaches us.
        app.no_reports().await;
        app.fate(CELL, "undelivered:21610").await;
        dana.text(CASE, "Hello again.").await;
        let text = dana.newest_becomes(CASE, &["queued", "sent"]).await["id"].clone();
        wait(async || {
            let (status, answer) = dana.call("refresh_status", json!({ "text": text })).await;
            assert_eq!(status, StatusCode::OK);
            (answer["said"] == "undelivered").then_some(())
        })
        .await;
        assert_eq!(why_not(&dana, CASE).await, "Blocked");
        app.phone(CELL).texts("SM2", "START").await;
        assert!(why_not(&dana, CASE).await.is_null());
    }

    async fn many_opt_outs_by_codes_wait_for_the_administrator(app) {
        let (dana, luis) = (app.sign_in(DANA).await, app.sign_in(LUIS).await);
        app.base.change("UPDATE texting_setup SET opt_out_limit = 1").await;
        // A client's own word counts for nothing here.
        app.phone("+16615550187").texts("SM1", "STOP").await;
        for case in ["25-1042010", CASE, "25-1041377"] {
            if case == CASE {
                app.fate(CELL, "refused:21610").await;
                app.fate("+16615550163", "refused:21610").await;
            }
            dana.text(case, "Hello.").await;
            dana.newest_becomes(case, &["refused"]).await;
        }
        assert_eq!(why_not(&dana, "25-1042010").await, "Blocked", "the first was within the limit");
        for case in [CASE, "25-1041377"] {
            assert_eq!(why_not(&dana, case).await, "OptOutHeld");
            assert!(dana.client_of(case).await["okay"].is_object(), "nothing was unticked");
            assert_eq!(dana.client_of(case).await["block"]["held"], true);
        }
        let (_, view) = dana.call("load_opt_outs", json!({})).await;
        assert_eq!((view["held"].as_i64(), view["opt_outs"].as_array().unwrap().len()), (Some(2), 3));
        let (_, waiting) = dana.call("load_waiting", json!({})).await;
        assert_eq!(waiting["held"], 2);
        let (status, _) = luis.call("load_opt_outs", json!({})).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert_eq!(luis.post("/admin/opt-outs", &[("verdict", "discard")]).await.status(), StatusCode::FORBIDDEN);
        for verdict in ["", "maybe"] {
            assert_eq!(dana.post("/admin/opt-outs", &[("verdict", verdict)]).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "{verdict}");
        }
        // A mistake of the carrier: all is as it was, also where it was taken just before.
        assert_eq!(dana.post("/admin/opt-outs", &[("verdict", "discard"), ("note", "An outage.")]).await.status(), StatusCode::SEE_OTHER);
        for case in ["25-1042010", CASE, "25-1041377"] {
            assert!(why_not(&dana, case).await.is_null(), "{case}");
        }
        assert_eq!(dana.ledger_of("25-1042010").await[..2], [("given".into(), "administrator".into()), ("lifted".into(), "administrator".into())]);
        assert_eq!(why_not(&dana, "25-1039862").await, "Blocked", "who texted STOP stays blocked");
        assert_eq!(dana.post("/admin/opt-outs", &[("verdict", "apply")]).await.status(), StatusCode::CONFLICT);
    }

    async fn opt_outs_that_the_administrator_takes_for_real_untick(app) {
        let dana = app.sign_in(DANA).await;
        app.base.change("UPDATE texting_setup SET opt_out_limit = 1").await;
        for (case, number) in [("25-1041377", "+16615550163"), (CASE, CELL)] {
            app.fate(number, "refused:21610").await;
            dana.text(case, "Hello.").await;
            dana.newest_becomes(case, &["refused"]).await;
        }
        assert_eq!(dana.post("/admin/opt-outs", &[("verdict", "apply"), ("note", "")]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(why_not(&dana, CASE).await, "Blocked");
        assert_eq!(dana.ledger_of(CASE).await[..2], [("withdrawn".into(), "administrator".into()), ("blocked".into(), "administrator".into())]);
        // Counting begins anew, and START gives back what was taken.
        app.phone(CELL).texts("SM1", "START").await;
        assert!(dana.client_of(CASE).await["okay"].is_object());
        dana.text(CASE, "Again.").await;
        dana.newest_becomes(CASE, &["refused"]).await;
        assert_eq!(why_not(&dana, CASE).await, "Blocked");
    }

    async fn a_client_who_texts_stop_is_asked_about_no_more(app) {
        let dana = app.sign_in(DANA).await;
        app.base.change("UPDATE texting_setup SET opt_out_limit = 1").await;
        for (case, number) in [("25-1041377", "+16615550163"), (CASE, CELL)] {
            app.fate(number, "refused:21610").await;
            dana.text(case, "Hello.").await;
            dana.newest_becomes(case, &["refused"]).await;
        }
        assert_eq!(why_not(&dana, CASE).await, "OptOutHeld");
        assert_eq!(app.phone(CELL).texts("SM1", "STOP").await, Answer::none());
        assert_eq!(why_not(&dana, CASE).await, "Blocked");
        assert!(dana.client_of(CASE).await["okay"].is_null());
        let (_, view) = dana.call("load_opt_outs", json!({})).await;
        assert_eq!(view["held"], 0);
    }

    async fn how_texts_are_handled_is_set_within_reason(app) {
        let dana = app.sign_in(DANA).await;
        let (_, before) = dana.call("load_incoming_setup", json!({})).await;
        assert_eq!(before, json!({ "show_incoming": "on", "answer_limit": "10", "opt_out_limit": "20" }));
        for (answers, opt_outs) in [("", "20"), ("0", "20"), ("101", "20"), ("ten", "20"), ("10", "-1"), ("10", "99999999999999999999"), ("1\0", "20")] {
            let form = [("answer_limit", answers), ("opt_out_limit", opt_outs)];
            assert_eq!(dana.post("/admin/incoming", &form).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "{answers} {opt_outs}");
        }
        assert_eq!(dana.call("load_incoming_setup", json!({})).await.1, before);
        let luis = app.sign_in(LUIS).await;
        let form = [("answer_limit", "5"), ("opt_out_limit", "50")];
        assert_eq!(luis.post("/admin/incoming", &form).await.status(), StatusCode::FORBIDDEN);
        assert_eq!(dana.post("/admin/incoming", &form).await.status(), StatusCode::SEE_OTHER);
        let (_, after) = dana.call("load_incoming_setup", json!({})).await;
        assert_eq!(after, json!({ "show_incoming": null, "answer_limit": "5", "opt_out_limit": "50" }));
    }
}
