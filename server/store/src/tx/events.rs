//! Live events: what open pages are told.

use crate::{
    Result, Tx,
    link::{Link, execute, one, rows},
    sql::sql,
};
use domain::{
    ids::{CaseId, ClientId, IncomingId, TextId},
    live::LiveEvent,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// The organization's newest event, also when the newest were tidied away: a page goes on from here.
/// `$org`: which organization, in SQL.
macro_rules! last_event {
    ($org:literal) => {
        concat!(
            "SELECT COALESCE(max(newest), 0) FROM (
                 SELECT max(id) AS newest FROM event WHERE org_id = ",
            $org,
            " UNION ALL SELECT upto FROM event_tidied WHERE org_id = ",
            $org,
            ") AS known"
        )
    };
}
pub(crate) use last_event;

sql! {
    /// Held until the transaction ends. Without it a transaction could commit a lower id after a higher one was
    /// read, and a page that goes on after the higher one would never hear of it. SQLite has one writer anyway.
    ONE_AT_A_TIME = two("SELECT 1", "SELECT pg_advisory_xact_lock($1)");
    INSERT_EVENT = same(
        "INSERT INTO event (org_id, case_id, message_id, client_id, incoming_id, at) VALUES ($1, $2, $3, $4, $5, $6)
         RETURNING id"
    );
    INSERT_EVENTS = two(
        "INSERT INTO event (org_id, case_id, message_id, client_id, incoming_id, at)
         SELECT $1, unhex(k.value ->> 'file'), unhex(k.value ->> 'message'), unhex(k.value ->> 'client'),
                unhex(k.value ->> 'incoming'), $3
         FROM json_each($2) AS k ORDER BY k.key",
        "INSERT INTO event (org_id, case_id, message_id, client_id, incoming_id, at)
         SELECT CAST($1 AS UUID), k.file, k.message, k.client, k.incoming, CAST($3 AS BIGINT)
         FROM json_to_recordset(CAST($2 AS JSON)) AS k (file UUID, message UUID, client UUID, incoming UUID)",
    );
    EVENTS_AFTER = same(
        "SELECT id, case_id, message_id, client_id, incoming_id FROM event
         WHERE org_id = $1 AND id > $2 ORDER BY id LIMIT $3"
    );
    LAST_EVENT = same(last_event!("$1"));
    TIDIED_UP_TO = same("SELECT COALESCE(max(upto), 0) FROM event_tidied WHERE org_id = $1");
}

impl Tx {
    /// Tells the pages of this organization that a text is new or has changed. Call it last in a transaction:
    /// on PostgreSQL it holds back the events of others in the organization until the commit.
    pub async fn insert_event(&mut self, case: CaseId, text: TextId, at: i64) -> Result<i64> {
        let event = LiveEvent {
            case: Some(case),
            text: Some(text),
            ..LiveEvent::default()
        };
        self.insert_live(&event, at).await
    }

    /// Tells the pages of this organization of anything; as [`Self::insert_event`].
    pub async fn insert_live(&mut self, event: &LiveEvent, at: i64) -> Result<i64> {
        self.one_at_a_time().await?;
        let (id,): (i64,) = one!(
            self.conn,
            INSERT_EVENT,
            self.org.0,
            event.case.map(|case| case.0),
            event.text.map(|text| text.0),
            event.client.map(|client| client.0),
            event.incoming.map(|incoming| incoming.0),
            at
        );
        Ok(id)
    }

    /// As [`Self::insert_live`], for many.
    pub async fn insert_events(&mut self, events: &[LiveEvent], at: i64) -> Result<()> {
        self.one_at_a_time().await?;
        let hex = |id: Option<Uuid>| id.map(|id| id.simple().to_string());
        let row = |event: &LiveEvent| {
            json!({
                "file": hex(event.case.map(|case| case.0)),
                "message": hex(event.text.map(|text| text.0)),
                "client": hex(event.client.map(|client| client.0)),
                "incoming": hex(event.incoming.map(|incoming| incoming.0)),
            })
        };
        let rows = Value::Array(events.iter().map(row).collect()).to_string();
        execute!(self.conn, INSERT_EVENTS, self.org.0, rows, at);
        Ok(())
    }

    async fn one_at_a_time(&mut self) -> Result<()> {
        let (high, low) = self.org.0.as_u64_pair();
        if let Link::Postgres(conn) = self.conn.link() {
            sqlx::query(ONE_AT_A_TIME.postgres)
                .bind((high ^ low).cast_signed())
                .execute(conn)
                .await?;
        }
        Ok(())
    }

    /// The events after that one, the oldest first.
    pub async fn events_after(&mut self, after: i64, limit: i64) -> Result<Vec<LiveEvent>> {
        type Raw = (i64, Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<Uuid>);
        let rows: Vec<Raw> = rows!(self.conn, EVENTS_AFTER, self.org.0, after, limit);
        let read = |(id, case, text, client, incoming): Raw| LiveEvent {
            id,
            case: case.map(CaseId),
            text: text.map(TextId),
            client: client.map(ClientId),
            incoming: incoming.map(IncomingId),
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// Up to which event the organization's were tidied away.
    pub async fn tidied_up_to(&mut self) -> Result<i64> {
        let (id,): (i64,) = one!(self.conn, TIDIED_UP_TO, self.org.0);
        Ok(id)
    }

    /// The newest event, or 0.
    pub async fn last_event(&mut self) -> Result<i64> {
        let (id,): (i64,) = one!(self.conn, LAST_EVENT, self.org.0);
        Ok(id)
    }
}
