//! The system gives the program no file any more: neither for a connection, nor for the way to Twilio.

use crate::{
    crash::{CASE, CELL, Twilio, serve_with, set_up},
    each_on_both,
    support::{Base, browser, ledger, set_fate, wait},
};
use reqwest::StatusCode;
use std::{collections::BTreeSet, process::Command, time::Duration};

/// How many files the process may have open from now on; what is open stays so.
fn limit(pid: u32, files: u32) {
    let set = Command::new("prlimit")
        .args(["--pid", &pid.to_string(), &format!("--nofile={files}:")])
        .status();
    assert!(set.expect("prlimit (util-linux) runs").success());
}

async fn s32_without_files_nothing_is_lost_or_sent_twice_and_then_all_goes_on(base: &Base) {
    let twilio = Twilio::start();
    // Its log would say so five times a second.
    let quiet = [("OKTEXT_LOG", "off")];
    let (program, url, token) = serve_with(base, &twilio, &quiet);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    set_fate(&twilio.url, CELL, "429").await;
    ada.text(CASE, "Waits.").await;
    ada.newest_becomes(CASE, &["waiting"]).await;
    set_fate(&twilio.url, CELL, "delivered").await;
    let key = ada.key(CASE).await;
    let form = [
        ("key", key.as_str()),
        ("body", "Pressed."),
        ("press", "send"),
    ];
    let press = async || {
        ada.post(&format!("/cases/{CASE}/text"), &form)
            .await
            .status()
    };
    limit(program.pid(), 1);
    let healthy = async || {
        let asked = browser().get(format!("{url}/healthz"));
        let answer = asked.timeout(Duration::from_secs(1)).send().await;
        answer.is_ok_and(|answer| answer.status() == StatusCode::OK)
    };
    assert!(!healthy().await, "no connection is taken");
    // Who has a connection keeps it, and is told what is so.
    let told = press().await;
    assert!(
        [StatusCode::SEE_OTHER, StatusCode::SERVICE_UNAVAILABLE].contains(&told),
        "{told}"
    );
    let not_sent = "oktext_sends_total{outcome=\"not_sent\"} ";
    wait(async || {
        let said = ada.page("/metrics").await;
        let times = said.lines().find_map(|line| line.strip_prefix(not_sent))?;
        // Once by 429, and then for want of a file.
        (times.trim().parse::<u32>().ok()? >= 2).then_some(())
    })
    .await;
    assert!(ledger(&twilio.url).await.is_empty());
    limit(program.pid(), 1024);
    wait(async || healthy().await.then_some(())).await;
    assert_eq!(
        press().await,
        StatusCode::SEE_OTHER,
        "the same form, and the same text"
    );
    let left = "SELECT count(*) FROM outbox";
    wait(async || (base.number(left).await == 0).then_some(())).await;
    let taken = ledger(&twilio.url).await;
    let bodies: BTreeSet<&str> = taken
        .iter()
        .filter_map(|text| text["body"].as_str())
        .collect();
    assert_eq!(
        (taken.len(), bodies),
        (2, BTreeSet::from(["Pressed.", "Waits."]))
    );
    assert_eq!(base.number("SELECT count(*) FROM message").await, 2);
}

each_on_both! {
    s32_without_files_nothing_is_lost_or_sent_twice_and_then_all_goes_on
}
