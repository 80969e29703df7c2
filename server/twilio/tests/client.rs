//! The client against a server on this machine that answers as scripted: what is certain, what may be sent again,
//! what is not known.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

mod support;

use std::time::Duration;

use support::{Script, credentials, message_json, sid, start, start_raw, text};
use twilio::{ApiError, Client, CreateOutcome, MessageFilter, NotSent, NumberUpdate};

async fn outcome(script: Script) -> CreateOutcome {
    let server = start(script).await;
    server
        .client()
        .create_message(&credentials(), &text())
        .await
}

fn is_unknown(outcome: &CreateOutcome) -> bool {
    matches!(outcome, CreateOutcome::Unknown { .. })
}

#[tokio::test]
async fn a_text_goes_out_as_one_form_with_basic_authentication() {
    let server = start(Script::json(201, &message_json())).await;
    let CreateOutcome::Accepted(message) = server
        .client()
        .create_message(&credentials(), &text())
        .await
    else {
        panic!("not accepted")
    };
    assert_eq!(
        (message.sid, message.status),
        (sid("SM"), "queued".to_owned())
    );
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(
        seen[0].line,
        format!("POST /sim/2010-04-01/Accounts/{}/Messages.json", sid("AC"))
    );
    assert_eq!(
        seen[0].body,
        "To=%2B16615550142&From=%2B16615550100&Body=Hola+Jos%C3%A9+%26+Ana&\
         StatusCallback=https%3A%2F%2Foffice.example%2Fs%2F1&ValidityPeriod=600"
    );
    assert!(seen[0].authorization.starts_with("Basic "));
    assert!(seen[0].user_agent.starts_with("oktext/"));
}

