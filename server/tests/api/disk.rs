//! The disk under an SQLite database: full, failing, read-only, or with a damaged page.

use crate::{
    crash::{CASE, CELL, Twilio, arguments, ready, serve, serve_with, set_up, settings},
    support::{Base, Database, Person, Program, ledger, ran, set_fate, wait},
};
use reqwest::StatusCode;
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A text of whose success nobody could be told.
async fn refused(ada: &Person, body: &str) -> String {
    let key = ada.key(CASE).await;
    let form = [("key", key.as_str()), ("body", body), ("press", "send")];
    let answer = ada.post(&format!("/cases/{CASE}/text"), &form).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    answer.text().await.expect("a page")
}

/// While the disk takes nothing: said so, the text kept in the form, reading goes on, and nothing is handed to Twilio
/// that could not be recorded. With a disk again it goes on by itself.
async fn goes_on_after(twilio: &Twilio, url: &str, token: &str, trouble: impl AsyncFn(bool)) {
    let ada = set_up(url, token, twilio).await;
    set_fate(&twilio.url, CELL, "429").await;
    ada.text(CASE, "Waits.").await;
    ada.newest_becomes(CASE, &["waiting"]).await;
    trouble(true).await;
    set_fate(&twilio.url, CELL, "delivered").await;
    let page = refused(&ada, "Kept in the form.").await;
    assert!(page.contains("Kept in the form."), "{page:.2000}");
    let forged = Person::stranger(url).get("/healthz").await;
    assert_eq!(forged.status(), StatusCode::OK);
    assert_eq!(
        ada.get(&format!("/cases/{CASE}/texts")).await.status(),
        StatusCode::OK
    );
    assert!(ledger(&twilio.url).await.is_empty());
    trouble(false).await;
    // Twilio's 429 paused the queue for a while; then it leaves.
    wait(async || (ledger(&twilio.url).await.len() == 1).then_some(())).await;
    assert_eq!(
        ada.text(CASE, "Taken again.").await.status(),
        StatusCode::SEE_OTHER
    );
    wait(async || (ledger(&twilio.url).await.len() == 2).then_some(())).await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn s24_a_disk_that_fails_every_write_stops_sending_and_nothing_else() {
    let (base, twilio) = (Base::fresh(Database::Sqlite).await, Twilio::start());
    // A write beyond the limit fails in place of ending the program.
    let mut program = Program::start_after(
        "trap '' XFSZ",
        base.folder(),
        &arguments("127.0.0.1:0", &twilio.url),
        &settings(&base.url),
    );
    let (url, token) = ready(&mut program);
    let pid = program.pid().to_string();
    let limit = async |fails: bool| {
        let limit = if fails {
            "--fsize=1:unlimited"
        } else {
            "--fsize=unlimited:unlimited"
        };
        let set = Command::new("prlimit")
            .args(["--pid", &pid, limit])
            .status();
        assert!(set.expect("prlimit (util-linux) runs").success());
    };
    goes_on_after(&twilio, &url, &token.expect("an invitation"), limit).await;
}

/// A disk that can be told to fail: what is loaded into the program stands between it and the system's calls.
#[cfg(target_os = "linux")]
struct FailingDisk {
    library: String,
    /// As long as this file is there, the disk fails as its first letter says (`failing_disk.c`).
    switch: PathBuf,
}

#[cfg(target_os = "linux")]
impl FailingDisk {
    /// Built with the compiler that links Rust's programs.
    fn build(folder: &Path) -> Self {
        let (source, library) = (folder.join("failing.c"), folder.join("failing.so"));
        fs::write(&source, include_str!("support/failing_disk.c")).expect("written");
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-o"]).arg(&library);
        let built = cc.arg(&source).arg("-ldl").output().expect("cc runs");
        let words = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.success(), "{words}");
        Self {
            library: library.to_string_lossy().into_owned(),
            switch: folder.join("failing"),
        }
    }

    /// The program over it goes on after the disk failed so for a while.
    async fn goes_on_after(failing: &str) {
        let (base, twilio) = (Base::fresh(Database::Sqlite).await, Twilio::start());
        let disk = Self::build(base.folder());
        let switch = disk.switch.to_string_lossy();
        let more = [("LD_PRELOAD", disk.library.as_str()), ("FAILING", &switch)];
        let (_program, url, token) = serve_with(&base, &twilio, &more);
        let fail = async |fails: bool| match fails {
            true => fs::write(&disk.switch, failing).expect("written"),
            false => fs::remove_file(&disk.switch).expect("removed"),
        };
        goes_on_after(&twilio, &url, &token.expect("an invitation"), fail).await;
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn s24_a_disk_on_which_nothing_arrives_any_more_stops_sending_and_nothing_else() {
    FailingDisk::goes_on_after("sync").await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn s25_a_disk_that_turns_read_only_under_the_program_stops_sending_and_nothing_else() {
    FailingDisk::goes_on_after("read-only").await;
}

/// A disk of 6 MB that only the program sees; the test reaches it as the program's.
#[cfg(target_os = "linux")]
struct SmallDisk {
    filler: String,
}

#[cfg(target_os = "linux")]
impl SmallDisk {
    /// Starts the program with its database on it, after these commands and with these settings besides.
    fn start(base: &Base, twilio: &Twilio, before: &str, more: &[(&str, &str)]) -> (Program, Self) {
        let disk = base.folder().join("disk");
        fs::create_dir(&disk).expect("a folder");
        let mounted = format!(
            "{before} exec unshare --map-root-user --mount sh -c 'mount -t tmpfs -o size=6m tmpfs {} && exec \"$0\" \"$@\"' \"$0\" \"$@\"",
            disk.display()
        );
        let file = format!("sqlite:{}", disk.join("oktext.sqlite3").display());
        let settings = [&settings(&file), more].concat();
        let arguments = arguments("127.0.0.1:0", &twilio.url);
        let program = Program::start_after(&mounted, base.folder(), &arguments, &settings);
        let filler = format!("/proc/{}/root{}/filler", program.pid(), disk.display());
        (program, Self { filler })
    }

    /// To the last byte.
    fn fill(&self) {
        let mut bytes = 8 << 20;
        while bytes > 0 {
            let mut filler = fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(&self.filler)
                .expect("the disk");
            if std::io::Write::write_all(&mut filler, &vec![0; bytes]).is_err() {
                bytes /= 2;
            }
        }
    }

    fn empty(&self) {
        fs::remove_file(&self.filler).expect("removed");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn s22_a_full_disk_stops_sending_and_nothing_else() {
    let (base, twilio) = (Base::fresh(Database::Sqlite).await, Twilio::start());
    let (mut program, disk) = SmallDisk::start(&base, &twilio, "", &[]);
    let (url, token) = ready(&mut program);
    let fill = async |full: bool| match full {
        true => disk.fill(),
        false => disk.empty(),
    };
    goes_on_after(&twilio, &url, &token.expect("an invitation"), fill).await;
}

/// Long enough for the disk to be filled between Twilio's answer and its commit.
#[cfg(target_os = "linux")]
const AFTER_201: [(&str, &str); 1] = [("OKTEXT_TORTURE_AT", "after_201:1:3000")];

async fn logged(log: &Path, words: &str) {
    wait(async || {
        let log = fs::read_to_string(log).expect("a log");
        log.contains(words).then_some(())
    })
    .await;
}

/// Sends a text whose answer has come and cannot be committed from now on.
#[cfg(target_os = "linux")]
async fn answered_and_not_kept(ada: &Person, twilio: &Twilio, log: &Path, trouble: impl FnOnce()) {
    let form = json!({ "number": CASE, "form": { "key": ada.key(CASE).await, "body": "Once." } });
    let asked = ada
        .to("/api/send_message")
        .json(&form)
        .header("cookie", ada.cookie())
        .send();
    let asked = tokio::spawn(asked);
    logged(log, "stands still after_201").await;
    trouble();
    logged(log, "an outcome could not be recorded").await;
    assert_eq!(ada.rows(CASE).await[0]["status"], "posting");
    assert_eq!(ledger(&twilio.url).await.len(), 1);
    drop(asked);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn s23_an_answer_of_twilios_that_finds_the_disk_full_is_kept_until_there_is_room() {
    let (base, twilio) = (Base::fresh(Database::Sqlite).await, Twilio::start());
    let log = base.folder().join("log");
    let before = format!("exec 2>{};", log.display());
    let (mut program, disk) = SmallDisk::start(&base, &twilio, &before, &AFTER_201);
    let (url, token) = ready(&mut program);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    set_fate(&twilio.url, CELL, "silent").await;
    answered_and_not_kept(&ada, &twilio, &log, || disk.fill()).await;
    disk.empty();
    // Twilio's list would say "sent": this is the answer itself.
    let row = ada.newest_becomes(CASE, &["queued"]).await;
    assert_eq!(row["with_twilio"], true);
    assert_eq!(ledger(&twilio.url).await.len(), 1);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn s23_a_program_that_dies_with_such_an_answer_finds_it_in_twilios_list() {
    let (base, twilio) = (Base::fresh(Database::Sqlite).await, Twilio::start());
    let log = base.folder().join("log");
    // The log is written by another process, which still can.
    let logging = format!("mkfifo pipe; cat pipe >{} & exec 2>pipe", log.display());
    let mut program = Program::start_after(
        &format!("trap '' XFSZ; {logging}"),
        base.folder(),
        &arguments("127.0.0.1:0", &twilio.url),
        &[&settings(&base.url), AFTER_201.as_slice()].concat(),
    );
    let (url, token) = ready(&mut program);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    let pid = program.pid();
    // No write goes beyond the first byte of a file any more.
    let no_room = || {
        let limit = ["--pid", &pid.to_string(), "--fsize=1:unlimited"];
        let set = Command::new("prlimit").args(limit).status();
        assert!(set.expect("prlimit (util-linux) runs").success());
    };
    answered_and_not_kept(&ada, &twilio, &log, no_room).await;
    program.kill();
    let (_program, url, _) = serve(&base, &twilio);
    let ada = ada.moved_to(&url);
    let row = ada.newest_becomes(CASE, &["sent", "delivered"]).await;
    assert_eq!(row["with_twilio"], true);
    assert_eq!(ledger(&twilio.url).await.len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn s25_a_database_that_cannot_be_written_to_is_refused_in_one_line() {
    use std::os::unix::fs::PermissionsExt;
    let (base, twilio) = (Base::fresh(Database::Sqlite).await, Twilio::start());
    let (mut program, ..) = serve(&base, &twilio);
    program.ask_to_end();
    assert!(program.ended_well());
    for entry in fs::read_dir(base.folder()).expect("the folder") {
        let path = entry.expect("an entry").path();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("read-only");
    }
    fs::set_permissions(base.folder(), fs::Permissions::from_mode(0o555)).expect("read-only");
    let arguments = arguments("127.0.0.1:0", &twilio.url);
    // The superuser may write everywhere: then the program runs as nobody.
    let is_superuser = fs::write(base.folder().join("probe"), "").is_ok();
    let errors = if is_superuser {
        let mut nobody = Command::new("setpriv");
        nobody.args([
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            env!("CARGO_BIN_EXE_oktext"),
        ]);
        let said = nobody
            .args(arguments)
            .current_dir(base.folder())
            .envs(settings(&base.url))
            .env("OKTEXT_LOG", "error")
            .output();
        let said = said.expect("setpriv (util-linux) runs");
        assert!(!said.status.success());
        String::from_utf8_lossy(&said.stderr).into_owned()
    } else {
        let ended = ran(base.folder(), &arguments, &settings(&base.url), "");
        assert!(!ended.well);
        ended.errors
    };
    fs::set_permissions(base.folder(), fs::Permissions::from_mode(0o755)).expect("writable");
    let words: Vec<_> = errors
        .lines()
        .filter(|line| !line.contains("ERROR"))
        .collect();
    assert_eq!(words.len(), 1, "{errors}");
    assert!(errors.contains("oktext.sqlite3"), "{errors}");
}

#[tokio::test]
async fn s26_a_damaged_page_is_noticed_at_the_start_and_the_way_out_is_named() {
    let (base, twilio) = (Base::fresh(Database::Sqlite).await, Twilio::start());
    let (mut program, url, token) = serve(&base, &twilio);
    set_up(&url, &token.expect("an invitation"), &twilio).await;
    let ran = |arguments: &[&str]| ran(base.folder(), arguments, &settings(&base.url), "");
    assert!(ran(&["backup", "copy.sqlite3"]).well);
    program.ask_to_end();
    assert!(program.ended_well());
    damage(&base.folder().join("oktext.sqlite3"), 3);
    let refused = ran(&arguments("127.0.0.1:0", &twilio.url));
    assert!(!refused.well);
    for words in ["damaged", "oktext restore"] {
        assert!(refused.errors.contains(words), "{}", refused.errors);
    }
    let restored = ran(&["restore", "--force", "copy.sqlite3"]);
    assert!(restored.well, "{}", restored.errors);
    let (_program, url, token) = serve(&base, &twilio);
    assert!(token.is_none(), "the staff are there");
    assert_eq!(
        Person::stranger(&url).get("/readyz").await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn s26_a_damaged_page_of_a_large_file_ends_the_program_that_runs_and_the_way_out_is_named() {
    let (base, twilio) = (Base::fresh(Database::Sqlite).await, Twilio::start());
    let (mut program, url, token) = serve(&base, &twilio);
    set_up(&url, &token.expect("an invitation"), &twilio).await;
    program.ask_to_end();
    assert!(program.ended_well());
    let file = base.folder().join("oktext.sqlite3");
    let size = || fs::metadata(&file).expect("the file").len();
    let small = usize::try_from(size()).expect("a small file") / PAGE;
    base.change(
        "CREATE TABLE filler (bytes BLOB) STRICT;
         INSERT INTO filler WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70)
             SELECT zeroblob(1000000) FROM n;
         PRAGMA wal_checkpoint(TRUNCATE)",
    )
    .await;
    assert!(size() > 64 << 20, "{}", size());
    // As it is it serves.
    let (mut program, url, _) = serve(&base, &twilio);
    let asked = Person::stranger(&url).get("/readyz").await;
    assert_eq!(asked.status(), StatusCode::OK);
    program.ask_to_end();
    assert!(program.ended_well());
    // What a start needs is whole.
    damage(&file, small + 1);
    let log = base.folder().join("log");
    let mut program = Program::start_logged(
        base.folder(),
        &arguments("127.0.0.1:0", &twilio.url),
        &settings(&base.url),
        ("error", &log),
    );
    logged(&log, "oktext restore").await;
    assert!(!program.ended_well());
    logged(&log, "damaged").await;
}

const PAGE: usize = 4096;

/// Every second page from this one on, in the middle of it.
fn damage(file: &Path, from: usize) {
    let mut bytes = fs::read(file).expect("the file");
    for page in bytes.chunks_mut(PAGE).skip(from).step_by(2) {
        let middle = page.len() / 2;
        page[..middle].fill(0xaa);
    }
    fs::write(file, bytes).expect("written");
}
