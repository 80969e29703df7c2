//! Starts the real program with the simulator inside, on a database of its own, and talks to it over HTTP.

use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use uuid::Uuid;

/// The demo's people, and a case of each kind.
pub const DANA: &str = "dana@cedarvalley.example";
pub const LUIS: &str = "luis@cedarvalley.example";
pub const CASE: &str = "25-1041205";

/// Which database a test runs on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// A running program. Dropping it ends it, and fails the test if texts are left that nobody accounted for.
pub struct App {
    pub url: String,
    pub account: String,
    pub token: String,
    pub password: String,
    child: Child,
    _folder: TempDir,
    database_url: String,
}

/// Somebody's browser.
pub struct Person {
    http: Client,
    cookie: String,
    url: String,
}

impl App {
    /// Starts the demo on a fresh database.
    pub async fn start(database: Database) -> Self {
        // Another test of this process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().expect("a folder");
        let database_url = match database {
            Database::Sqlite => {
                format!("sqlite:{}", folder.path().join("oktext.sqlite3").display())
            }
            Database::Postgres => fresh_postgres().await,
        };
        let mut child = Command::new(env!("CARGO_BIN_EXE_oktext"))
            .args([
                "demo",
                "--listen",
                "127.0.0.1:0",
                "--delays",
                "0",
                "--data-dir",
            ])
            .arg(folder.path())
            .env("OKTEXT_DATABASE_URL", &database_url)
            .env(
                "OKTEXT_SECRET_KEY",
                "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            )
            .env("OKTEXT_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut word = |start: &str| {
            let line = lines
                .by_ref()
                .map_while(Result::ok)
                .find(|line| line.starts_with(start));
            line.expect("a line of the program")[start.len()..].to_owned()
        };
        let (sign_in, twilio, url) = (word("sign in: "), word("twilio: "), word("ready "));
        let part = |line: &str, n: usize| line.split(' ').nth(n).expect("a word").to_owned();
        let (account, token, password) = (part(&twilio, 0), part(&twilio, 1), part(&sign_in, 1));
        Self {
            url,
            account,
            token,
            password,
            child,
            _folder: folder,
            database_url,
        }
    }

    /// Signs somebody in.
    pub async fn sign_in(&self, email: &str) -> Person {
        let form = [("email", email), ("password", self.password.as_str())];
        let response = browser()
            .post(format!("{}/login", self.url))
            .form(&form)
            .send()
            .await
            .expect("an answer");
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let cookie = response.headers()["set-cookie"].to_str().expect("a cookie");
        let cookie = cookie.split(';').next().expect("name and value").to_owned();
        Person {
            http: browser(),
            cookie,
            url: self.url.clone(),
        }
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Person {
        Person {
            http: browser(),
            cookie: String::new(),
            url: self.url.clone(),
        }
    }

    /// Everything that the pretend Twilio ever accepted: the oracle.
    pub async fn ledger(&self) -> Vec<Value> {
        let response = browser()
            .get(format!("{}/sim/control/ledger", self.url))
            .send()
            .await
            .expect("an answer");
        response.json().await.expect("the ledger")
    }

    /// What becomes of texts to a number from now on.
    pub async fn fate(&self, number: &str, fate: &str) {
        let json = serde_json::json!({ "phone_number": number, "fate": fate });
        let url = format!("{}/sim/control/fate", self.url);
        let response = browser()
            .post(url)
            .json(&json)
            .send()
            .await
            .expect("an answer");
        assert!(response.status().is_success());
    }

    /// Posts a webhook as Twilio does: signed over `signed_url`.
    pub async fn webhook(&self, path: &str, signed_url: &str, form: &[(&str, &str)]) -> StatusCode {
        let pairs: Vec<(String, String)> = form
            .iter()
            .map(|(n, v)| ((*n).into(), (*v).into()))
            .collect();
        let signature = twilio::signature::sign(&self.token, signed_url, &pairs);
        self.webhook_with(path, &signature, form).await
    }

    /// Posts a webhook with this signature.
    pub async fn webhook_with(
        &self,
        path: &str,
        signature: &str,
        form: &[(&str, &str)],
    ) -> StatusCode {
        let request = browser().post(format!("{}{path}", self.url)).form(form);
        request
            .header("X-Twilio-Signature", signature)
            .send()
            .await
            .expect("an answer")
            .status()
    }

    /// The store of the same database, for what no page does.
    pub async fn store(&self) -> store::Store {
        store::Store::open(&self.database_url)
            .await
            .expect("the same database")
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Person {
    /// Opens a page.
    pub async fn get(&self, path: &str) -> Response {
        self.send(self.http.get(format!("{}{path}", self.url)))
            .await
    }

    /// The HTML of a page.
    pub async fn page(&self, path: &str) -> String {
        self.get(path).await.text().await.expect("a page")
    }

    /// Posts a form to its page.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        self.send(self.http.post(format!("{}{path}", self.url)).form(form))
            .await
    }

    /// Calls a server function.
    pub async fn call(&self, function: &str, arguments: Value) -> (StatusCode, Value) {
        let response = self
            .send(
                self.http
                    .post(format!("{}/api/{function}", self.url))
                    .json(&arguments),
            )
            .await;
        (
            response.status(),
            response.json().await.unwrap_or(Value::Null),
        )
    }

    /// Sends a text by the plain form: where the answer leads, if it was taken.
    pub async fn text(&self, case: &str, body: &str) -> Response {
        let key = self.key(case).await;
        self.post(
            &format!("/cases/{case}/text"),
            &[("key", &key), ("body", body), ("press", "send")],
        )
        .await
    }

    /// The key of the composer's form.
    pub async fn key(&self, case: &str) -> String {
        let (_, view) = self
            .call("load_composer", serde_json::json!({ "number": case }))
            .await;
        view["key"].as_str().expect("a key").to_owned()
    }

    /// The rows of a case's texts.
    pub async fn rows(&self, case: &str) -> Vec<Value> {
        let (_, view) = self
            .call(
                "load_texts",
                serde_json::json!({ "number": case, "before": null }),
            )
            .await;
        view["rows"].as_array().expect("rows").clone()
    }

    /// Waits until the newest text of a case has one of these statuses.
    pub async fn newest_becomes(&self, case: &str, statuses: &[&str]) -> Value {
        let asked = async {
            loop {
                let rows = self.rows(case).await;
                if let Some(row) = rows
                    .first()
                    .filter(|row| statuses.iter().any(|status| row["status"] == *status))
                {
                    return row.clone();
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), asked)
            .await
            .expect("the status in time")
    }

    async fn send(&self, request: RequestBuilder) -> Response {
        request
            .header("cookie", &self.cookie)
            .send()
            .await
            .expect("an answer")
    }
}

fn browser() -> Client {
    Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .build()
        .expect("a client")
}

async fn fresh_postgres() -> String {
    use sqlx::{AssertSqlSafe, Connection, PgConnection};
    let server = std::env::var("OKTEXT_TEST_POSTGRES_URL").expect(
        "these tests need PostgreSQL: run them by `cargo xtask test`, or set OKTEXT_TEST_POSTGRES_URL to a server",
    );
    let name = format!("api_{}", Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(&server)
        .await
        .expect("PostgreSQL answers");
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .expect("a database");
    let (base, _) = server.rsplit_once('/').expect("an address with a database");
    format!("{base}/{name}")
}

/// Each test as a sentence, on both databases.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)+) => {
        $(async fn $name($app: $crate::support::App) $body)+
        mod sqlite {
            $(#[tokio::test] async fn $name() {
                super::$name($crate::support::App::start($crate::support::Database::Sqlite).await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test] async fn $name() {
                super::$name($crate::support::App::start($crate::support::Database::Postgres).await).await;
            })+
        }
    };
}
