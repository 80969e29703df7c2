//! Texts that clients write. Twilio's Sid is unique, so that a repeated request is the same text.

use super::json_ids;
use crate::{
    Answering, CameBefore, IncomingRecord, NewIncoming, Result, Tx,
    link::{execute, one, optional, rows},
    rows::RawIncoming,
    sql::sql,
};
use domain::{
    ids::{ClientId, IncomingId},
    incoming::Silence,
    phone::Phone,
};
use uuid::Uuid;

macro_rules! incoming {
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT i.id, i.from_phone, i.body, i.kind, i.media_count,
                    CAST(CASE WHEN i.raw IS NULL THEN 0 ELSE 1 END AS BIGINT) AS altered, i.answer, i.silence, i.late, i.at FROM ",
            $from,
            " WHERE i.org_id = $1 AND ",
            $rest
        )
    };
}

sql! {
    INSERT_INCOMING = same(
        "INSERT INTO incoming (org_id, id, sid, from_phone, to_phone, body, raw, media_count, media, opt_out, kind,
                               answer, silence, late, clients, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (org_id, sid) DO NOTHING"
    );
    /// A word that blocks or lifts and that this number sent later: it is the newer will.
    LATER_KEYWORD = same(
        "SELECT count(*) FROM incoming
         WHERE org_id = $1 AND from_phone = $2 AND at > $3 AND kind IN ('stop', 'start')"
    );
    CAME_BEFORE = same("SELECT from_phone, answer FROM incoming WHERE org_id = $1 AND sid = $2");
    ANSWERING = same(
        "SELECT text_response, answer_limit,
                (SELECT count(*) FROM incoming i WHERE i.org_id = $1 AND i.from_phone = $2 AND i.at > $3) AS before
         FROM texting_setup WHERE org_id = $1"
    );
    LINK_CLIENT = same("INSERT INTO incoming_client (org_id, incoming_id, client_id, at) VALUES ($1, $2, $3, $4)");
    LINK_UNMATCHED = two(
        "INSERT INTO incoming_client (org_id, incoming_id, client_id, at)
         SELECT org_id, id, $3, at FROM incoming WHERE org_id = $1 AND from_phone = $2 AND clients = 0",
        "INSERT INTO incoming_client (org_id, incoming_id, client_id, at)
         SELECT org_id, id, CAST($3 AS UUID), at FROM incoming WHERE org_id = $1 AND from_phone = $2 AND clients = 0",
    );
    MARK_MATCHED = same(
        "UPDATE incoming SET clients = 1 WHERE org_id = $1 AND from_phone = $2 AND clients = 0"
    );
    /// Walks the index of the client's texts, and no others.
    INCOMING_OF_CLIENT = same(incoming!(
        "incoming_client l JOIN incoming i ON i.org_id = l.org_id AND i.id = l.incoming_id",
        "l.org_id = $1 AND l.client_id = $2 AND (l.at, l.incoming_id) < ($3, $4)
         ORDER BY l.at DESC, l.incoming_id DESC LIMIT $5"
    ));
    UNMATCHED = same(incoming!(
        "incoming i",
        "i.clients = 0 AND (i.at, i.id) < ($2, $3) ORDER BY i.at DESC, i.id DESC LIMIT $4"
    ));
    INCOMING = two(
        incoming!("incoming i", "i.id IN (SELECT unhex(value) FROM json_each($2)) ORDER BY i.at DESC, i.id DESC"),
        incoming!(
            "incoming i",
            "i.id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))
             ORDER BY i.at DESC, i.id DESC"
        ),
    );
    WHOSE = two(
        "SELECT l.incoming_id, c.name FROM incoming_client l
         JOIN client c ON c.org_id = l.org_id AND c.id = l.client_id
         WHERE l.org_id = $1 AND l.incoming_id IN (SELECT unhex(value) FROM json_each($2)) ORDER BY c.name_key, c.id",
        "SELECT l.incoming_id, c.name FROM incoming_client l
         JOIN client c ON c.org_id = l.org_id AND c.id = l.client_id
         WHERE l.org_id = $1 AND l.incoming_id IN (
             SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))
         ORDER BY c.name_key, c.id",
    );
}

