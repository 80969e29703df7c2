//! Incoming calls: the Call Response is spoken.

use crate::{
    on_both,
    support::{App, browser, sign},
};
use quick_xml::{
    Reader,
    escape::{resolve_xml_entity, unescape},
    events::Event,
};
use reqwest::{Response, StatusCode};

const CALL: &str = "CA0123456789abcdef0123456789abcdef";
const NUMBER: &str = "+16615550100";

fn form<'a>(app: &'a App, sid: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("CallSid", sid),
        ("AccountSid", &app.account),
        ("From", "+16615550119"),
        ("To", NUMBER),
        ("CallStatus", "ringing"),
        ("Direction", "inbound"),
        ("ApiVersion", "2010-04-01"),
    ]
}

/// Posts a call to a path, signed over the address that Twilio has.
async fn call(app: &App, path: &str, form: &[(&str, &str)]) -> Response {
    let signature = sign(&app.token, &format!("{}{path}", app.url), form);
    post(app, path, &signature, form).await
}

async fn post(app: &App, path: &str, signature: &str, form: &[(&str, &str)]) -> Response {
    let request = browser().post(format!("{}{path}", app.url)).form(form);
    let request = request.header(twilio::signature::HEADER, signature);
    request.send().await.unwrap()
}

/// What the answer makes Twilio do: verbs in order, and of each "Say" voice, language and text.
#[derive(Debug, Default, PartialEq)]
struct Heard {
    verbs: Vec<String>,
    said: Vec<[String; 3]>,
}

async fn heard(answer: Response) -> Heard {
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "text/xml; charset=utf-8");
    let xml = answer.text().await.unwrap();
    let mut reader = Reader::from_str(&xml);
    let mut heard = Heard::default();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(element) | Event::Empty(element) => {
                heard.verbs.push(element.name().as_ref().to_owned());
                let attribute = |name| {
                    let found = element.try_get_attribute(name).unwrap();
                    found.map(|found| unescape(&found.value).unwrap().into_owned())
                };
                if let Some(voice) = attribute("voice") {
                    heard
                        .said
                        .push([voice, attribute("language").unwrap(), String::new()]);
                }
            }
            Event::Text(text) => heard.said.last_mut().unwrap()[2] += &text,
            Event::GeneralRef(entity) => {
                let text = match entity.resolve_char_ref().unwrap() {
                    Some(character) => character.to_string(),
                    None => resolve_xml_entity(&entity).unwrap().to_owned(),
                };
                heard.said.last_mut().unwrap()[2] += &text;
            }
            Event::Eof => return heard,
            _ => {}
        }
    }
}

async fn kept(app: &App) -> i64 {
    app.base.number("SELECT count(*) FROM incoming_call").await
}

