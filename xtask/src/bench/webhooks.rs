//! Status callbacks and incoming texts, as many as can be.

use super::{
    cpu, limits,
    many::{self, How, Load},
    served::{ACCOUNT, Base, Database, NUMBER, PUBLIC, Served, TOKEN},
    signed,
    table::Table,
};
use anyhow::Result;
use std::path::Path;
use std::time::Duration;

/// Of status callbacks, as the budget says.
const CALLBACKS: usize = 64;
/// Of incoming texts: enough that somebody always waits.
const TEXTING: usize = 256;
const FULL: Duration = Duration::from_secs(8);
const HALF: Duration = Duration::from_secs(5);
const WARM: Duration = Duration::from_secs(2);
/// Texts that Twilio has. pgbench takes the first of them.
const TEXTS: u64 = 200_000;
const PGBENCH: u64 = 60_000;
/// The rung of "sent", domain::status.
const SENT: i64 = 50;
const CLIENTS: u64 = 2_000;

/// Budgets of status callbacks on this database.
pub fn callbacks(program: &Path, database: Database, table: &mut Table) -> Result<()> {
    let base = Base::seeded(program, database, "queued", (TEXTS, CLIENTS))?;
    let (what, limit, share) = match database {
        Database::Sqlite => (
            "single rows",
            limits::rows(program, base.folder.path())?,
            2.0,
        ),
        Database::Postgres => ("pgbench", limits::pgbench(&base, SENT)?, 0.8),
    };
    let mut requests = vec![];
    for status in ["sent", "delivered"] {
        for n in PGBENCH..TEXTS {
            requests.push(callback(n, status)?);
        }
    }
    let served = Served::start(program, &base, "127.0.0.1:9")?;
    let measured = measure(&base, &served, &requests, (CALLBACKS, 204))?;
    let name = format!("status callbacks, {database}");
    table.at_least(&name, measured.full, limit * share, "/s");
    table.at_most(
        &format!("{name}, p99 at half of it"),
        measured.half.ms(0.99),
        50.0,
        "ms",
    );
    table.note(&format!(
        "{name}: {what} {limit:.0}/s, budget {share} times that; ours {:.2} times. {}",
        measured.full / limit,
        measured.words
    ));
    Ok(())
}

/// Budgets of incoming texts on this database.
pub fn texts(program: &Path, database: Database, table: &mut Table) -> Result<()> {
    let base = Base::seeded(program, database, "delivered", (CLIENTS, CLIENTS))?;
    let requests = (0..200_000).map(text).collect::<Result<Vec<_>>>()?;
    let served = Served::start(program, &base, "127.0.0.1:9")?;
    let measured = measure(&base, &served, &requests, (TEXTING, 200))?;
    let name = format!("incoming texts, {database}");
    table.at_least(&name, measured.full, 5_000.0, "/s");
    table.note(&format!("{name}: {}", measured.words));
    Ok(())
}

/// What a bare server on this machine does with the same requests.
pub fn bare(program: &Path) -> Result<f64> {
    let requests = (0..200_000)
        .map(|n| callback(n, "sent"))
        .collect::<Result<Vec<_>>>()?;
    limits::bare(program, &requests)
}

struct Measured {
    /// Answers a second.
    full: f64,
    half: Load,
    words: String,
}

/// Over so many connections, each answer with this status: warm, then as fast as it goes, then at half of that.
fn measure(
    base: &Base,
    served: &Served,
    requests: &[Vec<u8>],
    (connections, status): (usize, u16),
) -> Result<Measured> {
    let how = How {
        connections,
        pace: None,
        limit: WARM,
        status,
    };
    let warm = many::run(&served.address, requests, &how)?;
    base.analyze()?;
    let requests = &requests[warm.answers()..];
    let used = (
        cpu::seconds(served.pid())?,
        cpu::seconds(std::process::id())?,
    );
    let full = many::run(&served.address, requests, &How { limit: FULL, ..how })?;
    let used = (
        cpu::seconds(served.pid())? - used.0,
        cpu::seconds(std::process::id())? - used.1,
    );
    let requests = &requests[full.answers()..];
    let pace = full.per_second() / 2.0;
    let paced = How {
        pace: Some(pace),
        limit: HALF,
        ..how
    };
    let half = many::run(&served.address, requests, &paced)?;
    let micros = |seconds: f64| seconds / full.answers() as f64 * 1e6;
    let words = format!(
        "{connections} connections, {} answers, p50 {:.1} ms, p99 {:.1} ms; the program used {:.0} µs of processor \
         time for each, whoever asked {:.0} µs. At {pace:.0}/s: p50 {:.1} ms, p99 {:.1} ms.",
        full.answers(),
        full.ms(0.5),
        full.ms(0.99),
        micros(used.0),
        micros(used.1),
        half.ms(0.5),
        half.ms(0.99),
    );
    Ok(Measured {
        full: full.per_second(),
        half,
        words,
    })
}

/// Twilio's report on the n-th text, named by our id as Twilio names it.
fn callback(n: u64, status: &str) -> Result<Vec<u8>> {
    let id = format!("{n:032x}");
    let text = format!(
        "{}-{}-{}-{}-{}",
        &id[..8],
        &id[8..12],
        &id[12..16],
        &id[16..20],
        &id[20..]
    );
    let sid = format!("SM{id}");
    let form = [
        ("AccountSid", ACCOUNT),
        ("ApiVersion", "2010-04-01"),
        ("From", NUMBER),
        ("MessageSid", sid.as_str()),
        ("MessageStatus", status),
        ("SmsSid", sid.as_str()),
        ("SmsStatus", status),
        ("To", "+16612000000"),
    ];
    signed::request(TOKEN, PUBLIC, &format!("/twilio/status?text={text}"), &form)
}

/// A client's text.
fn text(n: u64) -> Result<Vec<u8>> {
    let (sid, from) = (
        format!("SM{n:032x}"),
        format!("+1661{:07}", 2_000_000 + n % CLIENTS),
    );
    let form = [
        ("AccountSid", ACCOUNT),
        ("ApiVersion", "2010-04-01"),
        ("Body", "When is my hearing? I don't find the letter."),
        ("From", from.as_str()),
        ("MessageSid", sid.as_str()),
        ("NumMedia", "0"),
        ("SmsMessageSid", sid.as_str()),
        ("SmsSid", sid.as_str()),
        ("SmsStatus", "received"),
        ("To", NUMBER),
    ];
    signed::request(TOKEN, PUBLIC, "/twilio/text", &form)
}
