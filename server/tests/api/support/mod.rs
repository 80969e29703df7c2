//! Starts the real program with the simulator inside, on a database of its own, and talks to it over HTTP.

pub mod between;
#[cfg(unix)]
pub mod cluster;
mod database;
mod person;
pub mod phone;
mod program;
pub mod proxy;
mod way;

pub use database::{Base, Database};
use futures::FutureExt;
pub use person::{Person, browser, set_up_texting};
pub use program::{Program, Ran, ran};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    path::Path,
    time::Duration,
};
pub use way::{Way, free_port};

/// The demo's people, and one of its cases with the number of its client.
pub const DANA: &str = "dana@cedarvalley.example";
pub const LUIS: &str = "luis@cedarvalley.example";
pub const CASE: &str = "25-1041205";
pub const CELL: &str = "+16615550119";
/// A key of 32 bytes in base64, which PostgreSQL needs to be given.
pub const KEY: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

/// The file in the program's folder that puts its clock forward.
pub const CLOCK: &str = "clock";

/// How long what is to happen may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long to wait before looking again.
const LOOK: Duration = Duration::from_millis(20);

/// A running demo.
pub struct App {
    pub url: String,
    pub account: String,
    pub token: String,
    pub password: String,
    pub base: Base,
    program: Program,
}

/// Runs a test on a fresh demo; ends the demo and takes its database away, however the test ended.
pub async fn run(database: Database, test: impl AsyncFn(&App)) {
    end_after(App::start(database, None).await, test).await;
}

/// The same, with a log that tells as much as `filter` says, and the test knows where it stands.
pub async fn run_logged(database: Database, filter: &str, test: impl AsyncFn(&App, &Path)) {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    let app = App::start(database, Some((filter, &log))).await;
    end_after(app, async |app| test(app, &log).await).await;
}

async fn end_after(app: App, test: impl AsyncFn(&App)) {
    let ended = AssertUnwindSafe(app.tested(test)).catch_unwind().await;
    let App {
        mut program, base, ..
    } = app;
    program.kill();
    base.remove().await;
    pass_on(ended);
}

/// Fails as the test failed, now that everything is cleared away.
pub fn pass_on(ended: std::thread::Result<()>) {
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
}

impl App {
    async fn start(database: Database, log: Option<(&str, &Path)>) -> Self {
        let base = Base::fresh(database).await;
        let folder = base.folder().to_str().expect("a path in UTF-8");
        let arguments = [
            "demo",
            "--listen",
            "127.0.0.1:0",
            "--delays",
            "0",
            "--data-dir",
            folder,
        ];
        let settings = [
            ("OKTEXT_DATABASE_URL", base.url.as_str()),
            ("OKTEXT_SECRET_KEY", KEY),
            ("OKTEXT_CLOCK_FILE", CLOCK),
        ];
        let mut program = match log {
            None => Program::start(base.folder(), &arguments, &settings),
            Some(log) => Program::start_logged(base.folder(), &arguments, &settings, log),
        };
        let (sign_in, twilio) = (program.after("sign in: "), program.after("twilio: "));
        let word = |line: &str, n| line.split(' ').nth(n).expect("a word").to_owned();
        Self {
            url: program.after("ready "),
            account: word(&twilio, 0),
            token: word(&twilio, 1),
            password: word(&sign_in, 1),
            base,
            program,
        }
    }

    /// The test; then no text may be left that neither went out nor was given up.
    async fn tested(&self, test: impl AsyncFn(&App)) {
        test(self).await;
        let ready = self.stranger().get("/readyz").await;
        assert_eq!(ready.status(), StatusCode::OK);
        let ready: Value = ready.json().await.expect("JSON");
        assert_eq!(ready["outbox"], 0, "texts are left in the outbox");
    }

