//! Phones that text back: what reaches the office, what Twilio does by itself, what the phone shows.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

mod support;

use std::time::Duration;

use support::desk::{Desk, Heard};
use support::{ACCOUNT, CLIENT, NUMBER_SID, OURS, World, credentials, http, text, world};
use twilio::{MessageFilter, NumberUpdate};
use twilio_sim::{Exchange, Fate, Media, NoTalk, PhoneText};

fn says(body: &str) -> PhoneText {
    PhoneText {
        from: CLIENT.into(),
        to: OURS.into(),
        body: body.into(),
        ..PhoneText::default()
    }
}

async fn connect(world: &World, update: NumberUpdate) {
    world
        .client
        .update_number(&credentials(), NUMBER_SID, &update)
        .await
        .unwrap();
}

/// A simulator whose number is answered by a desk.
async fn answered(answer: &str) -> (World, Desk) {
    let (world, desk) = (world().await, Desk::open(200, answer).await);
    let url = Some(format!("{}/twilio/text", desk.base));
    connect(
        &world,
        NumberUpdate {
            sms_url: url,
            ..NumberUpdate::default()
        },
    )
    .await;
    (world, desk)
}

async fn said(world: &World, body: &str) -> Exchange {
    world.sim.text(says(body)).await.unwrap()
}

const EMPTY: &str = "<Response/>";

