//! Links by which somebody joins an organization, or sets a new password: each works once.

use crate::{
    on_both,
    support::{App, DANA, LUIS, Person},
};
use reqwest::{Response, StatusCode};
use serde_json::json;

const INES: &str = "ines@cedarvalley.example";
const PASSWORD: &str = "a long enough password";

/// The path of the link in a page that shows it once.
pub fn path_in(page: &str) -> String {
    let (_, rest) = page.split_once("/invite/").expect("a link");
    let token: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    assert_eq!(token.len(), 43, "32 bytes of chance");
    format!("/invite/{token}")
}

async fn invited(dana: &Person, email: &str) -> String {
    let form = [("press", "invite"), ("email", email), ("role", "staff")];
    let answer = dana.post("/admin/staff", &form).await;
    assert_eq!(answer.status(), StatusCode::OK);
    path_in(&answer.text().await.unwrap())
}

async fn password_link(dana: &Person, email: &str) -> String {
    let (_, table) = dana.call("load_staff", json!({})).await;
    let mut people = table["people"].as_array().unwrap().iter();
    let id = people.find(|person| person["email"] == email).unwrap()["id"]
        .as_str()
        .unwrap();
    let answer = dana
        .post("/admin/staff", &[("press", "reset"), ("id", id)])
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    path_in(&answer.text().await.unwrap())
}

async fn accept(app: &App, path: &str, name: &str, password: &str) -> Response {
    app.stranger()
        .post(path, &[("name", name), ("password", password)])
        .await
}

async fn staff(app: &App) -> i64 {
    app.base.number("SELECT count(*) FROM staff").await
}

async fn signs_in(app: &App, email: &str, password: &str) -> bool {
    let form = [("email", email), ("password", password)];
    app.stranger().post("/login", &form).await.status() == StatusCode::SEE_OTHER
}

/// The link leads nowhere any more: neither to a form nor to a person. In these words.
async fn is_over(app: &App, path: &str, words: &str) {
    let before = staff(app).await;
    let page = app.stranger().get(path).await;
    assert_eq!(page.status(), StatusCode::GONE);
    let page = page.text().await.unwrap();
    assert!(
        page.contains(words) && !page.contains("name=\"password\""),
        "{page}"
    );
    let posted = accept(app, path, "Mallory", PASSWORD).await;
    assert_eq!(posted.status(), StatusCode::GONE);
    assert!(posted.headers().get("set-cookie").is_none());
    let token = path.rsplit('/').next().unwrap();
    let (status, _) = app
        .stranger()
        .call("load_invitation", json!({ "token": token }))
        .await;
    assert_eq!(status, StatusCode::GONE);
    assert_eq!(staff(app).await, before);
}

