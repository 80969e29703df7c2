//! What stands over every page of a case, in one statement, and in the same one its texts, where they are shown.

use super::{
    events::last_event,
    listed::{postgres_listed, sqlite_listed},
};
use crate::{
    CaseFile, ListedText, Result, Tx,
    link::optional,
    rows::{RawCaseFile, RawCaseWithTexts, listed_here},
    sql::sql,
};
use domain::ids::TextId;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

/// `$more`: what else is asked about the case.
macro_rules! case_file {
    ($($more:expr),*) => {
        concat!(
            "SELECT f.id AS case_id, f.number AS case_number,
                    c.id, c.name, c.name_key, c.phone, c.language, c.zone, c.okay_phone, c.okay_at, c.okay_by,
                    c.created_at, c.updated_at,
                    b.id AS block_id, b.phone AS block_phone, b.since AS block_since, b.because AS block_because,
                    b.words AS block_words, b.held AS block_held,
                    (SELECT r.id FROM review r
                     WHERE r.org_id = $1 AND r.phone = c.phone AND r.decided_at IS NULL) AS review_id,
                    (SELECT count(*) FROM incoming_client l WHERE l.org_id = $1 AND l.client_id = c.id) AS received,
                    COALESCE(t.show_incoming, 1) AS shown,
                    t.number AS our_number, t.max_parts,
                    CAST(CASE WHEN t.number IS NOT NULL AND t.account_sid IS NOT NULL AND t.sealed_token IS NOT NULL
                              THEN 1 ELSE 0 END AS BIGINT) AS set_up,
                    (SELECT count(*) FROM message m WHERE m.org_id = $1 AND m.case_id = f.id) AS texts,
                    (", last_event!("$1"), ") AS event"
            $(, $more)*,
            " FROM case_file f
              JOIN client c ON c.org_id = f.org_id AND c.id = f.client_id
              LEFT JOIN texting_setup t ON t.org_id = f.org_id
              LEFT JOIN block b ON b.org_id = f.org_id AND b.phone = c.phone AND b.lifted_at IS NULL
              WHERE f.org_id = $1 AND f.number_key = $2"
        )
    };
}

/// The cast is for SQLite: it plans by the value of a bare `LIMIT $5`, and so reads and plans the statement anew each
/// time.
macro_rules! page {
    ($listed:ident) => {
        $listed!(
            "m.case_id = f.id AND (m.created_at, m.id) < ($3, $4) ORDER BY m.created_at DESC, m.id DESC
             LIMIT CAST($5 AS BIGINT)"
        )
    };
}

sql! {
    CASE_FILE = same(case_file!());
    /// For SQLite alone, read in place: rows, in the order of the JSON arrays of [`CASE_WITH_TEXTS`].
    TEXTS_HERE = same(
        "SELECT m.id, m.staff_id, s.name, m.body, m.to_phone, m.parts, m.status, m.error, m.stopped,
                m.sid IS NOT NULL, m.created_at, m.status_at, m.asked
         FROM message m JOIN staff s ON s.org_id = m.org_id AND s.id = m.staff_id
         WHERE m.org_id = $1 AND m.case_id = $2 AND (m.created_at, m.id) < ($3, $4)
         ORDER BY m.created_at DESC, m.id DESC LIMIT CAST($5 AS BIGINT)"
    );
    CASE_WITH_TEXTS = two(
        case_file!(", (", page!(sqlite_listed), ") AS listed"),
        case_file!(", (", page!(postgres_listed), ") AS listed"),
    );
}

/// A case with a page of its texts, the newest first.
type CaseWithTexts = (CaseFile, Vec<ListedText>);

impl Tx {
    /// The case of this number (folded) with its client and all that decides about texting.
    pub async fn case_file(&mut self, key: &str) -> Result<Option<CaseFile>> {
        let row: Option<RawCaseFile> = optional!(self.conn, CASE_FILE, self.org.0, key);
        row.map(RawCaseFile::read).transpose()
    }

    /// The same with its texts, the newest first, at most `limit`. `before`: the last one of the page before.
    pub async fn case_with_texts(
        &mut self,
        key: &str,
        before: Option<(i64, TextId)>,
        limit: i64,
    ) -> Result<Option<CaseWithTexts>> {
        let before = before.map_or((i64::MAX, Uuid::max()), |(at, id)| (at, id.0));
        let here = self.conn.here();
        if let Some(found) =
            here.and_then(|here| here.ask(|conn| self.read_here(conn, key, before, limit)))
        {
            return found;
        }
        let (at, id) = before;
        let row: Option<RawCaseWithTexts> =
            optional!(self.conn, CASE_WITH_TEXTS, self.org.0, key, at, id, limit);
        row.map(RawCaseWithTexts::read).transpose()
    }
    fn read_here(
        &self,
        conn: &Connection,
        key: &str,
        (at, id): (i64, Uuid),
        limit: i64,
    ) -> rusqlite::Result<Result<Option<CaseWithTexts>>> {
        let mut case = conn.prepare_cached(CASE_FILE.sqlite)?;
        let row = case.query_row((self.org.0, key), RawCaseFile::here);
        let Some(row) = row.optional()? else {
            return Ok(Ok(None));
        };
        let mut texts = conn.prepare_cached(TEXTS_HERE.sqlite)?;
        let of = (self.org.0, row.case(), at, id, limit);
        let texts = texts.query_map(of, listed_here)?;
        let texts: Result<Vec<ListedText>> = texts.collect::<rusqlite::Result<Result<Vec<_>>>>()?;
        Ok(row.read().and_then(|file| Ok(Some((file, texts?)))))
    }
}
