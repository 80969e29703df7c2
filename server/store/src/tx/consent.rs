//! The consent ledger, which is only ever added to.

use crate::{
    ConsentRow, NewConsent, Result, Tx,
    link::{execute, rows},
    rows::RawConsent,
    sql::sql,
};
use domain::{consent::ConsentSource, ids::ClientId};

sql! {
    APPEND_CONSENT = same(
        "INSERT INTO consent (org_id, id, client_id, phone, event, at, by_staff, source, note, words, block_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    CONSENT_LINES = same(
        "SELECT c.event, c.phone, c.at, s.name AS by_name, c.source, c.note, c.words FROM consent c
         LEFT JOIN staff s ON s.org_id = c.org_id AND s.id = c.by_staff
         WHERE c.org_id = $1 AND c.client_id = $2 ORDER BY c.at DESC, c.id DESC LIMIT $3"
    );
}

impl Tx {
    /// Adds a line to the ledger.
    pub async fn append_consent(&mut self, line: &NewConsent<'_>) -> Result<()> {
        let (phone, event, by) = (
            line.phone.as_str(),
            line.event.as_str(),
            line.by.map(|staff| staff.0),
        );
        execute!(
            self.conn,
            APPEND_CONSENT,
            self.org.0,
            line.id,
            line.client.0,
            phone,
            event,
            line.at,
            by,
            line.source.map(ConsentSource::as_str),
            line.note,
            line.words,
            line.block.map(|block| block.0)
        );
        Ok(())
    }

    /// The last lines of a client, the newest first.
    pub async fn consent_lines(&mut self, client: ClientId, limit: i64) -> Result<Vec<ConsentRow>> {
        let rows: Vec<RawConsent> = rows!(self.conn, CONSENT_LINES, self.org.0, client.0, limit);
        rows.into_iter().map(RawConsent::read).collect()
    }
}
