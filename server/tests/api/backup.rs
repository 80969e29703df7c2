//! A backup of a running server, and one server for one SQLite file.

use crate::support::{Base, DANA, Database, KEY, Program, ran, run};
use reqwest::StatusCode;
use std::{
    path::Path,
    process::{Command, Output},
};

/// Runs a command of the program to its end.
fn oktext(base: &Base, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_oktext"))
        .args(arguments)
        .current_dir(base.folder())
        .env("OKTEXT_DATABASE_URL", &base.url)
        .env("OKTEXT_SECRET_KEY", KEY)
        .env("OKTEXT_LOG", "error")
        .output()
        .expect("the program runs")
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn a_backup_of_a_running_server_holds_everything_and_serves() {
    run(Database::Sqlite, async |app| {
        let copy = app.base.folder().join("copy.sqlite3");
        let done = oktext(&app.base, &["backup", copy.to_str().unwrap()]);
        assert!(done.status.success(), "{}", words(&done));
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        let texts = app.base.number("SELECT count(*) FROM message").await;
        assert!(said.contains(&format!("{texts} texts")), "{said}");
        assert!(!copy.with_extension("sqlite3.part").exists());

        let url = format!("sqlite:{}", copy.display());
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--data-dir", "."];
        let settings = [
            ("OKTEXT_DATABASE_URL", url.as_str()),
            ("OKTEXT_SECRET_KEY", KEY),
        ];
        let mut from_copy = Program::start(app.base.folder(), &arguments, &settings);
        let address = from_copy.after("ready ");
        let form = [("email", DANA), ("password", app.password.as_str())];
        let answer = crate::support::Person::stranger(&address)
            .post("/login", &form)
            .await;
        assert_eq!(
            answer.status(),
            StatusCode::SEE_OTHER,
            "the staff are in it"
        );
    })
    .await;
}

#[tokio::test]
async fn a_backup_writes_over_nothing() {
    run(Database::Sqlite, async |app| {
        let there = app.base.folder().join("there.sqlite3");
        std::fs::write(&there, "something else").unwrap();
        let refused = oktext(&app.base, &["backup", there.to_str().unwrap()]);
        assert!(!refused.status.success() && words(&refused).contains("is there already"));
        assert_eq!(std::fs::read_to_string(&there).unwrap(), "something else");
    })
    .await;
}

#[tokio::test]
async fn a_backup_into_a_folder_that_is_not_there_says_so_and_leaves_nothing() {
    run(Database::Sqlite, async |app| {
        let nowhere = app.base.folder().join("nowhere/copy.sqlite3");
        let refused = oktext(&app.base, &["backup", nowhere.to_str().unwrap()]);
        assert!(!refused.status.success() && words(&refused).contains("could not be copied"));
        assert!(!Path::exists(&nowhere));
    })
    .await;
}

#[tokio::test]
async fn postgres_is_backed_up_by_its_own_tools() {
    run(Database::Postgres, async |app| {
        let refused = oktext(&app.base, &["backup", "copy.sqlite3"]);
        assert!(!refused.status.success() && words(&refused).contains("pg_dump"));
    })
    .await;
}

#[tokio::test]
async fn a_second_server_on_the_same_file_refuses_to_start() {
    let base = Base::fresh(Database::Sqlite).await;
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data-dir", "."];
    let settings = [
        ("OKTEXT_DATABASE_URL", base.url.as_str()),
        ("OKTEXT_SECRET_KEY", KEY),
    ];
    let mut first = Program::start(base.folder(), &arguments, &settings);
    first.after("ready ");
    let second = oktext(&base, &arguments);
    assert!(!second.status.success() && words(&second).contains("serves this database already"));
    first.kill();
    let mut third = Program::start(base.folder(), &arguments, &settings);
    third.after("ready ");
    third.kill();
    base.remove().await;
}

/// A server with another key over the database of a running one.
fn with_another_key(base: &Base, url: &str) -> (bool, String) {
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data-dir", "."];
    let key = format!("{}eHg=", "eHh4".repeat(10));
    let settings = [("OKTEXT_DATABASE_URL", url), ("OKTEXT_SECRET_KEY", &key)];
    let done = ran(base.folder(), &arguments, &settings, "");
    (done.well, done.errors)
}

#[tokio::test]
async fn o4_another_key_is_refused_in_words() {
    run(Database::Sqlite, async |app| {
        let copy = app.base.folder().join("copy.sqlite3");
        let done = oktext(&app.base, &["backup", copy.to_str().unwrap()]);
        assert!(done.status.success(), "{}", words(&done));
        let url = format!("sqlite:{}", copy.display());
        let (well, errors) = with_another_key(&app.base, &url);
        assert!(!well && errors.contains("not the one"), "{errors}");
    })
    .await;
    run(Database::Postgres, async |app| {
        let (well, errors) = with_another_key(&app.base, &app.base.url);
        assert!(!well && errors.contains("not the one"), "{errors}");
    })
    .await;
}

#[tokio::test]
async fn o4_where_the_key_is_lost_tokens_are_forgotten_and_entered_anew() {
    run(Database::Sqlite, async |app| {
        let copy = app.base.folder().join("copy.sqlite3");
        let done = oktext(&app.base, &["backup", copy.to_str().unwrap()]);
        assert!(done.status.success(), "{}", words(&done));
        let url = format!("sqlite:{}", copy.display());
        let key = format!("{}eHg=", "eHh4".repeat(10));
        let settings = [
            ("OKTEXT_DATABASE_URL", url.as_str()),
            ("OKTEXT_SECRET_KEY", key.as_str()),
        ];
        let unsure = ran(app.base.folder(), &["forget-tokens"], &settings, "");
        assert!(
            !unsure.well && unsure.errors.contains("--sure"),
            "{}",
            unsure.errors
        );
        assert!(
            !with_another_key(&app.base, &url).0,
            "nothing was forgotten"
        );
        let done = ran(
            app.base.folder(),
            &["forget-tokens", "--sure"],
            &settings,
            "",
        );
        assert!(done.well, "{}", done.errors);
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--data-dir", "."];
        let mut anew = Program::start(app.base.folder(), &arguments, &settings);
        let address = anew.after("ready ");
        let form = [("email", DANA), ("password", app.password.as_str())];
        let stranger = crate::support::Person::stranger(&address);
        let answer = stranger.post("/login", &form).await;
        let dana = crate::support::Person::with_cookie_of(&address, &answer);
        let steps = dana.setup().await["steps"].take();
        assert_ne!(
            steps[0]["standing"], "good",
            "a token is to be entered: {steps}"
        );
    })
    .await;
}
