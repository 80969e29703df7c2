//! Group commit: webhooks that arrive together share durable transactions, and each is answered after its own.

use crate::{
    on_both,
    support::{
        App, CASE, CELL, DANA, browser,
        phone::{Answer, read},
        sign,
    },
};
use futures::future::join_all;
use reqwest::{Client, Response, StatusCode};

/// So many arrive at once.
const MANY: u32 = 200;
/// The one among them that the database refuses.
const BROKEN: u32 = 77;

fn sid(n: u32) -> String {
    format!("SM{n:032}")
}

fn is_postgres(app: &App) -> bool {
    app.base.url.starts_with("postgres")
}

/// As many texts that Twilio has, written by Dana.
async fn many_texts(app: &App) {
    app.fate(CELL, "silent").await;
    let dana = app.sign_in(DANA).await;
    dana.text(CASE, "Quiet.").await;
    dana.newest_becomes(CASE, &["sent"]).await;
    let (id, name, from) = match is_postgres(app) {
        true => (
            "gen_random_uuid()",
            "'SM' || lpad(n.i::text, 32, '0')",
            format!("generate_series(0, {}) AS n (i)", MANY - 1),
        ),
        false => (
            "randomblob(16)",
            "printf('SM%032d', n.i)",
            format!(
                "(WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < {}) SELECT i FROM c) AS n",
                MANY - 1
            ),
        ),
    };
    let copies = format!(
        "INSERT INTO message (org_id, id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding,
                              status, rank, sid, created_at, status_at)
         SELECT m.org_id, {id}, m.case_id, m.client_id, m.staff_id, {id}, m.body, m.to_phone, m.parts, m.encoding,
                m.status, m.rank, {name}, m.created_at, m.status_at
         FROM message m CROSS JOIN {from} WHERE m.body = 'Quiet.'"
    );
    app.base.change(&copies).await;
}

/// From now on the database refuses a row of this table with the broken one's Sid.
async fn refuse(app: &App, table: &str) {
    let sid = sid(BROKEN);
    let trigger = match is_postgres(app) {
        true => format!(
            "CREATE FUNCTION refuse_{table}() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
             CREATE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW WHEN (NEW.sid = '{sid}')
                 EXECUTE FUNCTION refuse_{table}()"
        ),
        false => format!(
            "CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} WHEN NEW.sid = '{sid}'
             BEGIN SELECT RAISE(ABORT, 'broken'); END"
        ),
    };
    app.base.change(&trigger).await;
}

async fn forgive(app: &App, table: &str) {
    let drop = match is_postgres(app) {
        true => format!("DROP TRIGGER refuse ON {table}"),
        false => format!("DROP TRIGGER refuse_{table}"),
    };
    app.base.change(&drop).await;
}

/// How many transactions there were for this kind, and how many shared them.
async fn groups(app: &App, kind: &str) -> (f64, f64) {
    let said = app.stranger().page("/metrics").await;
    let value = |what: &str| {
        let line = format!("oktext_group_size_{what}{{kind=\"{kind}\"}} ");
        let found = said
            .lines()
            .find_map(|each| each.strip_prefix(line.as_str()));
        found.and_then(|value| value.parse().ok()).unwrap_or(0.0)
    };
    (value("count"), value("sum"))
}

/// Posts as Twilio does. One client for all: each of its own takes longer to make than a connection may stay silent.
async fn post(app: &App, client: &Client, path: &str, form: &[(&str, &str)]) -> Response {
    let url = format!("{}{path}", app.url);
    let signature = sign(&app.token, &url, form);
    let request = client
        .post(url)
        .form(form)
        .header(twilio::signature::HEADER, signature);
    request.send().await.expect("an answer")
}

/// As Twilio does, which repeats what was not taken; a busy machine cannot take all in time.
async fn bring(app: &App, client: &Client, n: u32, path: &str, form: &[(&str, &str)]) -> Response {
    loop {
        let answer = post(app, client, path, form).await;
        if answer.status() != StatusCode::SERVICE_UNAVAILABLE || n == BROKEN {
            return answer;
        }
    }
}

async fn report(app: &App, client: &Client, n: u32, status: &str) -> StatusCode {
    let sid = sid(n);
    let form = [
        ("MessageSid", sid.as_str()),
        ("MessageStatus", status),
        ("AccountSid", app.account.as_str()),
    ];
    bring(app, client, n, "/twilio/status", &form)
        .await
        .status()
}

