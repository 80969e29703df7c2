//! The database of an older program is brought up to date: the program is killed in the middle of it, and two try at once.

use crate::{
    crash::{Twilio, arguments, run, serve, settings},
    each_on_both,
    support::{Base, Database, Person, Program, Ran, ran, wait},
};
use reqwest::StatusCode;

/// The last step that the older program knew. The steps after it change rows as well as tables.
const OLD: i64 = 6;
const APPLIED: &str = "SELECT count(*) FROM _sqlx_migrations";
/// What tells when, or by whom, it was brought up to date.
const ITS_OWN: [&str; 2] = ["_sqlx_migrations", "history"];
/// Longer than any test takes.
const FOR_EVER: u32 = 600_000;

fn database_of(base: &Base) -> Database {
    match base.url.starts_with("sqlite:") {
        true => Database::Sqlite,
        false => Database::Postgres,
    }
}

fn migrate(base: &Base, more: &[(&str, &str)]) -> Ran {
    let settings = [&settings(&base.url), more].concat();
    ran(base.folder(), &["migrate"], &settings, "")
}

/// A database as an older program left it, with an office that has texts.
async fn old(base: &Base) {
    let at = format!("in_migration:{}", OLD + 1);
    let ended = migrate(base, &[("OKTEXT_TORTURE_AT", &at)]);
    assert!(!ended.well, "it ends in the step after the last old one");
    assert_eq!(base.number(APPLIED).await, OLD);
    let id = |n: u8| match database_of(base) {
        Database::Sqlite => format!("x'{n:032x}'"),
        Database::Postgres => format!("'{}'::uuid", uuid::Uuid::from_u128(n.into())),
    };
    let (org, staff, client, case) = (id(1), id(2), id(3), id(4));
    let text = |n: u8, status: &str, rank: u8, sid: &str| {
        let (text, key) = (id(n), id(n + 100));
        format!(
            "INSERT INTO message (org_id, id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding,
                                  status, rank, sid, created_at, status_at)
             VALUES ({org}, {text}, {case}, {client}, {staff}, {key}, 'Text {n}', '+16615550150', 2, 'gsm7',
                     '{status}', {rank}, {sid}, {n}000, {n}000);
             INSERT INTO event (org_id, case_id, message_id, at) VALUES ({org}, {case}, {text}, {n}000);"
        )
    };
    let texts = [
        text(10, "delivered", 100, "'SM10'"),
        text(11, "queued", 30, "'SM11'"),
        text(12, "waiting", 0, "NULL"),
    ];
    base.change(&format!(
        "INSERT INTO org (id, name, zone, created_at) VALUES ({org}, 'Harbor Legal Aid', 'America/New_York', 1);
         INSERT INTO staff (org_id, id, email, email_key, name, role, password_hash, created_at)
         VALUES ({org}, {staff}, 'ada@harbor.example', 'ada@harbor.example', 'Ada', 'admin', '-', 1);
         INSERT INTO client (org_id, id, name, name_key, phone, language, zone, created_at, updated_at)
         VALUES ({org}, {client}, 'Thuy', 'thuy', '+16615550150', 'en', 'America/New_York', 1, 1);
         INSERT INTO case_file (org_id, id, client_id, number, number_key, created_at)
         VALUES ({org}, {case}, {client}, '26-1', '26-1', 1);
         INSERT INTO texting_setup (org_id, account_sid, token_set_at, text_response, call_response, status_callback, max_parts)
         VALUES ({org}, 'AC1', 7, 'Call us.', 'Call us.', 'http://127.0.0.1:9/twilio/status', 1);
         {}
         INSERT INTO outbox (org_id, message_id, not_before, attempts, created_at) VALUES ({org}, {}, 1, 0, 12000);",
        texts.concat(),
        id(12)
    ))
    .await;
}

/// Starts a command that stands still for so many milliseconds, with this step done and not committed.
async fn stands_still(base: &Base, command: &[&str], step: i64, milliseconds: u32) -> Program {
    let at = format!("in_migration:{step}:{milliseconds}");
    let [database, key, clock] = settings(&base.url);
    let settings = [database, key, clock, ("OKTEXT_TORTURE_AT", &at)];
    let log = base.folder().join(format!("log of step {step}"));
    let program = Program::start_logged(base.folder(), command, &settings, ("error", &log));
    wait(async || {
        let said = std::fs::read_to_string(&log).ok()?;
        said.contains("stands still in_migration").then_some(())
    })
    .await;
    program
}

async fn o1_killed_in_each_step_of_an_upgrade_the_next_start_goes_on_and_nothing_is_half_done(
    base: &Base,
) {
    let twilio = Twilio::start();
    run(database_of(base), async |straight| {
        old(base).await;
        old(straight).await;
        assert!(migrate(straight, &[]).well);
        let steps = straight.number(APPLIED).await;
        assert!(steps > OLD + 3, "{steps}");
        for step in OLD + 1..=steps {
            let serve = arguments("127.0.0.1:0", &twilio.url);
            let mut program = stands_still(base, &serve, step, FOR_EVER).await;
            program.kill();
            assert_eq!(base.number(APPLIED).await, step - 1);
        }
        let ended = migrate(base, &[]);
        assert!(ended.well, "{}", ended.errors);
        assert_eq!(base.number(APPLIED).await, steps);
        assert_eq!(base.shape().await, straight.shape().await);
        assert_eq!(base.rows(&ITS_OWN).await, straight.rows(&ITS_OWN).await);
        let (_program, url, token) = serve(base, &twilio);
        assert!(token.is_none(), "its staff are there");
        let ready = Person::stranger(&url).get("/readyz").await;
        assert_eq!(ready.status(), StatusCode::OK);
    })
    .await;
}

async fn o1_two_that_start_at_once_on_an_older_database_bring_it_up_to_date_once(base: &Base) {
    let twilio = Twilio::start();
    run(database_of(base), async |straight| {
        old(base).await;
        old(straight).await;
        assert!(migrate(straight, &[]).well);
        // With SQLite there is one server, and beside it any command of the program.
        let first = stands_still(base, &["migrate"], OLD + 3, 3_000).await;
        assert_eq!(base.number(APPLIED).await, OLD + 2);
        let (_second, url, _) = serve(base, &twilio);
        let (_, well) = first.until_its_end();
        assert!(well, "the first got through");
        let ready = Person::stranger(&url).get("/readyz").await;
        assert_eq!(ready.status(), StatusCode::OK);
        assert_eq!(base.shape().await, straight.shape().await);
        let once = "SELECT count(DISTINCT version) - count(*) FROM _sqlx_migrations";
        assert_eq!(base.number(once).await, 0);
    })
    .await;
}

each_on_both! {
    o1_killed_in_each_step_of_an_upgrade_the_next_start_goes_on_and_nothing_is_half_done
    o1_two_that_start_at_once_on_an_older_database_bring_it_up_to_date_once
}
