//! Bodies without an end, and bodies that say that they are huge: refused or cut off, and the program stays as small as it was.

use crate::support::{App, CASE, DANA, Database, run};
use futures::future::join_all;
use reqwest::StatusCode;
use std::{fs, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// The most that is sent of a body; far more than anything takes (forms are let run through up to 8 MB).
const ENOUGH: usize = 64 << 20;
/// What the program may grow by meanwhile, in kB.
const ROOM: u64 = 20 * 1024;
/// So many at once.
const AT_ONCE: usize = 4;
/// Longer than the program gives anybody.
const TOO_LONG: Duration = Duration::from_secs(60);

const PATHS: [&str; 6] = [
    "/twilio/text",
    "/twilio/status",
    "/twilio/voice",
    "/login",
    "/api/load_clients",
    "/cases/25-1041205/text",
];
/// How long they say they are: without an end, and 10 GB. (One of which nothing comes: `slow`.)
const LENGTHS: [&str; 2] = ["Transfer-Encoding: chunked", "Content-Length: 10737418240"];

/// A line of what the system says of the program, in kB.
fn memory(app: &App, line: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", app.pid())).expect("Linux");
    let line = status.lines().find_map(|each| each.strip_prefix(line));
    let number = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    number.expect("a number")
}

/// What the program answers, and how much of the body it took first.
async fn poured(app: &App, path: &str, length: &str) -> (String, usize) {
    let address = app.url.strip_prefix("http://").expect("plain HTTP");
    let mut stream = TcpStream::connect(address).await.expect("connects");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("a head");
    let (mut reads, mut writes) = stream.split();
    let pour = async {
        let mut piece = vec![b'a'; 64 << 10];
        if length.starts_with("Transfer") {
            piece = [b"10000\r\n".as_slice(), &piece, b"\r\n"].concat();
        }
        let mut poured = 0;
        while poured < ENOUGH && writes.write_all(&piece).await.is_ok() {
            poured += piece.len();
        }
        poured
    };
    let answer = async {
        let mut said = Vec::new();
        // A reset is an end as well.
        let _ = reads.read_to_end(&mut said).await;
        String::from_utf8_lossy(&said).into_owned()
    };
    let ended = timeout(TOO_LONG, async { tokio::join!(answer, pour) }).await;
    ended.expect("the program closes the connection")
}

#[tokio::test]
async fn w12_bodies_without_an_end_are_cut_off_and_take_no_memory() {
    run(Database::Sqlite, async |app| {
        let dana = app.sign_in(DANA).await;
        assert_eq!(
            dana.get(&format!("/cases/{CASE}")).await.status(),
            StatusCode::OK
        );
        let before = memory(app, "VmRSS:");
        // The highest point is counted from now on.
        fs::write(format!("/proc/{}/clear_refs", app.pid()), "5").expect("one's own program");
        for path in PATHS {
            for length in LENGTHS {
                for (said, taken) in join_all((0..AT_ONCE).map(|_| poured(app, path, length))).await
                {
                    let tried = format!("{path}, {length}: {said:.100}, {taken} bytes");
                    let refused = said.is_empty() || said.starts_with("HTTP/1.1 4");
                    assert!(refused && taken < ENOUGH, "{tried}");
                }
            }
        }
        let highest = memory(app, "VmHWM:");
        assert!(highest < before + ROOM, "{before} kB, then {highest} kB");
        assert_eq!(app.base.number("SELECT count(*) FROM incoming").await, 0);
        assert_eq!(
            dana.get(&format!("/cases/{CASE}")).await.status(),
            StatusCode::OK
        );
    })
    .await;
}