on_both! {
    async fn whoever_calls_hears_the_call_response_and_the_call_is_kept_once(app) {
        let first = heard(call(app, "/twilio/voice", &form(app, CALL)).await).await;
        assert_eq!(first.verbs, ["Response", "Say", "Hangup"]);
        let [voice, language, text] = &first.said[0];
        assert_eq!((voice.as_str(), language.as_str()), ("Polly.Joanna", "en-US"));
        assert!(text.starts_with("You have reached the texting line"), "{text}");
        let calls = (0..5).map(|_| async { heard(call(app, "/twilio/voice", &form(app, CALL)).await).await });
        for again in futures::future::join_all(calls).await {
            assert_eq!(again, first);
        }
        assert_eq!(kept(app).await, 1);
        call(app, "/twilio/voice", &form(app, "CAffffffffffffffffffffffffffffffff")).await;
        assert_eq!(kept(app).await, 2);
    }

    async fn the_addresses_that_organizations_have_today_answer_in_any_case(app) {
        for (path, sid) in [
            ("/twilio/VoiceMessage.ashx", "CA1"),
            ("/text/VoiceMessage.ashx", "CA2"),
            ("/TEXT/voicemessage.ASHX?org=7&x=%20", "CA3"),
            ("/twilio/voice?a=b", "CA4"),
        ] {
            assert_eq!(heard(call(app, path, &form(app, sid)).await).await.verbs, ["Response", "Say", "Hangup"], "{path}");
        }
        assert_eq!(kept(app).await, 4);
        // Signed for the address in other letters: that is not what Twilio signed.
        let path = "/text/VoiceMessage.ashx";
        let signature = sign(&app.token, &format!("{}{}", app.url, path.to_lowercase()), &form(app, "CA5"));
        assert_eq!(post(app, path, &signature, &form(app, "CA5")).await.status(), StatusCode::FORBIDDEN);
    }

    async fn a_second_language_is_spoken_after_the_first(app) {
        app.base.change("UPDATE texting_setup SET second_response = 'Llámenos.', call_voice = 'man', call_language = 'en-US'").await;
        let heard = heard(call(app, "/twilio/voice", &form(app, CALL)).await).await;
        assert_eq!(heard.verbs, ["Response", "Say", "Say", "Hangup"]);
        assert_eq!(heard.said[0][..2], ["man", "en-US"]);
        assert_eq!(heard.said[1], ["Polly.Lupe", "es-US", "Llámenos."]);
    }

    async fn whatever_the_administrator_typed_is_spoken_and_never_a_verb(app) {
        let typed = "</Say><Dial>+19005550000</Dial>]]>&amp;<!-- \"quoted\" 📞 \u{202e}rtl";
        app.base.change(&format!("UPDATE texting_setup SET call_response = '{typed}'")).await;
        let heard = heard(call(app, "/twilio/voice", &form(app, CALL)).await).await;
        assert_eq!(heard.verbs, ["Response", "Say", "Hangup"]);
        assert_eq!(heard.said[0][2], typed);
    }

    async fn without_a_call_response_the_call_is_ended(app) {
        app.base.change("UPDATE texting_setup SET call_response = ''").await;
        assert_eq!(heard(call(app, "/twilio/voice", &form(app, CALL)).await).await.verbs, ["Response", "Hangup"]);
    }

    async fn a_forged_call_is_refused_and_not_kept(app) {
        let (path, form) = ("/twilio/voice", form(app, CALL));
        let elsewhere = sign(&app.token, "https://elsewhere.example/twilio/voice", &form);
        let other_token = sign("00000000000000000000000000000000", &format!("{}{path}", app.url), &form);
        for signature in ["", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", &elsewhere, &other_token] {
            assert_eq!(post(app, path, signature, &form).await.status(), StatusCode::FORBIDDEN);
        }
        let unsigned = browser().post(format!("{}{path}", app.url)).form(&form).send().await.unwrap();
        assert_eq!(unsigned.status(), StatusCode::FORBIDDEN);
        // What the request says of its own address is not asked.
        let host = browser().post(format!("{}{path}", app.url)).form(&form);
        let host = host.header("x-forwarded-host", "elsewhere.example").header("x-forwarded-proto", "https");
        let host = host.header(twilio::signature::HEADER, &elsewhere).send().await.unwrap();
        assert_eq!(host.status(), StatusCode::FORBIDDEN);
        assert_eq!(kept(app).await, 0);
    }

    async fn an_account_or_a_number_that_nobody_has_is_not_found(app) {
        let mut number = form(app, CALL);
        number[3] = ("To", "+16615550999");
        assert_eq!(call(app, "/twilio/voice", &number).await.status(), StatusCode::NOT_FOUND);
        let mut account = form(app, CALL);
        account[1] = ("AccountSid", "AC00000000000000000000000000000000");
        assert_eq!(call(app, "/twilio/voice", &account).await.status(), StatusCode::NOT_FOUND);
        account.remove(1);
        assert_eq!(call(app, "/twilio/voice", &account).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(kept(app).await, 0);
    }

    async fn what_is_no_call_is_refused_in_the_right_words(app) {
        let get = browser().get(format!("{}/twilio/voice", app.url)).send().await.unwrap();
        assert_eq!(get.status(), StatusCode::METHOD_NOT_ALLOWED);
        let get = browser().get(format!("{}/text/VoiceMessage.ashx", app.url)).send().await.unwrap();
        assert_eq!(get.status(), StatusCode::METHOD_NOT_ALLOWED);
        let huge = "x".repeat(64 * 1024 + 1);
        assert_eq!(call(app, "/twilio/voice", &[("Body", &huge)]).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let many: Vec<(String, String)> = (0..10_000).map(|i| (format!("p{i}"), "1".into())).collect();
        let many: Vec<(&str, &str)> = many.iter().take(5_000).map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(call(app, "/twilio/voice", &many).await.status(), StatusCode::BAD_REQUEST);
        let long = "C".repeat(65);
        for sid in ["", "CA\0", long.as_str()] {
            assert_eq!(call(app, "/twilio/voice", &form(app, sid)).await.status(), StatusCode::BAD_REQUEST, "{sid:?}");
        }
        assert_eq!(kept(app).await, 0);
    }

    async fn whoever_hides_the_number_is_answered_too(app) {
        for (from, sid) in [("anonymous", "CA1"), ("", "CA2"), ("+266\x00696687", "CA3"), ("sip:😀@example.org", "CA4")] {
            let mut form = form(app, sid);
            form[2] = ("From", from);
            assert_eq!(heard(call(app, "/twilio/voice", &form).await).await.verbs.len(), 3, "{from:?}");
        }
        assert_eq!(kept(app).await, 4);
        assert_eq!(app.base.number("SELECT count(*) FROM incoming_call WHERE from_phone = 'anonymous'").await, 1);
    }

    async fn while_the_database_is_away_callers_hear_what_was_last_known(app) {
        let first = heard(call(app, "/twilio/voice", &form(app, CALL)).await).await;
        app.base.change("ALTER TABLE texting_setup RENAME TO away; ALTER TABLE incoming_call RENAME TO gone").await;
        assert_eq!(heard(call(app, "/twilio/voice", &form(app, "CA2")).await).await, first);
        // From memory too nobody gets an answer who is not Twilio, or for a number that is not ours.
        assert_eq!(post(app, "/twilio/voice", "x", &form(app, "CA2")).await.status(), StatusCode::FORBIDDEN);
        let mut unknown = form(app, "CA2");
        unknown[1] = ("AccountSid", "AC00000000000000000000000000000000");
        assert_eq!(call(app, "/twilio/voice", &unknown).await.status(), StatusCode::SERVICE_UNAVAILABLE);
        app.base.change("ALTER TABLE away RENAME TO texting_setup; ALTER TABLE gone RENAME TO incoming_call").await;
        assert_eq!(kept(app).await, 1);
    }
}
