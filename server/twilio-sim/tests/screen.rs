//! The phone on the screen: what arrived is shown, escaped, and kept up to date.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

mod support;

use std::time::Duration;

use support::{CLIENT, Office, World, text, world};
use twilio::NewMessage;
use twilio_sim::Fate;

async fn page(world: &World, query: &str) -> String {
    world.get(query).await.text().await.unwrap()
}

async fn deliver(world: &World, to: &str, body: &str) {
    let mut office = Office::open().await;
    world
        .accepted(&NewMessage {
            body: body.into(),
            status_callback: office.callback(),
            ..text(to)
        })
        .await;
    office.next().await;
    office.next().await;
}

#[tokio::test]
async fn a_delivered_text_is_on_the_phone_it_went_to() {
    let world = world().await;
    deliver(&world, CLIENT, "See you on Monday").await;
    deliver(&world, "+16615550143", "Another text").await;
    let shown = page(&world, "?phone=%2B16615550142").await;
    assert!(shown.contains("See you on Monday") && !shown.contains("Another text"));
    assert!(shown.contains(r#"aria-current="page""#));
    assert!(
        page(&world, "").await.contains("Another text"),
        "without a choice the newest text decides"
    );
}

#[tokio::test]
async fn a_text_that_was_not_delivered_is_in_the_log_and_not_on_the_phone() {
    let world = world().await;
    deliver(&world, "+16615550003", "Nobody reads this").await;
    let shown = page(&world, "?phone=%2B16615550003").await;
    assert!(!shown.contains("Nobody reads this"));
    world.reported(2).await;
    let log = page(&world, "?phone=%2B16615550003").await;
    assert!(log.contains(r#"class="s-undelivered""#));
    assert!(log.contains("code 30003, reported to /twilio/status, answered 204"));
}

#[tokio::test]
async fn the_log_has_the_newest_first() {
    let world = world().await;
    deliver(&world, CLIENT, "See you on Monday").await;
    world.reported(2).await;
    let shown = page(&world, "").await;
    let at = |status: &str| shown.find(&format!(r#"class="s-{status}""#)).unwrap();
    assert!(at("delivered") < at("sent") && at("sent") < at("queued"));
}

#[tokio::test]
async fn a_request_kept_waiting_is_let_go_when_the_simulator_closes() {
    let world = world().await;
    world.sim.set_fate(CLIENT, Fate::Timeout);
    let message = text(CLIENT);
    let close = async {
        while world.sim.ledger().is_empty() {
            tokio::task::yield_now().await;
        }
        while world.sim.deliveries().len() < 2 {
            tokio::task::yield_now().await;
        }
        world.sim.close();
    };
    let (made, ()) = tokio::join!(world.accepted(&message), close);
    assert_eq!(made.status, "queued");
}

#[tokio::test]
async fn names_and_texts_cannot_become_markup() {
    let world = world().await;
    deliver(&world, CLIENT, "<script>alert(1)</script> & \"quotes\"").await;
    let shown = page(&world, "").await;
    assert!(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;"));
    assert!(shown.contains("Marisol &lt;Peña&gt; &amp; &quot;Co&quot;"));
    assert_eq!(shown.matches("<script").count(), 1, "the page's own");
    let odd = page(&world, "?phone=%22%3E%3Cscript%3E").await;
    assert_eq!(odd.matches("<script").count(), 1);
}

#[tokio::test]
async fn the_page_is_whole_and_holds_to_a_strict_policy() {
    let world = world().await;
    let answer = world.get("").await;
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("default-src 'none'")
            && policy.contains("script-src 'self'")
            && !policy.contains("unsafe")
    );
    let shown = answer.text().await.unwrap();
    for part in [
        "<html lang=\"en-US\">",
        "<title>Training phone</title>",
        "<main id=\"main\"",
        "Training: no real texts are sent",
    ] {
        assert!(shown.contains(part), "{part}");
    }
    assert_eq!(shown.matches("<h1").count(), 1);
    assert!(!shown.contains(" style=") && !shown.contains(" onclick="));
    for (path, kind) in [("/phone.js", "text/javascript"), ("/phone.css", "text/css")] {
        assert!(shown.contains(&format!("\"/sim{path}\"")), "{path}");
        let asset = world.get(path).await;
        assert!(
            asset.headers()["content-type"]
                .to_str()
                .unwrap()
                .starts_with(kind)
        );
    }
}

#[tokio::test]
async fn a_fate_is_chosen_by_a_plain_form() {
    let world = world().await;
    let http = support::http();
    let choose = |phone: &'static str, fate: &'static str| {
        http.post(format!("{}/fate", world.base))
            .form(&[("phone", phone), ("fate", fate)])
            .send()
    };
    let answer = choose(CLIENT, "refused:21614").await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"], "/sim?phone=%2B16615550142");
    assert_eq!(world.refused(&text(CLIENT)).await, (21614, 400));
    assert!(
        page(&world, "?phone=%2B16615550142")
            .await
            .contains(r#"value="refused:21614" selected"#)
    );
    assert_eq!(choose(CLIENT, "lost").await.unwrap().status(), 422);
    assert_eq!(
        choose("not a phone", "delivered").await.unwrap().status(),
        422
    );
}

#[tokio::test]
async fn watchers_hear_of_a_text_and_are_let_go_at_the_end() {
    let world = world().await;
    let mut events = world.get("/events").await;
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    world.accepted(&text(CLIENT)).await;
    let first = events.chunk().await.unwrap().unwrap();
    assert!(first.starts_with(b"data: changed"));
    world.sim.close();
    let end = async { while events.chunk().await.unwrap().is_some() {} };
    tokio::time::timeout(Duration::from_secs(5), end)
        .await
        .expect("the stream ends");
}
