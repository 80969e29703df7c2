//! Ten thousand webhooks at once: Twilio gives each 15 seconds, and whoever was told that it was taken finds it kept.

use crate::{
    on_both,
    support::{App, DANA, sign},
};
use futures::future::join_all;
use reqwest::StatusCode;
use std::{io, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Mutex,
    time::timeout,
};

const MANY: u64 = 10_000;
/// Twilio's own patience.
const PATIENCE: Duration = Duration::from_secs(15);
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

/// Posts it over a connection of its own, as Twilio does, and reads the answer to its end.
async fn post(app: &App, request: Vec<u8>) -> io::Result<u16> {
    let mut stream = TcpStream::connect(app.url.trim_start_matches("http://")).await?;
    stream.write_all(&request).await?;
    let mut said = Vec::new();
    stream.read_to_end(&mut said).await?;
    let said = String::from_utf8_lossy(&said);
    let status = said
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    status.ok_or_else(|| io::Error::other(format!("no answer: {said:?}")))
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
        let requests: Vec<_> = (0..MANY).map(|n| request(app, n)).collect();
        let answers = join_all(requests.into_iter().map(|request| timeout(PATIENCE, post(app, request)))).await;
        let (mut taken, mut refused) = (vec![], 0);
        for (n, answer) in (0..MANY).zip(answers) {
            let answer = answer.expect("an answer within Twilio's patience");
            match StatusCode::from_u16(answer.expect("an answer, not a reset")) {
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
