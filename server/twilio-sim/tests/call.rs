//! Phones that call: whom Twilio asks, and what the caller hears.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

mod support;

use support::desk::Desk;
use support::{ACCOUNT, CLIENT, NUMBER_SID, OURS, World, credentials, http, world};
use twilio::NumberUpdate;
use twilio_sim::{Exchange, NoTalk, PhoneCall, Said};

async fn answered(status: u16, answer: &str) -> (World, Desk) {
    let (world, desk) = (world().await, Desk::open(status, answer).await);
    let update = NumberUpdate {
        voice_url: Some(format!("{}/twilio/voice", desk.base)),
        ..NumberUpdate::default()
    };
    connect(&world, update).await;
    (world, desk)
}

async fn connect(world: &World, update: NumberUpdate) {
    world
        .client
        .update_number(&credentials(), NUMBER_SID, &update)
        .await
        .unwrap();
}

async fn call(world: &World) -> Result<Exchange, NoTalk> {
    let call = PhoneCall {
        from: CLIENT.into(),
        to: OURS.into(),
        sid: None,
    };
    world.sim.call(call).await
}

async fn page(world: &World) -> String {
    let answer = world.get("?phone=%2B16615550142").await;
    answer.text().await.unwrap()
}

const SPOKEN: &str = "<Response><Say voice=\"Polly.Joanna\" language=\"en-US\">You have reached <![CDATA[<b>us</b>]]></Say>\
    <Say language=\"es-US\">Hola</Say><Hangup/></Response>";

#[tokio::test]
async fn a_caller_hears_what_the_office_answers_each_in_its_language() {
    let (world, mut desk) = answered(200, SPOKEN).await;
    let exchange = call(&world).await.unwrap();
    let heard = desk.next().await;
    for (name, value) in [
        ("CallSid", exchange.sid.as_str()),
        ("AccountSid", ACCOUNT),
        ("From", CLIENT),
        ("Caller", CLIENT),
        ("To", OURS),
        ("Called", OURS),
        ("CallStatus", "ringing"),
        ("Direction", "inbound"),
        ("ApiVersion", "2010-04-01"),
        ("CallerCity", "BAKERSFIELD"),
    ] {
        assert_eq!(heard.get(name).as_deref(), Some(value), "{name}");
    }
    let english = Said {
        text: "You have reached <b>us</b>".into(),
        voice: Some("Polly.Joanna".into()),
        language: Some("en-US".into()),
    };
    assert_eq!(exchange.said[0], english);
    let shown = page(&world).await;
    assert!(shown.contains(r#"lang="en-US">You have reached &lt;b&gt;us&lt;/b&gt;</p>"#));
    assert!(shown.contains(r#"lang="es-US">Hola</p>"#));
}

#[tokio::test]
async fn an_address_that_fails_is_heard_as_twilios_apology() {
    for (status, answer, code) in [(500, SPOKEN, 11200), (200, "Hello", 12100)] {
        let (world, _desk) = answered(status, answer).await;
        let exchange = call(&world).await.unwrap();
        assert_eq!(exchange.error_code, Some(code));
        assert!(exchange.said[0].text.contains("application error"));
        assert!(page(&world).await.contains(&format!("code {code}")));
    }
}

#[tokio::test]
async fn an_application_or_a_trunk_takes_the_call_away() {
    for (application, trunk) in [("AP1", ""), ("", "TK1")] {
        let (world, mut desk) = answered(200, SPOKEN).await;
        let set = serde_json::json!({ "phone_number": OURS, "voice_application_sid": application, "trunk_sid": trunk });
        let url = format!("{}/control/number", world.base);
        http().post(url).json(&set).send().await.unwrap();
        assert!(call(&world).await.unwrap().posts.is_empty());
        assert!(desk.heard_nothing());
    }
}

#[tokio::test]
async fn a_hostile_language_does_not_become_markup() {
    let (world, _desk) = answered(
        200,
        "<Response><Say language='en\"&gt;&lt;script&gt;'>Hi</Say></Response>",
    )
    .await;
    call(&world).await.unwrap();
    let shown = page(&world).await;
    assert_eq!(shown.matches("<script").count(), 1, "the page's own");
    assert!(shown.contains(r#"<p class="heard" dir="auto">Hi</p>"#));
}

#[tokio::test]
async fn the_control_api_calls_and_refuses_numbers_that_cant_speak() {
    let (world, _desk) = answered(200, SPOKEN).await;
    let ask = |path: &'static str, body: serde_json::Value| {
        let url = format!("{}/control/{path}", world.base);
        http().post(url).json(&body).send()
    };
    let call = serde_json::json!({ "from": CLIENT, "to": OURS });
    let exchange: serde_json::Value = ask("call", call.clone())
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(exchange["said"][1]["text"], "Hola");
    let mute = serde_json::json!({ "phone_number": OURS, "capabilities": { "voice": false } });
    ask("number", mute).await.unwrap();
    assert_eq!(ask("call", call).await.unwrap().status(), 409);
}
