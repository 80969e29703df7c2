//! Many texts of clients of an organization, in a few statements for all of them. Of each number there is one text in a
//! call, and of each Sid.

use super::json_ids;
use crate::{
    NewIncoming, Result, Tx,
    link::{execute, optional, rows},
    sql::sql,
};
use domain::{
    ids::{ClientId, IncomingId},
    incoming::Silence,
};
use serde_json::{Value, json};
use std::fmt::Write;
use uuid::Uuid;

sql! {
    /// Both lists of phones are walked in their order, each looked up by its index: never all clients of the office.
    HOLDERS_OF_ALL = two(
        "SELECT CAST(k.key AS BIGINT), c.id FROM json_each($2) AS k
         CROSS JOIN client AS c WHERE c.org_id = $1 AND c.phone = k.value ORDER BY c.id",
        "SELECT k.n - 1, c.id FROM json_array_elements_text(CAST($2 AS JSON)) WITH ORDINALITY AS k (phone, n)
         CROSS JOIN LATERAL (SELECT id FROM client WHERE org_id = $1 AND phone = k.phone OFFSET 0) AS c
         ORDER BY c.id",
    );
    COUNTS_BEFORE = two(
        "SELECT (SELECT count(*) FROM incoming i WHERE i.org_id = $1 AND i.from_phone = k.value AND i.at > $3)
         FROM json_each($2) AS k ORDER BY k.key",
        "SELECT (SELECT count(*) FROM incoming i WHERE i.org_id = $1 AND i.from_phone = k.phone AND i.at > $3)
         FROM json_array_elements_text(CAST($2 AS JSON)) WITH ORDINALITY AS k (phone, n) ORDER BY k.n",
    );
    TEXT_RESPONSE = same("SELECT text_response, answer_limit FROM texting_setup WHERE org_id = $1");
    INSERT_ALL_INCOMING = two(
        "INSERT INTO incoming (org_id, id, sid, from_phone, to_phone, body, raw, media_count, media, opt_out, kind,
                               answer, silence, late, clients, at)
         SELECT $1, unhex(k.value ->> 'id'), k.value ->> 'sid', k.value ->> 'from_phone', k.value ->> 'to_phone',
                k.value ->> 'body', unhex(k.value ->> 'raw'), k.value ->> 'media_count', k.value ->> 'media',
                k.value ->> 'opt_out', k.value ->> 'kind', k.value ->> 'answer', k.value ->> 'silence',
                k.value ->> 'late', k.value ->> 'clients', k.value ->> 'at'
         FROM json_each($2) AS k WHERE TRUE
         ON CONFLICT (org_id, sid) DO NOTHING RETURNING id",
        "INSERT INTO incoming (org_id, id, sid, from_phone, to_phone, body, raw, media_count, media, opt_out, kind,
                               answer, silence, late, clients, at)
         SELECT CAST($1 AS UUID), k.id, k.sid, k.from_phone, k.to_phone, k.body, decode(k.raw, 'hex'), k.media_count,
                k.media, k.opt_out, k.kind, k.answer, k.silence, k.late, k.clients, k.at
         FROM json_to_recordset(CAST($2 AS JSON))
              AS k (id UUID, sid TEXT, from_phone TEXT, to_phone TEXT, body TEXT, raw TEXT, media_count BIGINT,
                    media TEXT, opt_out TEXT, kind TEXT, answer TEXT, silence TEXT, late BIGINT, clients BIGINT,
                    at BIGINT)
         ON CONFLICT (org_id, sid) DO NOTHING RETURNING id",
    );
    LINK_ALL = two(
        "INSERT INTO incoming_client (org_id, incoming_id, client_id, at)
         SELECT $1, unhex(value ->> 0), unhex(value ->> 1), $3 FROM json_each($2)",
        "INSERT INTO incoming_client (org_id, incoming_id, client_id, at)
         SELECT CAST($1 AS UUID), CAST(value ->> 0 AS UUID), CAST(value ->> 1 AS UUID), CAST($3 AS BIGINT)
         FROM json_array_elements(CAST($2 AS JSON))",
    );
}

impl Tx {
    /// The clients who have each of these numbers.
    pub async fn holders_of_all(&mut self, phones: &[&str]) -> Result<Vec<Vec<ClientId>>> {
        let list = json!(phones).to_string();
        let found: Vec<(i64, Uuid)> = rows!(self.conn, HOLDERS_OF_ALL, self.org.0, list);
        let mut holders = vec![vec![]; phones.len()];
        for (n, client) in found {
            let n = usize::try_from(n).unwrap_or(usize::MAX);
            if let Some(those) = holders.get_mut(n) {
                those.push(ClientId(client));
            }
        }
        Ok(holders)
    }

    /// How many texts came from each of these numbers since then.
    pub async fn counts_before(&mut self, phones: &[&str], since: i64) -> Result<Vec<i64>> {
        let list = json!(phones).to_string();
        let counts: Vec<(i64,)> = rows!(self.conn, COUNTS_BEFORE, self.org.0, list, since);
        Ok(counts.into_iter().map(|(count,)| count).collect())
    }

    /// The Text Response, and how many texts of one number it answers.
    pub async fn text_response(&mut self) -> Result<Option<(String, i64)>> {
        Ok(optional!(self.conn, TEXT_RESPONSE, self.org.0))
    }

    /// Keeps texts. Answers which: the Sids of the others came before.
    pub async fn insert_all_incoming(
        &mut self,
        texts: &[NewIncoming<'_>],
    ) -> Result<Vec<IncomingId>> {
        // Those who bring the same Sids at once wait for each other in one order.
        let mut texts: Vec<&NewIncoming<'_>> = texts.iter().collect();
        texts.sort_unstable_by_key(|text| text.sid);
        let rows = Value::Array(texts.into_iter().map(row).collect()).to_string();
        let kept: Vec<(Uuid,)> = rows!(self.conn, INSERT_ALL_INCOMING, self.org.0, rows);
        Ok(kept.into_iter().map(|(id,)| IncomingId(id)).collect())
    }

    /// Says of which clients' numbers texts came.
    pub async fn link_all(&mut self, links: &[(IncomingId, ClientId)], at: i64) -> Result<()> {
        if links.is_empty() {
            return Ok(());
        }
        let pairs = links
            .iter()
            .map(|(text, client)| json_ids([text.0, client.0].into_iter()));
        let rows = format!("[{}]", pairs.collect::<Vec<_>>().join(","));
        execute!(self.conn, LINK_ALL, self.org.0, rows, at);
        Ok(())
    }
}

fn row(text: &NewIncoming<'_>) -> Value {
    let t = text;
    json!({
        "id": t.id.0.simple().to_string(),
        "sid": t.sid,
        "from_phone": t.from,
        "to_phone": t.to,
        "body": t.body,
        "raw": t.raw.map(hex),
        "media_count": t.media_count,
        "media": t.media,
        "opt_out": t.opt_out,
        "kind": t.kind.as_str(),
        "answer": t.answer,
        "silence": t.silence.map(Silence::as_str),
        "late": i64::from(t.late),
        "clients": t.clients,
        "at": t.at,
    })
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