impl Tx {
    /// Keeps a text. `false`: its Sid came before, and nothing was kept.
    pub async fn insert_incoming(&mut self, text: &NewIncoming<'_>) -> Result<bool> {
        let t = text;
        let kept = execute!(
            self.conn,
            INSERT_INCOMING,
            self.org.0,
            t.id.0,
            t.sid,
            t.from,
            t.to,
            t.body,
            t.raw,
            t.media_count,
            t.media,
            t.opt_out,
            t.kind.as_str(),
            t.answer,
            t.silence.map(Silence::as_str),
            i64::from(t.late),
            t.clients,
            t.at
        );
        Ok(kept == 1)
    }

    /// Whether the number sent a word that blocks or lifts after this moment.
    pub async fn has_later_keyword(&mut self, from: &str, at: i64) -> Result<bool> {
        let (count,): (i64,) = one!(self.conn, LATER_KEYWORD, self.org.0, from, at);
        Ok(count > 0)
    }

    /// The text that came with this Sid.
    pub async fn came_before(&mut self, sid: &str) -> Result<Option<CameBefore>> {
        let row: Option<(String, Option<String>)> =
            optional!(self.conn, CAME_BEFORE, self.org.0, sid);
        Ok(row.map(|(from, answer)| CameBefore { from, answer }))
    }

    /// How a text of this number is to be answered; `since`: how far back its texts are counted.
    pub async fn answering(&mut self, from: &str, since: i64) -> Result<Option<Answering>> {
        let row: Option<(String, i64, i64)> =
            optional!(self.conn, ANSWERING, self.org.0, from, since);
        Ok(row.map(|(text_response, limit, before)| Answering {
            text_response,
            limit,
            before,
        }))
    }

    /// Says that a text came from the number of this client.
    pub async fn link_client(&mut self, text: IncomingId, client: ClientId, at: i64) -> Result<()> {
        execute!(self.conn, LINK_CLIENT, self.org.0, text.0, client.0, at);
        Ok(())
    }

    /// Texts of this number that were nobody's are this client's from now on.
    pub async fn link_unmatched(&mut self, phone: &Phone, client: ClientId) -> Result<()> {
        let org = self.org.0;
        execute!(self.conn, LINK_UNMATCHED, org, phone.as_str(), client.0);
        execute!(self.conn, MARK_MATCHED, org, phone.as_str());
        Ok(())
    }

    /// What a client wrote, the newest first. `before`: the last one of the page before.
    pub async fn incoming_of_client(
        &mut self,
        client: ClientId,
        before: Option<(i64, Uuid)>,
        limit: i64,
    ) -> Result<Vec<IncomingRecord>> {
        let (at, id) = before.unwrap_or((i64::MAX, Uuid::max()));
        let org = self.org.0;
        let rows: Vec<RawIncoming> =
            rows!(self.conn, INCOMING_OF_CLIENT, org, client.0, at, id, limit);
        rows.into_iter().map(RawIncoming::read).collect()
    }

    /// Texts of numbers that no client had, the newest first.
    pub async fn unmatched(
        &mut self,
        before: Option<(i64, Uuid)>,
        limit: i64,
    ) -> Result<Vec<IncomingRecord>> {
        let (at, id) = before.unwrap_or((i64::MAX, Uuid::max()));
        let rows: Vec<RawIncoming> = rows!(self.conn, UNMATCHED, self.org.0, at, id, limit);
        rows.into_iter().map(RawIncoming::read).collect()
    }

    /// Those of these texts that are there, the newest first.
    pub async fn incoming(&mut self, ids: &[IncomingId]) -> Result<Vec<IncomingRecord>> {
        let ids = json_ids(ids.iter().map(|id| id.0));
        let rows: Vec<RawIncoming> = rows!(self.conn, INCOMING, self.org.0, ids);
        rows.into_iter().map(RawIncoming::read).collect()
    }

    /// The names of the clients whose these texts are.
    pub async fn whose(&mut self, ids: &[IncomingId]) -> Result<Vec<(IncomingId, String)>> {
        let ids = json_ids(ids.iter().map(|id| id.0));
        let rows: Vec<(Uuid, String)> = rows!(self.conn, WHOSE, self.org.0, ids);
        let read = |(id, name)| (IncomingId(id), name);
        Ok(rows.into_iter().map(read).collect())
    }
}
