//! A text that somebody was writing when their session ended.

use crate::{
    on_both,
    support::{App, CASE, DANA, LUIS, Person},
};
use domain::words::sign_in as words;
use reqwest::StatusCode;

const WRITTEN: &str = "Half an hour's work & </textarea><script>alert(1)</script>";

/// Posts the composer of somebody whose session has run out: the page that asks them to sign in.
async fn posted_too_late(app: &App, who: &Person) -> String {
    let key = who.key(CASE).await;
    app.base.change("UPDATE session SET expires_at = 1").await;
    let form = [("key", key.as_str()), ("body", WRITTEN), ("press", "send")];
    let answer = who.post(&format!("/cases/{CASE}/text"), &form).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    answer.text().await.expect("a page")
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

    async fn nobody_is_told_that_a_text_is_kept_when_it_is_not(app) {
        // A browser that never had a session, or has lost its cookie: nobody knows whose text this is.
        let dana = app.sign_in(DANA).await;
        let key = dana.key(CASE).await;
        let form = [("key", key.as_str()), ("body", WRITTEN), ("press", "send")];
        let answer = app.stranger().post(&format!("/cases/{CASE}/text"), &form).await;
        assert_eq!(answer.headers()["location"], format!("/login?next=%2Fcases%2F{CASE}%2Ftext"));
        assert!(!answer.text().await.unwrap().contains("is kept"));
        assert!(app.ledger().await.is_empty());
    }
}
