//! The check of Texting Setup: every trap has its red line, on the page, at night and on the console.

use crate::{
    on_both,
    support::{App, DANA, Person, wait},
};
use serde_json::{Value, json};

const OURS: &str = "+16615550100";
const MINE: &str = "(661) 555-0190";

fn standing(line: &Value) -> &str {
    line["standing"].as_str().unwrap()
}

fn said(line: &Value) -> &str {
    line["said"].as_str().unwrap()
}

async fn test_text_arrives(person: &Person) {
    let key = person.setup().await["test_key"]
        .as_str()
        .unwrap()
        .to_owned();
    person
        .post("/admin/texting/test", &[("phone", MINE), ("key", &key)])
        .await;
    wait(async || (person.setup().await["test"]["status"] == "delivered").then_some(())).await;
}

/// After this change at Twilio the line of this place in the list is red, in these words.
async fn red(
    app: &App,
    person: &Person,
    (what, change): (&str, Value),
    (at, words): (usize, &str),
) {
    app.at_twilio(what, change.clone()).await;
    let lines = person.checked().await;
    assert_eq!(
        standing(&lines[at]),
        "bad",
        "{what} {change}: {:?}",
        lines[at]
    );
    assert!(
        said(&lines[at]).contains(words),
        "{what} {change}: {}",
        said(&lines[at])
    );
    assert!(!lines[at]["next"].as_str().unwrap().is_empty());
    for line in lines.iter().filter(|line| **line != lines[at]) {
        assert_ne!(
            standing(line),
            "bad",
            "{what} {change} reddens {}",
            line["heading"]
        );
    }
}

