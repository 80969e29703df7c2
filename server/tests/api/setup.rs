//! Texting Setup step by step: each step asks Twilio, is saved for itself, and says in words what is the matter.

use crate::{
    on_both,
    support::{App, DANA, LUIS, Person, browser, set_up_texting, sign, wait},
};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

const SID: &str = "ACd0c0a1b2c3d4e5f60718293a4b5c6d7e";
const NUMBER: &str = "(661) 555-0100";
const MINE: &str = "(661) 555-0190";
const NEXT_TOKEN: &str = "0123456789abcdef0123456789abcdef";
/// What breaks a page, a database or a field that trusts what comes.
const HOSTILE: [&str; 5] = [
    "</textarea><script>alert(1)</script>",
    "a\0b",
    "\u{202e}0010-555 (166)",
    "😀",
    "' OR 1=1 --",
];

async fn save(person: &Person, step: &str, form: &[(&str, &str)]) -> Response {
    person.post(&format!("/admin/texting/{step}"), form).await
}

/// The form is refused in these words, and nothing of a token is in the page.
async fn refused(person: &Person, step: &str, form: &[(&str, &str)], words: &str) {
    let answer = save(person, step, form).await;
    assert_eq!(
        answer.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "{step} {form:?}"
    );
    let page = answer.text().await.unwrap();
    assert!(
        page.contains(words),
        "{step} {form:?} is not refused as {words}"
    );
    assert!(!page.contains("<script>alert(1)"), "{step} {form:?}");
    for (field, typed) in form {
        if ["token", "secondary"].contains(field) && typed.len() > 8 {
            assert!(!page.contains(typed), "{step}: {field} came back");
        }
    }
}

/// The standing of each step, or of each line of the check, in order.
fn standings(list: &Value) -> Vec<String> {
    let all = list.as_array().unwrap().iter();
    all.map(|one| one["standing"].as_str().unwrap().to_owned())
        .collect()
}

/// Changes the number at Twilio, as somebody does in its console.
async fn change_number(app: &App, form: &[(&str, &str)]) {
    let base = format!(
        "{}/sim/2010-04-01/Accounts/{SID}/IncomingPhoneNumbers",
        app.url
    );
    let answer = browser()
        .get(format!("{base}.json"))
        .basic_auth(SID, Some(&app.token))
        .send()
        .await;
    let list: Value = answer.unwrap().json().await.unwrap();
    let number = list["incoming_phone_numbers"][0]["sid"]
        .as_str()
        .unwrap()
        .to_owned();
    let request = browser()
        .post(format!("{base}/{number}.json"))
        .basic_auth(SID, Some(&app.token));
    assert_eq!(
        request.form(form).send().await.unwrap().status(),
        StatusCode::OK
    );
}

async fn number_at_twilio(app: &App) -> Value {
    let list = format!(
        "{}/sim/2010-04-01/Accounts/{SID}/IncomingPhoneNumbers.json",
        app.url
    );
    let answer = browser()
        .get(list)
        .basic_auth(SID, Some(&app.token))
        .send()
        .await;
    let list: Value = answer.unwrap().json().await.unwrap();
    list["incoming_phone_numbers"][0].clone()
}

/// Whether a report signed with this token is taken.
async fn taken(app: &App, token: &str) -> bool {
    let form = [
        ("AccountSid", SID),
        ("From", "+16615550100"),
        ("To", "+16615550101"),
        ("MessageSid", "SM0"),
        ("MessageStatus", "sent"),
    ];
    let signature = sign(token, &format!("{}/twilio/status", app.url), &form);
    match app.webhook_with("/twilio/status", &signature, &form).await {
        StatusCode::NO_CONTENT => true,
        StatusCode::FORBIDDEN => false,
        other => panic!("{other}"),
    }
}

async fn send_test(person: &Person, phone: &str) -> String {
    let key = person.setup().await["test_key"]
        .as_str()
        .unwrap()
        .to_owned();
    let answer = save(person, "test", &[("phone", phone), ("key", &key)]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    key
}

fn responses<'a>(changed: &'a str, to: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("text_response", "Call us."),
        ("call_response", "Call 6 6 1."),
        ("call_voice", "Polly.Joanna/en-US"),
        ("second_response", "Llámenos."),
        ("second_voice", "Polly.Lupe/es-US"),
        ("max_parts", "3"),
    ];
    form.retain(|(name, _)| *name != changed);
    if !changed.is_empty() {
        form.push((changed, to));
    }
    form
}

