//! A text that somebody was writing when their session ended.

use crate::{
    on_both,
    support::{App, CASE, DANA, LUIS, Person},
};
use domain::words::sign_in as words;
use reqwest::StatusCode;
use serde_json::json;

const WRITTEN: &str = "Half an hour's work & </textarea><script>alert(1)</script>";

/// Posts the composer of somebody whose session has run out: the page that asks them to sign in.
async fn posted_too_late(app: &App, who: &Person) -> String {
    let key = who.key(CASE).await;
    app.base.change("UPDATE session SET expires_at = 1").await;
    let form = [("key", key.as_str()), ("body", WRITTEN), ("press", "send")];
    let answer = who.post(&address(), &form).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    answer.text().await.expect("a page")
}

fn address() -> String {
    format!("/cases/{CASE}/text")
}

/// The value of a hidden field.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&mark).expect("the field");
    rest.split('"').next().expect("its value")
}

/// Signs in with what the page carries; the answer.
async fn go_on(app: &App, email: &str, password: &str, page: &str) -> reqwest::Response {
    let form = [
        ("email", email),
        ("password", password),
        ("next", hidden(page, "next")),
        ("kept", hidden(page, "kept")),
    ];
    app.stranger().post("/login", &form).await
}

on_both! {
    async fn what_was_written_is_there_again_after_signing_in(app) {
        let dana = app.sign_in(DANA).await;
        let page = posted_too_late(app, &dana).await;
        assert!(page.contains("What you typed is kept") || page.contains("what you typed is kept"));
        assert!(!page.contains("Half an hour"), "sealed: the next person at this screen cannot read it");
        let mistyped = go_on(app, DANA, "not the password", &page).await.text().await.unwrap();
        assert!(mistyped.contains(words::KEPT));
        let answer = go_on(app, DANA, &app.password, &mistyped).await;
        assert_eq!(answer.headers()["location"], format!("/cases/{CASE}/text"));
        let again = Person::with_cookie_of(&app.url, &answer);
        assert_eq!(again.draft(CASE).await, WRITTEN);
        assert!(!again.page(&format!("/cases/{CASE}/text")).await.contains("<script>alert(1)"));
        assert!(app.ledger().await.is_empty(), "signing in sends nothing");
    }

    async fn what_was_sent_before_the_session_ended_does_not_come_back_as_a_draft(app) {
        let dana = app.sign_in(DANA).await;
        let key = dana.key(CASE).await;
        let form = [("key", key.as_str()), ("body", WRITTEN), ("press", "send")];
        assert_eq!(dana.post(&address(), &form).await.status(), StatusCode::SEE_OTHER);
        app.base.change("UPDATE session SET expires_at = 1").await;
        // The answer was lost, so the page posts once more.
        let page = dana.post(&address(), &form).await.text().await.unwrap();
        let again = Person::with_cookie_of(&app.url, &go_on(app, DANA, &app.password, &page).await);
        assert!(again.draft(CASE).await.is_null());
        again.newest_becomes(CASE, &["delivered"]).await;
        assert_eq!(app.ledger().await.len(), 1);
    }

    async fn what_was_written_does_not_open_for_anybody_else(app) {
        let dana = app.sign_in(DANA).await;
        let page = posted_too_late(app, &dana).await;
        let answer = go_on(app, LUIS, &app.password, &page).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let luis = Person::with_cookie_of(&app.url, &answer);
        assert!(luis.draft(CASE).await.is_null());
        let dana = app.sign_in(DANA).await;
        assert!(dana.draft(CASE).await.is_null());
    }

    async fn what_was_changed_on_the_way_does_not_open(app) {
        let dana = app.sign_in(DANA).await;
        let page = posted_too_late(app, &dana).await;
        let kept = hidden(&page, "kept");
        let changed = format!("{}{}", if kept.starts_with('A') { 'B' } else { 'A' }, &kept[1..]);
        let answer = go_on(app, DANA, &app.password, &page.replace(kept, &changed)).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert!(Person::with_cookie_of(&app.url, &answer).draft(CASE).await.is_null());
    }

    async fn a_browser_that_lost_its_session_keeps_the_text_for_the_author_of_the_page(app) {
        let dana = app.sign_in(DANA).await;
        let author = dana.author(CASE).await;
        let form = [("author", author.as_str()), ("body", WRITTEN), ("press", "send")];
        let page = app.stranger().post(&address(), &form).await.text().await.unwrap();
        assert!(page.contains("what you typed is kept") && !page.contains("Half an hour"));
        let answer = go_on(app, DANA, &app.password, &page).await;
        assert_eq!(Person::with_cookie_of(&app.url, &answer).draft(CASE).await, WRITTEN);
    }

    async fn a_text_that_nobody_can_be_given_back_is_shown_for_copying_and_not_said_to_be_kept(app) {
        let stranger = app.stranger();
        for author in ["", "nonsense", "0190a000-0000-7000-8000-000000000001.0190a000-0000-7000-8000-000000000002"] {
            let form = [("author", author), ("body", WRITTEN), ("press", "send")];
            let answer = stranger.post(&address(), &form).await;
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
            let page = answer.text().await.unwrap();
            assert!(page.contains("Copy it from below") && page.contains("Half an hour"), "{author}");
            assert!(!page.contains("is kept:") && !page.contains("typed is kept"));
            assert!(!page.contains("<script>alert(1)"), "shown as text");
            assert_eq!(hidden(&page, "next"), address());
        }
        let mistyped = [("email", DANA), ("password", "not the password"), ("written", WRITTEN)];
        let again = stranger.post("/login", &mistyped).await.text().await.unwrap();
        assert!(again.contains("Half an hour"), "a mistyped password does not lose it");
        assert!(app.ledger().await.is_empty());
    }

    async fn a_text_longer_than_any_draft_is_shown_for_copying(app) {
        let author = app.sign_in(DANA).await.author(CASE).await;
        let long = "long ".repeat(2_000);
        let form = [("author", author.as_str()), ("body", long.as_str()), ("press", "send")];
        let page = app.stranger().post(&address(), &form).await.text().await.unwrap();
        assert!(page.contains("Copy it from below") && page.contains(long.trim_end()));
    }

    async fn nothing_written_is_nothing_to_keep(app) {
        let answer = app.stranger().post(&address(), &[("body", " \r\n")]).await;
        assert_eq!(answer.headers()["location"], format!("/login?next=%2Fcases%2F{CASE}%2Ftext"));
    }

    async fn an_old_page_of_somebody_else_neither_saves_nor_sends_as_who_is_signed_in_now(app) {
        let author = app.sign_in(DANA).await.author(CASE).await;
        let luis = app.sign_in(LUIS).await;
        for author in [author.as_str(), "", "nonsense"] {
            let draft = json!({ "number": CASE, "body": WRITTEN, "author": author });
            let (status, problem) = luis.call("save_draft", draft).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED);
            assert!(problem.to_string().contains("OtherPerson"), "{problem}");
        }
        assert!(luis.draft(CASE).await.is_null());
        let form = json!({ "author": author, "key": luis.key(CASE).await, "body": WRITTEN });
        let (status, _) = luis.call("send_message", json!({ "number": CASE, "form": form })).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        let key = luis.key(CASE).await;
        let form = [("author", author.as_str()), ("key", key.as_str()), ("body", WRITTEN), ("press", "send")];
        let page = luis.post(&address(), &form).await.text().await.unwrap();
        assert!(page.contains("Somebody else signed in with this browser") && !page.contains("Half an hour"));
        let answer = go_on(app, DANA, &app.password, &page).await;
        assert_eq!(Person::with_cookie_of(&app.url, &answer).draft(CASE).await, WRITTEN, "it waited for its author");
        assert!(app.ledger().await.is_empty());
    }
}