    /// Signs somebody in.
    pub async fn sign_in(&self, email: &str) -> Person {
        let form = [("email", email), ("password", self.password.as_str())];
        let answer = self.stranger().post("/login", &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        Person::with_cookie_of(&self.url, &answer)
    }

    /// The program's number at the system.
    pub fn pid(&self) -> u32 {
        self.program.pid()
    }

    /// Puts the program's clock forward by so many milliseconds, all in all.
    pub fn later(&self, milliseconds: i64) {
        put_clock(&self.base, milliseconds);
    }

    /// Twilio's reports reach nobody from now on, as they do while a server is down.
    pub async fn no_reports(&self) {
        let nowhere =
            "UPDATE texting_setup SET status_callback = 'http://127.0.0.1:9/twilio/status'";
        self.base.change(nowhere).await;
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Person {
        Person::stranger(&self.url)
    }

    /// Everything that the pretend Twilio ever accepted: the oracle.
    pub async fn ledger(&self) -> Vec<Value> {
        ledger(&format!("{}/sim", self.url)).await
    }

    /// What becomes of texts to a number from now on.
    pub async fn fate(&self, number: &str, fate: &str) {
        set_fate(&format!("{}/sim", self.url), number, fate).await;
    }

    /// How long, in milliseconds, every status lasts from now on.
    pub async fn delay(&self, milliseconds: u64) {
        let range = [milliseconds, milliseconds];
        let json = json!({ "queued_to_sent": range, "sent_to_delivered": range });
        let request = browser()
            .post(format!("{}/sim/control/delays", self.url))
            .json(&json);
        assert!(
            request
                .send()
                .await
                .expect("an answer")
                .status()
                .is_success()
        );
    }

    /// Changes the account, a number or the clock of the pretend Twilio.
    pub async fn at_twilio(&self, what: &str, change: Value) {
        let request = browser().post(format!("{}/sim/control/{what}", self.url));
        let answer = request.json(&change).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::NO_CONTENT, "{what} {change}");
    }

    /// Runs the program beside the running one, on the same database and the same pretend Twilio.
    pub fn beside(&self, arguments: &[&str]) -> Program {
        let settings = [
            ("OKTEXT_DATABASE_URL", self.base.url.as_str()),
            ("OKTEXT_SECRET_KEY", KEY),
            ("OKTEXT_PUBLIC_URL", self.url.as_str()),
            ("OKTEXT_TWILIO_API_URL", &format!("{}/sim", self.url)),
        ];
        Program::start(self.base.folder(), arguments, &settings)
    }

    /// Posts a webhook as Twilio does: signed over `signed_url`.
    pub async fn webhook(&self, path: &str, signed_url: &str, form: &[(&str, &str)]) -> StatusCode {
        self.webhook_with(path, &sign(&self.token, signed_url, form), form)
            .await
    }

    /// Posts a webhook with this signature.
    pub async fn webhook_with(
        &self,
        path: &str,
        signature: &str,
        form: &[(&str, &str)],
    ) -> StatusCode {
        let request = browser().post(format!("{}{path}", self.url)).form(form);
        let request = request.header(twilio::signature::HEADER, signature);
        request.send().await.expect("an answer").status()
    }
}

/// Puts the clock of the programs of this folder forward by so many milliseconds, all in all.
pub fn put_clock(base: &Base, milliseconds: i64) {
    let file = base.folder().join(CLOCK);
    std::fs::write(file, milliseconds.to_string()).expect("written");
}

/// The ledger of a pretend Twilio.
pub async fn ledger(sim: &str) -> Vec<Value> {
    let answer = browser().get(format!("{sim}/control/ledger")).send().await;
    answer.expect("an answer").json().await.expect("the ledger")
}

/// What becomes of texts to a number at a pretend Twilio.
pub async fn set_fate(sim: &str, number: &str, fate: &str) {
    let json = json!({ "phone_number": number, "fate": fate });
    let answer = browser()
        .post(format!("{sim}/control/fate"))
        .json(&json)
        .send()
        .await;
    assert!(answer.expect("an answer").status().is_success());
}

/// The signature of a form, as Twilio makes it.
pub fn sign(token: &str, url: &str, form: &[(&str, &str)]) -> String {
    let pairs: Vec<(String, String)> = form
        .iter()
        .map(|(n, v)| ((*n).into(), (*v).into()))
        .collect();
    twilio::signature::sign(token, url, &pairs)
}

/// How many: as many as this variable says, which only tests read. By hand one can do more than the run of all tests has
/// time for (docs/faults.md, "By hand").
pub fn how_many(variable: &str, usual: usize) -> usize {
    let said = std::env::var(variable).ok();
    said.map_or(usual, |number| number.parse().expect("a number"))
}

/// Looks again and again until there is something.
pub async fn wait<T>(look: impl AsyncFn() -> Option<T>) -> T {
    wait_up_to(PATIENCE, look).await
}

/// The same, for what takes longer.
pub async fn wait_up_to<T>(patience: Duration, look: impl AsyncFn() -> Option<T>) -> T {
    let looking = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(patience, looking)
        .await
        .expect("what is to happen, in time")
}

/// Each test as a sentence, on both databases.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)+) => {
        $(async fn $name($app: &$crate::support::App) $body)+
        mod sqlite {
            $(#[tokio::test] async fn $name() {
                $crate::support::run($crate::support::Database::Sqlite, super::$name).await;
            })+
        }
        mod postgres {
            $(#[tokio::test] async fn $name() {
                $crate::support::run($crate::support::Database::Postgres, super::$name).await;
            })+
        }
    };
}

/// Each of these tests of servers that are started by it, on both databases.
#[macro_export]
macro_rules! each_on_both {
    ($($name:ident)+) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() {
                $crate::crash::run($crate::support::Database::Sqlite, super::$name).await;
            })+
        }
        mod postgres {
            $(#[tokio::test] async fn $name() {
                $crate::crash::run($crate::support::Database::Postgres, super::$name).await;
            })+
        }
    };
}
