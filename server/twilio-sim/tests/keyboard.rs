//! The phone's keyboard on the page: plain forms that keep what could not be sent.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

mod support;

use support::desk::Desk;
use support::{CLIENT, NUMBER_SID, OURS, World, credentials, http, world};
use twilio::NumberUpdate;
use twilio_sim::Fate;

const HOME: &str = "/sim?phone=%2B16615550142";

async fn answered() -> (World, Desk) {
    let (world, desk) = (
        world().await,
        Desk::open(200, "<Response><Say>Hello</Say></Response>").await,
    );
    let url = Some(format!("{}/any", desk.base));
    let update = NumberUpdate {
        sms_url: url.clone(),
        voice_url: url,
        ..NumberUpdate::default()
    };
    world
        .client
        .update_number(&credentials(), NUMBER_SID, &update)
        .await
        .unwrap();
    (world, desk)
}

async fn press(world: &World, form: &str, fields: &[(&str, &str)]) -> reqwest::Response {
    let url = format!("{}/{form}", world.base);
    http().post(url).form(fields).send().await.unwrap()
}

fn reply<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("phone", CLIENT), ("to", OURS)], more].concat()
}

async fn page(world: &World) -> String {
    let answer = world.get("?phone=%2B16615550142").await;
    answer.text().await.unwrap()
}

#[tokio::test]
async fn a_reply_is_posted_and_the_phone_is_shown_again() {
    let (world, mut desk) = answered().await;
    let answer = press(&world, "reply", &reply(&[("body", "one\r\ntwo")])).await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["location"]),
        (303, &HOME.parse().unwrap())
    );
    assert_eq!(desk.next().await.get("Body").as_deref(), Some("one\ntwo"));
    assert!(page(&world).await.contains("one\ntwo"));
}

#[tokio::test]
async fn a_quick_reply_goes_before_what_was_typed() {
    let (world, mut desk) = answered().await;
    press(
        &world,
        "reply",
        &reply(&[("body", "half"), ("quick", "STOP")]),
    )
    .await;
    assert_eq!(desk.next().await.get("Body").as_deref(), Some("STOP"));
    assert!(page(&world).await.contains("This phone texted STOP."));
}

#[tokio::test]
async fn a_reply_can_be_passed_on_twice() {
    let (world, mut desk) = answered().await;
    press(
        &world,
        "reply",
        &reply(&[("body", "Hi"), ("passing", "twice")]),
    )
    .await;
    let sids = [desk.next().await, desk.next().await].map(|heard| heard.get("MessageSid").unwrap());
    assert_eq!(sids[0], sids[1]);
    let sid = sids[0].as_str();
    press(&world, "again", &[("phone", CLIENT), ("sid", sid)]).await;
    assert_eq!(desk.next().await.get("MessageSid").unwrap(), sid);
}

#[tokio::test]
async fn what_cannot_be_sent_stays_in_the_box_with_the_reason() {
    let (world, mut desk) = answered().await;
    let emoji = "😀".repeat(10_000);
    for (body, reason) in [
        ("", "The reply is empty."),
        (" \r\n ", "The reply is empty."),
        (emoji.as_str(), "more than 1,600 characters"),
    ] {
        let answer = press(&world, "reply", &reply(&[("body", body)])).await;
        assert_eq!(answer.status(), 422);
        let shown = answer.text().await.unwrap();
        assert!(shown.contains(reason) && shown.contains(r#"aria-invalid="true""#));
        assert!(shown.contains(&format!(">\n{}</textarea>", body.replace("\r\n", "\n"))));
        // Where it is kept up to date from: a form's own address answers no GET.
        assert!(shown.contains(&format!(r#"data-here="{HOME}""#)));
    }
    let hostile = [
        ("phone", CLIENT),
        ("to", "+19995550100"),
        ("body", "</textarea><script>\0"),
    ];
    let shown = press(&world, "reply", &hostile).await.text().await.unwrap();
    assert!(shown.contains("&lt;/textarea&gt;&lt;script&gt;\u{fffd}</textarea>"));
    assert!(desk.heard_nothing());
}

#[tokio::test]
async fn what_is_no_phone_types_nothing() {
    let (world, mut desk) = answered().await;
    for fields in [
        vec![("phone", "nobody"), ("to", OURS), ("body", "Hi")],
        vec![("to", OURS), ("body", "Hi")],
        vec![
            ("phone", CLIENT),
            ("to", OURS),
            ("body", "Hi"),
            ("passing", "never"),
        ],
    ] {
        assert_eq!(
            press(&world, "reply", &fields).await.status(),
            422,
            "{fields:?}"
        );
    }
    assert_eq!(
        press(&world, "call", &[("phone", "x"), ("to", OURS)])
            .await
            .status(),
        422
    );
    assert_eq!(
        press(&world, "again", &[("phone", CLIENT), ("sid", "SMnone")])
            .await
            .status(),
        404
    );
    assert!(desk.heard_nothing());
}

#[tokio::test]
async fn a_call_is_made_by_a_button() {
    let (world, _desk) = answered().await;
    let answer = press(&world, "call", &[("phone", CLIENT), ("to", OURS)]).await;
    assert_eq!(answer.headers()["location"], HOME);
    assert!(
        page(&world)
            .await
            .contains(r#"<p class="heard" dir="auto">Hello</p>"#)
    );
}

#[tokio::test]
async fn a_landline_only_calls_and_a_phone_that_is_off_does_neither() {
    let (world, _desk) = answered().await;
    assert!(page(&world).await.contains("</textarea>"));
    world.sim.set_fate(CLIENT, Fate::Undelivered(30006));
    let landline = page(&world).await;
    assert!(landline.contains("This is a landline.") && !landline.contains("</textarea>"));
    assert!(landline.contains("/sim/call"));
    world.sim.set_fate(CLIENT, Fate::Undelivered(30003));
    let off = page(&world).await;
    assert!(off.contains("This phone is off") && !off.contains("/sim/call"));
}
