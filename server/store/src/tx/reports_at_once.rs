//! What Twilio says of many texts of an organization, in a few statements for all of them. The rules are those of
//! [`super::reports`]; of each text there is one report in a call.

use super::json_ids;
use crate::{
    Climbed, Heard, Result, Tx,
    link::{execute, rows},
    sql::sql,
};
use domain::{
    ids::{CaseId, TextId},
    status::{Source, Status},
};
use serde_json::{Value, json};
use uuid::Uuid;

sql! {
    TEXTS_BY_SIDS = two(
        "SELECT CAST(k.key AS BIGINT), m.id FROM json_each($2) AS k
         CROSS JOIN message AS m WHERE m.org_id = $1 AND m.sid = k.value",
        "SELECT k.n - 1, m.id FROM json_array_elements_text(CAST($2 AS JSON)) WITH ORDINALITY AS k (sid, n)
         CROSS JOIN LATERAL (SELECT id FROM message WHERE org_id = $1 AND sid = k.sid OFFSET 0) AS m",
    );
    INSERT_REPORTS = two(
        "INSERT INTO report (org_id, id, message_id, sid, source, status, error, at)
         SELECT $1, unhex(k.value ->> 'id'), unhex(k.value ->> 'message'), k.value ->> 'sid', $4,
                k.value ->> 'word', NULL, $3
         FROM json_each($2) AS k WHERE TRUE ON CONFLICT DO NOTHING",
        "INSERT INTO report (org_id, id, message_id, sid, source, status, error, at)
         SELECT CAST($1 AS UUID), k.id, k.message, k.sid, CAST($4 AS TEXT), k.word, NULL, CAST($3 AS BIGINT)
         FROM json_to_recordset(CAST($2 AS JSON)) AS k (id UUID, message UUID, sid TEXT, word TEXT)
         ORDER BY k.message ON CONFLICT DO NOTHING",
    );
    /// As `DROP_KNOWN`; those that several transactions want are taken in one order.
    DROP_ALL_KNOWN = two(
        "DELETE FROM outbox
         WHERE org_id = $1 AND message_id IN (SELECT unhex(value) FROM json_each($2))
           AND (posting_at IS NULL OR claim_token IS NULL)",
        "DELETE FROM outbox WHERE org_id = $1 AND message_id IN (
             SELECT o.message_id FROM outbox o
             WHERE o.org_id = $1 AND (o.posting_at IS NULL OR o.claim_token IS NULL)
               AND o.message_id = ANY (ARRAY(
                   SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON))))
             ORDER BY o.message_id FOR UPDATE)",
    );
    /// As `ADVANCE`, for reports that carry no error and correct nothing. MATERIALIZED and IN: or SQLite walks every
    /// text there is, and looks for each in the list. An array: or PostgreSQL does so in an office of some thousand texts.
    ADVANCE_ALL = two(
        "WITH k AS MATERIALIZED (
             SELECT unhex(value ->> 'message') AS id, value ->> 'status' AS status, value ->> 'rank' AS rank
             FROM json_each($2))
         UPDATE message SET status = k.status, rank = k.rank, status_at = $3 FROM k
         WHERE message.org_id = $1 AND message.id IN (SELECT id FROM k) AND message.id = k.id
           AND (message.rank < k.rank
                OR (message.status IN ('refused', 'stopped') AND k.rank >= 10 AND k.status NOT IN ('refused', 'stopped')))
         RETURNING message.id, message.case_id, message.created_at, message.error",
        "UPDATE message SET status = k.status, rank = k.rank, status_at = $3
         FROM json_to_recordset(CAST($2 AS JSON)) AS k (message UUID, status TEXT, rank BIGINT)
         WHERE message.org_id = $1 AND message.id = k.message
           AND message.id = ANY (ARRAY(
                   SELECT CAST(value ->> 'message' AS UUID) FROM json_array_elements(CAST($2 AS JSON))))
           AND (message.rank < k.rank
                OR (message.status IN ('refused', 'stopped') AND k.rank >= 10 AND k.status NOT IN ('refused', 'stopped')))
         RETURNING message.id, message.case_id, message.created_at, message.error",
    );
}

impl Tx {
    /// Which of these Sids, by their place in the list, are of which texts.
    pub async fn texts_by_sids(&mut self, sids: &[&str]) -> Result<Vec<(usize, TextId)>> {
        let sids = json!(sids).to_string();
        let found: Vec<(i64, Uuid)> = rows!(self.conn, TEXTS_BY_SIDS, self.org.0, sids);
        let read = |(n, id): (i64, Uuid)| Some((usize::try_from(n).ok()?, TextId(id)));
        Ok(found.into_iter().filter_map(read).collect())
    }

    /// Keeps the answers to our sending of texts, each of another text.
    pub async fn keep_answers(&mut self, said: &[Heard<'_>], at: i64) -> Result<()> {
        self.insert_reports(&in_order(said), Source::Answer, at)
            .await?;
        Ok(())
    }

    /// Answers the list of what it kept.
    async fn insert_reports(
        &mut self,
        heard: &[&Heard<'_>],
        source: Source,
        at: i64,
    ) -> Result<String> {
        let rows = Value::Array(heard.iter().map(|heard| row(heard)).collect()).to_string();
        let (list, source) = (rows.as_str(), source.as_str());
        execute!(self.conn, INSERT_REPORTS, self.org.0, list, at, source);
        Ok(rows)
    }

    /// Keeps callbacks on texts whose Sid is known, each of another text, and lets the texts climb. Answers which did.
    pub async fn climb_all(&mut self, heard: &[Heard<'_>], at: i64) -> Result<Vec<Climbed>> {
        let heard = in_order(heard);
        let rows = self.insert_reports(&heard, Source::Callback, at).await?;
        let (org, rows) = (self.org.0, rows.as_str());
        let known = heard
            .iter()
            .filter(|heard| heard.status.rank() >= Status::Scheduled.rank());
        let known = json_ids(known.map(|heard| heard.text.0));
        execute!(self.conn, DROP_ALL_KNOWN, org, known);
        let climbed: Vec<(Uuid, Uuid, i64, Option<i64>)> =
            rows!(self.conn, ADVANCE_ALL, org, rows, at);
        let read = |(text, case, created_at, error)| Climbed {
            text: TextId(text),
            case: CaseId(case),
            created_at,
            error,
        };
        Ok(climbed.into_iter().map(read).collect())
    }
}

/// Those who change the same texts at once do so in one order.
fn in_order<'a, 'b>(heard: &'a [Heard<'b>]) -> Vec<&'a Heard<'b>> {
    let mut heard: Vec<&Heard<'_>> = heard.iter().collect();
    heard.sort_unstable_by_key(|heard| heard.text);
    heard
}

fn row(heard: &Heard<'_>) -> Value {
    json!({
        "id": heard.id.simple().to_string(),
        "message": heard.text.0.simple().to_string(),
        "sid": heard.sid,
        "word": heard.word,
        "status": heard.status.as_str(),
        "rank": heard.status.rank(),
    })
}
