//! What a worker writes of texts that it claimed, in a few statements for all of them: that they leave, and that Twilio
//! took them. The rest stands in [`super::outbox`], and its rules hold here: every statement carries the fence, and
//! outbox rows come before texts.

use super::{json_ids, lock_of};
use crate::{
    Accepted, Leaving, Result, Tx,
    link::{Link, execute, rows},
    rows::RawLeaving,
    sql::sql,
};
use domain::{ids::TextId, phone::Phone, status::Status};
use serde_json::{Value, json};
use uuid::Uuid;

sql! {
    /// What decides whether texts may leave. The lists are walked in their order, each text looked up by its key.
    LEAVING = two(
        "SELECT m.id, m.case_id, m.to_phone, m.body, c.phone, c.okay_phone, b.held,
                CAST(EXISTS (SELECT 1 FROM review r WHERE r.org_id = $1 AND r.phone = m.to_phone
                             AND r.decided_at IS NULL) AS BIGINT) AS paused
         FROM json_each($2) AS k
         CROSS JOIN message AS m
         CROSS JOIN client AS c
         LEFT JOIN block AS b ON b.org_id = $1 AND b.phone = m.to_phone AND b.lifted_at IS NULL
         WHERE m.org_id = $1 AND m.id = unhex(k.value) AND c.org_id = $1 AND c.id = m.client_id",
        "SELECT m.id, m.case_id, m.to_phone, m.body, c.phone, c.okay_phone, b.held,
                CASE WHEN EXISTS (SELECT 1 FROM review r WHERE r.org_id = $1 AND r.phone = m.to_phone
                                  AND r.decided_at IS NULL) THEN CAST(1 AS BIGINT) ELSE 0 END AS paused
         FROM json_array_elements_text(CAST($2 AS JSON)) AS k (id)
         CROSS JOIN LATERAL (SELECT id, case_id, client_id, to_phone, body FROM message
                             WHERE org_id = $1 AND id = CAST(k.id AS UUID) OFFSET 0) AS m
         JOIN client c ON c.org_id = $1 AND c.id = m.client_id
         LEFT JOIN block b ON b.org_id = $1 AND b.phone = m.to_phone AND b.lifted_at IS NULL",
    );
    /// Shares the locks of numbers that nobody holds alone ([`Tx::hold_number`]), and waits for none: which these are.
    SHARE_NUMBERS = two(
        "SELECT 1",
        "SELECT k.n FROM unnest(CAST($1 AS INTEGER[]), CAST($2 AS INTEGER[])) WITH ORDINALITY AS k (high, low, n)
         WHERE pg_try_advisory_xact_lock_shared(k.high, k.low)",
    );
    /// Also not when a callback has told of the text meanwhile: then Twilio has it.
    FENCE_ALL_POSTING = two(
        "WITH k AS MATERIALIZED (
             SELECT unhex(value ->> 'message') AS id, unhex(value ->> 'token') AS token FROM json_each($2))
         UPDATE outbox SET posting_at = $3, from_phone = $4, look_at = NULL, looked_at = NULL, list_said = NULL,
                           staff_asked_at = NULL
         FROM k
         WHERE outbox.org_id = $1 AND outbox.message_id IN (SELECT id FROM k) AND outbox.message_id = k.id
           AND outbox.claim_token = k.token AND outbox.posting_at IS NULL AND EXISTS (
             SELECT 1 FROM message m WHERE m.org_id = $1 AND m.id = k.id AND m.status = 'claimed')
         RETURNING outbox.message_id",
        "UPDATE outbox SET posting_at = $3, from_phone = $4, look_at = NULL, looked_at = NULL, list_said = NULL,
                           staff_asked_at = NULL
         FROM (SELECT o.message_id
               FROM json_to_recordset(CAST($2 AS JSON)) AS k (message UUID, token UUID)
               JOIN outbox o ON o.org_id = $1 AND o.message_id = k.message AND o.claim_token = k.token
               WHERE o.message_id = ANY (ARRAY(
                         SELECT CAST(value ->> 'message' AS UUID) FROM json_array_elements(CAST($2 AS JSON))))
                 AND o.posting_at IS NULL AND EXISTS (
                   SELECT 1 FROM message m WHERE m.org_id = $1 AND m.id = k.message AND m.status = 'claimed')
               ORDER BY o.message_id FOR UPDATE OF o) AS held
         WHERE outbox.org_id = $1 AND outbox.message_id = held.message_id
         RETURNING outbox.message_id",
    );
    FENCE_ALL_POSTED = two(
        "WITH k AS MATERIALIZED (
             SELECT unhex(value ->> 'message') AS id, unhex(value ->> 'token') AS token FROM json_each($2))
         DELETE FROM outbox
         WHERE org_id = $1 AND message_id IN (SELECT id FROM k) AND posting_at IS NOT NULL
           AND (message_id, claim_token) IN (SELECT id, token FROM k)
         RETURNING message_id",
        "DELETE FROM outbox USING (
             SELECT o.message_id
             FROM json_to_recordset(CAST($2 AS JSON)) AS k (message UUID, token UUID)
             JOIN outbox o ON o.org_id = $1 AND o.message_id = k.message AND o.claim_token = k.token
             WHERE o.message_id = ANY (ARRAY(
                       SELECT CAST(value ->> 'message' AS UUID) FROM json_array_elements(CAST($2 AS JSON))))
               AND o.posting_at IS NOT NULL
             ORDER BY o.message_id FOR UPDATE OF o) AS held
         WHERE outbox.org_id = $1 AND outbox.message_id = held.message_id
         RETURNING outbox.message_id",
    );
    /// From one of our own states to another.
    MOVE_TEXTS = two(
        "UPDATE message SET status = $3, rank = $4, status_at = $5
         WHERE org_id = $1 AND id IN (SELECT unhex(value) FROM json_each($2)) AND rank < 10",
        "UPDATE message SET status = $3, rank = $4, status_at = $5
         WHERE org_id = $1 AND rank < 10
           AND id = ANY (ARRAY(SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON))))",
    );
    /// Climbs only; the SID is learned all the same.
    ACCEPT_ALL = two(
        "WITH k AS MATERIALIZED (
             SELECT unhex(value ->> 'message') AS id, value ->> 'sid' AS sid, value ->> 'status' AS status,
                    value ->> 'rank' AS rank, value ->> 'parts' AS parts, value ->> 'error' AS error,
                    value ->> 'at' AS at
             FROM json_each($2))
         UPDATE message SET sid = COALESCE(message.sid, k.sid),
                status = CASE WHEN message.rank < k.rank THEN k.status ELSE message.status END,
                rank = CASE WHEN message.rank < k.rank THEN k.rank ELSE message.rank END,
                status_at = CASE WHEN message.rank < k.rank THEN k.at ELSE message.status_at END,
                parts = COALESCE(k.parts, message.parts), error = COALESCE(k.error, message.error),
                ask_at = k.at + 60000, asked = 0
         FROM k
         WHERE message.org_id = $1 AND message.id IN (SELECT id FROM k) AND message.id = k.id
         RETURNING message.id, message.error",
        "UPDATE message SET sid = COALESCE(message.sid, k.sid),
                status = CASE WHEN message.rank < k.rank THEN k.status ELSE message.status END,
                rank = CASE WHEN message.rank < k.rank THEN k.rank ELSE message.rank END,
                status_at = CASE WHEN message.rank < k.rank THEN k.at ELSE message.status_at END,
                parts = COALESCE(k.parts, message.parts), error = COALESCE(k.error, message.error),
                ask_at = k.at + 60000, asked = 0
         FROM json_to_recordset(CAST($2 AS JSON))
              AS k (message UUID, sid TEXT, status TEXT, rank BIGINT, parts BIGINT, error BIGINT, at BIGINT)
         WHERE message.org_id = $1 AND message.id = k.message
           AND message.id = ANY (ARRAY(
                   SELECT CAST(value ->> 'message' AS UUID) FROM json_array_elements(CAST($2 AS JSON))))
         RETURNING message.id, message.error",
    );
    /// Which of these SIDs were reported on before anybody knew whose they are.
    REPORTED_BEFORE = two(
        "SELECT k.value FROM json_each($2) AS k
         WHERE EXISTS (SELECT 1 FROM report r WHERE r.org_id = $1 AND r.sid = k.value AND r.source = 'callback'
                       AND r.message_id IS NULL)",
        "SELECT k.sid FROM json_array_elements_text(CAST($2 AS JSON)) AS k (sid)
         CROSS JOIN LATERAL (SELECT 1 FROM report r WHERE r.org_id = $1 AND r.sid = k.sid AND r.source = 'callback'
                             AND r.message_id IS NULL LIMIT 1) AS found",
    );
}

