//! Signing in, and what needs it.

use crate::{
    on_both,
    support::{CASE, DANA, LUIS},
};
use reqwest::StatusCode;

on_both! {
    async fn pages_lead_to_sign_in_and_back_but_never_to_another_host(app) {
        let stranger = app.stranger();
        let answer = stranger.get("/cases/25-1041205/texts?before=x").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(answer.headers()["location"], "/login?next=%2Fcases%2F25-1041205%2Ftexts%3Fbefore%3Dx");
        let elsewhere = [("email", DANA), ("password", app.password.as_str()), ("next", "//evil.example")];
        let answer = stranger.post("/login", &elsewhere).await;
        assert_eq!(answer.headers()["location"], "/");
    }

    async fn the_cookie_is_for_this_site_and_not_for_scripts(app) {
        let form = [("email", DANA), ("password", app.password.as_str())];
        let answer = app.stranger().post("/login", &form).await;
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    }

    async fn a_wrong_password_keeps_the_address_and_never_the_password(app) {
        let answer = app.stranger().post("/login", &[("email", DANA), ("password", "wrong-but-long")]).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text().await.unwrap();
        assert!(page.contains(DANA) && !page.contains("wrong-but-long"));
    }

    async fn after_ten_tries_one_has_to_wait(app) {
        let stranger = app.stranger();
        let form = [("email", "somebody@example.org"), ("password", "guess")];
        for _ in 0..10 {
            assert_eq!(stranger.post("/login", &form).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(stranger.post("/login", &form).await.status(), StatusCode::TOO_MANY_REQUESTS);
    }

    async fn a_header_that_names_another_place_is_not_believed(app) {
        let stranger = app.stranger();
        let mut last = StatusCode::OK;
        for i in 0..11 {
            let email = format!("somebody{i}@example.org");
            let request = stranger.to("/login").form(&[("email", email.as_str()), ("password", "guess")]);
            last = stranger.with_header(request, "x-forwarded-for", &format!("203.0.113.{i}")).await.status();
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    }

    async fn an_office_behind_one_address_signs_in_as_often_as_it_likes(app) {
        for _ in 0..15 {
            app.sign_in(DANA).await;
        }
    }

    async fn server_functions_and_live_events_need_a_session(app) {
        let stranger = app.stranger();
        let (status, _) = stranger.call("load_texts", serde_json::json!({ "number": CASE, "before": null })).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert_eq!(stranger.get("/live?case=00000000-0000-0000-0000-000000000000").await.status(), StatusCode::UNAUTHORIZED);
    }

    async fn setup_is_for_administrators(app) {
        let luis = app.sign_in(LUIS).await;
        for path in ["/admin/texting", "/admin/setup/tables/quick-entries"] {
            assert_eq!(luis.get(path).await.status(), StatusCode::FORBIDDEN, "{path}");
            assert_eq!(luis.post(path, &[("press", "save")]).await.status(), StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(luis.get("/admin/setup").await.status(), StatusCode::FORBIDDEN);
        for function in ["load_setup", "load_quick_entries"] {
            assert_eq!(luis.call(function, serde_json::json!({})).await.0, StatusCode::FORBIDDEN, "{function}");
        }
    }

    async fn signing_out_ends_the_session(app) {
        let dana = app.sign_in(DANA).await;
        assert_eq!(dana.get("/").await.status(), StatusCode::OK);
        dana.post("/logout", &[]).await;
        assert_eq!(dana.get("/").await.status(), StatusCode::SEE_OTHER);
    }

    async fn every_page_has_a_strict_content_security_policy(app) {
        let dana = app.sign_in(DANA).await;
        for path in ["/login", "/", "/cases/25-1041205/text", "/no/such/page"] {
            let answer = dana.get(path).await;
            let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
            assert!(policy.contains("'nonce-") && !policy.contains("unsafe-inline"), "{path}: {policy}");
            assert_eq!(answer.headers()["cache-control"], "no-store");
        }
        assert_eq!(dana.get("/no/such/page").await.status(), StatusCode::NOT_FOUND);
    }
}
