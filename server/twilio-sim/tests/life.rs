//! Lives of texts, from the request to the last report.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

mod support;

use std::time::Duration;

use support::{ACCOUNT, CLIENT, OURS, Office, World, credentials, text, world, world_of};
use twilio::{Client, CreateOutcome, MessageFilter, NewMessage, NotSent};
use twilio_sim::{Fate, SimConfig};

fn reporting(office: &Office, to: &str) -> NewMessage {
    NewMessage {
        status_callback: office.callback(),
        ..text(to)
    }
}

async fn statuses(office: &mut Office, count: usize) -> Vec<String> {
    let mut found = Vec::new();
    for _ in 0..count {
        found.push(office.next().await.status());
    }
    found
}

async fn only_text(world: &World) -> twilio::Message {
    let page = world
        .client
        .list_messages(&credentials(), &MessageFilter::default(), 50)
        .await
        .unwrap();
    assert_eq!(page.messages.len(), 1);
    page.messages[0].clone()
}

#[tokio::test]
async fn a_text_is_queued_sent_and_delivered_and_each_report_is_signed() {
    let (world, mut office) = (world().await, Office::open().await);
    let made = world.accepted(&reporting(&office, CLIENT)).await;
    assert_eq!(
        (made.status.as_str(), made.num_segments.as_deref()),
        ("queued", Some("1"))
    );
    assert_eq!(made.date_sent, None);

    let sent = office.next().await;
    assert_eq!(sent.path, "/twilio/status?text=7");
    for (name, value) in [
        ("MessageSid", made.sid.as_str()),
        ("SmsSid", &made.sid),
        ("MessageStatus", "sent"),
        ("SmsStatus", "sent"),
        ("AccountSid", ACCOUNT),
        ("From", OURS),
        ("To", CLIENT),
        ("ApiVersion", "2010-04-01"),
    ] {
        assert_eq!(sent.get(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(
        (sent.get("ErrorCode"), sent.get("RawDlrDoneDate")),
        (None, None)
    );

    let delivered = office.next().await;
    assert_eq!(delivered.status(), "delivered");
    assert_eq!(
        delivered.get("RawDlrDoneDate").map(|date| date.len()),
        Some(10)
    );
    assert!(!sent.retry_token.is_empty() && sent.retry_token != delivered.retry_token);

    let now = world
        .client
        .fetch_message(&credentials(), &made.sid)
        .await
        .unwrap();
    assert_eq!((now.status.as_str(), now.error_code), ("delivered", None));
    assert!(now.date_sent.unwrap().ends_with(" +0000"));
}

#[tokio::test]
async fn a_text_that_is_not_delivered_says_why() {
    for (to, code) in [
        ("+16615550003", 30003),
        ("+16615550005", 30005),
        ("+16615550006", 30006),
        ("+16615550007", 30007),
        ("+16615550008", 30008),
    ] {
        let (world, mut office) = (world().await, Office::open().await);
        let made = world.accepted(&reporting(&office, to)).await;
        assert_eq!(office.next().await.status(), "sent");
        let last = office.next().await;
        assert_eq!(
            (last.status(), last.get("ErrorCode")),
            ("undelivered".to_owned(), Some(code.to_string()))
        );
        let now = world
            .client
            .fetch_message(&credentials(), &made.sid)
            .await
            .unwrap();
        assert_eq!(
            (now.status.as_str(), now.error_code),
            ("undelivered", Some(code))
        );
        assert!(now.error_message.is_some());
    }
}

#[tokio::test]
async fn a_silent_carrier_leaves_the_text_sent() {
    let (world, mut office) = (world().await, Office::open().await);
    world.accepted(&reporting(&office, "+16615550021")).await;
    assert_eq!(office.next().await.status(), "sent");
    assert_eq!(only_text(&world).await.status, "sent");
}

#[tokio::test]
async fn reports_may_come_out_of_order_and_twice() {
    let (world, mut office) = (world().await, Office::open().await);
    world.sim.set_fate(CLIENT, Fate::Disorder);
    world.accepted(&reporting(&office, CLIENT)).await;
    assert_eq!(
        statuses(&mut office, 5).await,
        ["delivered", "sent", "sending", "delivered", "sent"]
    );
    assert_eq!(only_text(&world).await.status, "delivered");
}

#[tokio::test]
async fn a_text_that_twilio_took_without_answering_is_found_in_the_list() {
    let (world, mut office) = (world().await, Office::open().await);
    world.sim.set_fate(CLIENT, Fate::Timeout);
    let hasty = Client::with_timeouts(
        world.base.parse().unwrap(),
        Duration::from_secs(2),
        Duration::from_millis(300),
    )
    .unwrap();
    let outcome = hasty
        .create_message(&credentials(), &reporting(&office, CLIENT))
        .await;
    assert!(
        matches!(outcome, CreateOutcome::Unknown { .. }),
        "{outcome:?}"
    );
    assert_eq!(statuses(&mut office, 2).await, ["sent", "delivered"]);
    assert_eq!(
        only_text(&world).await.body.as_deref(),
        Some("Your hearing is on Monday.")
    );
    assert_eq!(world.sim.ledger().len(), 1);
}

#[tokio::test]
async fn a_slow_answer_may_come_after_the_reports() {
    let (world, mut office) = (world().await, Office::open().await);
    world.sim.set_fate(CLIENT, Fate::Slow(1));
    let message = reporting(&office, CLIENT);
    let (made, seen) = tokio::join!(world.accepted(&message), statuses(&mut office, 2));
    assert_eq!(made.status, "queued");
    assert_eq!(seen, ["sent", "delivered"]);
}

#[tokio::test]
async fn a_held_text_is_made_when_its_phone_is_let_go_though_nobody_waits_any_more() {
    let (world, mut office) = (world().await, Office::open().await);
    world.sim.set_fate(CLIENT, Fate::Held);
    let hasty = Client::with_timeouts(
        world.base.parse().unwrap(),
        Duration::from_secs(2),
        Duration::from_millis(300),
    )
    .unwrap();
    let outcome = hasty
        .create_message(&credentials(), &reporting(&office, CLIENT))
        .await;
    assert!(
        matches!(outcome, CreateOutcome::Unknown { .. }),
        "{outcome:?}"
    );
    assert!(world.sim.ledger().is_empty() && office.heard_nothing());
    world.sim.set_fate(CLIENT, Fate::Delivered);
    assert_eq!(statuses(&mut office, 2).await, ["sent", "delivered"]);
    assert_eq!(only_text(&world).await.status, "delivered");
}

#[tokio::test]
async fn a_held_text_is_let_go_to_whatever_its_phone_is_told_next() {
    let world = world().await;
    world.sim.set_fate(CLIENT, Fate::Held);
    let mut events = world.get("/events").await;
    let message = text(CLIENT);
    let let_go = async {
        // Another phone is none of its business.
        world.sim.set_fate("+16615550143", Fate::Silent);
        events.chunk().await.unwrap();
        world.sim.set_fate(CLIENT, Fate::Refused(30034));
    };
    let (refused, ()) = tokio::join!(world.refused(&message), let_go);
    assert_eq!(refused, (30034, 400));
    assert!(world.sim.ledger().is_empty());
}

#[tokio::test]
async fn faults_of_twilio_make_no_text() {
    let world = world().await;
    world.sim.set_fate(CLIENT, Fate::ServerError);
    assert!(matches!(
        world.send(&text(CLIENT)).await,
        CreateOutcome::Unknown { .. }
    ));
    world.sim.set_fate(CLIENT, Fate::TooManyRequests);
    let later = CreateOutcome::TryLater {
        retry_after: Some(Duration::from_secs(1)),
        why: NotSent::TooManyRequests,
    };
    assert_eq!(world.send(&text(CLIENT)).await, later);
    assert!(world.sim.ledger().is_empty());
}

#[tokio::test]
async fn reports_go_only_where_they_are_allowed_to() {
    let (mut office, mut other) = (Office::open().await, Office::open().await);
    let config = SimConfig {
        callback_base: Some(office.base.parse().unwrap()),
        ..support::config()
    };
    let world = world_of(config).await;
    let stray = world.accepted(&reporting(&other, CLIENT)).await;
    world.accepted(&reporting(&office, CLIENT)).await;
    assert_eq!(statuses(&mut office, 2).await, ["sent", "delivered"]);
    world.reported(4).await;
    let strays: Vec<_> = world
        .sim
        .deliveries()
        .into_iter()
        .filter(|one| one.sid == stray.sid)
        .collect();
    assert_eq!(strays.len(), 2);
    assert!(strays.iter().all(|one| one.answer.is_none()));
    assert!(other.heard_nothing());
}

#[tokio::test]
async fn the_ledger_keeps_what_was_accepted_in_its_order() {
    let world = world().await;
    for body in ["one", "two", "three"] {
        world
            .accepted(&NewMessage {
                body: body.into(),
                ..text(CLIENT)
            })
            .await;
    }
    let ledger: serde_json::Value = world.get("/control/ledger").await.json().await.unwrap();
    let bodies: Vec<_> = ledger
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["body"].as_str().unwrap())
        .collect();
    assert_eq!(bodies, ["one", "two", "three"]);
    assert_eq!(ledger[2]["number"], 3);
    assert_eq!(ledger[0]["fate"], "delivered");
}

#[tokio::test]
async fn long_and_unusual_texts_are_counted_in_parts() {
    let world = world().await;
    for (body, parts) in [
        ("a".repeat(160), "1"),
        ("a".repeat(161), "2"),
        ("í".repeat(70), "1"),
        ("í".repeat(71), "2"),
    ] {
        let made = world
            .accepted(&NewMessage {
                body,
                ..text(CLIENT)
            })
            .await;
        assert_eq!(made.num_segments.as_deref(), Some(parts));
    }
}

#[tokio::test]
async fn fates_and_delays_are_set_over_the_control_api() {
    let world = world().await;
    let http = support::http();
    let post = |path: &str, body: serde_json::Value| {
        http.post(format!("{}{path}", world.base))
            .json(&body)
            .send()
    };
    let set = serde_json::json!({ "phone_number": CLIENT, "fate": "refused:21614" });
    assert_eq!(post("/control/fate", set).await.unwrap().status(), 204);
    assert_eq!(world.refused(&text(CLIENT)).await, (21614, 400));
    let wrong = serde_json::json!({ "phone_number": CLIENT, "fate": "lost" });
    assert_eq!(post("/control/fate", wrong).await.unwrap().status(), 422);

    let delays = serde_json::json!({ "queued_to_sent": [5, 6], "sent_to_delivered": [0, 0] });
    assert_eq!(post("/control/delays", delays).await.unwrap().status(), 204);
    let now: serde_json::Value = world.get("/control/delays").await.json().await.unwrap();
    assert_eq!(now["queued_to_sent"], serde_json::json!([5, 6]));

    let block =
        serde_json::json!({ "our_number": OURS, "phone_number": "+16615550143", "blocked": true });
    assert_eq!(post("/control/block", block).await.unwrap().status(), 204);
    assert_eq!(world.refused(&text("+16615550143")).await, (21610, 400));
}
