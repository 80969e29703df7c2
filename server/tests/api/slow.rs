//! Peers that take their time: they lose their connection, and staff do not notice them.

use crate::support::{App, DANA, Database, run};
use reqwest::StatusCode;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Longer than the program gives anybody; a test that gets here has failed.
const TOO_LONG: Duration = Duration::from_secs(60);
/// Well under what a process may have open where nobody raised it (1024).
const CROWD: usize = 400;

async fn connect(app: &App) -> TcpStream {
    let address = app.url.strip_prefix("http://").expect("plain HTTP");
    TcpStream::connect(address).await.expect("connects")
}

/// What comes until the program closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let ended = timeout(TOO_LONG, stream.read_to_end(&mut said)).await;
    // A reset is an end as well.
    let _ = ended.expect("the program closes the connection");
    String::from_utf8_lossy(&said).into_owned()
}

#[tokio::test]
async fn a_connection_that_asks_nothing_is_closed() {
    run(Database::Sqlite, async |app| {
        assert_eq!(rest(&mut connect(app).await).await, "");
    })
    .await;
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off() {
    run(Database::Sqlite, async |app| {
        let mut stream = connect(app).await;
        stream
            .write_all(b"GET /login HTTP/1.1\r\nHost: o\r\nX-Slow: ")
            .await
            .unwrap();
        assert_eq!(rest(&mut stream).await, "", "no answer to half a question");
    })
    .await;
}

#[tokio::test]
async fn a_body_that_never_ends_is_refused() {
    run(Database::Sqlite, async |app| {
        let mut stream = connect(app).await;
        let head = "POST /twilio/status HTTP/1.1\r\nHost: o\r\nContent-Length: 100\r\n\
                    Content-Type: application/x-www-form-urlencoded\r\n\r\nMessageSid=";
        stream.write_all(head.as_bytes()).await.unwrap();
        let said = rest(&mut stream).await;
        assert!(said.starts_with("HTTP/1.1 4"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_request() {
    run(Database::Sqlite, async |app| {
        let mut stream = connect(app).await;
        for _ in 0..2 {
            stream
                .write_all(b"GET /healthz HTTP/1.1\r\nHost: o\r\n\r\n")
                .await
                .unwrap();
            let mut said = Vec::new();
            while !said.ends_with(b"ok") {
                let read = timeout(TOO_LONG, stream.read_buf(&mut said)).await;
                assert_ne!(
                    read.expect("an answer").unwrap(),
                    0,
                    "closed after one answer"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_crowd_that_says_nothing_does_not_keep_staff_out() {
    run(Database::Sqlite, async |app| {
        let mut crowd = Vec::with_capacity(CROWD);
        for _ in 0..CROWD {
            crowd.push(connect(app).await);
        }
        let dana = app.sign_in(DANA).await;
        assert_eq!(dana.get("/").await.status(), StatusCode::OK);
    })
    .await;
}
