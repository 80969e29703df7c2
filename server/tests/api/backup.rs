//! A backup of a running server, and one server for one SQLite file.

use crate::{
    crash::{self, CASE, Twilio, arguments, ready, set_up_reporting},
    support::{
        Base, DANA, Database, KEY, Person, Program, browser, free_port, ran, run, sign, wait,
    },
};
use futures::future::{join, join_all};
use reqwest::{Client, StatusCode};
use sqlx::{AssertSqlSafe, ConnectOptions, sqlite::SqliteConnectOptions};
use std::{
    collections::HashSet,
    fs,
    path::Path,
    process::{Command, Output},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
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

const WRITERS: u32 = 4;

/// The first is the one that is there.
fn case_of(writer: u32) -> String {
    format!("26-{}", writer + 1)
}

fn cell_of(writer: u32) -> String {
    format!("+1661555015{writer}")
}

/// An office where staff and clients write without a pause, each the next text once the last was acknowledged.
struct Busy {
    url: String,
    twilio: Twilio,
    ada: Person,
    phones: Client,
    acknowledged: Mutex<Vec<String>>,
    over: AtomicBool,
}

impl Busy {
    async fn writes(&self, writer: u32) {
        for n in 1_u32.. {
            if self.over.load(Ordering::SeqCst) {
                return;
            }
            let (sent, came) = (format!("Sent {writer}-{n}"), format!("Came {writer}-{n}"));
            let saved = self.ada.text(&case_of(writer), &sent).await;
            assert_eq!(saved.status(), StatusCode::SEE_OTHER);
            self.acknowledged.lock().unwrap().push(sent);
            let taken = self.text_comes(&self.url, writer, &came).await;
            assert_eq!(taken, StatusCode::OK);
            self.acknowledged.lock().unwrap().push(came);
        }
    }

    /// A client texts: what the server at this address answers.
    async fn text_comes(&self, at: &str, writer: u32, body: &str) -> StatusCode {
        let url = format!("{at}/twilio/text");
        let (sid, cell) = (format!("SM {body}"), cell_of(writer));
        let form = [
            ("MessageSid", sid.as_str()),
            ("AccountSid", &self.twilio.account),
            ("From", &cell),
            ("To", &self.twilio.number),
            ("Body", body),
        ];
        let signature = sign(&self.twilio.token, &url, &form);
        let request = self.phones.post(&url).form(&form);
        let request = request.header(twilio::signature::HEADER, signature);
        request.send().await.unwrap().status()
    }

    fn acknowledged(&self) -> Vec<String> {
        self.acknowledged.lock().unwrap().clone()
    }
}

/// A server on this machine whose key is in the file beside its database.
fn with_key_file(
    folder: &Path,
    database: &str,
    twilio: &Twilio,
) -> (Program, String, Option<String>) {
    let listen = format!("127.0.0.1:{}", free_port());
    let settings = [("OKTEXT_DATABASE_URL", database)];
    let mut program = Program::start(folder, &arguments(&listen, &twilio.url), &settings);
    let (url, token) = ready(&mut program);
    (program, url, token)
}

/// What a copy is worth: each page of it is sound, all of this is in it, and no row is there without those that were
/// committed with it.
async fn holds_together(copy: &Path, acknowledged: &[String]) {
    let file = SqliteConnectOptions::new().filename(copy).read_only(true);
    let mut copy = file.connect().await.unwrap();
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut copy)
        .await
        .unwrap();
    assert_eq!(sound, "ok");
    let bodies: Vec<String> =
        sqlx::query_scalar("SELECT body FROM message UNION ALL SELECT body FROM incoming")
            .fetch_all(&mut copy)
            .await
            .unwrap();
    let there: HashSet<_> = bodies.iter().collect();
    assert_eq!(there.len(), bodies.len(), "each once");
    let missing: Vec<_> = acknowledged
        .iter()
        .filter(|body| !there.contains(body))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let broken = [
        // A text has its place in the queue until Twilio has it, and no longer.
        "message m LEFT JOIN outbox o ON o.message_id = m.id WHERE (m.rank < 5) <> (o.message_id IS NOT NULL)",
        "message WHERE (rank < 10) <> (sid IS NULL)",
        // Open pages are told of it.
        "message m WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.message_id = m.id)",
        "incoming i WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.incoming_id = i.id)",
        // Whose text it is.
        "incoming i WHERE clients <> (SELECT count(*) FROM incoming_client c WHERE c.incoming_id = i.id) OR clients <> 1",
        "client c WHERE last_text_at <> (SELECT max(created_at) FROM message m WHERE m.client_id = c.id)",
    ];
    for rows in broken {
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {rows}")))
            .fetch_one(&mut copy)
            .await
            .unwrap();
        assert_eq!(count, 0, "{rows}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn o2_a_backup_while_texts_are_written_is_whole_and_holds_all_that_was_acknowledged() {
    crash::run(Database::Sqlite, async |base| {
        let twilio = Twilio::start();
        let (mut program, url, token) = with_key_file(base.folder(), &base.url, &twilio);
        let reports = format!("{url}/twilio/status");
        let ada = set_up_reporting(&url, &token.unwrap(), &twilio, &reports).await;
        for writer in 1..WRITERS {
            let (case, cell) = (case_of(writer), cell_of(writer));
            let client = [
                ("name", "Quill"),
                ("cell", &cell),
                ("okay", "on"),
                ("language", "en"),
                ("case_number", &case),
            ];
            let added = ada.post("/clients/new", &client).await;
            assert_eq!(added.status(), StatusCode::SEE_OTHER);
        }
        base.change("UPDATE sender SET pace = 0").await;
        let office = Busy {
            url,
            twilio,
            ada,
            phones: browser(),
            acknowledged: Mutex::default(),
            over: AtomicBool::new(false),
        };
        // As many as it takes until three were made while something was acknowledged.
        let backups = async {
            let (mut copies, mut meanwhile) = (vec![], 0);
            while meanwhile < 3 {
                assert!(copies.len() < 30, "they write too slowly");
                let already = office.acknowledged().len();
                wait(async || (office.acknowledged().len() >= already + 10).then_some(())).await;
                let before = office.acknowledged();
                let name = format!("{}.sqlite3", copies.len());
                let settings = [("OKTEXT_DATABASE_URL", base.url.as_str())];
                let backup = Program::start(base.folder(), &["backup", &name], &settings);
                let ended = tokio::task::spawn_blocking(|| backup.until_its_end());
                let (said, well) = ended.await.unwrap();
                assert!(well, "{said:?}");
                meanwhile += usize::from(office.acknowledged().len() > before.len());
                copies.push((base.folder().join(&name), before));
            }
            office.over.store(true, Ordering::SeqCst);
            copies
        };
        let (_, copies) = join(
            join_all((0..WRITERS).map(|writer| office.writes(writer))),
            backups,
        )
        .await;
        for (copy, before) in &copies {
            holds_together(copy, before).await;
        }
        // The machine is lost. On a bare one there is the last backup, and its key from another place.
        let key = fs::read(base.folder().join("oktext.key")).unwrap();
        program.kill();
        let bare = tempfile::tempdir().unwrap();
        let (last, _) = copies.last().unwrap();
        fs::copy(last, bare.path().join("backup.sqlite3")).unwrap();
        fs::write(bare.path().join("oktext.key"), key).unwrap();
        let database = "sqlite:oktext.sqlite3";
        let settings = [("OKTEXT_DATABASE_URL", database), ("OKTEXT_DATA_DIR", ".")];
        let restored = ran(bare.path(), &["restore", "backup.sqlite3"], &settings, "");
        assert!(restored.well, "{}", restored.errors);
        let (_program, url, token) = with_key_file(bare.path(), database, &office.twilio);
        assert!(token.is_none(), "its staff are in it");
        let ada = Person::with_cookie(&url, office.ada.cookie());
        let page = ada.page(&format!("/cases/{CASE}/texts")).await;
        assert!(page.contains("Sent 0-"), "{page:.2000}");
        // The token by which Twilio's signature is checked could be opened.
        let taken = office.text_comes(&url, 0, "After it").await;
        assert_eq!(taken, StatusCode::OK);
    })
    .await;
}
