//! Texts one by one. Those of a table stand in [`super::listed`].

use crate::{
    NewText, Result, TextRecord, Tx,
    error::odd,
    link::{execute, one, optional, rows},
    rows::RawText,
    sql::sql,
};
use domain::{
    ids::{CaseId, ClientId, FormKey, StaffId, TextId},
    number_flag::{self, NumberFlag},
    phone::Phone,
    status::Status,
};
use uuid::Uuid;

macro_rules! texts {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.case_id, m.client_id, m.staff_id, s.name AS by_name, m.form_key, m.body, m.to_phone,
                    m.parts, m.status, m.rank, m.error, m.stopped, m.sid, m.created_at, m.status_at, m.asked
             FROM message m JOIN staff s ON s.org_id = m.org_id AND s.id = m.staff_id
             WHERE m.org_id = $1 AND ",
            $rest
        )
    };
}

sql! {
    INSERT_TEXT = same(
        "INSERT INTO message (org_id, id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding,
                              status, rank, created_at, status_at, ask_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', 0, $11, $11, CAST($11 AS BIGINT) + 60000)
         ON CONFLICT (org_id, form_key) DO NOTHING"
    );
    /// Behind one's own that wait, and no earlier than what leaves now: so staff take turns (`SERVED` in
    /// `whole/queue.rs`).
    INSERT_OUTBOX = two(
        "INSERT INTO outbox (org_id, message_id, not_before, attempts, created_at, staff_id, parts, turn)
         VALUES ($1, $2, $3, 0, $3, $4, $5, max(
             COALESCE((SELECT s.turn FROM sender s WHERE s.org_id = $1), 0),
             COALESCE((SELECT max(o.turn) + 1 FROM outbox o WHERE o.org_id = $1 AND o.staff_id = $4), 0)))",
        "INSERT INTO outbox (org_id, message_id, not_before, attempts, created_at, staff_id, parts, turn)
         VALUES ($1, $2, $3, 0, $3, $4, $5, GREATEST(
             COALESCE((SELECT s.turn FROM sender s WHERE s.org_id = $1), 0),
             COALESCE((SELECT max(o.turn) + 1 FROM outbox o WHERE o.org_id = $1 AND o.staff_id = $4), 0)))",
    );
    TEXT = same(texts!("m.id = $2"));
    TEXT_BY_FORM_KEY = same(texts!("m.form_key = $2"));
    LAST_TEXT_OF = same(
        "SELECT id FROM message WHERE org_id = $1 AND case_id = $2 AND staff_id = $3
         ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    KEY_IS_SPENT = same("SELECT count(*) FROM message WHERE org_id = $1 AND form_key = $2");
    SPENT_KEYS_OF = same(
        "SELECT form_key, id FROM message WHERE org_id = $1 AND case_id = $2 AND staff_id = $3"
    );
    /// Of each case of the client the newest text to the number that says something of it, which `domain::number_flag`
    /// reads: those that arrived, and those with its codes. Case by case, since texts are found by their case.
    LAST_WORDS_ON = same(
        "SELECT m.status, m.error, m.created_at FROM message m WHERE m.org_id = $1 AND m.id IN (
             SELECT (SELECT t.id FROM message t
                     WHERE t.org_id = f.org_id AND t.case_id = f.id AND t.to_phone = $3
                       AND (t.status IN ('delivered', 'read')
                            OR (t.rank >= 100 AND t.error IN (21211, 21217, 21421, 21612, 21614, 21635, 30005, 30006)))
                     ORDER BY t.created_at DESC, t.id DESC LIMIT 1)
             FROM case_file f WHERE f.org_id = $1 AND f.client_id = $2)"
    );
    TEXT_BY_SID = same("SELECT id FROM message WHERE org_id = $1 AND sid = $2");
}

impl Tx {
    /// Saves a text and puts it into the outbox. `false`: its form came before, and nothing was saved.
    pub async fn insert_text(&mut self, text: &NewText<'_>) -> Result<bool> {
        let t = text;
        let saved = execute!(
            self.conn,
            INSERT_TEXT,
            self.org.0,
            t.id.0,
            t.case.0,
            t.client.0,
            t.staff.0,
            t.key.0,
            t.body,
            t.to.as_str(),
            t.parts,
            t.encoding,
            t.at
        );
        if saved == 0 {
            return Ok(false);
        }
        execute!(
            self.conn,
            INSERT_OUTBOX,
            self.org.0,
            t.id.0,
            t.at,
            t.staff.0,
            t.parts
        );
        self.texted(t.client, t.at).await?;
        Ok(true)
    }

    /// The text.
    pub async fn text(&mut self, id: TextId) -> Result<Option<TextRecord>> {
        let row: Option<RawText> = optional!(self.conn, TEXT, self.org.0, id.0);
        row.map(RawText::read).transpose()
    }

    /// The text that came with this form.
    pub async fn text_by_form_key(&mut self, key: FormKey) -> Result<Option<TextRecord>> {
        let row: Option<RawText> = optional!(self.conn, TEXT_BY_FORM_KEY, self.org.0, key.0);
        row.map(RawText::read).transpose()
    }

    /// The text of this person on this case that was written last, by the clocks of those who took it.
    pub async fn last_text_of(&mut self, staff: StaffId, case: CaseId) -> Result<Option<TextId>> {
        let row: Option<(Uuid,)> = optional!(self.conn, LAST_TEXT_OF, self.org.0, case.0, staff.0);
        Ok(row.map(|(id,)| TextId(id)))
    }

    /// Whether a text came with this form.
    pub async fn key_is_spent(&mut self, key: FormKey) -> Result<bool> {
        let (count,): (i64,) = one!(self.conn, KEY_IS_SPENT, self.org.0, key.0);
        Ok(count > 0)
    }

    /// The keys of all texts of this person on this case, each with its text.
    pub async fn spent_keys_of(
        &mut self,
        staff: StaffId,
        case: CaseId,
    ) -> Result<Vec<(FormKey, TextId)>> {
        let rows: Vec<(Uuid, Uuid)> = rows!(self.conn, SPENT_KEYS_OF, self.org.0, case.0, staff.0);
        let pairs = rows.into_iter();
        Ok(pairs
            .map(|(key, text)| (FormKey(key), TextId(text)))
            .collect())
    }

    /// What the client's texts to this number say of it, and when the newest was written that does.
    pub async fn flag_of(
        &mut self,
        client: ClientId,
        phone: &Phone,
    ) -> Result<Option<(NumberFlag, i64)>> {
        let rows: Vec<(String, Option<i64>, i64)> = rows!(
            self.conn,
            LAST_WORDS_ON,
            self.org.0,
            client.0,
            phone.as_str()
        );
        let Some((status, error, at)) = rows.into_iter().max_by_key(|(_, _, at)| *at) else {
            return Ok(None);
        };
        let status = Status::from_name(&status).ok_or_else(|| odd("status", &status))?;
        let error = error.and_then(|code| u32::try_from(code).ok());
        let flag = number_flag::said(status, error).flatten();
        Ok(flag.map(|flag| (flag, at)))
    }

    /// The text that has this SID at Twilio.
    pub async fn text_by_sid(&mut self, sid: &str) -> Result<Option<TextId>> {
        let row: Option<(Uuid,)> = optional!(self.conn, TEXT_BY_SID, self.org.0, sid);
        Ok(row.map(|(id,)| TextId(id)))
    }
}