on_both! {
    async fn reports_that_arrive_together_share_transactions_and_a_broken_one_is_refused_alone(app) {
        many_texts(app).await;
        refuse(app, "report").await;
        let (client, before) = (browser(), groups(app, "status").await);
        let answers = join_all((0..MANY).map(async |n| {
            let answer = report(app, &client, n, "delivered").await;
            // Whoever was answered finds it committed, and nobody else does.
            let kept = format!("SELECT count(*) FROM report WHERE sid = '{}'", sid(n));
            (answer, app.base.number(&kept).await)
        })).await;
        for (n, answer) in (0..MANY).zip(answers) {
            let expected = match n {
                BROKEN => (StatusCode::SERVICE_UNAVAILABLE, 0),
                _ => (StatusCode::NO_CONTENT, 1),
            };
            assert_eq!(answer, expected, "{n}");
        }
        let delivered = "SELECT count(*) FROM message WHERE status = 'delivered' AND sid LIKE 'SM0000%'";
        assert_eq!(app.base.number(delivered).await, i64::from(MANY) - 1);
        // On a busy machine the broken one may have been sent away before a group had it; alone it is refused as well.
        assert_eq!(report(app, &client, BROKEN, "delivered").await, StatusCode::SERVICE_UNAVAILABLE);
        let after = groups(app, "status").await;
        let (transactions, members) = (after.0 - before.0, after.1 - before.1);
        assert!(members >= f64::from(MANY), "{members}");
        assert!(transactions <= members / 2.0, "{transactions} of {members}");
        forgive(app, "report").await;
        assert_eq!(report(app, &client, BROKEN, "delivered").await, StatusCode::NO_CONTENT);
        assert_eq!(app.base.number(delivered).await, i64::from(MANY));
    }

    async fn reports_on_one_text_that_arrive_together_end_at_the_highest_and_each_is_told_of(app) {
        many_texts(app).await;
        let client = &browser();
        let words = ["sending", "delivered", "sent", "delivered", "queued", "a_new_word", "sent"];
        let answers = join_all((0..21).flat_map(|n| words.map(|word| report(app, client, n, word)))).await;
        assert!(answers.iter().all(|answer| *answer == StatusCode::NO_CONTENT), "{answers:?}");
        assert_eq!(app.base.number("SELECT count(*) FROM message WHERE status = 'delivered' AND sid LIKE 'SM0000%'").await, 21);
        // Each word once for each text, and each text that climbed was told of to its pages.
        let kept = "SELECT count(*) FROM report WHERE sid LIKE 'SM0000%'";
        assert_eq!(app.base.number(kept).await, 21 * 5);
        let told = "SELECT count(DISTINCT e.message_id) FROM event e JOIN message m ON m.id = e.message_id
                    WHERE m.status = 'delivered' AND m.sid LIKE 'SM0000%'";
        assert_eq!(app.base.number(told).await, 21);
    }

    async fn texts_that_arrive_together_share_transactions_and_hostile_ones_hurt_nobody(app) {
        refuse(app, "incoming").await;
        let setup = "UPDATE texting_setup SET text_response = 'We read it.', answer_limit = 3";
        app.base.change(setup).await;
        let (client, before) = (browser(), groups(app, "text").await);
        let answers = join_all((0..MANY).map(async |n| {
            // Every tenth is of one and the same phone.
            let phone = if n % 10 == 0 { CELL.to_owned() } else { format!("+1661555{:04}", 2_000 + n) };
            let body = match n % 7 {
                0 => "NUL \0 in it",
                1 => "STOP",
                2 => "'); DROP TABLE incoming; --",
                3 => "please stop texting me",
                4 => "{\"id\": \"\\u0000\"}",
                _ => "When?",
            };
            let sid = sid(n);
            let form = [
                ("AccountSid", app.account.as_str()),
                ("MessageSid", sid.as_str()),
                ("From", phone.as_str()),
                ("To", "+16615550100"),
                ("Body", body),
            ];
            let answer = bring(app, &client, n, "/twilio/text", &form).await;
            let status = answer.status();
            let kept = app.base.number(&format!("SELECT count(*) FROM incoming WHERE sid = '{sid}'")).await;
            let said = if status == StatusCode::OK { Some(read(answer).await) } else { None };
            (status, kept, said)
        })).await;
        let mut of_one_phone = 0;
        for (n, (status, kept, said)) in (0..MANY).zip(answers) {
            if n == BROKEN {
                assert_eq!((status, kept), (StatusCode::SERVICE_UNAVAILABLE, 0));
                continue;
            }
            assert_eq!((status, kept), (StatusCode::OK, 1), "{n}");
            let answered = said == Some(Answer::text("We read it."));
            match n {
                _ if n % 10 == 0 => of_one_phone += u32::from(answered),
                _ => assert_eq!(answered, n % 7 != 1, "{n}"),
            }
        }
        // However they came together, one number is answered so many times and no more.
        assert!(of_one_phone <= 3, "{of_one_phone}");
        // As above: the broken one has to have come to a group.
        let sid = sid(BROKEN);
        let form = [
            ("AccountSid", app.account.as_str()),
            ("MessageSid", sid.as_str()),
            ("From", "+16615552077"),
            ("To", "+16615550100"),
            ("Body", "STOP"),
        ];
        let alone = bring(app, &client, BROKEN, "/twilio/text", &form).await;
        assert_eq!(alone.status(), StatusCode::SERVICE_UNAVAILABLE);
        let after = groups(app, "text").await;
        let (transactions, members) = (after.0 - before.0, after.1 - before.1);
        assert!(members >= f64::from(MANY), "{members}");
        assert!(transactions <= members / 2.0, "{transactions} of {members}");
        let altered = "SELECT count(*) FROM incoming WHERE raw IS NOT NULL";
        assert_eq!(app.base.number(altered).await, i64::from(MANY.div_ceil(7)) - i64::from(BROKEN.is_multiple_of(7)));
        forgive(app, "incoming").await;
    }
}