on_both! {
    async fn who_was_invited_joins_that_office_in_that_role_and_is_signed_in(app) {
        let dana = app.sign_in(DANA).await;
        let path = invited(&dana, " Ines@CedarValley.example ").await;
        let page = app.stranger().page(&path).await;
        assert!(page.contains("Join Cedar Valley Legal Aid") && page.contains("a member of staff") && page.contains("Ines@CedarValley.example"));
        let answer = accept(app, &path, "Inés Ortega", PASSWORD).await;
        assert_eq!((answer.status(), &answer.headers()["location"]), (StatusCode::SEE_OTHER, &"/".parse().unwrap()));
        let ines = Person::with_cookie_of(&app.url, &answer);
        assert!(ines.page("/").await.contains("Thuy Nguyen"));
        assert_eq!(ines.get("/admin/staff").await.status(), StatusCode::FORBIDDEN);
        assert!(signs_in(app, INES, PASSWORD).await);
        let (_, table) = dana.call("load_staff", json!({})).await;
        assert_eq!(table["invited"], json!([]));
        assert!(table["people"].as_array().unwrap().iter().any(|person| person["name"] == "Inés Ortega" && person["role"] == "staff"));
    }

    async fn a_link_that_was_used_is_over(app) {
        let path = invited(&app.sign_in(DANA).await, INES).await;
        accept(app, &path, "Inés", PASSWORD).await;
        is_over(app, &path, "used already").await;
        assert!(!signs_in(app, INES, "another long password").await);
    }

    async fn a_link_that_is_a_week_old_is_over(app) {
        let path = invited(&app.sign_in(DANA).await, INES).await;
        app.base.change("UPDATE invitation SET created_at = created_at - 604800000, expires_at = expires_at - 604800000").await;
        is_over(app, &path, "works for 7 days").await;
    }

    async fn a_link_that_was_taken_back_or_replaced_is_over(app) {
        let dana = app.sign_in(DANA).await;
        let first = invited(&dana, INES).await;
        let second = invited(&dana, INES).await;
        is_over(app, &first, "taken back").await;
        let (_, table) = dana.call("load_staff", json!({})).await;
        let id = table["invited"][0]["id"].as_str().unwrap();
        let withdrawn = dana.post("/admin/staff", &[("press", "withdraw"), ("id", id)]).await;
        assert_eq!(withdrawn.status(), StatusCode::SEE_OTHER);
        is_over(app, &second, "taken back").await;
        // Once is enough; twice there is nothing.
        assert_eq!(dana.post("/admin/staff", &[("press", "withdraw"), ("id", id)]).await.status(), StatusCode::NOT_FOUND);
    }

    async fn ten_at_once_with_one_link_are_one_person(app) {
        let path = invited(&app.sign_in(DANA).await, INES).await;
        let before = staff(app).await;
        let names: Vec<String> = (0..10).map(|n| format!("Inés {n}")).collect();
        let all = futures::future::join_all(names.iter().map(|name| accept(app, &path, name, PASSWORD))).await;
        let joined = all.iter().filter(|answer| answer.status() == StatusCode::SEE_OTHER).count();
        let late = all.iter().filter(|answer| answer.status() == StatusCode::GONE).count();
        assert_eq!((joined, late), (1, 9), "{:?}", all.iter().map(Response::status).collect::<Vec<_>>());
        assert_eq!(staff(app).await, before + 1);
    }

    async fn whoever_tries_links_must_wait(app) {
        let dana = app.sign_in(DANA).await;
        let path = invited(&dana, INES).await;
        let wrong = format!("{}A", &path[..path.len() - 1]);
        let wrong = if wrong == path { format!("{}B", &path[..path.len() - 1]) } else { wrong };
        // The right one does not count, however often.
        for _ in 0..20 {
            assert_eq!(app.stranger().get(&path).await.status(), StatusCode::OK);
        }
        for n in 0..10 {
            assert_eq!(app.stranger().get(&wrong).await.status(), StatusCode::NOT_FOUND, "{n}");
        }
        for path in [&wrong, &path] {
            assert_eq!(app.stranger().get(path).await.status(), StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(accept(app, path, "Mallory", PASSWORD).await.status(), StatusCode::TOO_MANY_REQUESTS);
        }
        let token = path.rsplit('/').next().unwrap();
        assert_eq!(app.stranger().call("load_invitation", json!({ "token": token })).await.0, StatusCode::TOO_MANY_REQUESTS);
        // Others go on meanwhile.
        assert_eq!(dana.get("/").await.status(), StatusCode::OK);
        assert!(signs_in(app, LUIS, &app.password).await);
    }

    async fn what_cannot_be_a_name_or_a_password_is_refused_and_the_link_stays_good(app) {
        let path = invited(&app.sign_in(DANA).await, INES).await;
        let before = staff(app).await;
        let (long, longer) = ("n".repeat(201), "p".repeat(257));
        for (name, password) in [
            ("", PASSWORD), (" \t", PASSWORD), ("a\0b", PASSWORD), (long.as_str(), PASSWORD),
            ("Inés", ""), ("Inés", "eleven char"), ("Inés", longer.as_str()), ("", ""),
        ] {
            let answer = accept(app, &path, name, password).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name:.9} {password:.9}");
            let page = answer.text().await.unwrap();
            assert!(page.contains("There is a problem"));
            assert!(password.is_empty() || !page.contains(password), "a password is never sent back");
        }
        let emoji = "😀".repeat(10_000);
        assert_eq!(accept(app, &path, &emoji, PASSWORD).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(staff(app).await, before);
        let name = "</textarea><script>alert(1)</script>\u{202e}rtl 😀";
        let answer = accept(app, &path, name, "</script> \u{202e} 😀 ' OR 1=1").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let page = app.sign_in(DANA).await.page("/admin/staff").await;
        assert!(page.contains("alert(1)") && !page.contains("<script>alert(1)"));
        assert!(signs_in(app, INES, "</script> \u{202e} 😀 ' OR 1=1").await);
    }

    async fn what_is_no_token_is_not_there(app) {
        let long = format!("/invite/{}", "A".repeat(8_000));
        for path in ["/invite/x", "/invite/%00", "/invite/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/invite/..%2F..%2Fadmin", long.as_str()] {
            let answer = app.stranger().get(path).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path:.40}");
            assert!(!answer.text().await.unwrap().contains("<script>alert(1)"));
        }
    }

    async fn a_link_to_a_new_password_ends_sessions_and_the_old_password(app) {
        let (dana, luis) = (app.sign_in(DANA).await, app.sign_in(LUIS).await);
        let path = password_link(&dana, LUIS).await;
        assert!(app.stranger().page(&path).await.contains("Set a new password"));
        // Until it is used nothing changes.
        assert_eq!(luis.get("/").await.status(), StatusCode::OK);
        let before = staff(app).await;
        let answer = accept(app, &path, "Renamed", PASSWORD).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(luis.get("/").await.status(), StatusCode::SEE_OTHER, "signed out");
        assert!(!signs_in(app, LUIS, &app.password).await && signs_in(app, LUIS, PASSWORD).await);
        assert_eq!(staff(app).await, before);
        assert_eq!(app.base.number("SELECT count(*) FROM staff WHERE name = 'Renamed'").await, 0);
        is_over(app, &path, "used already").await;
    }

    async fn an_address_that_was_taken_meanwhile_joins_nobody(app) {
        let (dana, nora) = (app.sign_in(DANA).await, app.sign_in("nora@riverside.example").await);
        let (ours, theirs) = (invited(&dana, INES).await, invited(&nora, INES).await);
        assert_eq!(accept(app, &theirs, "Inés", PASSWORD).await.status(), StatusCode::SEE_OTHER);
        let before = staff(app).await;
        let answer = accept(app, &ours, "Inés", PASSWORD).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().await.unwrap().contains("There is a problem"));
        assert_eq!(staff(app).await, before);
        // The link was not used up by it, and leads nobody elsewhere.
        assert_eq!(app.stranger().get(&ours).await.status(), StatusCode::OK);
    }

    async fn nothing_but_the_page_that_made_it_ever_shows_a_link(app) {
        let dana = app.sign_in(DANA).await;
        let path = invited(&dana, INES).await;
        let token = path.rsplit('/').next().unwrap();
        assert!(!dana.page("/admin/staff").await.contains(token));
        assert!(!dana.call("load_staff", json!({})).await.1.to_string().contains(token));
        let kept = format!("SELECT count(*) FROM invitation WHERE CAST(token_hash AS TEXT) LIKE '%{token}%'");
        assert_eq!(app.base.number(&kept).await, 0);
    }
}
