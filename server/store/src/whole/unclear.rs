//! Texts of which nobody knows, of all organizations: which are looked for in Twilio's list now, and of which staff are
//! asked from now on.

use crate::{Result, Store, Unresolved, link::rows, sql::sql};
use domain::ids::{OrgId, TextId};
use uuid::Uuid;

sql! {
    /// Put off for as long as a look takes at most, so that no other server looks at the same time.
    TAKE_LOOKS = two(
        "UPDATE outbox SET look_at = $2
         WHERE (org_id, message_id) IN (
             SELECT org_id, message_id FROM outbox
             WHERE posting_at IS NOT NULL AND claim_token IS NULL AND (look_at IS NULL OR look_at <= $1)
             ORDER BY posting_at, message_id LIMIT $3)
         RETURNING org_id, message_id, posting_at, from_phone",
        "WITH due AS MATERIALIZED (
             SELECT org_id, message_id FROM outbox
             WHERE posting_at IS NOT NULL AND claim_token IS NULL AND (look_at IS NULL OR look_at <= $1)
             ORDER BY posting_at, message_id LIMIT $3 FOR UPDATE SKIP LOCKED)
         UPDATE outbox SET look_at = $2 FROM due
         WHERE outbox.org_id = due.org_id AND outbox.message_id = due.message_id
         RETURNING outbox.org_id, outbox.message_id, outbox.posting_at, outbox.from_phone",
    );
    ASK_STAFF = same(
        "UPDATE outbox SET staff_asked_at = $1
         WHERE posting_at IS NOT NULL AND posting_at <= $2 AND claim_token IS NULL AND staff_asked_at IS NULL
         RETURNING org_id"
    );
}

impl Store {
    /// Texts that are to be looked for now, at most so many; nobody else gets them before `until`.
    pub async fn take_looks(&self, now: i64, until: i64, limit: i64) -> Result<Vec<Unresolved>> {
        let mut conn = self.writer().await?;
        let rows: Vec<(Uuid, Uuid, i64, Option<String>)> =
            rows!(conn, TAKE_LOOKS, now, until, limit);
        conn.commit().await?;
        let read = |(org, text, posting_at, from)| Unresolved {
            org: OrgId(org),
            text: TextId(text),
            posting_at,
            from,
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// From now on staff are asked about what was handed over before `before`; the organizations where that is new.
    pub async fn ask_staff(&self, now: i64, before: i64) -> Result<Vec<OrgId>> {
        let mut conn = self.writer().await?;
        let rows: Vec<(Uuid,)> = rows!(conn, ASK_STAFF, now, before);
        conn.commit().await?;
        let mut orgs: Vec<OrgId> = rows.into_iter().map(|(org,)| OrgId(org)).collect();
        orgs.sort_unstable_by_key(|org| org.0);
        orgs.dedup();
        Ok(orgs)
    }
}