#[tokio::test]
async fn a_reply_reaches_the_office_signed_with_all_fields() {
    let (world, mut desk) =
        answered("<Response><Message>Call &amp; ask</Message></Response>").await;
    let exchange = said(&world, "¿Puedo llevar a mi hermana?").await;
    let heard = desk.next().await;
    let expected = [
        ("MessageSid", exchange.sid.as_str()),
        ("SmsSid", &exchange.sid),
        ("SmsMessageSid", &exchange.sid),
        ("AccountSid", ACCOUNT),
        ("From", CLIENT),
        ("To", OURS),
        ("Body", "¿Puedo llevar a mi hermana?"),
        ("NumMedia", "0"),
        ("NumSegments", "1"),
        ("SmsStatus", "received"),
        ("ApiVersion", "2010-04-01"),
        ("FromCity", "BAKERSFIELD"),
        ("FromState", "CA"),
        ("FromCountry", "US"),
        ("ToZip", "93301"),
    ];
    for (name, value) in expected {
        assert_eq!(heard.get(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(exchange.replies, ["Call & ask"]);
    assert_eq!(
        (exchange.posts.len(), exchange.posts[0].status),
        (1, Some(200))
    );
    let shown = page(&world).await;
    assert!(shown.contains("¿Puedo llevar a mi hermana?") && shown.contains("Call &amp; ask"));
}

#[tokio::test]
async fn whatever_is_typed_arrives_as_it_was_typed() {
    let (world, mut desk) = answered(EMPTY).await;
    for body in [
        "",
        "a\0b",
        "</textarea><script>alert(1)</script>",
        "\u{202e}abc",
        "  STOP  please ",
    ] {
        said(&world, body).await;
        assert_eq!(desk.next().await.get("Body").as_deref(), Some(body));
    }
    // 33 whole emoji a part: one is never split over two.
    let long = "😀".repeat(800);
    said(&world, &long).await;
    assert_eq!(desk.next().await.get("NumSegments").as_deref(), Some("25"));
    let shown = page(&world).await;
    assert_eq!(shown.matches("<script").count(), 1, "the page's own");
}

#[tokio::test]
async fn stop_blocks_first_is_confirmed_by_twilio_and_is_posted_all_the_same() {
    let (world, mut desk) = answered("<Response><Message>Goodbye</Message></Response>").await;
    let exchange = said(&world, " stop ").await;
    assert_eq!(desk.next().await.get("Body").as_deref(), Some(" stop "));
    let confirmed = exchange.confirmation.unwrap();
    assert!(confirmed.starts_with("You have successfully been unsubscribed."));
    assert_eq!(
        (exchange.replies.len(), exchange.error_code),
        (0, Some(21610)),
        "our own answer is refused"
    );
    assert_eq!(world.refused(&text(CLIENT)).await, (21610, 400));
    assert!(page(&world).await.contains("This phone texted STOP."));
    assert_eq!(
        said(&world, "STOP").await.confirmation,
        None,
        "confirmed once"
    );
    assert!(
        world.sim.ledger().is_empty(),
        "nothing of this came from the API"
    );
}

#[tokio::test]
async fn start_lifts_the_block_and_help_is_answered_by_twilio() {
    let (world, _desk) = answered(EMPTY).await;
    said(&world, "END").await;
    let exchange = said(&world, "Unstop").await;
    assert!(
        exchange
            .confirmation
            .unwrap()
            .starts_with("You have successfully been re-subscribed")
    );
    world.accepted(&text(CLIENT)).await;
    assert!(
        said(&world, "INFO")
            .await
            .confirmation
            .unwrap()
            .starts_with("Reply STOP")
    );
    assert_eq!(
        said(&world, "Start").await.confirmation,
        None,
        "nothing was blocked"
    );
}

#[tokio::test]
async fn a_block_is_for_one_pair_and_near_misses_block_nothing() {
    let (world, _desk) = answered(EMPTY).await;
    for near in [
        "STOP please",
        "Cancel my appointment",
        "End of month",
        "Yesterday I",
        "stop.",
        "S T O P",
    ] {
        assert_eq!(said(&world, near).await.confirmation, None, "{near}");
    }
    world.accepted(&text(CLIENT)).await;
    said(&world, "QUIT").await;
    world.accepted(&text("+16615550143")).await;
    assert_eq!(world.refused(&text(CLIENT)).await.0, 21610);
}

#[tokio::test]
async fn a_number_that_was_refused_from_the_start_is_lifted_by_start() {
    let (world, _desk) = answered(EMPTY).await;
    let bernice = "+16615550010";
    assert_eq!(world.refused(&text(bernice)).await.0, 21610);
    let start = PhoneText {
        from: bernice.into(),
        ..says("START")
    };
    assert!(world.sim.text(start).await.unwrap().confirmation.is_some());
    world.accepted(&text(bernice)).await;
}

#[tokio::test]
async fn advanced_opt_out_decides_over_the_words() {
    let (world, mut desk) = answered(EMPTY).await;
    let baja = PhoneText {
        opt_out_type: Some("STOP".into()),
        ..says("baja")
    };
    assert!(world.sim.text(baja).await.unwrap().confirmation.is_some());
    let heard = desk.next().await;
    assert_eq!(heard.get("OptOutType").as_deref(), Some("STOP"));
    assert!(heard.get("MessagingServiceSid").unwrap().starts_with("MG"));
}

#[tokio::test]
async fn pictures_are_named_and_counted() {
    let (world, mut desk) = answered(EMPTY).await;
    let media = Media {
        url: "https://media.example/1".into(),
        content_type: "image/png".into(),
    };
    let text = PhoneText {
        media: vec![media],
        ..says("")
    };
    let exchange = world.sim.text(text).await.unwrap();
    assert!(exchange.sid.starts_with("MM"));
    let heard = desk.next().await;
    let found = ["NumMedia", "MediaUrl0", "MediaContentType0"].map(|name| heard.get(name).unwrap());
    assert_eq!(found, ["1", "https://media.example/1", "image/png"]);
}

#[tokio::test]
async fn a_text_comes_again_or_late_with_the_same_sid() {
    let (world, mut desk) = answered("<Response><Message>Thanks</Message></Response>").await;
    let held = PhoneText {
        hold: true,
        ..says("Late")
    };
    let sid = world.sim.text(held).await.unwrap().sid;
    assert!(desk.heard_nothing());
    for _ in 0..2 {
        assert_eq!(world.sim.deliver_again(&sid).await.unwrap().posts.len(), 1);
        assert_eq!(desk.next().await.get("MessageSid").unwrap(), sid);
    }
    let twice = PhoneText {
        sid: Some(sid.clone()),
        ..says("Late")
    };
    world.sim.text(twice).await.unwrap();
    assert_eq!(desk.next().await.get("MessageSid").unwrap(), sid);
    assert_eq!(
        page(&world).await.matches(">Late<").count(),
        1,
        "the phone wrote it once"
    );
    assert_eq!(
        world.sim.deliver_again("SMnone").await,
        Err(NoTalk::NoSuchText)
    );
}

#[tokio::test]
async fn a_failing_address_is_followed_by_the_fallback_with_the_reason() {
    let (world, mut down) = answered(EMPTY).await;
    let mut spare = Desk::open(200, "<Response><Message>Spare</Message></Response>").await;
    for (status, answer, code) in [
        (500, EMPTY, 11200),
        (404, EMPTY, 11200),
        (200, "Hello", 12100),
    ] {
        down = Desk::open(status, answer).await;
        let update = NumberUpdate {
            sms_url: Some(format!("{}/first", down.base)),
            sms_fallback_url: Some(format!("{}/spare", spare.base)),
            ..NumberUpdate::default()
        };
        connect(&world, update).await;
        let exchange = said(&world, "Hi").await;
        assert_eq!((exchange.error_code, exchange.posts.len()), (Some(code), 2));
        assert_eq!(exchange.replies, ["Spare"]);
        down.next().await;
        let heard = spare.next().await;
        assert_eq!(heard.get("ErrorCode").unwrap(), code.to_string());
        assert_eq!(
            heard.get("ErrorUrl").unwrap(),
            format!("{}/first", down.base)
        );
    }
    assert!(
        down.heard_nothing(),
        "an answer with an error is not asked again"
    );
}

#[tokio::test]
async fn the_address_says_how_often_it_wants_to_be_asked() {
    let (world, mut desk) = (world().await, Desk::open(500, EMPTY).await);
    let update = NumberUpdate {
        sms_url: Some(format!("{}/twilio/text?a=b#rc=2&rp=5xx,rt", desk.base)),
        ..NumberUpdate::default()
    };
    connect(&world, update).await;
    let exchange = said(&world, "Hi").await;
    assert_eq!(
        (exchange.posts.len(), exchange.error_code),
        (1, Some(11200))
    );
    let tokens: Vec<String> = [desk.next().await, desk.next().await, desk.next().await]
        .map(|heard| heard.retry_token)
        .into();
    assert!(desk.heard_nothing());
    assert!(
        tokens
            .iter()
            .all(|token| *token == tokens[0] && !token.is_empty())
    );
}

#[tokio::test]
async fn a_get_address_carries_everything_in_its_query() {
    let (world, mut desk) = answered(EMPTY).await;
    let update = NumberUpdate {
        sms_method: Some("GET".into()),
        ..NumberUpdate::default()
    };
    connect(&world, update).await;
    said(&world, "a & b = ñ").await;
    let heard: Heard = desk.next().await;
    assert_eq!(
        (heard.method.as_str(), heard.get("Body").as_deref()),
        ("GET", Some("a & b = ñ"))
    );
}

#[tokio::test]
async fn an_application_hides_the_addresses_and_nobody_is_asked() {
    let (world, mut desk) = answered(EMPTY).await;
    let update = NumberUpdate {
        sms_application_sid: Some("AP1".into()),
        ..NumberUpdate::default()
    };
    connect(&world, update).await;
    let exchange = said(&world, "Hi").await;
    assert!(exchange.posts.is_empty() && desk.heard_nothing());
    assert!(page(&world).await.contains(">Hi<"));
}

#[tokio::test]
async fn nobody_home_is_told_within_twilios_time() {
    let world = world().await;
    let update = NumberUpdate {
        sms_url: Some("http://127.0.0.1:9/twilio/text".into()),
        ..NumberUpdate::default()
    };
    connect(&world, update).await;
    let exchange = tokio::time::timeout(Duration::from_secs(15), said(&world, "Hi"))
        .await
        .unwrap();
    assert_eq!(
        (exchange.error_code, exchange.posts[0].status),
        (Some(11200), None)
    );
}

#[tokio::test]
async fn numbers_that_are_nobodys_or_cant_text_take_nothing() {
    let (world, _desk) = answered(EMPTY).await;
    let to = |number: &str| PhoneText {
        to: number.into(),
        ..says("Hi")
    };
    assert_eq!(
        world.sim.text(to("+19995550100")).await,
        Err(NoTalk::NoSuchNumber)
    );
    assert_eq!(
        world.sim.text(to("+16615550102")).await,
        Err(NoTalk::NotActive),
        "a suspended account"
    );
    let set = serde_json::json!({ "phone_number": OURS, "capabilities": { "sms": false } });
    http()
        .post(format!("{}/control/number", world.base))
        .json(&set)
        .send()
        .await
        .unwrap();
    assert_eq!(world.sim.text(says("Hi")).await, Err(NoTalk::NotCapable));
}

#[tokio::test]
async fn texts_both_ways_are_in_the_list_of_the_api() {
    let (world, _desk) = answered("<Response><Message>Thanks</Message></Response>").await;
    world.accepted(&text(CLIENT)).await;
    said(&world, "Hi").await;
    let filter = MessageFilter {
        from: Some(CLIENT.into()),
        ..MessageFilter::default()
    };
    let page = world
        .client
        .list_messages(&credentials(), &filter, 50)
        .await
        .unwrap();
    let [only] = page.messages.as_slice() else {
        panic!("one text of the client")
    };
    assert_eq!(
        (only.direction.as_deref(), only.status.as_str()),
        (Some("inbound"), "received")
    );
    let fetched = world
        .client
        .fetch_message(&credentials(), &only.sid)
        .await
        .unwrap();
    assert_eq!(fetched.body.as_deref(), Some("Hi"));
    let all = world
        .client
        .list_messages(&credentials(), &MessageFilter::default(), 50)
        .await
        .unwrap();
    let directions: Vec<_> = all
        .messages
        .iter()
        .map(|one| one.direction.clone().unwrap())
        .collect();
    assert_eq!(directions, ["outbound-reply", "inbound", "outbound-api"]);
}

#[tokio::test]
async fn an_answer_does_not_reach_a_phone_that_is_off() {
    let (world, _desk) =
        answered("<Response><Message>Nobody reads this</Message></Response>").await;
    world.sim.set_fate(CLIENT, Fate::Undelivered(30003));
    said(&world, "Hi").await;
    assert!(!page(&world).await.contains("Nobody reads this"));
}

#[tokio::test]
async fn the_control_api_texts_and_delivers_again() {
    let (world, mut desk) = answered("<Response><Message>Thanks</Message></Response>").await;
    let ask = |path: &'static str, body: serde_json::Value| {
        http()
            .post(format!("{}/control/{path}", world.base))
            .json(&body)
            .send()
    };
    let text = serde_json::json!({ "from": CLIENT, "to": OURS, "body": "Hi", "sid": "SM00000000000000000000000000000009" });
    let exchange: serde_json::Value = ask("text", text.clone())
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&exchange["replies"][0], &exchange["posts"][0]["status"]),
        (&"Thanks".into(), &200.into())
    );
    assert!(exchange["answer"].as_str().unwrap().contains("<Message>"));
    let again = ask("deliver", serde_json::json!({ "sid": exchange["sid"] }))
        .await
        .unwrap();
    assert_eq!(again.status(), 200);
    desk.next().await;
    desk.next().await;
    let nobody = serde_json::json!({ "from": CLIENT, "to": "+19995550100", "body": "Hi" });
    assert_eq!(ask("text", nobody).await.unwrap().status(), 404);
    assert_eq!(world.sim.posts().len(), 2);
}

async fn page(world: &World) -> String {
    let answer = world.get("?phone=%2B16615550142").await;
    answer.text().await.unwrap()
}
