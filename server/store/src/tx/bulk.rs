//! Many texts at once, for sample data and measurements.

use crate::{
    NewText, Result, Tx,
    link::{Link, execute},
    sql::sql,
};
use domain::status::Status;
use serde_json::{Value, json};
use sqlx::{PgConnection, SqliteConnection};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of one statement: few enough to hold in memory, enough to forget the way there.
const BATCH: usize = 2_000;

sql! {
    BULK_TEXTS = two(
        "INSERT INTO message (org_id, id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding,
                              status, rank, created_at, status_at)
         SELECT $1, unhex(t.value ->> 0), unhex(t.value ->> 1), unhex(t.value ->> 2), unhex(t.value ->> 3),
                unhex(t.value ->> 4), t.value ->> 5, t.value ->> 6, t.value ->> 7, t.value ->> 8,
                $3, $4, t.value ->> 9, t.value ->> 9
         FROM json_each($2) AS t",
        "INSERT INTO message (org_id, id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding,
                              status, rank, created_at, status_at)
         SELECT $1, t.id, t.case_id, t.client_id, t.staff_id, t.form_key, t.body, t.to_phone, t.parts, t.encoding,
                $11, $12, t.at, t.at
         FROM unnest(CAST($2 AS UUID[]), CAST($3 AS UUID[]), CAST($4 AS UUID[]), CAST($5 AS UUID[]),
                     CAST($6 AS UUID[]), CAST($7 AS TEXT[]), CAST($8 AS TEXT[]), CAST($9 AS BIGINT[]),
                     CAST($10 AS TEXT[]), CAST($13 AS BIGINT[]))
              AS t (id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding, at)",
    );
    /// Twilio's name for a text, made of ours.
    BULK_SIDS = two(
        "UPDATE message SET sid = 'SM' || lower(hex(id)) WHERE org_id = $1 AND sid IS NULL",
        "UPDATE message SET sid = 'SM' || replace(CAST(id AS TEXT), '-', '') WHERE org_id = $1 AND sid IS NULL",
    );
    BULK_OUTBOX = same(
        "INSERT INTO outbox (org_id, message_id, not_before, attempts, created_at, staff_id, parts, turn)
         SELECT m.org_id, m.id, m.created_at, 0, m.created_at, m.staff_id, m.parts, 0
         FROM message m WHERE m.org_id = $1 AND m.status = 'waiting' ON CONFLICT DO NOTHING"
    );
}

impl Tx {
    /// Gives every text that has no Sid one that is made of its id.
    pub async fn bulk_give_sids(&mut self) -> Result<()> {
        execute!(self.conn, BULK_SIDS, self.org.0);
        Ok(())
    }

    /// Puts every text that waits into the outbox.
    pub async fn bulk_fill_outbox(&mut self) -> Result<()> {
        execute!(self.conn, BULK_OUTBOX, self.org.0);
        Ok(())
    }

    /// Saves texts that have this status already.
    pub async fn bulk_insert_texts(&mut self, texts: &[NewText<'_>], status: Status) -> Result<()> {
        let org = self.org.0;
        for batch in texts.chunks(BATCH) {
            match self.conn.link() {
                Link::Sqlite(conn) => insert_as_json(conn, org, batch, status).await?,
                Link::Postgres(conn) => insert_as_arrays(conn, org, batch, status).await?,
            }
            // Once for each client of the batch, or one who has many texts would be written as often.
            let mut last = BTreeMap::new();
            for text in batch {
                let at = last.entry(text.client).or_insert(text.at);
                *at = text.at.max(*at);
            }
            for (client, at) in last {
                self.texted(client, at).await?;
            }
        }
        Ok(())
    }
}

/// SQLite knows no arrays, but takes JSON apart.
async fn insert_as_json(
    conn: &mut SqliteConnection,
    org: Uuid,
    texts: &[NewText<'_>],
    status: Status,
) -> Result<()> {
    let row = |t: &NewText<'_>| {
        let [id, case, client, staff, key] =
            [t.id.0, t.case.0, t.client.0, t.staff.0, t.key.0].map(|id| id.simple().to_string());
        json!([
            id,
            case,
            client,
            staff,
            key,
            t.body,
            t.to.as_str(),
            t.parts,
            t.encoding,
            t.at
        ])
    };
    let rows = Value::Array(texts.iter().map(row).collect());
    sqlx::query(BULK_TEXTS.sqlite)
        .bind(org)
        .bind(rows.to_string())
        .bind(status.as_str())
        .bind(i64::from(status.rank()))
        .execute(conn)
        .await?;
    Ok(())
}

async fn insert_as_arrays(
    conn: &mut PgConnection,
    org: Uuid,
    texts: &[NewText<'_>],
    status: Status,
) -> Result<()> {
    let ids = |of: fn(&NewText<'_>) -> Uuid| texts.iter().map(of).collect::<Vec<Uuid>>();
    let numbers = |of: fn(&NewText<'_>) -> i64| texts.iter().map(of).collect::<Vec<i64>>();
    sqlx::query(BULK_TEXTS.postgres)
        .bind(org)
        .bind(ids(|t| t.id.0))
        .bind(ids(|t| t.case.0))
        .bind(ids(|t| t.client.0))
        .bind(ids(|t| t.staff.0))
        .bind(ids(|t| t.key.0))
        .bind(texts.iter().map(|t| t.body).collect::<Vec<&str>>())
        .bind(texts.iter().map(|t| t.to.as_str()).collect::<Vec<&str>>())
        .bind(numbers(|t| t.parts))
        .bind(texts.iter().map(|t| t.encoding).collect::<Vec<&str>>())
        .bind(status.as_str())
        .bind(i64::from(status.rank()))
        .bind(numbers(|t| t.at))
        .execute(conn)
        .await?;
    Ok(())
}