on_both! {
    async fn a_check_finds_everything_in_order_line_by_line(app) {
        let dana = app.sign_in(DANA).await;
        test_text_arrives(&dana).await;
        let lines = dana.checked().await;
        for line in &lines {
            assert_eq!(standing(line), "good", "{line}");
        }
        assert!(said(&lines[0]).contains("Cedar Valley Legal Aid"));
        assert!(dana.page("/admin/texting").await.contains("Everything is in order."));
        for step in dana.setup().await["steps"].as_array().unwrap() {
            assert_eq!(standing(step), "good", "{step}");
        }
    }

    async fn what_is_wrong_with_the_account_is_said(app) {
        let dana = app.sign_in(DANA).await;
        red(app, &dana, ("account", json!({ "kind": "Trial" })), (1, "trial")).await;
        red(app, &dana, ("account", json!({ "kind": "Full", "status": "suspended" })), (1, "suspended")).await;
        red(app, &dana, ("account", json!({ "status": "closed" })), (1, "closed")).await;
        let other = json!({ "status": "active", "auth_token": "0123456789abcdef0123456789abcdef" });
        red(app, &dana, ("account", other), (0, "does not accept")).await;
        app.at_twilio("account", json!({ "auth_token": app.token })).await;
        assert_eq!(standing(&dana.checked().await[0]), "good");
    }

    async fn what_is_wrong_with_the_number_is_said(app) {
        let dana = app.sign_in(DANA).await;
        let number = |mut change: Value| {
            change["phone_number"] = OURS.into();
            ("number", change)
        };
        red(app, &dana, number(json!({ "capabilities": { "sms": false } })), (2, "cannot text")).await;
        red(app, &dana, number(json!({ "capabilities": { "voice": false } })), (2, "takes no calls")).await;
        red(app, &dana, number(json!({ "capabilities": {}, "sms_application_sid": "AP1" })), (3, "application")).await;
        red(app, &dana, number(json!({ "sms_application_sid": null, "voice_application_sid": "AP2" })), (4, "application")).await;
        red(app, &dana, number(json!({ "voice_application_sid": null, "trunk_sid": "TK1" })), (4, "trunk")).await;
        red(app, &dana, number(json!({ "trunk_sid": null, "sms_url": "https://old.example/" })), (3, "another address")).await;
        let sms = format!("{}/twilio/text", app.url);
        red(app, &dana, number(json!({ "sms_url": sms, "sms_method": "GET" })), (3, "GET")).await;
        red(app, &dana, number(json!({ "sms_method": null, "voice_url": null })), (4, "no address")).await;
        app.at_twilio("number", json!({ "phone_number": OURS, "voice_url": format!("{}/text/VoiceMessage.ashx", app.url) })).await;
        assert_eq!(standing(&dana.checked().await[4]), "good", "an older address of ours");
        app.base.change("UPDATE texting_setup SET number = '+16615550999'").await;
        let lines = dana.checked().await;
        assert!(standing(&lines[2]) == "bad" && said(&lines[2]).contains("not one of"));
        assert_eq!(standing(&lines[3]), "to_do");
    }

    async fn a_wrong_clock_and_reports_that_do_not_come_are_said(app) {
        let dana = app.sign_in(DANA).await;
        red(app, &dana, ("clock", json!({ "skew_seconds": 600 })), (7, "behind")).await;
        red(app, &dana, ("clock", json!({ "skew_seconds": -600 })), (7, "ahead")).await;
        app.at_twilio("clock", json!({ "skew_seconds": 0 })).await;
        // Nobody listens where Twilio reports to.
        dana.post("/admin/texting/address", &[("status_callback", "http://127.0.0.1:9/twilio/status")]).await;
        let key = dana.setup().await["test_key"].as_str().unwrap().to_owned();
        dana.post("/admin/texting/test", &[("phone", MINE), ("key", &key)]).await;
        wait(async || (dana.setup().await["test"]["status"] == "queued").then_some(())).await;
        app.base.change("UPDATE test_text SET created_at = created_at - 660000").await;
        let lines = dana.checked().await;
        assert!(standing(&lines[8]) == "bad" && said(&lines[8]).contains("no report came"), "{}", lines[8]);
    }

    async fn many_presses_are_one_check(app) {
        let dana = app.sign_in(DANA).await;
        let presses = (0..10).map(|_| dana.post("/admin/texting", &[]));
        for answer in futures::future::join_all(presses).await {
            assert_eq!(answer.status(), reqwest::StatusCode::SEE_OTHER);
        }
        assert_eq!(dana.checked().await.len(), 10);
        assert_eq!(app.base.number("SELECT count(*) FROM setup_check").await, 1);
    }

    async fn once_a_night_everything_is_checked_by_itself(app) {
        let done = "SELECT count(*) FROM setup_check WHERE night_at IS NOT NULL AND ended_at >= night_at AND lines_json LIKE '%carriers%'";
        // Both offices of the demo have an account.
        wait(async || (app.base.number(done).await == 2).then_some(())).await;
        let dana = app.sign_in(DANA).await;
        assert!(dana.page("/admin/texting").await.contains("Last checked:"));
    }

    async fn a_nightly_check_that_was_cut_off_is_done_again_in_the_same_night(app) {
        let done = "SELECT count(*) FROM setup_check WHERE night_at IS NOT NULL AND ended_at > night_at AND lines_json LIKE '%carriers%'";
        wait(async || (app.base.number(done).await == 2).then_some(())).await;
        // What is left when the database goes away half way: taken for this night, begun, and not ended.
        app.base.change("UPDATE setup_check SET ended_at = NULL, lines_json = '{}', started_at = night_at").await;
        assert_eq!(app.base.number(done).await, 0);
        app.later(6 * 60 * 1000);
        wait(async || (app.base.number(done).await == 2).then_some(())).await;
    }

    async fn the_console_says_the_same_lines(app) {
        let dana = app.sign_in(DANA).await;
        let (printed, ended_well) = app.beside(&["check"]).until_its_end();
        assert!(ended_well, "{printed:?}");
        for line in dana.checked().await {
            let words = format!("{}: {}", line["heading"].as_str().unwrap(), said(&line));
            assert!(printed.iter().any(|printed| printed.contains(&words)), "{words} is not in {printed:?}");
        }
        app.at_twilio("account", json!({ "kind": "Trial" })).await;
        let (printed, ended_well) = app.beside(&["check"]).until_its_end();
        assert!(!ended_well && printed.iter().any(|line| line.starts_with("BAD") && line.contains("trial account")));
        assert!(!printed.concat().contains(&app.token));
    }
}