on_both! {
    async fn the_steps_lead_one_to_the_next_and_nothing_tells_a_token(app) {
        let dana = app.sign_in(DANA).await;
        let status = format!("{}/twilio/status", app.url);
        for (step, form, next) in [
            ("account", vec![("sid", SID), ("token", app.token.as_str())], "/admin/texting/number"),
            ("number", vec![("number", NUMBER)], "/admin/texting/responses"),
            ("responses", responses("", ""), "/admin/texting/address"),
            ("address", vec![("status_callback", "")], "/admin/texting/connect"),
            ("connect", vec![], "/admin/texting/test"),
        ] {
            let answer = save(&dana, step, &form).await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{step}");
            assert_eq!(answer.headers()["location"], next, "{step}");
        }
        let view = dana.setup().await;
        assert_eq!(standings(&view["steps"]), ["good", "good", "good", "good", "good", "to_do"]);
        assert_eq!(view["addresses"]["status"], status.as_str());
        assert_eq!(view["responses"]["second_response"], "Llámenos.");
        for page in ["", "/account", "/number", "/responses", "/address", "/connect", "/test", "/by-hand"] {
            let html = dana.page(&format!("/admin/texting{page}")).await;
            assert!(html.contains("<h1") && !html.contains(&app.token), "{page}");
        }
        assert!(!view.to_string().contains(&app.token));
        assert_eq!(save(&dana, "nonsense", &[]).await.status(), StatusCode::NOT_FOUND);
    }

    async fn an_account_is_refused_in_the_words_of_what_is_wrong(app) {
        let dana = app.sign_in(DANA).await;
        let (sid, zeros, long) = (SID, "0".repeat(32), "AC".repeat(5_000));
        for (form, words) in [
            ([("sid", ""), ("token", "")], "Enter the SID"),
            ([("sid", "AC123"), ("token", zeros.as_str())], "Copy the Account SID"),
            ([("sid", &long), ("token", &zeros)], "SID"),
            ([("sid", sid), ("token", "short")], "Copy the Auth Token"),
            ([("sid", sid), ("token", &zeros)], "does not accept this SID"),
            // The token that is kept is that of its account, and of no other.
            ([("sid", "AC00000000000000000000000000000000"), ("token", "")], "Enter the Auth Token"),
        ] {
            refused(&dana, "account", &form, words).await;
        }
        for hostile in HOSTILE {
            refused(&dana, "account", &[("sid", hostile), ("token", &zeros)], "SID").await;
            refused(&dana, "account", &[("sid", sid), ("token", hostile)], "Auth Token").await;
        }
        assert_eq!(dana.setup().await["account"]["sid"], SID);
        assert!(taken(app, &app.token).await);
    }

    async fn a_number_is_chosen_from_those_of_the_account(app) {
        let dana = app.sign_in(DANA).await;
        let (_, choices) = dana.call("load_numbers", json!({})).await;
        assert_eq!(choices["numbers"][0], json!({ "number": "+16615550100", "texts": true, "voice": true }));
        assert_eq!(choices["numbers"][2], json!({ "number": "+16615550102", "texts": false, "voice": true }));
        for (typed, words) in [
            ("", "Choose the Twilio number"),
            ("(661) 555-0111", "not one of the account"),
            ("(661) 555-0102", "cannot send texts"),
            ("call me", "Enter a phone number"),
        ] {
            refused(&dana, "number", &[("number", typed)], words).await;
        }
        for hostile in HOSTILE.iter().filter(|hostile| !hostile.contains("0010")) {
            refused(&dana, "number", &[("number", hostile)], "There is a problem").await;
        }
        refused(&dana, "number", &[("number", &"1".repeat(10_000))], "There is a problem").await;
        assert_eq!(dana.setup().await["number"], NUMBER);
    }

    async fn responses_are_kept_as_they_were_written_and_never_too_long(app) {
        let dana = app.sign_in(DANA).await;
        let (polly, basic, text) = ("x".repeat(3_001), "x".repeat(4_097), "x".repeat(1_601));
        for (field, typed) in [
            ("text_response", ""), ("text_response", "  \r\n "), ("text_response", text.as_str()), ("text_response", "a\0b"),
            ("call_response", ""), ("call_response", &polly), ("call_response", "a\0b"),
            ("second_response", &polly), ("second_response", "a\0b"),
            ("call_voice", ""), ("call_voice", "Polly.Joanna/xx"), ("call_voice", "\"><Say>"), ("second_voice", "man"),
            ("max_parts", ""), ("max_parts", "0"), ("max_parts", "99"), ("max_parts", "-1"), ("max_parts", "three"),
        ] {
            let answer = save(&dana, "responses", &responses(field, typed)).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field} {:.20}", typed);
        }
        // A basic voice says more in one go than Amazon Polly.
        let mut form = responses("call_voice", "man/en-US");
        form.retain(|(name, _)| *name != "call_response");
        form.push(("call_response", &basic));
        assert_eq!(save(&dana, "responses", &form).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        form.pop();
        form.push(("call_response", &polly));
        assert_eq!(save(&dana, "responses", &form).await.status(), StatusCode::SEE_OTHER);
        let emoji = "😀".repeat(700);
        for written in ["</textarea><script>alert(1)</script>", "Tom & Jerry ]]> <Say>", "\u{202e}rtl", &emoji] {
            assert_eq!(save(&dana, "responses", &responses("text_response", written)).await.status(), StatusCode::SEE_OTHER);
            assert_eq!(dana.setup().await["responses"]["text_response"], written);
            assert!(!dana.page("/admin/texting/responses").await.contains("<script>alert(1)"));
        }
    }

    async fn an_address_for_reports_must_be_one_that_twilio_can_call(app) {
        let dana = app.sign_in(DANA).await;
        let long = format!("https://text.example.org/{}", "a".repeat(2_000));
        for typed in ["text.example.org", "ftp://text.example.org/", "javascript:alert(1)", "https://", "https://a_b.example/", long.as_str()] {
            refused(&dana, "address", &[("status_callback", typed)], "There is a problem").await;
        }
        for hostile in HOSTILE {
            refused(&dana, "address", &[("status_callback", hostile)], "There is a problem").await;
        }
        let other = "https://text.example.org/twilio/status";
        assert_eq!(save(&dana, "address", &[("status_callback", other)]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(dana.setup().await["address"]["status_callback"], other);
        save(&dana, "address", &[]).await;
        assert_eq!(dana.setup().await["address"]["status_callback"], format!("{}/twilio/status", app.url));
    }

    async fn a_number_is_connected_and_other_addresses_only_after_asking(app) {
        let dana = app.sign_in(DANA).await;
        change_number(app, &[("SmsUrl", "https://old.example/sms"), ("VoiceUrl", ""), ("VoiceApplicationSid", "AP1")]).await;
        let (_, now) = dana.call("load_connection", json!({})).await;
        assert_eq!(now["done"], false);
        assert_eq!(now["others"], json!([["For texts", "https://old.example/sms"], ["For calls", "AP1"]]));
        let seen = now["seen"].as_str().unwrap();
        refused(&dana, "connect", &[("seen", seen)], "https://old.example/sms").await;
        // What was shown meanwhile became something else.
        refused(&dana, "connect", &[("seen", "https://older.example/sms"), ("overwrite", "on")], "There is a problem").await;
        assert_eq!(number_at_twilio(app).await["sms_url"], "https://old.example/sms");
        let done = save(&dana, "connect", &[("seen", seen), ("overwrite", "on")]).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
        let number = number_at_twilio(app).await;
        assert_eq!(number["sms_url"], format!("{}/twilio/text", app.url));
        assert_eq!(number["voice_url"], format!("{}/twilio/voice", app.url));
        assert_eq!(number["sms_fallback_url"], format!("{}/text/TextHandler.ashx", app.url));
        assert!(number["voice_application_sid"].as_str().unwrap_or_default().is_empty());
        assert_eq!(dana.call("load_connection", json!({})).await.1["done"], true);
    }

    async fn an_address_for_the_second_try_is_shown_before_it_is_overwritten(app) {
        let dana = app.sign_in(DANA).await;
        change_number(app, &[("SmsFallbackUrl", "https://old.example/second"), ("VoiceFallbackUrl", "https://old.example/calls")]).await;
        let (_, now) = dana.call("load_connection", json!({})).await;
        assert_eq!(now["done"], true, "what comes in reaches us");
        assert_eq!(now["others"], json!([
            ["For texts, when the first address fails", "https://old.example/second"],
            ["For calls, when the first address fails", "https://old.example/calls"],
        ]));
        refused(&dana, "connect", &[], "https://old.example/second").await;
        refused(&dana, "connect", &[("seen", "https://old.example/second"), ("overwrite", "on")], "https://old.example/calls").await;
        assert_eq!(number_at_twilio(app).await["sms_fallback_url"], "https://old.example/second");
        let seen = now["seen"].as_str().unwrap();
        assert_eq!(save(&dana, "connect", &[("seen", seen), ("overwrite", "on")]).await.status(), StatusCode::SEE_OTHER);
        let number = number_at_twilio(app).await;
        assert_eq!(number["sms_fallback_url"], format!("{}/text/TextHandler.ashx", app.url));
        assert_eq!(number["voice_fallback_url"], format!("{}/text/VoiceMessage.ashx", app.url));
        // Ours there is nothing to ask about.
        assert_eq!(save(&dana, "connect", &[]).await.status(), StatusCode::SEE_OTHER);
    }

    async fn two_tokens_are_taken_until_the_second_takes_over(app) {
        let dana = app.sign_in(DANA).await;
        assert!(!taken(app, NEXT_TOKEN).await);
        for (typed, words) in [("", "Enter"), ("short", "Copy the Auth Token"), (app.token.as_str(), "Auth Token that is set"), ("😀", "Copy the Auth Token")] {
            refused(&dana, "account", &[("sid", SID), ("secondary", typed), ("press", "add")], words).await;
        }
        save(&dana, "account", &[("sid", SID), ("secondary", NEXT_TOKEN), ("press", "add")]).await;
        assert!(taken(app, NEXT_TOKEN).await && taken(app, &app.token).await);
        let page = dana.page("/admin/texting/account").await;
        assert!(page.contains("A secondary token was entered") && !page.contains(NEXT_TOKEN));
        // At Twilio the first is still the one: nothing may be sent with the second.
        refused(&dana, "account", &[("sid", SID), ("press", "promote")], "Twilio does not accept").await;
        assert!(taken(app, NEXT_TOKEN).await && taken(app, &app.token).await);
        app.at_twilio("account", json!({ "secondary_token": NEXT_TOKEN })).await;
        app.at_twilio("account", json!({ "auth_token": NEXT_TOKEN, "secondary_token": "" })).await;
        save(&dana, "account", &[("sid", SID), ("press", "promote")]).await;
        assert!(taken(app, NEXT_TOKEN).await && !taken(app, &app.token).await);
        assert_eq!(dana.checked().await[0]["standing"], "good");
    }

    async fn a_token_that_was_added_can_be_taken_away(app) {
        let dana = app.sign_in(DANA).await;
        save(&dana, "account", &[("sid", SID), ("secondary", NEXT_TOKEN), ("press", "add")]).await;
        save(&dana, "account", &[("sid", SID), ("press", "remove")]).await;
        assert!(!taken(app, NEXT_TOKEN).await && taken(app, &app.token).await);
        refused(&dana, "account", &[("sid", SID), ("press", "promote")], "There is a problem").await;
    }

    async fn a_test_text_leaves_once_and_is_followed_to_delivered(app) {
        let dana = app.sign_in(DANA).await;
        let key = send_test(&dana, MINE).await;
        let form = [("phone", MINE), ("key", key.as_str())];
        let again = (0..5).map(|_| save(&dana, "test", &form));
        for answer in futures::future::join_all(again).await {
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        }
        wait(async || (dana.setup().await["test"]["status"] == "delivered").then_some(())).await;
        let sent: Vec<Value> = app.ledger().await.into_iter().filter(|text| text["to"] == "+16615550190").collect();
        assert_eq!(sent.len(), 1);
        assert!(sent[0]["body"].as_str().unwrap().starts_with("Cedar Valley Legal Aid: this is a test"));
        // It is no client's text, and in no case.
        assert_eq!(app.base.number("SELECT count(*) FROM message WHERE sid = (SELECT sid FROM test_text)").await, 0);
        assert!(dana.page("/admin/texting/test").await.contains("It arrived. Texting works."));
    }

    async fn a_test_text_that_fails_says_why(app) {
        let dana = app.sign_in(DANA).await;
        app.fate("+16615550190", "undelivered:30034").await;
        send_test(&dana, MINE).await;
        wait(async || (dana.setup().await["test"]["status"] == "undelivered").then_some(())).await;
        assert_eq!(dana.setup().await["test"]["error"], 30034);
        assert_eq!(dana.checked().await[9]["standing"], "bad", "30034 of the last week");
        // Twilio has it and its answer is lost: its reports find the text all the same.
        app.fate("+16615550190", "timeout").await;
        send_test(&dana, MINE).await;
        wait(async || (dana.setup().await["test"]["status"] == "delivered").then_some(())).await;
    }

    async fn a_test_text_goes_to_nobody_elses_phone(app) {
        let dana = app.sign_in(DANA).await;
        let key = dana.setup().await["test_key"].as_str().unwrap().to_owned();
        for (phone, words) in [("", "Enter"), ("call me", "There is a problem"), (NUMBER, "There is a problem"), ("(661) 555-0119", "There is a problem")] {
            refused(&dana, "test", &[("phone", phone), ("key", &key)], words).await;
        }
        for hostile in HOSTILE.iter().filter(|hostile| !hostile.contains("0010")) {
            refused(&dana, "test", &[("phone", hostile), ("key", &key)], "There is a problem").await;
        }
        for bad in ["", "nonsense", "a\0b"] {
            assert_eq!(save(&dana, "test", &[("phone", MINE), ("key", bad)]).await.status(), StatusCode::NOT_FOUND, "{bad:?}");
        }
        assert!(app.ledger().await.iter().all(|text| text["to"] != "+16615550100"));
        assert_eq!(app.base.number("SELECT count(*) FROM test_text").await, 0);
    }

    async fn staff_neither_see_nor_change_anything_of_it(app) {
        let luis = app.sign_in(LUIS).await;
        for step in ["account", "number", "responses", "address", "connect", "test"] {
            assert_eq!(save(&luis, step, &[]).await.status(), StatusCode::FORBIDDEN, "{step}");
            assert_eq!(luis.get(&format!("/admin/texting/{step}")).await.status(), StatusCode::FORBIDDEN, "{step}");
        }
        assert_eq!(luis.get("/admin/texting/by-hand").await.status(), StatusCode::FORBIDDEN);
        for function in ["load_numbers", "load_connection"] {
            assert_eq!(luis.call(function, json!({})).await.0, StatusCode::FORBIDDEN, "{function}");
        }
        let stranger = app.stranger();
        assert_eq!(save(&stranger, "account", &[]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(stranger.call("load_connection", json!({})).await.0, StatusCode::UNAUTHORIZED);
    }

    async fn a_request_to_ourselves_is_answered_only_if_it_is_ours(app) {
        let ask = |path: &str| browser().post(format!("{}{path}", app.url)).form(&[("AccountSid", SID)]);
        for challenge in ["", "AAAA", "😀", &"A".repeat(4_000)] {
            let answer = ask("/twilio/text").header("x-oktext-challenge", challenge.as_bytes()).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{challenge:.10}");
        }
        assert_eq!(ask("/twilio/probe").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    }

    async fn what_is_set_up_by_steps_sends(app) {
        let dana = app.sign_in(DANA).await;
        set_up_texting(&dana, SID, &app.token, NUMBER, "").await;
        assert_eq!(dana.setup().await["responses"]["max_parts"], "1");
        assert!(taken(app, &app.token).await);
    }
}