impl Tx {
    /// What decides whether each of these texts may leave. One that is not there is left out.
    ///
    /// From here on nobody writes a word of the texts' numbers until the transaction ends. Where somebody is just doing
    /// so, that is not waited for, or two who write might wait for each other: the text is not settled.
    pub async fn leaving(&mut self, texts: &[TextId]) -> Result<Vec<Leaving>> {
        let mut found = self.read_leaving(texts).await?;
        let org = self.org;
        let Link::Postgres(conn) = self.conn.link() else {
            return Ok(found);
        };
        let (high, low): (Vec<i32>, Vec<i32>) =
            found.iter().map(|text| lock_of(org, &text.to)).unzip();
        let shared: Vec<(i64,)> = sqlx::query_as(SHARE_NUMBERS.postgres)
            .bind(high)
            .bind(low)
            .fetch_all(conn)
            .await?;
        let is_shared = |n: usize| shared.iter().any(|(k,)| usize::try_from(*k) == Ok(n + 1));
        let (settled, mut others): (Vec<_>, Vec<_>) = found
            .drain(..)
            .enumerate()
            .partition(|(n, _)| is_shared(*n));
        // Read anew: what was written before the lock was there may have been committed since.
        let settled: Vec<TextId> = settled.iter().map(|(_, text)| text.text).collect();
        found = self.read_leaving(&settled).await?;
        for (_, text) in &mut others {
            text.settled = false;
        }
        found.extend(others.into_iter().map(|(_, text)| text));
        Ok(found)
    }

