//! Lists, changes and numbers, through the production client.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

mod support;

use support::{ACCOUNT, CLIENT, NUMBER_SID, OURS, Office, TOKEN, World, credentials, text, world};
use twilio::{ApiError, MessageFilter, NewMessage, NumberUpdate};
use twilio_sim::{Delays, Fate, SimConfig};

async fn texts(world: &World, filter: &MessageFilter) -> usize {
    world
        .client
        .list_messages(&credentials(), filter, 50)
        .await
        .unwrap()
        .messages
        .len()
}

async fn a_delivered_text(world: &World) -> String {
    let mut office = Office::open().await;
    let sid = world
        .accepted(&NewMessage {
            status_callback: office.callback(),
            ..text(CLIENT)
        })
        .await
        .sid;
    office.next().await;
    assert_eq!(office.next().await.status(), "delivered");
    sid
}

fn code(result: Result<twilio::Message, ApiError>) -> u32 {
    match result {
        Err(ApiError::Refused { error, .. }) => error.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn pages_follow_each_other_newest_first_though_new_texts_come_in() {
    let world = world().await;
    for number in 0..5 {
        world
            .accepted(&NewMessage {
                body: number.to_string(),
                ..text(CLIENT)
            })
            .await;
    }
    let filter = MessageFilter {
        to: Some(CLIENT.into()),
        ..MessageFilter::default()
    };
    let mut page = world
        .client
        .list_messages(&credentials(), &filter, 2)
        .await
        .unwrap();
    let mut bodies = Vec::new();
    let mut sizes = Vec::new();
    loop {
        sizes.push(page.messages.len());
        bodies.extend(
            page.messages
                .iter()
                .filter_map(|message| message.body.clone()),
        );
        world
            .accepted(&NewMessage {
                body: "late".into(),
                ..text(CLIENT)
            })
            .await;
        match world
            .client
            .next_messages(&credentials(), &page)
            .await
            .unwrap()
        {
            Some(next) => page = next,
            None => break,
        }
    }
    assert_eq!(bodies, ["4", "3", "2", "1", "0"]);
    assert_eq!(sizes, [2, 2, 1]);
    assert_eq!(
        (
            page.page.page,
            page.page.page_size,
            page.page.start,
            page.page.end
        ),
        (2, 2, 4, 4)
    );
}

#[tokio::test]
async fn texts_are_found_by_numbers_and_time() {
    let world = world().await;
    world.accepted(&text(CLIENT)).await;
    world.accepted(&text("+16615550143")).await;
    let all = MessageFilter::default();
    let found = |filter: MessageFilter| async move { filter };
    assert_eq!(texts(&world, &all).await, 2);
    for (filter, expected) in [
        (
            MessageFilter {
                to: Some(CLIENT.into()),
                ..all.clone()
            },
            1,
        ),
        (
            MessageFilter {
                from: Some(OURS.into()),
                ..all.clone()
            },
            2,
        ),
        (
            MessageFilter {
                from: Some(CLIENT.into()),
                ..all.clone()
            },
            0,
        ),
        (
            MessageFilter {
                sent_on: Some("2019-05-24".into()),
                ..all.clone()
            },
            0,
        ),
        (
            MessageFilter {
                sent_from: Some("2019-05-24".into()),
                ..all.clone()
            },
            2,
        ),
        (
            MessageFilter {
                sent_from: Some("2019-05-24T10:00:00Z".into()),
                ..all.clone()
            },
            2,
        ),
        (
            MessageFilter {
                sent_to: Some("2019-05-24".into()),
                ..all.clone()
            },
            0,
        ),
    ] {
        let filter = found(filter).await;
        assert_eq!(texts(&world, &filter).await, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn a_redacted_text_has_lost_its_body_but_the_ledger_has_not() {
    let world = world().await;
    let sid = a_delivered_text(&world).await;
    assert_eq!(
        world
            .client
            .redact_message(&credentials(), &sid)
            .await
            .unwrap()
            .body
            .as_deref(),
        Some("")
    );
    assert_eq!(
        world
            .client
            .fetch_message(&credentials(), &sid)
            .await
            .unwrap()
            .body
            .as_deref(),
        Some("")
    );
    assert_eq!(world.sim.ledger()[0].body, "Your hearing is on Monday.");
}

#[tokio::test]
async fn a_text_under_way_is_neither_redacted_nor_deleted_nor_cancelled() {
    let delays = Delays {
        queued_to_sent: (60_000, 60_000),
        ..Delays::NONE
    };
    let world = support::world_of(SimConfig {
        delays,
        ..support::config()
    })
    .await;
    let sid = world.accepted(&text(CLIENT)).await.sid;
    assert_eq!(
        code(world.client.redact_message(&credentials(), &sid).await),
        20009
    );
    let url = format!(
        "{}/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}.json",
        world.base
    );
    let http = support::http();
    let deleted = http
        .delete(&url)
        .basic_auth(ACCOUNT, Some(TOKEN))
        .send()
        .await
        .unwrap();
    assert_eq!(deleted.status(), 409);
    let cancel = http
        .post(&url)
        .basic_auth(ACCOUNT, Some(TOKEN))
        .form(&[("Status", "canceled")])
        .send()
        .await
        .unwrap();
    let body: serde_json::Value = cancel.json().await.unwrap();
    assert_eq!(body["code"], 30409);
}

#[tokio::test]
async fn a_deleted_text_is_gone_from_the_api_only() {
    let world = world().await;
    let sid = a_delivered_text(&world).await;
    let url = format!(
        "{}/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}.json",
        world.base
    );
    let deleted = support::http()
        .delete(url)
        .basic_auth(ACCOUNT, Some(TOKEN))
        .send()
        .await
        .unwrap();
    assert_eq!(deleted.status(), 204);
    assert_eq!(
        code(world.client.fetch_message(&credentials(), &sid).await),
        20404
    );
    assert_eq!(world.sim.ledger().len(), 1);
}

#[tokio::test]
async fn the_addresses_of_a_number_are_set_and_cleared() {
    let world = world().await;
    let found = world
        .client
        .incoming_numbers(&credentials(), Some(OURS))
        .await
        .unwrap();
    assert_eq!((found.len(), found[0].sms_url.as_deref()), (1, None));
    let url = "https://office.example/twilio/text#rc=5&rp=all";
    let update = NumberUpdate {
        sms_url: Some(url.into()),
        voice_url: Some(url.into()),
        ..NumberUpdate::default()
    };
    let changed = world
        .client
        .update_number(&credentials(), NUMBER_SID, &update)
        .await
        .unwrap();
    assert_eq!(
        (changed.sms_url.as_deref(), changed.sms_method.as_deref()),
        (Some(url), Some("POST"))
    );
    let clear = NumberUpdate {
        voice_url: Some(String::new()),
        ..NumberUpdate::default()
    };
    let cleared = world
        .client
        .update_number(&credentials(), NUMBER_SID, &clear)
        .await
        .unwrap();
    assert_eq!(
        (cleared.sms_url.as_deref(), cleared.voice_url),
        (Some(url), None)
    );
    assert!(
        world
            .client
            .incoming_numbers(&credentials(), Some("+19995550100"))
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn the_account_tells_its_kind_and_balance() {
    let world = world().await;
    let account = world.client.fetch_account(&credentials()).await.unwrap();
    assert_eq!(
        (account.status.as_deref(), account.kind.as_deref()),
        (Some("active"), Some("Full"))
    );
    assert_eq!(
        world
            .client
            .balance(&credentials())
            .await
            .unwrap()
            .currency
            .as_deref(),
        Some("USD")
    );
}

#[tokio::test]
async fn a_chosen_fate_goes_before_the_number() {
    let world = world().await;
    world.sim.set_fate("+16615550010", Fate::Delivered);
    world.accepted(&text("+16615550010")).await;
}
