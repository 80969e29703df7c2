//! The shape of the JSON: as written down here, and as Twilio's OpenAPI description has it when that is at hand.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test falls where it stands, and is told by the environment where vectors are"
)]

mod support;

use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::path::Path;
use support::{ACCOUNT, CLIENT, NUMBER_SID, TOKEN, World, text, world};

const MESSAGE: &str = "account_sid api_version body date_created date_sent date_updated direction error_code \
    error_message from messaging_service_sid num_media num_segments price price_unit sid status subresource_uris to uri";
const PAGE: &str = "end first_page_uri next_page_uri page page_size previous_page_uri start uri";
const ACCOUNT_FIELDS: &str = "auth_token date_created date_updated friendly_name owner_account_sid sid status \
    subresource_uris type uri";

fn names(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn sorted(fields: &str) -> Vec<&str> {
    let mut all: Vec<&str> = fields.split_whitespace().collect();
    all.sort_unstable();
    all
}

async fn get(world: &World, path: &str) -> Value {
    let (status, answer) = ask(world, Method::GET, path, &[]).await;
    assert_eq!(status, 200, "{path}");
    answer
}

async fn ask(
    world: &World,
    method: Method,
    path: &str,
    form: &[(&str, &str)],
) -> (StatusCode, Value) {
    let url = format!("{}/2010-04-01/Accounts/{ACCOUNT}{path}", world.base);
    let request = support::http().request(method, url).form(form);
    let request = request.basic_auth(ACCOUNT, Some(TOKEN));
    let answer = request.send().await.unwrap();
    let (status, kind) = (
        answer.status(),
        answer.headers().get("content-type").cloned(),
    );
    let body = answer.bytes().await.unwrap();
    if body.is_empty() {
        return (status, Value::Null);
    }
    assert_eq!(kind.unwrap(), "application/json", "{path}");
    (status, serde_json::from_slice(&body).unwrap())
}

/// Texts with and without an error, old and new.
async fn lived_in() -> World {
    let world = world().await;
    for to in [CLIENT, "+16615550003", "+16615550021", CLIENT] {
        world.accepted(&text(to)).await;
    }
    world
}

#[tokio::test]
async fn a_text_has_exactly_the_fields_of_twilio() {
    let world = lived_in().await;
    let page = get(&world, "/Messages.json?PageSize=2").await;
    assert_eq!(names(&page), sorted(&format!("messages {PAGE}")));
    for message in page["messages"].as_array().unwrap() {
        assert_eq!(names(message), sorted(MESSAGE));
        for number in ["num_media", "num_segments"] {
            assert!(message[number].is_string(), "{number} is text");
        }
        assert!(message["error_code"].is_null() || message["error_code"].is_u64());
        let uri = message["uri"].as_str().unwrap();
        assert_eq!(
            uri,
            format!(
                "/2010-04-01/Accounts/{ACCOUNT}/Messages/{}.json",
                message["sid"].as_str().unwrap()
            )
        );
    }
    let next = page["next_page_uri"].as_str().unwrap();
    assert!(next.starts_with(&format!(
        "/2010-04-01/Accounts/{ACCOUNT}/Messages.json?PageSize=2&Page=1&PageToken=PASM"
    )));
}

#[tokio::test]
async fn dates_are_written_as_twilio_writes_them() {
    let world = lived_in().await;
    let page = get(&world, "/Messages.json").await;
    let date = page["messages"][0]["date_created"].as_str().unwrap();
    let read = jiff::fmt::rfc2822::parse(date).unwrap();
    assert_eq!(
        read.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string(),
        date
    );
}

#[tokio::test]
async fn account_and_number_have_the_fields_of_twilio() {
    let world = world().await;
    assert_eq!(names(&get(&world, ".json").await), sorted(ACCOUNT_FIELDS));
    assert_eq!(
        names(&get(&world, "/Balance.json").await),
        sorted("account_sid balance currency")
    );
    let page = get(&world, "/IncomingPhoneNumbers.json").await;
    assert_eq!(
        names(&page),
        sorted(&format!("incoming_phone_numbers {PAGE}"))
    );
    let number = get(&world, &format!("/IncomingPhoneNumbers/{NUMBER_SID}.json")).await;
    assert_eq!(number, page["incoming_phone_numbers"][0]);
    assert_eq!(names(&number["capabilities"]), sorted("voice sms mms fax"));
}

#[tokio::test]
async fn every_answer_fits_twilios_description_when_that_is_at_hand() {
    let Some(api) = Api::at_hand() else { return };
    let world = lived_in().await;
    let sid = get(&world, "/Messages.json").await["messages"][0]["sid"]
        .as_str()
        .unwrap()
        .to_owned();
    for (template, path) in [
        ("/2010-04-01/Accounts/{Sid}.json", ".json".to_owned()),
        (
            "/2010-04-01/Accounts/{AccountSid}/Balance.json",
            "/Balance.json".to_owned(),
        ),
        (
            "/2010-04-01/Accounts/{AccountSid}/Messages.json",
            "/Messages.json?PageSize=3".to_owned(),
        ),
        (
            "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json",
            format!("/Messages/{sid}.json"),
        ),
        (
            "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json",
            "/IncomingPhoneNumbers.json".to_owned(),
        ),
        (
            "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json",
            format!("/IncomingPhoneNumbers/{NUMBER_SID}.json"),
        ),
    ] {
        api.expect(template, (Method::GET, 200), &get(&world, &path).await);
    }
}

#[tokio::test]
async fn what_is_made_changed_and_deleted_fits_twilios_description_too() {
    let Some(api) = Api::at_hand() else { return };
    let world = world().await;
    let (all, one) = (
        "/2010-04-01/Accounts/{AccountSid}/Messages.json",
        "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json",
    );
    let number = "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json";
    let (long, callback) = ("😀".repeat(160), "https://text.example.org/twilio/status");
    // Delivered, of several parts, reported on, and three that carriers refuse.
    for (to, body) in [
        (CLIENT, "Hello."),
        (CLIENT, long.as_str()),
        ("+16615550003", "Hello."),
        ("+16615550021", "Hello."),
        ("+16615550006", "Hello."),
    ] {
        let form = [
            ("To", to),
            ("From", support::OURS),
            ("Body", body),
            ("StatusCallback", callback),
        ];
        let (status, made) = ask(&world, Method::POST, "/Messages.json", &form).await;
        assert_eq!(status, 201, "{to}: {made}");
        api.expect(all, (Method::POST, 201), &made);
        let path = format!("/Messages/{}.json", made["sid"].as_str().unwrap());
        // What is on its way cannot be changed.
        let changed = loop {
            match ask(&world, Method::POST, &path, &[("Body", "")]).await {
                (StatusCode::OK, changed) => break changed,
                (status, refused) => {
                    assert_eq!((status.as_u16(), &refused["code"]), (409, &20009.into()))
                }
            }
            tokio::task::yield_now().await;
        };
        assert_eq!(changed["body"], "");
        api.expect(one, (Method::POST, 200), &changed);
        assert_eq!(get(&world, &path).await["body"], "", "it stays so");
        let (status, nothing) = ask(&world, Method::DELETE, &path, &[]).await;
        assert_eq!((status.as_u16(), nothing), (204, Value::Null));
        assert!(api.answer_of(one, Method::DELETE, 204).is_null());
    }
    let form = [
        ("SmsUrl", "https://text.example.org/twilio/text"),
        ("SmsMethod", "POST"),
        ("VoiceUrl", ""),
    ];
    let path = format!("/IncomingPhoneNumbers/{NUMBER_SID}.json");
    let (status, changed) = ask(&world, Method::POST, &path, &form).await;
    assert_eq!(
        (status.as_u16(), &changed["sms_url"]),
        (200, &form[0].1.into())
    );
    api.expect(number, (Method::POST, 200), &changed);
}

/// The description tells of no error. This is the shape that Twilio's documentation gives (twilio.com/docs/usage/twilios-response).
#[tokio::test]
async fn a_refusal_has_the_four_fields_of_twilio_whatever_it_is_about() {
    let world = world().await;
    let text = |to, body| [("To", to), ("From", support::OURS), ("Body", body)];
    let (hello, empty, nobody) = (
        text(CLIENT, "Hello."),
        text(CLIENT, ""),
        text("no phone", "Hello."),
    );
    for (method, path, form, status, code) in [
        (Method::POST, "/Messages.json", &empty[..], 400, 21602),
        (Method::POST, "/Messages.json", &nobody[..], 400, 21211),
        (Method::POST, "/Messages.json", &hello[..1], 400, 21602),
        (Method::POST, "/Messages/SM0.json", &hello[..], 404, 20404),
        (Method::GET, "/Messages/SM0.json", &[], 404, 20404),
        (Method::DELETE, "/Messages/SM0.json", &[], 404, 20404),
        (Method::PUT, "/Messages.json", &[], 405, 20004),
        (
            Method::POST,
            "/IncomingPhoneNumbers/PN0.json",
            &[],
            404,
            20404,
        ),
        (Method::GET, "/Nothing.json", &[], 404, 20404),
        (
            Method::GET,
            "/Messages.json?DateSent=yesterday",
            &[],
            400,
            20001,
        ),
    ] {
        let (answered, refused) = ask(&world, method.clone(), path, form).await;
        assert_eq!(answered.as_u16(), status, "{method} {path}: {refused}");
        assert_eq!(
            names(&refused),
            sorted("code message more_info status"),
            "{method} {path}"
        );
        assert_eq!(
            (&refused["code"], &refused["status"]),
            (&code.into(), &status.into()),
            "{method} {path}"
        );
        assert!(
            refused["message"]
                .as_str()
                .is_some_and(|words| !words.is_empty())
        );
        assert_eq!(
            refused["more_info"],
            format!("https://www.twilio.com/docs/errors/{code}")
        );
    }
}

#[test]
fn the_check_itself_finds_mistakes() {
    let api = Api(serde_json::json!({}));
    let schema = serde_json::json!({ "type": "object", "properties": {
        "a": { "type": "string", "enum": ["x"] }, "b": { "type": "integer", "nullable": true },
        "c": { "type": "string", "pattern": "^SM[0-9a-fA-F]{32}$" }, "d": { "type": "array", "items": { "type": "string" } },
    }});
    let good = serde_json::json!({ "a": "x", "b": null, "c": format!("SM{}", "0".repeat(32)), "d": ["y"] });
    assert!(api.mistakes(&schema, &good, "").is_empty());
    for (name, value) in [
        ("a", "y".into()),
        ("a", Value::Null),
        ("b", "1".into()),
        ("c", "SM0".into()),
        ("d", serde_json::json!([1])),
    ] {
        let mut bad = good.clone();
        bad[name] = value;
        assert_eq!(api.mistakes(&schema, &bad, "").len(), 1, "{bad}");
    }
    let mut more = good.clone();
    more["e"] = 1.into();
    assert_eq!(
        api.mistakes(&schema, &more, "").len(),
        1,
        "a field that Twilio has not"
    );
    let mut less = good;
    less.as_object_mut().unwrap().remove("b");
    assert_eq!(
        api.mistakes(&schema, &less, "").len(),
        1,
        "a field that is missing"
    );
}

/// An OpenAPI description, and the part of its schema language that Twilio's uses.
struct Api(Value);

impl Api {
    /// Twilio's own, where somebody has it: in the folder that the tests are told, or beside the checkout.
    fn at_hand() -> Option<Self> {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
        let folder = std::env::var_os("OKTEXT_TEST_SHARED").unwrap_or_else(|| beside.into());
        let file = Path::new(&folder).join("data/twilio_api_v2010.json");
        let file = std::fs::read_to_string(file).ok()?;
        Some(Self(serde_json::from_str(&file).unwrap()))
    }

    fn answer_of(&self, template: &str, method: Method, status: u16) -> &Value {
        let operation = &self.0["paths"][template][method.as_str().to_ascii_lowercase()];
        let answer = &operation["responses"][status.to_string()];
        assert!(
            answer.is_object(),
            "{method} {template} is never answered {status}"
        );
        &answer["content"]["application/json"]["schema"]
    }

    fn expect(&self, template: &str, (method, status): (Method, u16), value: &Value) {
        let schema = self.answer_of(template, method, status);
        let found = self.mistakes(schema, value, template);
        assert!(found.is_empty(), "{found:#?}");
    }

    /// What is wrong with a value; every property of the schema has to be there.
    fn mistakes(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        if let Some(name) = schema["$ref"].as_str() {
            return self.mistakes(self.0.pointer(&name[1..]).unwrap(), value, at);
        }
        if value.is_null() {
            let allowed = schema["nullable"] == true;
            return if allowed {
                Vec::new()
            } else {
                vec![format!("{at} is null")]
            };
        }
        let has_type = match schema["type"].as_str() {
            Some("string") => value.is_string(),
            Some("integer") => value.is_i64() || value.is_u64(),
            Some("boolean") => value.is_boolean(),
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            other => return vec![format!("{at} has the unforeseen type {other:?}")],
        };
        if !has_type {
            return vec![format!("{at} is no {}", schema["type"])];
        }
        let mut found = self.inside(schema, value, at);
        let allowed = schema["enum"].as_array();
        if allowed.is_some_and(|allowed| !allowed.contains(value)) {
            found.push(format!("{at} is none of {:?}", schema["enum"]));
        }
        if schema["pattern"]
            .as_str()
            .is_some_and(|pattern| !is_sid(pattern, value.as_str().unwrap()))
        {
            found.push(format!("{at} does not match {}", schema["pattern"]));
        }
        found
    }

    fn inside(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
            return values
                .iter()
                .enumerate()
                .flat_map(|(n, each)| self.mistakes(items, each, &format!("{at}[{n}]")))
                .collect();
        }
        let (Some(properties), Some(fields)) =
            (schema["properties"].as_object(), value.as_object())
        else {
            return Vec::new();
        };
        let unknown = fields.keys().filter(|name| !properties.contains_key(*name));
        let mut found: Vec<String> = unknown
            .map(|name| format!("{at}.{name} is not Twilio's"))
            .collect();
        for (name, schema) in properties {
            match fields.get(name) {
                Some(value) => found.extend(self.mistakes(schema, value, &format!("{at}.{name}"))),
                None => found.push(format!("{at}.{name} is missing")),
            }
        }
        found
    }
}

/// All patterns of the description have the form `^XX[0-9a-fA-F]{32}$` or `^(XX|YY)[0-9a-fA-F]{32}$`.
fn is_sid(pattern: &str, value: &str) -> bool {
    let kinds = pattern
        .trim_start_matches('^')
        .split('[')
        .next()
        .unwrap()
        .trim_matches(['(', ')']);
    value.len() == 34
        && kinds.split('|').any(|kind| value.starts_with(kind))
        && value[2..].bytes().all(|b| b.is_ascii_hexdigit())
}
