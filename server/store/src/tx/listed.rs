//! Texts as tables show them: those that something happened to, here; a page of a case, with the case (see
//! [`super::case_files`]).
//!
//! They come as one value, a JSON array: the driver copies each value of a row for itself and hands each row from
//! SQLite's thread to ours, and a page of 51 texts is 650 values.

use super::json_ids;
use crate::{ListedText, Result, Tx, link::one, rows::read_listed, sql::sql};
use domain::ids::TextId;

/// Texts that answer to `$rest`, as one JSON array, in SQLite's words: each in the order of [`ListedText`]'s fields as
/// they are read.
macro_rules! sqlite_listed {
    ($rest:literal) => {
        concat!(
            "SELECT CAST(json_group_array(json_array(id, staff, by_name, body, to_phone, parts, status, error, stopped,
                                                     with_twilio, created_at, status_at, asked)) AS TEXT)
             FROM (SELECT hex(m.id) AS id, hex(m.staff_id) AS staff, s.name AS by_name, m.body, m.to_phone, m.parts,
                          m.status, m.error, m.stopped, m.sid IS NOT NULL AS with_twilio, m.created_at, m.status_at,
                          m.asked
                   FROM message m JOIN staff s ON s.org_id = m.org_id AND s.id = m.staff_id
                   WHERE m.org_id = $1 AND ",
            $rest,
            ")"
        )
    };
}
pub(super) use sqlite_listed;

/// The same in PostgreSQL's.
macro_rules! postgres_listed {
    ($rest:literal) => {
        concat!(
            "SELECT CAST(COALESCE(json_agg(json_build_array(id, staff, by_name, body, to_phone, parts, status, error,
                                                            stopped, with_twilio, created_at, status_at, asked)),
                                  '[]') AS TEXT)
             FROM (SELECT m.id, m.staff_id AS staff, s.name AS by_name, m.body, m.to_phone, m.parts,
                          m.status, m.error, m.stopped, CAST(m.sid IS NOT NULL AS INTEGER) AS with_twilio,
                          m.created_at, m.status_at, m.asked
                   FROM message m JOIN staff s ON s.org_id = m.org_id AND s.id = m.staff_id
                   WHERE m.org_id = $1 AND ",
            $rest,
            ") AS listed"
        )
    };
}
pub(super) use postgres_listed;

sql! {
    TEXTS = two(
        sqlite_listed!("m.id IN (SELECT unhex(value) FROM json_each($2))"),
        postgres_listed!("m.id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))"),
    );
}

impl Tx {
    /// Those of these texts that are there, the newest first.
    pub async fn texts(&mut self, ids: &[TextId]) -> Result<Vec<ListedText>> {
        let ids = json_ids(ids.iter().map(|id| id.0));
        let (found,): (String,) = one!(self.conn, TEXTS, self.org.0, ids);
        read_listed(&found)
    }
}
