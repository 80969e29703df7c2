//! Ten thousand webhooks at once: Twilio gives each 15 seconds, and whoever was told that it was taken finds it kept.

use crate::{
    on_both,
    support::{App, DANA, sign},
};
use futures::future::join_all;
use reqwest::StatusCode;
use std::{
    io::{self, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};
use tokio::{
    io::AsyncReadExt,
    sync::Mutex,
    task::spawn_blocking,
    time::{Instant, timeout_at},
};

const MANY: u64 = 10_000;
/// Twilio's own patience.
const PATIENCE: Duration = Duration::from_secs(15);
/// So many of them one thread posts.
const SHARE: usize = 625;
/// Files of this process that are no connections of ours: other tests run beside.
const BESIDE: u64 = 1_000;
/// One crowd at a time: each takes most of the files that a system gives a process.
static ALONE: Mutex<()> = Mutex::const_new(());

fn sid(n: u64) -> String {
    format!("SM{n:032}")
}

/// The whole request of one webhook: every second one is a text, the others are reports.
fn request(app: &App, n: u64) -> Vec<u8> {
    let (sid, from) = (sid(n), format!("+1661{:07}", 2_000_000 + n));
    let account = ("AccountSid", app.account.as_str());
    let (path, form) = match n % 2 {
        0 => (
            "/twilio/text",
            vec![
                account,
                ("MessageSid", sid.as_str()),
                ("From", from.as_str()),
                ("To", "+16615550100"),
                ("Body", "When?"),
            ],
        ),
        _ => (
            "/twilio/status",
            vec![
                account,
                ("MessageSid", sid.as_str()),
                ("MessageStatus", "sent"),
            ],
        ),
    };
    let signature = sign(&app.token, &format!("{}{path}", app.url), &form);
    let body = serde_urlencoded::to_string(&form).expect("a form");
    let host = app.url.trim_start_matches("http://");
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         {}: {signature}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        twilio::signature::HEADER,
        body.len()
    )
    .into_bytes()
}

/// What was asked over a connection of its own, as Twilio does, and until when it has to be answered.
type Asked = (io::Result<TcpStream>, Instant);

/// Posts these, one right after another. Blocking: a connection that says nothing for five seconds is closed, so what is
/// to be said must not wait until a busy runtime looks at it.
fn post(address: SocketAddr, requests: Vec<Vec<u8>>) -> Vec<Asked> {
    let ask = |request: Vec<u8>| {
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.write_all(&request)?;
        stream.set_nonblocking(true)?;
        Ok(stream)
    };
    let asked = |request| {
        let until = Instant::now() + PATIENCE;
        (ask(request), until)
    };
    requests.into_iter().map(asked).collect()
}

/// Reads the answer to its end.
async fn answer((stream, until): Asked) -> u16 {
    let mut stream = tokio::net::TcpStream::from_std(stream.expect("a connection")).expect("one");
    let mut said = Vec::new();
    let read = timeout_at(until, stream.read_to_end(&mut said)).await;
    let read = read.expect("an answer within Twilio's patience");
    read.expect("an answer, not a reset");
    let said = String::from_utf8_lossy(&said);
    let status = said
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    status.unwrap_or_else(|| panic!("no answer: {said:?}"))
}

async fn turned_away(app: &App) -> i64 {
    let said = app.stranger().page("/metrics").await;
    let line = "oktext_webhooks_turned_away_total ";
    let value = said.lines().find_map(|each| each.strip_prefix(line));
    value.expect("the counter").parse().expect("a number")
}

on_both! {
    async fn w15_ten_thousand_at_once_are_all_answered_in_time_and_none_that_was_taken_is_lost(app) {
        let _alone = ALONE.lock().await;
        let files = rlimit::increase_nofile_limit(u64::MAX).expect("a limit");
        assert!(files >= MANY + BESIDE, "this system gives a process {files} files (ulimit -n)");
        let address: SocketAddr = app.url.trim_start_matches("http://").parse().expect("an address");
        let requests: Vec<_> = (0..MANY).map(|n| request(app, n)).collect();
        let posting = requests.chunks(SHARE).map(|some| {
            let some = some.to_vec();
            spawn_blocking(move || post(address, some))
        });
        let asked = join_all(posting.collect::<Vec<_>>()).await;
        let asked = asked.into_iter().flat_map(|asked| asked.expect("no panic"));
        let answers = join_all(asked.map(answer)).await;
        let (mut taken, mut refused) = (vec![], 0);
        for (n, answer) in (0..MANY).zip(answers) {
            match StatusCode::from_u16(answer) {
                Ok(StatusCode::OK | StatusCode::NO_CONTENT) => taken.push(n),
                Ok(StatusCode::SERVICE_UNAVAILABLE) => refused += 1,
                other => panic!("{other:?}"),
            }
        }
        println!("{} taken, {refused} refused, {} of them at the door", taken.len(), turned_away(app).await);
        assert!(!taken.is_empty());
        let count = |of: &str| {
            let numbers: Vec<String> = taken.iter().map(|n| format!("'{}'", sid(*n))).collect();
            format!("SELECT count(*) FROM {of} WHERE sid IN ({})", numbers.join(","))
        };
        let kept = app.base.number(&count("incoming")).await + app.base.number(&count("report")).await;
        assert_eq!(u64::try_from(kept), Ok(taken.len() as u64), "taken and not kept");
        // It has not lost its breath.
        let dana = app.sign_in(DANA).await;
        assert_eq!(dana.get("/").await.status(), StatusCode::OK);
    }
}
