//! Many texts at once, for sample data and measurements. Apart from the rest, because nothing here goes through the
//! outbox: what is written so was sent, or never will be.

use crate::{
    NewText, Result, Tx,
    link::{Link, execute},
    sql::sql,
};
use domain::status::Status;
use sqlx::PgConnection;
use uuid::Uuid;

/// Rows of one statement on PostgreSQL: few enough to hold in memory, enough to forget the way there.
const BATCH: usize = 2_000;

sql! {
    BULK_TEXTS = two(
        "INSERT INTO message (org_id, id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding,
                              status, rank, created_at, status_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)",
        "INSERT INTO message (org_id, id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding,
                              status, rank, created_at, status_at)
         SELECT $1, t.id, t.case_id, t.client_id, t.staff_id, t.form_key, t.body, t.to_phone, t.parts, t.encoding,
                $11, $12, t.at, t.at
         FROM unnest(CAST($2 AS UUID[]), CAST($3 AS UUID[]), CAST($4 AS UUID[]), CAST($5 AS UUID[]),
                     CAST($6 AS UUID[]), CAST($7 AS TEXT[]), CAST($8 AS TEXT[]), CAST($9 AS BIGINT[]),
                     CAST($10 AS TEXT[]), CAST($13 AS BIGINT[]))
              AS t (id, case_id, client_id, staff_id, form_key, body, to_phone, parts, encoding, at)",
    );
}

impl Tx {
    /// Saves texts that have this status already.
    pub async fn bulk_insert_texts(&mut self, texts: &[NewText<'_>], status: Status) -> Result<()> {
        let org = self.org.0;
        if let Link::Postgres(conn) = self.conn.link() {
            for batch in texts.chunks(BATCH) {
                insert_batch(conn, org, batch, status).await?;
            }
            return Ok(());
        }
        let (word, rank) = (status.as_str(), i64::from(status.rank()));
        for t in texts {
            execute!(
                self.conn,
                BULK_TEXTS,
                org,
                t.id.0,
                t.case.0,
                t.client.0,
                t.staff.0,
                t.key.0,
                t.body,
                t.to.as_str(),
                t.parts,
                t.encoding,
                word,
                rank,
                t.at
            );
        }
        Ok(())
    }
}

async fn insert_batch(
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
