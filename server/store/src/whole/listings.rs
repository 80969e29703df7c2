//! How far each organization's incoming texts are known to be here.

use crate::{
    Listing, Result, Store,
    link::{execute, rows},
    sql::sql,
};
use domain::ids::OrgId;
use uuid::Uuid;

sql! {
    /// An organization that an older program added has none yet.
    ADD_SENDERS = same("INSERT INTO sender (org_id) SELECT id FROM org WHERE 1 = 1 ON CONFLICT DO NOTHING");
    LIST_ANEW = same("UPDATE sender SET list_at = NULL");
    DUE_LISTINGS = same(
        "SELECT s.org_id, s.listed_to, s.list_at, COALESCE(t.sid_since, t.token_set_at)
         FROM sender s JOIN texting_setup t ON t.org_id = s.org_id
         WHERE (s.list_at IS NULL OR s.list_at <= $1) AND t.sealed_token IS NOT NULL AND t.number IS NOT NULL
         ORDER BY s.list_at LIMIT $2"
    );
    /// Whoever moves it lists: of several servers one.
    TAKE_LISTING = same(
        "UPDATE sender SET list_at = $3 WHERE org_id = $1 AND COALESCE(list_at, 0) = $2"
    );
    LISTED = same("UPDATE sender SET listed_to = $2 WHERE org_id = $1");
}

impl Store {
    /// Every organization has its sender, and all are listed at the next look.
    pub async fn list_anew(&self) -> Result<()> {
        let mut conn = self.writer().await?;
        execute!(conn, ADD_SENDERS);
        execute!(conn, LIST_ANEW);
        conn.commit().await
    }

    /// The organizations whose incoming texts are to be listed now.
    pub async fn due_listings(&self, now: i64, limit: i64) -> Result<Vec<Listing>> {
        let mut conn = self.reader().await?;
        type Raw = (Uuid, Option<i64>, Option<i64>, Option<i64>);
        let rows: Vec<Raw> = rows!(conn, DUE_LISTINGS, now, limit);
        let read = |(org, listed_to, list_at, begun_at): Raw| Listing {
            org: OrgId(org),
            listed_to,
            list_at: list_at.unwrap_or_default(),
            begun_at,
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// Takes a listing; the next one is at `next`. `false`: another server was faster.
    pub async fn take_listing(&self, listing: &Listing, next: i64) -> Result<bool> {
        let mut conn = self.writer().await?;
        let (org, before) = (listing.org.0, listing.list_at);
        let taken = execute!(conn, TAKE_LISTING, org, before, next);
        conn.commit().await?;
        Ok(taken == 1)
    }

    /// Incoming texts until then are here.
    pub async fn listed(&self, org: OrgId, upto: i64) -> Result<()> {
        let mut conn = self.writer().await?;
        execute!(conn, LISTED, org.0, upto);
        conn.commit().await
    }
}