#[tokio::test]
async fn a_clear_refusal_is_final_and_keeps_its_code() {
    for (status, code) in [
        (400, 21610),
        (400, 21211),
        (400, 21614),
        (403, 30034),
        (401, 20003),
        (404, 20404),
    ] {
        match outcome(Script::refusal(status, code)).await {
            CreateOutcome::Refused { status: got, error } => {
                assert_eq!((got, error.code), (status, code))
            }
            other => panic!("{code}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn too_many_requests_may_be_sent_again() {
    for script in [
        Script::refusal(429, 20429),
        Script::refusal(400, 20429),
        Script::body(429, "slow down"),
    ] {
        let outcome = outcome(script).await;
        assert_eq!(
            outcome,
            CreateOutcome::TryLater {
                retry_after: None,
                why: NotSent::TooManyRequests
            }
        );
    }
}

#[tokio::test]
async fn the_wait_that_twilio_asks_for_is_read_and_never_absurd() {
    let date = ("date", "Fri, 24 May 2019 17:18:00 GMT");
    for (header, expected) in [
        ("7", Some(7)),
        ("Fri, 24 May 2019 17:18:30 GMT", Some(30)),
        ("Fri, 24 May 2019 17:17:00 GMT", Some(0)),
        ("99999999999999999999999999", Some(3600)),
        ("-5", None),
        ("soon", None),
    ] {
        let script = Script::refusal(429, 20429)
            .with("retry-after", header)
            .with(date.0, date.1);
        let CreateOutcome::TryLater { retry_after, .. } = outcome(script).await else {
            panic!("{header}")
        };
        assert_eq!(retry_after, expected.map(Duration::from_secs), "{header}");
    }
}

#[tokio::test]
async fn an_error_of_the_server_is_not_known() {
    for status in [500, 502, 503] {
        assert!(is_unknown(
            &outcome(Script::body(status, "<html>sorry</html>")).await
        ));
        assert!(is_unknown(&outcome(Script::refusal(status, 20500)).await));
    }
}

#[tokio::test]
async fn a_refusal_with_no_code_is_not_known() {
    for status in [400, 401, 403, 404, 413] {
        assert!(is_unknown(
            &outcome(Script::body(status, "<html>a proxy</html>")).await
        ));
        assert!(is_unknown(&outcome(Script::json(status, "{}")).await));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_told() {
    let other = start(Script::json(201, &message_json())).await;
    for status in [301, 302, 307, 308] {
        let script = Script::body(status, "").with("location", other.base.as_str());
        assert_eq!(outcome(script).await, CreateOutcome::Redirected { status });
    }
    assert_eq!(other.seen().len(), 0);
}

#[tokio::test]
async fn an_acceptance_that_cannot_be_read_is_not_known() {
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let whole = message_json();
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "{\"sid\":null}",
        &whole[..whole.len() / 2],
        &nested,
        &whole.replace(&sid("SM"), "SM1"),
        &whole.replace(&sid("SM"), &sid("AC")),
    ] {
        let outcome = outcome(Script::json(201, body)).await;
        assert!(
            is_unknown(&outcome),
            "{} -> {outcome:?}",
            &body[..body.len().min(60)]
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_not_read_to_its_end() {
    let long = message_json().replace("Hola", &"x".repeat(300_000));
    assert!(is_unknown(&outcome(Script::json(201, &long)).await));
    let fits = message_json().replace("Hola", &"x".repeat(200_000));
    assert!(matches!(
        outcome(Script::json(201, &fits)).await,
        CreateOutcome::Accepted(_)
    ));
}

#[tokio::test]
async fn an_answer_without_an_end_is_cut_off() {
    let endless = b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let server = start_raw(
        endless,
        support::Then::RepeatForever(
            b"400\r\n"
                .iter()
                .chain(&[b'x'; 1024])
                .chain(b"\r\n")
                .copied()
                .collect(),
        ),
    )
    .await;
    let outcome = server
        .client()
        .create_message(&credentials(), &text())
        .await;
    assert!(is_unknown(&outcome), "{outcome:?}");
}

#[tokio::test]
async fn no_answer_in_time_is_not_known() {
    let server = start_raw(Vec::new(), support::Then::Hold).await;
    let client = Client::with_timeouts(
        server.base.clone(),
        Duration::from_secs(5),
        Duration::from_millis(150),
    )
    .unwrap();
    assert!(is_unknown(
        &client.create_message(&credentials(), &text()).await
    ));
    assert_eq!(server.connections(), 1, "never a second attempt");
}

#[tokio::test]
async fn a_connection_that_breaks_is_not_known_and_not_tried_again() {
    let half = b"HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{\"sid\":".to_vec();
    for head in [
        Vec::new(),
        b"HTTP/1.1 2".to_vec(),
        half,
        b"nonsense\r\n\r\n".to_vec(),
    ] {
        let server = start_raw(head, support::Then::Close).await;
        assert!(is_unknown(
            &server
                .client()
                .create_message(&credentials(), &text())
                .await
        ));
        assert_eq!(server.connections(), 1, "never a second attempt");
    }
}

#[tokio::test]
async fn a_refused_connection_may_be_tried_again() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", free.local_addr().unwrap())
        .parse()
        .unwrap();
    drop(free);
    support::install_tls();
    let outcome = Client::new(base)
        .unwrap()
        .create_message(&credentials(), &text())
        .await;
    assert!(
        matches!(
            outcome,
            CreateOutcome::TryLater {
                why: NotSent::NotReached(_),
                ..
            }
        ),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_broken_tls_handshake_may_be_tried_again() {
    let server = start_raw(
        b"HTTP/1.1 400 this is not TLS\r\n\r\n".to_vec(),
        support::Then::Close,
    )
    .await;
    let mut base = server.base.clone();
    base.set_scheme("https").unwrap();
    let outcome = Client::new(base)
        .unwrap()
        .create_message(&credentials(), &text())
        .await;
    assert!(
        matches!(
            outcome,
            CreateOutcome::TryLater {
                why: NotSent::NotReached(_),
                ..
            }
        ),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn an_unknown_host_may_be_tried_again() {
    support::install_tls();
    let client = Client::new("http://no-such-host.invalid/".parse().unwrap()).unwrap();
    let outcome = client.create_message(&credentials(), &text()).await;
    assert!(
        matches!(
            outcome,
            CreateOutcome::TryLater {
                why: NotSent::NotReached(_),
                ..
            }
        ),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn what_went_wrong_is_told_without_account_or_number() {
    let server = start_raw(Vec::new(), support::Then::Close).await;
    let CreateOutcome::Unknown { why } = server
        .client()
        .create_message(&credentials(), &text())
        .await
    else {
        panic!("known")
    };
    assert!(!why.contains(&sid("AC")) && !why.contains("661"), "{why}");
}

#[tokio::test]
async fn each_text_has_a_connection_of_its_own() {
    let server = start(Script::json(201, &message_json())).await;
    let client = server.client();
    for _ in 0..3 {
        client.create_message(&credentials(), &text()).await;
    }
    let ports: std::collections::HashSet<_> = server.seen().iter().map(|seen| seen.peer).collect();
    assert_eq!(ports.len(), 3);
}

#[tokio::test]
async fn a_text_is_fetched_and_an_unknown_status_is_data() {
    let odd = message_json()
        .replace("queued", "teleported")
        .replace("\"error_code\":null", "\"error_code\":\"30003\"");
    let server = start(Script::json(200, &odd)).await;
    let message = server
        .client()
        .fetch_message(&credentials(), &sid("SM"))
        .await
        .unwrap();
    assert_eq!(
        (message.status.as_str(), message.error_code),
        ("teleported", Some(30003))
    );
    assert!(
        server.seen()[0]
            .line
            .ends_with(&format!("/Messages/{}.json", sid("SM")))
    );
}

#[tokio::test]
async fn what_is_no_sid_is_not_asked_for() {
    let server = start(Script::json(200, &message_json())).await;
    for wrong in [
        "",
        "../../Balance",
        "SM1",
        "PN0123456789abcdef0123456789abcdef",
    ] {
        assert!(matches!(
            server.client().fetch_message(&credentials(), wrong).await,
            Err(ApiError::Unclear(_))
        ));
        assert!(matches!(
            server.client().redact_message(&credentials(), wrong).await,
            Err(ApiError::Unclear(_))
        ));
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn texts_are_listed_page_by_page_and_only_here() {
    let page = format!(
        r#"{{"messages":[{}],"page":0,"page_size":1,"start":0,"end":0,"uri":"/x","first_page_uri":"/x",
            "next_page_uri":"https://evil.example/steal?Page=1&PageToken=PA{}","previous_page_uri":null}}"#,
        message_json(),
        sid("SM")
    );
    let server = start(Script::json(200, &page)).await;
    let filter = MessageFilter {
        to: Some("+16615550142".into()),
        sent_from: Some("2026-01-01".into()),
        ..MessageFilter::default()
    };
    let first = server
        .client()
        .list_messages(&credentials(), &filter, 1)
        .await
        .unwrap();
    assert_eq!(first.messages.len(), 1);
    server
        .client()
        .next_messages(&credentials(), &first)
        .await
        .unwrap()
        .unwrap();
    let seen = server.seen();
    assert!(
        seen[0]
            .line
            .ends_with("/Messages.json?To=%2B16615550142&DateSent%3E=2026-01-01&PageSize=1"),
        "{}",
        seen[0].line
    );
    assert!(
        seen[1]
            .line
            .contains("/Messages.json?Page=1&PageToken=PASM"),
        "{}",
        seen[1].line
    );
}

#[tokio::test]
async fn a_page_of_the_longest_texts_is_read_and_a_list_without_an_end_is_not() {
    let mut text: serde_json::Value = serde_json::from_str(&message_json()).unwrap();
    text["body"] = "BODY".into();
    // As Twilio writes what is not ASCII: six bytes for each half of an emoji.
    let longest = "\\ud83d\\ude00".repeat(1600);
    let text = text.to_string().replace("BODY", &longest);
    let list = |texts: usize| {
        let all = vec![text.as_str(); texts].join(",");
        Script::json(
            200,
            &format!("{{\"messages\":[{all}],\"next_page_uri\":null}}"),
        )
    };
    let read = async |texts| {
        let server = start(list(texts)).await;
        let (client, filter) = (server.client(), MessageFilter::default());
        client.list_messages(&credentials(), &filter, 200).await
    };
    let page = read(200).await.unwrap();
    assert_eq!(page.messages.len(), 200);
    assert_eq!(page.messages[199].body, Some("😀".repeat(1600)));
    assert!(matches!(read(300).await, Err(ApiError::Unclear(_))));
}

#[tokio::test]
async fn after_the_last_page_nothing_is_asked() {
    let server = start(Script::json(200, r#"{"messages":[],"next_page_uri":null}"#)).await;
    let page = server
        .client()
        .list_messages(&credentials(), &MessageFilter::default(), 5000)
        .await
        .unwrap();
    assert!(
        server
            .client()
            .next_messages(&credentials(), &page)
            .await
            .unwrap()
            .is_none()
    );
    assert!(server.seen()[0].line.ends_with("?PageSize=1000"));
}

#[tokio::test]
async fn a_text_is_redacted_by_an_empty_body() {
    let server = start(Script::json(200, &message_json())).await;
    server
        .client()
        .redact_message(&credentials(), &sid("SM"))
        .await
        .unwrap();
    assert_eq!(server.seen()[0].body, "Body=");
}

#[tokio::test]
async fn the_account_its_balance_and_its_numbers_are_read() {
    let account = format!(
        r#"{{"sid":"{}","friendly_name":"Cedar","status":"active","type":"Trial"}}"#,
        sid("AC")
    );
    let server = start(Script::json(200, &account)).await;
    assert_eq!(
        server
            .client()
            .fetch_account(&credentials())
            .await
            .unwrap()
            .kind
            .as_deref(),
        Some("Trial")
    );
    assert!(
        server.seen()[0]
            .line
            .ends_with(&format!("/Accounts/{}.json", sid("AC")))
    );

    let server = start(Script::json(200, r#"{"balance":12.5,"currency":"USD"}"#)).await;
    assert_eq!(
        server
            .client()
            .balance(&credentials())
            .await
            .unwrap()
            .balance
            .as_deref(),
        Some("12.5")
    );

    let number = format!(
        r#"{{"sid":"{}","phone_number":"+16615550100","capabilities":{{"SMS":true,"voice":true}},"sms_url":null}}"#,
        sid("PN")
    );
    let server = start(Script::json(
        200,
        &format!(r#"{{"incoming_phone_numbers":[{number}]}}"#),
    ))
    .await;
    let numbers = server
        .client()
        .incoming_numbers(&credentials(), Some("+16615550100"))
        .await
        .unwrap();
    assert!(
        numbers[0].capabilities.sms
            && numbers[0].capabilities.voice
            && !numbers[0].capabilities.mms
    );
    assert!(
        server.seen()[0]
            .line
            .ends_with("/IncomingPhoneNumbers.json?PageSize=1000&PhoneNumber=%2B16615550100")
    );

    let server = start(Script::json(200, &number)).await;
    let update = NumberUpdate {
        sms_url: Some("https://o.example/t".into()),
        ..NumberUpdate::default()
    };
    server
        .client()
        .update_number(&credentials(), &sid("PN"), &update)
        .await
        .unwrap();
    assert_eq!(server.seen()[0].body, "SmsUrl=https%3A%2F%2Fo.example%2Ft");
}

#[tokio::test]
async fn a_question_is_refused_not_reached_or_unclear() {
    let refused = start(Script::refusal(401, 20003)).await;
    match refused.client().fetch_account(&credentials()).await {
        Err(ApiError::Refused { status: 401, error }) => assert_eq!(error.code, 20003),
        other => panic!("{other:?}"),
    }
    for script in [
        Script::body(500, "oh"),
        Script::body(302, ""),
        Script::json(200, "{\"sid\":5}"),
    ] {
        let server = start(script).await;
        assert!(matches!(
            server.client().fetch_account(&credentials()).await,
            Err(ApiError::Unclear(_))
        ));
    }
    let client = Client::new("http://no-such-host.invalid".parse().unwrap()).unwrap();
    assert!(matches!(
        client.fetch_account(&credentials()).await,
        Err(ApiError::NotReached(_))
    ));
}

#[tokio::test]
async fn an_address_that_is_no_api_is_refused_at_the_start() {
    support::install_tls();
    for wrong in [
        "ftp://a.example",
        "mailto:a@b.c",
        "https://u:p@a.example",
        "https://a.example/?x=1",
        "https://a.example/#f",
    ] {
        assert!(Client::new(wrong.parse().unwrap()).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn the_secret_is_in_no_debug_output() {
    assert!(!format!("{:?}", credentials()).contains("secret-token"));
}
