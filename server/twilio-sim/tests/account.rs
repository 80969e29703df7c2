//! Accounts and numbers as Texting Setup meets them: paged, found, changed, with traps.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

mod support;

use serde_json::{Value, json};
use support::{ACCOUNT, NUMBER_SID, OURS, TOKEN, World, credentials, credentials_of, text, world};
use twilio::ApiError;

async fn control(world: &World, what: &str, set: Value) -> u16 {
    let url = format!("{}/control/{what}", world.base);
    let answer = support::http().post(url).json(&set).send().await.unwrap();
    answer.status().as_u16()
}

async fn get(world: &World, path: &str) -> Value {
    let url = format!("{}/2010-04-01/Accounts/{ACCOUNT}{path}", world.base);
    let request = support::http().get(url).basic_auth(ACCOUNT, Some(TOKEN));
    request.send().await.unwrap().json().await.unwrap()
}

/// The code of the refusal, or 0.
async fn update(world: &World, fields: &[(&str, &str)]) -> u64 {
    let url = format!(
        "{}/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers/{NUMBER_SID}.json",
        world.base
    );
    let request = support::http().post(url).basic_auth(ACCOUNT, Some(TOKEN));
    let answer: Value = request
        .form(fields)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    answer["code"].as_u64().unwrap_or_default()
}

fn numbers(page: &Value) -> Vec<&str> {
    let items = page["incoming_phone_numbers"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["phone_number"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn numbers_come_page_by_page_and_are_found_by_a_part() {
    let world = world().await;
    for at in 1..=4 {
        let number = format!("+1661555020{at}");
        assert_eq!(
            control(&world, "number", json!({ "phone_number": number })).await,
            204
        );
    }
    let first = get(&world, "/IncomingPhoneNumbers.json?PageSize=3").await;
    assert_eq!(numbers(&first), [OURS, "+16615550201", "+16615550202"]);
    let next = first["next_page_uri"].as_str().unwrap();
    let rest = next.split_once(ACCOUNT).unwrap().1;
    let second = get(&world, rest).await;
    assert_eq!(numbers(&second), ["+16615550203", "+16615550204"]);
    assert!(second["next_page_uri"].is_null());
    let exact = get(
        &world,
        "/IncomingPhoneNumbers.json?PhoneNumber=%2B16615550203",
    )
    .await;
    assert_eq!(numbers(&exact), ["+16615550203"]);
    let part = get(&world, "/IncomingPhoneNumbers.json?PhoneNumber=661*0204").await;
    assert_eq!(numbers(&part), ["+16615550204"]);
}

#[tokio::test]
async fn a_number_that_cant_text_says_so_and_sends_nothing() {
    let world = world().await;
    let set = json!({ "phone_number": OURS, "capabilities": { "sms": false, "mms": false } });
    assert_eq!(control(&world, "number", set).await, 204);
    let found = world
        .client
        .incoming_numbers(&credentials(), Some(OURS))
        .await
        .unwrap();
    assert!(!found[0].capabilities.sms && found[0].capabilities.voice);
    assert_eq!(world.refused(&text(support::CLIENT)).await, (21606, 400));
}

#[tokio::test]
async fn every_address_and_method_of_a_number_can_be_set() {
    let world = world().await;
    let url = "https://office.example/twilio/text";
    let fields = [
        ("SmsUrl", url),
        ("SmsMethod", "GET"),
        ("SmsFallbackUrl", url),
        ("SmsFallbackMethod", "GET"),
        ("VoiceUrl", url),
        ("VoiceMethod", "GET"),
        ("VoiceFallbackUrl", url),
        ("VoiceFallbackMethod", "GET"),
        ("StatusCallback", url),
        ("StatusCallbackMethod", "GET"),
        ("FriendlyName", "Front desk"),
        ("TrunkSid", "TK1"),
        ("SmsApplicationSid", "AP1"),
        ("VoiceApplicationSid", "AP2"),
    ];
    assert_eq!(update(&world, &fields).await, 0);
    let number = get(&world, &format!("/IncomingPhoneNumbers/{NUMBER_SID}.json")).await;
    for (name, value) in fields {
        let mut snake = String::new();
        for character in name.chars() {
            if character.is_uppercase() && !snake.is_empty() {
                snake.push('_');
            }
            snake.push(character.to_ascii_lowercase());
        }
        assert_eq!(number[&snake], value, "{name}");
    }
}

#[tokio::test]
async fn addresses_that_twilio_cannot_call_are_refused_and_change_nothing() {
    let world = world().await;
    let url = "https://office.example/twilio/text";
    for (fields, code) in [
        (vec![("SmsUrl", "office.example/text")], 21402),
        (vec![("VoiceUrl", "ftp://office.example/")], 21402),
        (vec![("SmsUrl", url), ("SmsMethod", "PUT")], 21403),
        (vec![("SmsFallbackUrl", url)], 21406),
        (vec![("VoiceFallbackUrl", url)], 21405),
    ] {
        assert_eq!(update(&world, &fields).await, code, "{fields:?}");
    }
    let number = get(&world, &format!("/IncomingPhoneNumbers/{NUMBER_SID}.json")).await;
    assert!(number["sms_url"].is_null() && number["sms_method"] == "POST");
}

#[tokio::test]
async fn an_account_becomes_a_suspended_trial_without_money() {
    let world = world().await;
    let set = json!({ "status": "suspended", "kind": "Trial", "balance": "-3.20" });
    assert_eq!(control(&world, "account", set).await, 204);
    let account = world.client.fetch_account(&credentials()).await.unwrap();
    assert_eq!(
        (account.status.as_deref(), account.kind.as_deref()),
        (Some("suspended"), Some("Trial"))
    );
    let balance = world.client.balance(&credentials()).await.unwrap();
    assert_eq!(balance.balance.as_deref(), Some("-3.20"));
    assert_eq!(
        control(&world, "account", json!({ "account_sid": "ACnobody" })).await,
        404
    );
}

#[tokio::test]
async fn a_secondary_token_opens_the_api_beside_the_primary() {
    let world = world().await;
    let second = credentials_of(ACCOUNT, "the-next-token");
    assert!(matches!(
        world.client.fetch_account(&second).await,
        Err(ApiError::Refused { .. })
    ));
    control(
        &world,
        "account",
        json!({ "secondary_token": "the-next-token" }),
    )
    .await;
    assert!(world.client.fetch_account(&second).await.is_ok());
    assert!(world.client.fetch_account(&credentials()).await.is_ok());
}

async fn clock(world: &World) -> i64 {
    let url = format!("{}/2010-04-01/Accounts/{ACCOUNT}.json", world.base);
    let request = support::http().get(url).basic_auth(ACCOUNT, Some(TOKEN));
    let answer = request.send().await.unwrap();
    let date = answer.headers()["date"].to_str().unwrap();
    let read = jiff::fmt::rfc2822::parse(&date.replace("GMT", "+0000"));
    read.unwrap().timestamp().as_second()
}

#[tokio::test]
async fn the_clock_of_the_api_may_be_wrong() {
    let world = world().await;
    let before = clock(&world).await;
    assert_eq!(
        control(&world, "clock", json!({ "skew_seconds": 3600 })).await,
        204
    );
    let ahead = clock(&world).await - before;
    assert!((3600..3660).contains(&ahead), "{ahead}");
}
