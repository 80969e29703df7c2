//! Every refusal, read by the production client.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

mod support;

use support::{
    ACCOUNT, CLIENT, CLOSED, OURS, TOKEN, TRIAL, TRIAL_NUMBER, credentials, credentials_of, text,
    world,
};
use twilio::{ApiError, NewMessage};

#[tokio::test]
async fn what_is_missing_or_malformed_is_refused_with_twilios_code() {
    let world = world().await;
    let sent = text(CLIENT);
    for (message, code) in [
        (
            NewMessage {
                to: String::new(),
                ..sent.clone()
            },
            21604,
        ),
        (
            NewMessage {
                to: "555-0142".into(),
                ..sent.clone()
            },
            21211,
        ),
        (
            NewMessage {
                to: "+1abc".into(),
                ..sent.clone()
            },
            21211,
        ),
        (
            NewMessage {
                body: String::new(),
                ..sent.clone()
            },
            21602,
        ),
        (
            NewMessage {
                body: "a".repeat(1601),
                ..sent.clone()
            },
            21617,
        ),
        (
            NewMessage {
                from: String::new(),
                ..sent.clone()
            },
            21603,
        ),
        (
            NewMessage {
                from: TRIAL_NUMBER.into(),
                ..sent.clone()
            },
            21606,
        ),
        (
            NewMessage {
                from: "+19995550100".into(),
                ..sent.clone()
            },
            21659,
        ),
        (
            NewMessage {
                to: OURS.into(),
                ..sent.clone()
            },
            21266,
        ),
        (
            NewMessage {
                status_callback: Some("office/status".into()),
                ..sent.clone()
            },
            21609,
        ),
        (
            NewMessage {
                status_callback: Some("https://my_office.example/s".into()),
                ..sent.clone()
            },
            21609,
        ),
    ] {
        assert_eq!(world.refused(&message).await, (code, 400), "{message:?}");
    }
    assert!(world.sim.ledger().is_empty());
}

#[tokio::test]
async fn sixteen_hundred_characters_are_taken() {
    let world = world().await;
    world
        .accepted(&NewMessage {
            body: "a".repeat(1600),
            ..text(CLIENT)
        })
        .await;
}

#[tokio::test]
async fn numbers_with_a_known_fate_are_refused_with_its_code() {
    let world = world().await;
    for (to, code) in [
        ("+16615550010", 21610),
        ("+16615550011", 21211),
        ("+16615550014", 21614),
        ("+16615550034", 30034),
    ] {
        assert_eq!(world.refused(&text(to)).await, (code, 400), "{to}");
    }
}

#[tokio::test]
async fn a_block_holds_for_one_pair_of_numbers() {
    let world = world().await;
    world.sim.block(OURS, CLIENT);
    assert_eq!(world.refused(&text(CLIENT)).await, (21610, 400));
    world.accepted(&text("+16615550143")).await;
}

#[tokio::test]
async fn wrong_credentials_are_refused_everywhere() {
    let world = world().await;
    for wrong in [
        credentials_of(ACCOUNT, "another token"),
        credentials_of(ACCOUNT, ""),
        credentials_of("AC00000000000000000000000000000009", TOKEN),
        twilio::Credentials {
            account_sid: TRIAL.into(),
            ..credentials()
        },
    ] {
        assert_eq!(world.refused_by(&wrong, &text(CLIENT)).await, (20003, 401));
        match world.client.fetch_account(&wrong).await {
            Err(ApiError::Refused { status: 401, error }) => assert_eq!(error.code, 20003),
            other => panic!("{other:?}"),
        }
    }
    let bare = world
        .get(&format!("/2010-04-01/Accounts/{ACCOUNT}.json"))
        .await;
    assert_eq!(bare.status(), 401);
    assert!(bare.headers().contains_key("www-authenticate"));
}

#[tokio::test]
async fn a_trial_account_texts_verified_numbers_and_says_so() {
    let world = world().await;
    let trial = credentials_of(TRIAL, TOKEN);
    let from_trial = |to: &str| NewMessage {
        from: TRIAL_NUMBER.into(),
        ..text(to)
    };
    assert_eq!(
        world.refused_by(&trial, &from_trial("+16615550143")).await,
        (21608, 400)
    );
    world
        .client
        .create_message(&trial, &from_trial(CLIENT))
        .await;
    assert!(
        world.sim.ledger()[0]
            .body
            .starts_with("Sent from your Twilio trial account - ")
    );
}

#[tokio::test]
async fn a_suspended_account_sends_nothing() {
    let world = world().await;
    let closed = credentials_of(CLOSED, TOKEN);
    assert_eq!(world.refused_by(&closed, &text(CLIENT)).await, (20005, 403));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let world = world().await;
    let sid = "SM00000000000000000000000000000009";
    for result in [
        world.client.fetch_message(&credentials(), sid).await,
        world.client.redact_message(&credentials(), sid).await,
    ] {
        match result {
            Err(ApiError::Refused { status: 404, error }) => assert_eq!(error.code, 20404),
            other => panic!("{other:?}"),
        }
    }
    let http = support::http();
    for (path, status) in [
        ("Nothing.json", 404),
        ("Messages", 404),
        ("Balance.json", 405),
    ] {
        let url = format!("{}/2010-04-01/Accounts/{ACCOUNT}/{path}", world.base);
        let answer = http
            .put(url)
            .basic_auth(ACCOUNT, Some(TOKEN))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status, "{path}");
        let body: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(body["status"], status);
        assert!(
            body["more_info"]
                .as_str()
                .unwrap()
                .starts_with("https://www.twilio.com/docs/errors/2")
        );
    }
}
