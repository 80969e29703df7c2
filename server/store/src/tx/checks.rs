//! The check of Texting Setup: its lines, and what is known here of Twilio's reports.

use crate::{
    CheckRow, Result, Tx,
    link::{execute, one, optional},
    sql::sql,
};
use uuid::Uuid;

sql! {
    BEGIN_CHECK = same(
        "INSERT INTO setup_check (org_id, id, started_at, lines_json) VALUES ($1, $2, $3, $4)
         ON CONFLICT (org_id) DO UPDATE SET id = excluded.id, started_at = excluded.started_at, ended_at = NULL,
             lines_json = excluded.lines_json"
    );
    SAVE_LINES = same(
        "UPDATE setup_check SET lines_json = $3, ended_at = $4 WHERE org_id = $1 AND id = $2"
    );
    /// One server takes the night: the others find it taken.
    TAKE_NIGHT = same(
        "INSERT INTO setup_check (org_id, id, started_at, ended_at, night_at, lines_json)
         VALUES ($1, $2, $3, $3, $3, '[]')
         ON CONFLICT (org_id) DO UPDATE SET night_at = excluded.night_at
         WHERE COALESCE(setup_check.night_at, 0) = $4"
    );
    SETUP_CHECK = same("SELECT id, started_at, ended_at, lines_json FROM setup_check WHERE org_id = $1");
    /// Ids are in the order of time, so the key finds the last one.
    LAST_REPORT = same(
        "SELECT at FROM report WHERE org_id = $1 AND source = 'callback' ORDER BY id DESC LIMIT 1"
    );
    LAST_TAKEN = same(
        "SELECT max(at) FROM (
             SELECT max(created_at) AS at FROM test_text WHERE org_id = $1 AND sid IS NOT NULL
             UNION ALL
             SELECT created_at AS at FROM (
                 SELECT created_at FROM message WHERE org_id = $1 AND sid IS NOT NULL ORDER BY id DESC LIMIT 1) AS m
         ) AS taken"
    );
    /// Texts made after an id whose error is one of three codes.
    COUNT_ERRORS = same(
        "SELECT (SELECT count(*) FROM message WHERE org_id = $1 AND id >= $2 AND error IN ($3, $4, $5))
              + (SELECT count(*) FROM test_text WHERE org_id = $1 AND id >= $2 AND error IN ($3, $4, $5))"
    );
}

impl Tx {
    /// Begins a check with what was known before.
    pub async fn begin_check(&mut self, id: Uuid, at: i64, lines_json: &str) -> Result<()> {
        execute!(self.conn, BEGIN_CHECK, self.org.0, id, at, lines_json);
        Ok(())
    }

    /// Keeps the lines so far; with `ended_at` the check has ended. `false`: another check began since.
    pub async fn save_lines(
        &mut self,
        id: Uuid,
        lines_json: &str,
        ended_at: Option<i64>,
    ) -> Result<bool> {
        Ok(execute!(self.conn, SAVE_LINES, self.org.0, id, lines_json, ended_at) == 1)
    }

    /// Takes the nightly check, which was last taken at `seen`. `false`: another server was faster.
    pub async fn take_night(&mut self, id: Uuid, now: i64, seen: Option<i64>) -> Result<bool> {
        let seen = seen.unwrap_or_default();
        Ok(execute!(self.conn, TAKE_NIGHT, self.org.0, id, now, seen) == 1)
    }

    /// The last check, running or ended.
    pub async fn setup_check(&mut self) -> Result<Option<CheckRow>> {
        let row: Option<(Uuid, i64, Option<i64>, String)> =
            optional!(self.conn, SETUP_CHECK, self.org.0);
        Ok(row.map(|(id, started_at, ended_at, lines_json)| CheckRow {
            id,
            started_at,
            ended_at,
            lines_json,
        }))
    }

    /// When Twilio last reported on a text.
    pub async fn last_report(&mut self) -> Result<Option<i64>> {
        let row: Option<(i64,)> = optional!(self.conn, LAST_REPORT, self.org.0);
        Ok(row.map(|(at,)| at))
    }

    /// When the last text was made that Twilio took.
    pub async fn last_taken(&mut self) -> Result<Option<i64>> {
        let (at,): (Option<i64>,) = one!(self.conn, LAST_TAKEN, self.org.0);
        Ok(at)
    }

    /// How many texts, made after the one with this id, ended with one of these codes.
    pub async fn count_errors(&mut self, after: Uuid, codes: [i64; 3]) -> Result<i64> {
        let [a, b, c] = codes;
        let (count,): (i64,) = one!(self.conn, COUNT_ERRORS, self.org.0, after, a, b, c);
        Ok(count)
    }
}