    async fn read_leaving(&mut self, texts: &[TextId]) -> Result<Vec<Leaving>> {
        let ids = json_ids(texts.iter().map(|text| text.0));
        let found: Vec<RawLeaving> = rows!(self.conn, LEAVING, self.org.0, ids);
        found.into_iter().map(RawLeaving::read).collect()
    }

    /// These texts, each with the token of its claim, are about to leave from this number: commit this before the first
    /// byte goes out. The others are not this worker's any more, and must not leave.
    pub async fn mark_all_posting(
        &mut self,
        texts: &[(TextId, Uuid)],
        from: &Phone,
        now: i64,
    ) -> Result<Vec<TextId>> {
        let (claims, from) = (claims(texts), from.as_str());
        let marked: Vec<(Uuid,)> =
            rows!(self.conn, FENCE_ALL_POSTING, self.org.0, claims, now, from);
        if !marked.is_empty() {
            let ids = json_ids(marked.iter().map(|(id,)| *id));
            let (status, rank) = (Status::Posting.as_str(), i64::from(Status::Posting.rank()));
            execute!(self.conn, MOVE_TEXTS, self.org.0, ids, status, rank, now);
        }
        Ok(marked.into_iter().map(|(id,)| TextId(id)).collect())
    }

    /// The same of one text. `false`: it is not this worker's any more.
    pub async fn mark_posting(
        &mut self,
        text: TextId,
        token: Uuid,
        from: &Phone,
        now: i64,
    ) -> Result<bool> {
        let marked = self.mark_all_posting(&[(text, token)], from, now).await?;
        Ok(!marked.is_empty())
    }

    /// Twilio took these texts, each with the token of its claim: they have SIDs and leave the outbox. A callback may
    /// have been faster; the status then stays where the callback raised it. Answers which texts still were this
    /// worker's, and of each whether more is known of it than the answer said.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when another text has one of the SIDs.
    pub async fn accept_all(
        &mut self,
        texts: &[(TextId, Uuid, Accepted<'_>)],
    ) -> Result<Vec<(TextId, bool)>> {
        let fenced: Vec<(TextId, Uuid)> = texts
            .iter()
            .map(|(text, token, _)| (*text, *token))
            .collect();
        let claims = claims(&fenced);
        let mine: Vec<(Uuid,)> = rows!(self.conn, FENCE_ALL_POSTED, self.org.0, claims);
        let is_mine = |text: TextId| mine.iter().any(|(id,)| *id == text.0);
        // Those who change the same texts at once do so in one order.
        let mut mine: Vec<_> = texts.iter().filter(|(text, ..)| is_mine(*text)).collect();
        if mine.is_empty() {
            return Ok(vec![]);
        }
        mine.sort_unstable_by_key(|(text, ..)| *text);
        let words = Value::Array(
            mine.iter()
                .map(|(text, _, said)| word(*text, said))
                .collect(),
        );
        let accepted: Vec<(Uuid, Option<i64>)> =
            rows!(self.conn, ACCEPT_ALL, self.org.0, words.to_string());
        let sids: Vec<&str> = mine.iter().map(|(.., said)| said.sid).collect();
        let sids = json!(sids).to_string();
        let before: Vec<(String,)> = rows!(self.conn, REPORTED_BEFORE, self.org.0, sids);
        let mut done = vec![];
        for (id, error) in accepted {
            let text = TextId(id);
            let sid = mine.iter().find(|(mine, ..)| *mine == text);
            let sid = sid.map_or("", |(.., said)| said.sid);
            let reported = before.iter().any(|(before,)| before == sid);
            if reported {
                self.join_orphans(text, sid).await?;
            }
            done.push((text, reported || error.is_some()));
        }
        Ok(done)
    }

    /// The same of one text. `false`: it was not this worker's any more.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when another text has this SID.
    pub async fn accept(
        &mut self,
        text: TextId,
        token: Uuid,
        answer: &Accepted<'_>,
    ) -> Result<bool> {
        let done = self.accept_all(&[(text, token, *answer)]).await?;
        Ok(!done.is_empty())
    }
}

fn claims(texts: &[(TextId, Uuid)]) -> String {
    let row = |(text, token): &(TextId, Uuid)| json!({"message": text.0.simple().to_string(), "token": token.simple().to_string()});
    Value::Array(texts.iter().map(row).collect()).to_string()
}

fn word(text: TextId, said: &Accepted<'_>) -> Value {
    json!({
        "message": text.0.simple().to_string(),
        "sid": said.sid,
        "status": said.status.as_str(),
        "rank": said.rank,
        "parts": said.parts,
        "error": said.error,
        "at": said.at,
    })
}
