//! Organizations with host names of their own: signatures are checked over the organization's address, and links lead there.

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, Person, sign},
};
use reqwest::StatusCode;
use serde_json::json;

const NORA: &str = "nora@riverside.example";
const OURS: &str = "https://text.cedarvalley.example";
const THEIRS: &str = "https://text.riverside.example:8443";
const THEIR_ACCOUNT: &str = "AC71be5d20c94f4a0e8d3c6b5a4f3e2d1c";
const THEIR_TOKEN: &str = "90c1d2e3f4a5b6978877665544332211";
const THEIR_NUMBER: &str = "+13125550110";

async fn has_address(who: &Person, typed: &str) {
    let saved = who
        .post("/admin/texting/address", &[("public_url", typed)])
        .await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER, "{typed}");
}

/// What comes in for an organization, as Twilio posts it: path and form.
fn coming<'a>(
    account: &'a str,
    number: &'a str,
    sid: &'a str,
) -> [(&'static str, Vec<(&'static str, &'a str)>); 3] {
    let with = |more: &[(&'static str, &'a str)]| {
        let mut form = vec![("AccountSid", account), ("From", CELL), ("To", number)];
        form.extend_from_slice(more);
        form
    };
    [
        (
            "/twilio/text",
            with(&[("MessageSid", sid), ("Body", "Hello")]),
        ),
        ("/twilio/voice", with(&[("CallSid", sid)])),
        (
            "/twilio/status",
            with(&[("MessageSid", sid), ("MessageStatus", "sent")]),
        ),
    ]
}

async fn links_lead_to(app: &App, who: &Person, email: &str, door: &str) {
    let invited = who
        .post(
            "/admin/staff",
            &[("press", "invite"), ("email", email), ("role", "staff")],
        )
        .await;
    assert_eq!(invited.status(), StatusCode::OK);
    let page = invited.text().await.unwrap();
    assert!(page.contains(&format!("{door}/invite/")), "{door}");
    let elsewhere = [OURS, THEIRS, &app.url]
        .into_iter()
        .filter(|other| *other != door);
    for other in elsewhere {
        assert!(!page.contains(&format!("{other}/invite/")), "{other}");
    }
}

on_both! {
    async fn signatures_are_checked_over_the_organizations_own_address_and_no_other(app) {
        let (dana, nora) = (app.sign_in(DANA).await, app.sign_in(NORA).await);
        has_address(&dana, OURS).await;
        has_address(&nora, THEIRS).await;
        for (account, token, number, own) in [
            (app.account.as_str(), app.token.as_str(), "+16615550100", OURS),
            (THEIR_ACCOUNT, THEIR_TOKEN, THEIR_NUMBER, THEIRS),
        ] {
            for (path, form) in coming(account, number, "SM1") {
                for other in [OURS, THEIRS, &app.url, &own.replace("https", "http"), &format!("{own}/")] {
                    if other == own {
                        continue;
                    }
                    let signature = sign(token, &format!("{other}{path}"), &form);
                    assert_eq!(app.webhook_with(path, &signature, &form).await, StatusCode::FORBIDDEN, "{path} of {own}, signed for {other}");
                }
                let signature = sign(token, &format!("{own}{path}"), &form);
                assert!(app.webhook_with(path, &signature, &form).await.is_success(), "{path} of {own}");
            }
        }
        assert_eq!(app.base.number("SELECT count(*) FROM incoming").await, 2);
        assert_eq!(app.base.number("SELECT count(*) FROM incoming_call").await, 2);
        assert_eq!(dana.came(CASE).await.len(), 1);
    }

    async fn the_own_address_stands_wherever_an_address_is_told(app) {
        let dana = app.sign_in(DANA).await;
        has_address(&dana, " HTTPS://Text.CedarValley.example/ ").await;
        let view = dana.setup().await;
        assert_eq!(view["address"], json!({ "public_url": OURS, "status_callback": format!("{OURS}/twilio/status") }));
        assert_eq!(view["servers"], app.url);
        assert!(dana.page("/admin/texting/by-hand").await.contains(&format!("{OURS}/twilio/voice")));
        assert!(dana.page("/admin/texting/address").await.contains(&format!("value=\"{OURS}\"")));
        let lines = dana.checked().await;
        // Nobody answers there, and at Twilio still stands the server's.
        assert!(lines.iter().any(|line| line["standing"] == "bad" && line.to_string().contains(OURS)), "{lines:?}");
        assert_eq!(dana.post("/admin/texting/connect", &[]).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let (_, now) = dana.call("load_connection", json!({})).await;
        let form = [("seen", now["seen"].as_str().unwrap()), ("overwrite", "on")];
        assert_eq!(dana.post("/admin/texting/connect", &form).await.status(), StatusCode::SEE_OTHER);
        let (_, after) = dana.call("load_connection", json!({})).await;
        assert_eq!(after["done"], true, "{after}");
        // Without one it is the server's again, and so is the address for reports.
        has_address(&dana, "").await;
        assert_eq!(dana.setup().await["address"], json!({ "public_url": "", "status_callback": format!("{}/twilio/status", app.url) }));
    }

    async fn an_address_for_reports_that_was_typed_stays(app) {
        let dana = app.sign_in(DANA).await;
        let own = "https://reports.example.org/x";
        let form = [("public_url", OURS), ("status_callback", own)];
        assert_eq!(dana.post("/admin/texting/address", &form).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(dana.setup().await["address"]["status_callback"], own);
        // The form as the page shows it: the default goes along with the address.
        has_address(&dana, OURS).await;
        let form = [("public_url", THEIRS), ("status_callback", &format!("{OURS}/twilio/status"))];
        dana.post("/admin/texting/address", &form).await;
        assert_eq!(dana.setup().await["address"]["status_callback"], format!("{THEIRS}/twilio/status"));
    }

    async fn an_own_address_under_which_the_server_answers_is_green(app) {
        let dana = app.sign_in(DANA).await;
        let named = app.url.replace("127.0.0.1", "localhost");
        let saved = dana.post("/admin/texting/address", &[("public_url", &named)]).await;
        assert_eq!(saved.headers()["location"], "/admin/texting/connect");
        assert_eq!(dana.setup().await["addresses"]["base"], named.as_str());
    }

    async fn invitations_lead_to_the_organizations_own_address(app) {
        let (dana, nora) = (app.sign_in(DANA).await, app.sign_in(NORA).await);
        has_address(&dana, OURS).await;
        links_lead_to(app, &dana, "new@cedarvalley.example", OURS).await;
        links_lead_to(app, &nora, "new@riverside.example", &app.url).await;
        has_address(&nora, THEIRS).await;
        links_lead_to(app, &nora, "other@riverside.example", THEIRS).await;
        let hal = app.sign_in("hal@host.example").await;
        let (_, view) = hal.call("load_organizations", json!({})).await;
        let org = view["orgs"].as_array().unwrap().iter().find(|org| org["address"] == "riverside").unwrap()["id"].clone();
        let form = [("press", "invite"), ("org", org.as_str().unwrap()), ("email", "boss@riverside.example")];
        let page = hal.post("/host", &form).await.text().await.unwrap();
        assert!(page.contains(&format!("{THEIRS}/invite/")));
    }

    async fn an_address_that_cannot_be_ones_own_is_refused_and_stands_there_again(app) {
        let dana = app.sign_in(DANA).await;
        let long = format!("https://{}.example.org", "a".repeat(2_000));
        let emoji = "😀".repeat(10_000);
        for typed in [
            "text.example.org", "http://text.example.org", "ftp://text.example.org", "https://", "https://127.0.0.1", "https://[::1]",
            "https://169.254.169.254", "https://2130706433", "https://text.example.org/path", "https://text.example.org?q=1",
            "https://user:pw@text.example.org", "https://my_office.example.org", "https://intranet", "https://a.example:0",
            "</textarea><script>alert(1)</script>", "https://a\0b.example", "https://\u{202e}gro.elpmaxe", "javascript:alert(1)",
            long.as_str(),
        ] {
            let answer = dana.post("/admin/texting/address", &[("public_url", typed)]).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{typed:.60}");
            let page = answer.text().await.unwrap();
            assert!(page.contains("There is a problem") && !page.contains("<script>alert(1)"), "{typed:.60}");
            assert_eq!(dana.setup().await["address"]["public_url"], "", "{typed:.60}");
        }
        assert_eq!(dana.post("/admin/texting/address", &[("public_url", &emoji)]).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        // Twice at once.
        let (one, two) = tokio::join!(has_address(&dana, OURS), has_address(&dana, OURS));
        assert_eq!((one, two), ((), ()));
        assert_eq!(dana.setup().await["address"]["public_url"], OURS);
    }
}
