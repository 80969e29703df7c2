//! The site's files and the HTML around people's words.

use crate::{
    on_both,
    support::{CASE, DANA},
};
use reqwest::StatusCode;

const HOSTILE: &str = "</title></textarea><script>alert(1)</script>\"'><img src=x>";

/// The addresses of this kind of file on a page.
fn files<'a>(page: &'a str, ending: &'a str) -> impl Iterator<Item = &'a str> {
    let quoted = page.split(['"', '\'']);
    quoted.filter(move |part| part.starts_with("/pkg/") && part.ends_with(ending))
}

on_both! {
    async fn files_of_the_site_are_compressed_and_kept_for_ever(app) {
        let page = app.stranger().page("/login").await;
        for (ending, kind) in [(".css", "text/css"), (".js", "text/javascript"), (".wasm", "application/wasm")] {
            let path = files(&page, ending).next().expect(ending);
            let stranger = app.stranger();
            let plain = stranger.get(path).await;
            if plain.status() == StatusCode::NOT_FOUND {
                // Built without the site: `cargo xtask test` builds it first, plain `cargo test` need not.
                assert_eq!(path.matches('.').count(), 1, "{path} has a hash, so it was built, and is not there");
                continue;
            }
            assert_eq!(plain.headers()["cache-control"], "public, max-age=31536000, immutable", "{path}");
            assert!(plain.headers()["content-type"].to_str().unwrap().starts_with(kind), "{path}");
            assert!(plain.headers().get("content-encoding").is_none());
            for (accepted, encoding) in [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip")] {
                let packed = stranger.with_header(stranger.from(path), "accept-encoding", accepted).await;
                assert_eq!(packed.headers()["content-encoding"], encoding, "{path}");
                assert_eq!(packed.headers()["vary"], "accept-encoding");
            }
        }
    }

    async fn a_file_that_is_not_of_the_site_is_not_found(app) {
        for path in ["/pkg/nothing.js", "/pkg/..%2f..%2fCargo.toml", "/pkg/%2e%2e/Cargo.toml", "/pkg/../Cargo.toml"] {
            let answer = app.stranger().get(path).await;
            let outside = answer.status() == StatusCode::NOT_FOUND || answer.status() == StatusCode::SEE_OTHER;
            assert!(outside, "{path}: {}", answer.status());
        }
    }

    async fn a_hostile_name_stays_a_name_on_every_page(app) {
        let dana = app.sign_in(DANA).await;
        let form = [("name", HOSTILE), ("cell", "(661) 555-0181"), ("okay", "on"), ("language", "en"), ("case_number", "66-6")];
        let saved = dana.post("/clients/new", &form).await;
        let client = saved.headers()["location"].to_str().unwrap().to_owned();
        assert_eq!(dana.text("66-6", HOSTILE).await.status(), StatusCode::SEE_OTHER);
        dana.newest_becomes("66-6", &["delivered"]).await;
        for path in ["/", &client, &format!("{client}/edit"), "/cases/66-6", "/cases/66-6/text", "/cases/66-6/texts"] {
            let page = dana.page(path).await;
            assert!(page.contains("alert(1)"), "{path} shows the name");
            assert!(!page.contains("<script>alert(1)") && !page.contains("<img src=x"), "{path}");
            assert!(!page.contains("</title></textarea>"), "{path}");
        }
    }

    async fn what_is_typed_into_an_address_stays_text(app) {
        let dana = app.sign_in(DANA).await;
        for path in [
            "/?q=%3Cscript%3Ealert(1)%3C/script%3E",
            "/cases/%3Cscript%3Ealert(1)%3C%2Fscript%3E/text",
            "/login?next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
            &format!("/cases/{CASE}/texts?asked=00000000-0000-0000-0000-000000000000&said=%3Cscript%3Ealert(1)%3C/script%3E&at=2:14%20PM%20%3Cscript%3Ealert(1)%3C/script%3E"),
        ] {
            assert!(!dana.page(path).await.contains("<script>alert(1)"), "{path}");
        }
    }

    async fn a_page_is_never_kept_by_a_browser_or_framed(app) {
        let dana = app.sign_in(DANA).await;
        for path in ["/", "/login", &format!("/cases/{CASE}/text"), "/live", "/readyz", "/no/such/page"] {
            let answer = dana.get(path).await;
            assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
            assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
            assert_eq!(answer.headers()["x-frame-options"], "DENY", "{path}");
            let policy = answer.headers()["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
        }
    }

    async fn no_form_is_taken_from_another_site(app) {
        let dana = app.sign_in(DANA).await;
        for path in [
            "/login", "/logout", "/clients/new", &format!("/cases/{CASE}/text"), &format!("/cases/{CASE}/texts"),
            "/admin/setup/tables/quick-entries", "/admin/texting", "/api/save_draft", "/api/send_message",
        ] {
            let request = dana.to(path).header("origin", "https://evil.example").form(&[("press", "save")]);
            let answer = dana.with_header(request, "sec-fetch-site", "cross-site").await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(dana.get("/").await.status(), StatusCode::OK, "still signed in");
    }

    async fn a_body_over_the_limit_is_refused_by_forms_and_functions(app) {
        let dana = app.sign_in(DANA).await;
        let huge = "a".repeat(64 * 1024 + 1);
        for who in [&dana, &app.stranger()] {
            for path in ["/login", &format!("/cases/{CASE}/text"), "/clients/new"] {
                let answer = who.post(path, &[("body", &huge)]).await;
                assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
                assert!(answer.text().await.unwrap().contains("so nothing was saved"), "{path}");
            }
            let arguments = serde_json::json!({ "number": CASE, "body": huge });
            let (status, _) = who.call("save_draft", arguments).await;
            assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
        }
        assert!(dana.draft(CASE).await.is_null());
    }

    async fn what_was_too_long_for_a_form_stands_in_its_page_again(app) {
        let dana = app.sign_in(DANA).await;
        let typed = format!("</textarea><script>alert(1)</script>{}\u{202e}😀 The end.", "word ".repeat(20_000));
        for (path, field) in [(format!("/cases/{CASE}/text"), "body"), ("/admin/setup/tables/quick-entries".into(), "body"), ("/clients/new".into(), "name")] {
            let answer = dana.post(&path, &[(field, &typed), ("password", "never sent back")]).await;
            assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            let page = answer.text().await.unwrap();
            assert!(page.contains("What you typed is still here") && page.contains("😀 The end."), "{path}");
            assert!(!page.contains("<script>alert(1)") && !page.contains("never sent back"), "{path}");
        }
        assert!(app.ledger().await.is_empty());
    }

    async fn what_is_far_too_long_is_refused_in_words_and_leaves_the_page_as_it_was(app) {
        let dana = app.sign_in(DANA).await;
        let answer = dana.post("/clients/new", &[("name", "x".repeat(1024 * 1024).as_str()), ("cell", "typed")]).await;
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let page = answer.text().await.unwrap();
        assert!(page.contains("Back button leads to what you typed") && page.contains("Save client"));
    }
}
