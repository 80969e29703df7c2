//! Peers that take their time: they lose their connection, and staff do not notice them.

use crate::support::{App, DANA, Database, browser, how_many, run, sign, wait};
use reqwest::{Client, RequestBuilder, StatusCode};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::{interval, timeout},
};

/// Longer than the program gives anybody; a test that gets here has failed.
const TOO_LONG: Duration = Duration::from_secs(60);
/// Well under what a process may have open where nobody raised it (1024).
const CROWD: usize = 400;
/// Of a second.
const A_200TH: Duration = Duration::from_millis(5);
/// Twilio gives a webhook 15 seconds with all its retries.
const IN_TIME: Duration = Duration::from_secs(3);

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

/// Stays connected and says nothing; when the program closes the connection it comes again at once.
async fn stays(address: String, there: Arc<AtomicUsize>) {
    loop {
        let Ok(mut stream) = TcpStream::connect(&address).await else {
            continue;
        };
        there.fetch_add(1, Ordering::SeqCst);
        // Closed or reset: it is gone.
        let _ = stream.read(&mut [0]).await;
        there.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A report of Twilio's on a text of which nobody knows.
fn report(app: &App, client: &Client, n: usize) -> RequestBuilder {
    let url = format!("{}/twilio/status", app.url);
    let sid = format!("SM{n:032}");
    let form = [
        ("MessageSid", sid.as_str()),
        ("MessageStatus", "sent"),
        ("AccountSid", app.account.as_str()),
    ];
    let signature = sign(&app.token, &url, &form);
    let request = client.post(&url).form(&form);
    request.header(twilio::signature::HEADER, signature)
}

/// While a crowd is there 200 webhooks come in a second, and staff work.
#[tokio::test(flavor = "multi_thread")]
async fn w16_a_crowd_that_says_nothing_keeps_neither_twilio_nor_staff_out() {
    run(Database::Sqlite, async |app| {
        let crowd = how_many("OKTEXT_TEST_CROWD", CROWD);
        let files = rlimit::increase_nofile_limit(u64::MAX).unwrap();
        assert!(
            files > crowd as u64 + 200,
            "this system gives a process {files} files"
        );
        let (there, address) = (Arc::new(AtomicUsize::new(0)), &app.url["http://".len()..]);
        let mut all = JoinSet::new();
        for _ in 0..crowd {
            all.spawn(stays(address.to_owned(), Arc::clone(&there)));
        }
        wait(async || (there.load(Ordering::SeqCst) == crowd).then_some(())).await;
        let (client, mut asked, mut pace) = (browser(), JoinSet::new(), interval(A_200TH));
        for n in 0..200 {
            pace.tick().await;
            let request = report(app, &client, n).timeout(IN_TIME);
            asked.spawn(async move {
                let began = Instant::now();
                let answer = request.send().await.expect("an answer in time");
                (answer.status(), began.elapsed())
            });
        }
        let answers = asked.join_all().await;
        let longest = answers.iter().map(|(_, took)| *took).max().unwrap();
        assert!(
            answers
                .iter()
                .all(|(status, _)| *status == StatusCode::NO_CONTENT),
            "{answers:?}"
        );
        let dana = app.sign_in(DANA).await;
        assert_eq!(dana.get("/").await.status(), StatusCode::OK);
        let still = there.load(Ordering::SeqCst);
        println!(
            "{still} of {crowd} silent ones are there; the longest of 200 webhooks took {longest:?}"
        );
    })
    .await;
}
