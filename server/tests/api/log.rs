//! What the log of a real run tells, at its most talkative setting: nobody's words, and nothing by which to come in.

use crate::{
    invitations::path_in,
    support::{CASE, CELL, DANA, Database, LUIS, Person, run_logged, sign},
};
use reqwest::StatusCode;
use serde_json::json;

async fn the_log_holds_no_token_no_password_and_nobodys_words(database: Database) {
    run_logged(database, "debug", async |app, log| {
        let dana = app.sign_in(DANA).await;
        let invite = [
            ("press", "invite"),
            ("email", "ines@cedarvalley.example"),
            ("role", "staff"),
        ];
        let link = path_in(
            &dana
                .post("/admin/staff", &invite)
                .await
                .text()
                .await
                .unwrap(),
        );
        app.stranger().page(&link).await;
        let token = link.rsplit('/').next().unwrap().to_owned();
        app.stranger()
            .call("load_invitation", json!({ "token": token }))
            .await;
        let joined = app
            .stranger()
            .post(
                &link,
                &[
                    ("name", "Inés Secreta"),
                    ("password", "open sesame, says Ali"),
                ],
            )
            .await;
        assert_eq!(joined.status(), StatusCode::SEE_OTHER);
        let ines = Person::with_cookie_of(&app.url, &joined);
        ines.page("/?q=Thuy").await;
        ines.get(&link.to_uppercase()).await;
        let wrong = [("email", LUIS), ("password", "a wrong pass phrase")];
        app.stranger().post("/login", &wrong).await;
        dana.text(CASE, "Words between us.").await;
        dana.newest_becomes(CASE, &["delivered"]).await;
        dana.save_draft(CASE, "Not yet said.").await;
        app.phone(CELL)
            .texts("SM1", "Please stop texting me, ever.")
            .await;
        // A forged one is logged, and what it says is not.
        let form = [
            ("AccountSid", app.account.as_str()),
            ("To", "+16615550100"),
            ("From", CELL),
            ("Body", "Forged words"),
        ];
        let forged = sign(
            "0123456789abcdef0123456789abcdef",
            "https://elsewhere.example",
            &form,
        );
        assert_eq!(
            app.webhook_with("/twilio/text", &forged, &form).await,
            StatusCode::FORBIDDEN
        );
        dana.checked().await;
        // Whatever is logged of a request stands under its number, which its answer carries, and under no other.
        let answer = app.bring_with("/twilio/text", "forged", &form).await;
        let number = answer.headers()["x-request-id"]
            .to_str()
            .unwrap()
            .to_owned();
        let own = dana.from("/login");
        let own = dana
            .with_header(own, "x-request-id", "chosen-by-the-caller")
            .await;
        assert_ne!(own.headers()["x-request-id"], "chosen-by-the-caller");
        let log = std::fs::read_to_string(log).unwrap();
        let refused = log
            .lines()
            .filter(|line| line.contains(&number) && line.contains("does not fit"));
        assert_eq!(refused.count(), 1, "{number}");
        // It does tell something, of each of these.
        for told in [
            "/admin/staff",
            "/invite/",
            "/login",
            "/twilio/text",
            "/cases/{number}/text",
            "whose signature does not fit",
        ] {
            assert!(log.contains(told), "nothing of {told}");
        }
        let session = |person: &Person| person.cookie().split_once('=').unwrap().1.to_owned();
        for secret in [
            token.as_str(),
            &token.to_uppercase(),
            &session(&dana),
            &session(&ines),
            &app.token,
            &app.password,
            "open sesame",
            "wrong pass phrase",
            "Thuy",
            "Secreta",
            "Words between us",
            "Not yet said",
            "stop texting me",
            "Forged words",
            "5550119",
            CASE,
            "chosen-by-the-caller",
        ] {
            let line = log.lines().find(|line| line.contains(secret));
            assert_eq!(line, None, "{secret} is told");
        }
    })
    .await;
}

#[tokio::test]
async fn sqlite() {
    the_log_holds_no_token_no_password_and_nobodys_words(Database::Sqlite).await;
}

#[tokio::test]
async fn postgres() {
    the_log_holds_no_token_no_password_and_nobodys_words(Database::Postgres).await;
}
