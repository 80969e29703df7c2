//! Incoming texts: kept once, answered once.

use crate::{
    on_both,
    support::{
        App, CASE, CELL, DANA, browser,
        phone::{Answer, read},
        sign,
    },
};
use reqwest::StatusCode;
use serde_json::json;

const SID: &str = "SM0123456789abcdef0123456789abcdef";
const STRANGER: &str = "+16615550999";

async fn response(app: &App) -> String {
    let dana = app.sign_in(DANA).await;
    let (_, setup) = dana.call("load_setup", json!({})).await;
    setup["responses"]["text_response"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn kept(app: &App) -> i64 {
    app.base.number("SELECT count(*) FROM incoming").await
}

/// Posts a body as it is, signed as it is read: pairs of bytes.
async fn bring_bytes(app: &App, pairs: &[(&str, &[u8])]) -> reqwest::Response {
    let escape =
        |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("%{byte:02X}")).collect() };
    let body: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    let path = "/twilio/text";
    let bytes: Vec<(Vec<u8>, Vec<u8>)> = pairs
        .iter()
        .map(|(n, v)| (n.as_bytes().to_vec(), v.to_vec()))
        .collect();
    let signature =
        twilio::signature::sign_bytes(&app.token, &format!("{}{path}", app.url), &bytes);
    let request = browser()
        .post(format!("{}{path}", app.url))
        .body(body.join("&"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request
        .header(twilio::signature::HEADER, signature)
        .send()
        .await
        .unwrap()
}

on_both! {
    async fn a_text_is_kept_and_answered_with_the_text_response(app) {
        let expected = Answer::text(&response(app).await);
        assert_eq!(app.phone(CELL).texts(SID, "When is my hearing?").await, expected);
        let dana = app.sign_in(DANA).await;
        let came = dana.came(CASE).await;
        assert_eq!(came.len(), 1);
        assert_eq!((came[0]["body"].as_str(), came[0]["kind"].as_str()), (Some("When is my hearing?"), Some("text")));
        assert_eq!(came[0]["clients"], json!(["Thuy Nguyen"]));
        assert_eq!(came[0]["answer"].as_str(), Some(expected.texts[0].as_str()));
    }

    async fn a_repeated_sid_gets_the_same_answer_and_changes_nothing(app) {
        let first = app.phone(CELL).texts(SID, "Hello").await;
        app.base.change("UPDATE texting_setup SET text_response = 'Another one.'").await;
        for body in ["Hello", "Hello", "STOP"] {
            assert_eq!(app.phone(CELL).texts(SID, body).await, first, "{body}");
        }
        // The same Sid from another number: the first text stands.
        assert_eq!(app.phone(STRANGER).texts(SID, "Hello").await, first);
        assert_eq!(kept(app).await, 1);
        let dana = app.sign_in(DANA).await;
        assert!(dana.client_of(CASE).await["okay"].is_object());
        assert_eq!(app.phone(CELL).texts("SM2", "Hello").await, Answer::text("Another one."));
    }

    async fn a_replay_after_a_year_changes_nothing(app) {
        let phone = app.phone(CELL);
        let (stop, start) = (phone.form("SM1", "STOP"), phone.form("SM2", "START"));
        for form in [&stop, &start] {
            app.bring("/twilio/text", form).await;
        }
        let year: i64 = 366 * 24 * 60 * 60 * 1000;
        app.base.change(&format!("UPDATE incoming SET at = at - {year}")).await;
        let counts = async || {
            let mut all = vec![];
            for table in ["incoming", "consent", "block", "event"] {
                all.push(app.base.number(&format!("SELECT count(*) FROM {table}")).await);
            }
            all
        };
        let before = counts().await;
        // The signature is as right as it was.
        assert_eq!(read(app.bring("/twilio/text", &stop).await).await, Answer::none());
        assert_eq!(counts().await, before);
        assert!(app.sign_in(DANA).await.client_of(CASE).await["okay"].is_object());
    }

    async fn the_same_text_many_times_at_once_is_one_text(app) {
        let phone = app.phone(CELL);
        let all = futures::future::join_all((0..8).map(|_| phone.texts(SID, "At once"))).await;
        assert!(all.iter().all(|answer| *answer == all[0]), "{all:?}");
        assert_eq!(kept(app).await, 1);
        assert_eq!(app.base.number("SELECT count(*) FROM event WHERE incoming_id IS NOT NULL").await, 1);
    }

    async fn the_addresses_that_organizations_have_today_take_texts_in_any_case(app) {
        let expected = Answer::text(&response(app).await);
        for (path, sid) in [
            ("/twilio/TextHandler.ashx", "SM1"),
            ("/text/TextHandler.ashx", "SM2"),
            ("/TEXT/texthandler.ASHX?org=7&x=%20", "SM3"),
            ("/twilio/text?a=b", "SM4"),
        ] {
            let phone = app.phone(CELL);
            assert_eq!(read(app.bring(path, &phone.form(sid, "Hi")).await).await, expected, "{path}");
        }
        assert_eq!(kept(app).await, 4);
    }

    async fn a_forged_text_is_refused_and_nothing_is_written(app) {
        let (path, phone) = ("/twilio/text", app.phone(CELL));
        let form = phone.form(SID, "STOP");
        let elsewhere = sign(&app.token, "https://elsewhere.example/twilio/text", &form);
        let other_token = sign("00000000000000000000000000000000", &format!("{}{path}", app.url), &form);
        let other_body = sign(&app.token, &format!("{}{path}", app.url), &phone.form(SID, "Hello"));
        for signature in ["", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", &elsewhere, &other_token, &other_body] {
            assert_eq!(app.bring_with(path, signature, &form).await.status(), StatusCode::FORBIDDEN);
        }
        let unsigned = browser().post(format!("{}{path}", app.url)).form(&form).send().await.unwrap();
        assert_eq!(unsigned.status(), StatusCode::FORBIDDEN);
        // What the request says of its own address is not asked.
        let host = browser().post(format!("{}{path}", app.url)).form(&form);
        let host = host.header("x-forwarded-host", "elsewhere.example").header("x-forwarded-proto", "https");
        let host = host.header(twilio::signature::HEADER, &elsewhere).send().await.unwrap();
        assert_eq!(host.status(), StatusCode::FORBIDDEN);
        for table in ["incoming", "block", "event"] {
            assert_eq!(app.base.number(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
        }
    }

    async fn an_account_or_a_number_that_nobody_has_is_not_found(app) {
        let phone = app.phone(CELL);
        let mut number = phone.form(SID, "Hi");
        number[4] = ("To", STRANGER);
        assert_eq!(app.bring("/twilio/text", &number).await.status(), StatusCode::NOT_FOUND);
        let mut account = phone.form(SID, "Hi");
        account[2] = ("AccountSid", "AC00000000000000000000000000000000");
        assert_eq!(app.bring("/twilio/text", &account).await.status(), StatusCode::NOT_FOUND);
        account.remove(2);
        assert_eq!(app.bring("/twilio/text", &account).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(kept(app).await, 0);
    }

    async fn an_organization_with_an_address_of_its_own_is_signed_for_there(app) {
        app.base.change("UPDATE texting_setup SET public_url = 'https://texts.cedarvalley.example'").await;
        let phone = app.phone(CELL);
        let form = phone.form(SID, "Hi");
        assert_eq!(app.bring("/twilio/text", &form).await.status(), StatusCode::FORBIDDEN);
        let signature = sign(&app.token, "https://texts.cedarvalley.example/twilio/text", &form);
        assert_eq!(app.bring_with("/twilio/text", &signature, &form).await.status(), StatusCode::OK);
        assert_eq!(kept(app).await, 1);
    }

    async fn what_is_no_text_is_refused_in_the_right_words(app) {
        for path in ["/twilio/text", "/text/TextHandler.ashx"] {
            let url = format!("{}{path}", app.url);
            for request in [browser().get(&url), browser().put(&url), browser().delete(&url)] {
                assert_eq!(request.send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
            }
        }
        let json = browser().post(format!("{}/twilio/text", app.url)).json(&json!({ "Body": "STOP" }));
        assert_eq!(json.send().await.unwrap().status(), StatusCode::NOT_FOUND, "it names no account");
        let phone = app.phone(CELL);
        for size in [64 * 1024 + 1, 1024 * 1024] {
            let huge = "x".repeat(size);
            assert_eq!(app.bring("/twilio/text", &phone.form(SID, &huge)).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        }
        let many: Vec<(String, String)> = (0..10_000).map(|n| (n.to_string(), String::new())).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(app.bring("/twilio/text", &many).await.status(), StatusCode::BAD_REQUEST);
        let long = "S".repeat(65);
        for sid in ["", "SM\0", long.as_str()] {
            assert_eq!(app.bring("/twilio/text", &phone.form(sid, "Hi")).await.status(), StatusCode::BAD_REQUEST, "{sid:?}");
        }
        assert_eq!(kept(app).await, 0);
    }

    async fn whatever_a_phone_can_send_is_kept(app) {
        let dana = app.sign_in(DANA).await;
        let (full, emoji) = ("a".repeat(1600), "\u{1f44d}\u{1f3fd}".repeat(800));
        let hostile = "</textarea><script>alert(1)</script> \u{202e}rtl\u{202c} \u{200b} &amp; ]]> \r\n \u{feff}";
        for (n, body) in ["", " ", &full, &emoji, hostile].iter().enumerate() {
            app.phone(CELL).texts(&format!("SM{n}"), body).await;
            assert_eq!(dana.came(CASE).await[0]["body"].as_str(), Some(*body));
        }
        app.phone(CELL).texts("SMnul", "a\0b").await;
        let newest = &dana.came(CASE).await[0];
        assert_eq!((newest["body"].as_str(), newest["altered"].as_bool()), (Some("a\u{fffd}b"), Some(true)));
        assert_eq!(app.base.number("SELECT count(*) FROM incoming WHERE raw IS NOT NULL").await, 1);
        let page = dana.page(&format!("/cases/{CASE}/texts")).await;
        assert!(!page.contains("<script>alert(1)"));
    }

    async fn bytes_that_are_no_text_are_kept_as_they_came(app) {
        let form: [(&str, &[u8]); 5] = [
            ("MessageSid", SID.as_bytes()),
            ("AccountSid", app.account.as_bytes()),
            ("From", CELL.as_bytes()),
            ("To", b"+16615550100"),
            ("Body", b"caf\xe9 \xff\xfe \xed\xa0\x80 \xc0\xaf ok"),
        ];
        assert_eq!(bring_bytes(app, &form).await.status(), StatusCode::OK);
        let dana = app.sign_in(DANA).await;
        let body = dana.came(CASE).await[0]["body"].as_str().unwrap().to_owned();
        assert!(body.starts_with("caf\u{fffd} ") && body.ends_with(" ok"), "{body}");
        assert_eq!(app.base.number("SELECT count(*) FROM incoming WHERE length(raw) = 17").await, 1);
    }

    async fn media_are_counted_and_their_addresses_kept_and_nothing_is_fetched(app) {
        let phone = app.phone(CELL);
        let mut form = phone.form(SID, "");
        form[6] = ("NumMedia", "2");
        form.extend([
            ("MediaUrl0", "http://169.254.169.254/latest/meta-data"),
            ("MediaContentType0", "image/svg+xml"),
            ("MediaUrl1", "https://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM/Media/ME\0"),
            ("MediaContentType1", "image/jpeg"),
        ]);
        assert_eq!(app.bring("/twilio/text", &form).await.status(), StatusCode::OK);
        let dana = app.sign_in(DANA).await;
        assert_eq!(dana.came(CASE).await[0]["media"], 2);
        assert_eq!(app.base.number("SELECT count(*) FROM incoming WHERE media LIKE '%169.254.169.254%image/svg+xml%ME%'").await, 1);
    }

    async fn the_text_response_arrives_to_the_letter(app) {
        let typed = "</Message><Redirect>x</Redirect> ]]> & < > \"quoted\" \u{1f4de} a\u{301} \u{202e}rtl";
        app.base.change(&format!("UPDATE texting_setup SET text_response = '{typed}'")).await;
        assert_eq!(app.phone(CELL).texts("SM1", "Hi").await, Answer::text(typed));
        app.base.change("UPDATE texting_setup SET text_response = '  '").await;
        assert_eq!(app.phone(CELL).texts("SM2", "Hi").await, Answer::none());
        assert_eq!(app.base.number("SELECT count(*) FROM incoming WHERE silence = 'nothing_to_say'").await, 1);
    }

    async fn two_machines_do_not_answer_each_other_for_ever(app) {
        let expected = Answer::text(&response(app).await);
        for n in 0..10 {
            assert_eq!(app.phone(CELL).texts(&format!("SM{n}"), "Auto-reply").await, expected, "{n}");
        }
        assert_eq!(app.phone(CELL).texts("SMa", "Auto-reply").await, Answer::none());
        assert_eq!(app.phone(STRANGER).texts("SMb", "Hello").await, expected, "another number is answered");
        assert_eq!(kept(app).await, 12);
        // Ten minutes later it is answered again.
        app.base.change("UPDATE incoming SET at = at - 600000").await;
        assert_eq!(app.phone(CELL).texts("SMc", "Hello").await, expected);
        app.base.change("UPDATE texting_setup SET answer_limit = 1").await;
        assert_eq!(app.phone(CELL).texts("SMd", "Hello").await, Answer::none());
    }

    async fn while_the_database_is_away_nothing_is_acknowledged(app) {
        let phone = app.phone(CELL);
        app.base.change("ALTER TABLE incoming RENAME TO gone").await;
        let answer = app.bring("/twilio/text", &phone.form(SID, "STOP")).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        app.base.change("ALTER TABLE gone RENAME TO incoming").await;
        assert_eq!(kept(app).await, 0);
        assert_eq!(phone.texts(SID, "STOP").await, Answer::none());
        assert_eq!(kept(app).await, 1);
    }

    async fn a_text_of_a_shared_number_is_on_every_case_and_says_so(app) {
        app.phone("+16615550142").texts(SID, "It is me").await;
        let dana = app.sign_in(DANA).await;
        for case in ["25-1040417", "25-1036620"] {
            let came = dana.came(case).await;
            assert_eq!(came[0]["clients"], json!(["Elena Peña Guerrero", "Marisol Peña Guerrero"]), "{case}");
        }
        assert_eq!(dana.came(CASE).await.len(), 0);
        assert_eq!(kept(app).await, 1);
    }

    async fn a_text_that_is_nobodys_is_listed_until_somebody_has_the_number(app) {
        app.phone(STRANGER).texts("SM1", "Who are you?").await;
        app.phone("72345").texts("SM2", "Your code is 1234").await;
        let dana = app.sign_in(DANA).await;
        let (_, list) = dana.call("load_unmatched", json!({ "before": null })).await;
        let rows: Vec<_> = list["rows"].as_array().unwrap().iter().map(|row| row["from"].as_str().unwrap()).collect();
        assert_eq!(rows, ["72345", "(661) 555-0999"]);
        let form = [("name", "New Client"), ("cell", STRANGER), ("language", "en"), ("case_number", "25-1099999")];
        let saved = dana.post("/clients/new", &form).await;
        assert_eq!(saved.status(), StatusCode::SEE_OTHER, "{}", saved.text().await.unwrap());
        assert_eq!(dana.came("25-1099999").await[0]["body"], "Who are you?");
        let (_, list) = dana.call("load_unmatched", json!({ "before": null })).await;
        assert_eq!(list["rows"].as_array().unwrap().len(), 1);
    }

    async fn as_in_the_manual_texts_can_be_answered_and_not_shown(app) {
        let dana = app.sign_in(DANA).await;
        let form = [("answer_limit", "10"), ("opt_out_limit", "20")];
        assert_eq!(dana.post("/admin/incoming", &form).await.status(), StatusCode::SEE_OTHER);
        app.phone(CELL).texts(SID, "Hello?").await;
        let (_, view) = dana.call("load_texts", json!({ "number": CASE, "before": null })).await;
        assert_eq!((&view["incoming"], &view["received"], &view["incoming_shown"]), (&json!([]), &json!(1), &json!(false)));
        assert!(!dana.page(&format!("/cases/{CASE}/texts")).await.contains("Hello?"));
        let id = uuid_of(app).await;
        let (_, rows) = dana.call("load_incoming_rows", json!({ "ids": [id] })).await;
        assert_eq!(rows, json!([]));
        let form = [("show_incoming", "on"), ("answer_limit", "10"), ("opt_out_limit", "20")];
        dana.post("/admin/incoming", &form).await;
        let (_, rows) = dana.call("load_incoming_rows", json!({ "ids": [id] })).await;
        assert_eq!(rows[0]["body"], "Hello?");
        assert_eq!(dana.came(CASE).await.len(), 1);
    }

    async fn a_page_of_texts_goes_both_ways_in_one_order(app) {
        let dana = app.sign_in(DANA).await;
        for n in 0..40 {
            app.phone(CELL).texts(&format!("SM{n}"), &format!("in {n}")).await;
        }
        for n in 0..40 {
            app.phone(CELL).texts(&format!("SX{n}"), &format!("more {n}")).await;
            if n % 10 == 0 {
                dana.text(CASE, &format!("out {n}")).await;
                dana.newest_becomes(CASE, &["delivered"]).await;
            }
        }
        let mut seen = vec![];
        let mut before = json!(null);
        loop {
            let (_, view) = dana.call("load_texts", json!({ "number": CASE, "before": before })).await;
            let of = |field: &str| view[field].as_array().unwrap().iter().map(|row| {
                (row["at"]["utc"].as_str().unwrap().to_owned(), row["body"].as_str().unwrap().to_owned())
            }).collect::<Vec<_>>();
            let mut page = [of("rows"), of("incoming")].concat();
            page.sort();
            page.reverse();
            seen.extend(page);
            before = view["next"].clone();
            if before.is_null() {
                break;
            }
        }
        assert_eq!(seen.len(), 84);
        assert!(seen.is_sorted_by(|a, b| a.0 >= b.0), "{seen:?}");
        let bodies: std::collections::BTreeSet<_> = seen.iter().map(|(_, body)| body.clone()).collect();
        assert_eq!(bodies.len(), 84);
    }
}

/// The id of the only text that came, as its page knows it.
async fn uuid_of(app: &App) -> String {
    let store = app.base.store().await;
    let org = store.orgs().await.unwrap()[0].id;
    let mut tx = store.read(org).await.unwrap();
    let events = tx.events_after(0, 100).await.unwrap();
    let id = events.iter().find_map(|event| event.incoming).unwrap();
    drop(tx);
    store.close().await;
    id.to_string()
}
