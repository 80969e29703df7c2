//! `oktext serve` on an empty database: the first administrator, and what holds behind TLS.

use crate::support::{Base, Database, KEY, Person, Program, browser, pass_on};
use futures::FutureExt;
use reqwest::StatusCode;
use std::panic::AssertUnwindSafe;

const INVITATION: &str = "Nobody can sign in yet.";
const PUBLIC: &str = "https://text.example.org";

/// A server without staff, with the token that it printed.
struct Fresh {
    url: String,
    token: String,
    base: Base,
    program: Program,
}

impl Fresh {
    async fn start(database: Database) -> Self {
        let base = Base::fresh(database).await;
        let mut program = serve(&base);
        assert!(program.line().starts_with(INVITATION));
        let token = program.line();
        Self {
            url: program.after("ready "),
            token,
            base,
            program,
        }
    }

    fn stranger(&self) -> Person {
        Person::stranger(&self.url)
    }
}

/// Starts the server as it is started behind a proxy that ends TLS.
fn serve(base: &Base) -> Program {
    let arguments = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data-dir",
        ".",
        "--public-url",
        PUBLIC,
    ];
    let settings = [
        ("OKTEXT_DATABASE_URL", base.url.as_str()),
        ("OKTEXT_SECRET_KEY", KEY),
    ];
    // SQLite's key is made beside the database.
    let given = if base.url.starts_with("postgres") {
        2
    } else {
        1
    };
    Program::start(base.folder(), &arguments, &settings[..given])
}

async fn run(database: Database, test: impl AsyncFn(&mut Fresh)) {
    let mut fresh = Fresh::start(database).await;
    let ended = AssertUnwindSafe(test(&mut fresh)).catch_unwind().await;
    fresh.program.kill();
    fresh.base.remove().await;
    pass_on(ended);
}

fn form<'a>(token: &'a str, password: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("setup_token", token),
        ("office", "Harbor Legal Aid"),
        ("name", "Ada"),
        ("email", "Ada@Harbor.example"),
        ("password", password),
        ("zone", "America/New_York"),
    ]
}

async fn only_who_has_the_printed_token_becomes_the_first_administrator(fresh: &mut Fresh) {
    let stranger = fresh.stranger();
    for path in ["/", "/login", "/cases/25-1/text"] {
        assert_eq!(
            stranger.get(path).await.headers()["location"],
            "/first",
            "{path}"
        );
    }
    let page = stranger.page("/first").await;
    assert!(!page.contains(&fresh.token));
    for (token, password) in [
        ("", "a long enough password"),
        ("guessed", "a long enough password"),
        (&fresh.token, "short"),
    ] {
        let answer = stranger.post("/first", &form(token, password)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{token}");
        let page = answer.text().await.expect("a page");
        assert!(page.contains("Harbor Legal Aid"), "what was typed is kept");
        assert!(!page.contains("a long enough password") && !page.contains(&fresh.token));
    }
    let answer = stranger
        .post("/first", &form(&fresh.token, "a long enough password"))
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], "/admin/setup");
    let ada = Person::with_cookie_of(&fresh.url, &answer);
    assert_eq!(ada.get("/admin/setup").await.status(), StatusCode::OK);
    // Once is once, also for who knows the token.
    let again = stranger
        .post("/first", &form(&fresh.token, "a long enough password"))
        .await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND);
    assert_eq!(stranger.get("/first").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(fresh.base.number("SELECT count(*) FROM org").await, 1);
    assert_eq!(fresh.base.number("SELECT count(*) FROM staff").await, 1);
}

async fn ten_forms_at_once_create_one_administrator(fresh: &mut Fresh) {
    let stranger = fresh.stranger();
    let form = form(&fresh.token, "a long enough password");
    let posts = (0..10).map(|_| stranger.post("/first", &form));
    let answers = futures::future::join_all(posts).await;
    let created = answers
        .iter()
        .filter(|answer| answer.status() == StatusCode::SEE_OTHER)
        .count();
    assert_eq!(created, 1);
    assert_eq!(fresh.base.number("SELECT count(*) FROM org").await, 1);
    assert_eq!(fresh.base.number("SELECT count(*) FROM staff").await, 1);
}

async fn after_a_restart_people_are_still_signed_in_and_nobody_is_invited(fresh: &mut Fresh) {
    let answer = fresh
        .stranger()
        .post("/first", &form(&fresh.token, "a long enough password"))
        .await;
    fresh.program.kill();
    let mut program = serve(&fresh.base);
    // The first line is not an invitation.
    fresh.url = program
        .line()
        .strip_prefix("ready ")
        .expect("no invitation")
        .to_owned();
    fresh.program = program;
    let ada = Person::with_cookie_of(&fresh.url, &answer);
    assert_eq!(ada.get("/").await.status(), StatusCode::OK);
    let sign_in = [
        ("email", "ada@harbor.example"),
        ("password", "a long enough password"),
    ];
    assert_eq!(
        fresh.stranger().post("/login", &sign_in).await.status(),
        StatusCode::SEE_OTHER
    );
}

async fn behind_tls_the_cookie_is_secure_and_of_this_host_alone(fresh: &mut Fresh) {
    let answer = fresh
        .stranger()
        .post("/first", &form(&fresh.token, "a long enough password"))
        .await;
    let cookie = answer.headers()["set-cookie"].to_str().expect("text");
    assert!(cookie.starts_with("__Host-oktext="), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(
            cookie.split("; ").any(|part| part == flag),
            "{flag} is missing: {cookie}"
        );
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let transport = answer.headers()["strict-transport-security"]
        .to_str()
        .expect("text");
    assert!(transport.starts_with("max-age="));
    // Another name of the same cookie is none.
    let plain = cookie.replacen("__Host-oktext", "oktext", 1);
    let plain = plain.split(';').next().expect("name and value");
    let request = browser()
        .get(format!("{}/", fresh.url))
        .header("cookie", plain);
    assert_eq!(
        request.send().await.expect("an answer").status(),
        StatusCode::SEE_OTHER
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_key_beside_an_sqlite_database_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    run(Database::Sqlite, async |fresh: &mut Fresh| {
        let key = std::fs::metadata(fresh.base.folder().join("oktext.key")).expect("the key");
        assert_eq!(key.permissions().mode() & 0o777, 0o600);
    })
    .await;
}

/// Each sentence on both databases.
macro_rules! both {
    ($($name:ident)+) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() { super::run(super::Database::Sqlite, super::$name).await; })+
        }
        mod postgres {
            $(#[tokio::test] async fn $name() { super::run(super::Database::Postgres, super::$name).await; })+
        }
    };
}

both! {
    only_who_has_the_printed_token_becomes_the_first_administrator
    ten_forms_at_once_create_one_administrator
    after_a_restart_people_are_still_signed_in_and_nobody_is_invited
    behind_tls_the_cookie_is_secure_and_of_this_host_alone
}
