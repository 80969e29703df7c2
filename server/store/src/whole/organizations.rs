//! The host's door to organizations: it counts, creates and invites. It hands out no transaction within one, and no
//! row of a client or a text.

use crate::{
    NewAudit, NewInvitation, NewOrg, OrgOverview, Result, Store, link::rows, rows::RawOverview,
    sql::sql,
};
use domain::ids::OrgId;

sql! {
    OVERVIEW = same(
        "SELECT o.id, o.name, o.slug, o.zone,
                (SELECT count(*) FROM staff s WHERE s.org_id = o.id AND s.disabled_at IS NULL) AS staff,
                (SELECT count(*) FROM invitation i WHERE i.org_id = o.id AND i.staff_id IS NULL
                 AND i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > $1) AS invited,
                (SELECT count(*) FROM texting_setup t WHERE t.org_id = o.id AND t.account_sid IS NOT NULL
                 AND t.sealed_token IS NOT NULL AND t.number IS NOT NULL) AS connected,
                (SELECT count(*) FROM message m WHERE m.org_id = o.id AND m.created_at >= $2) AS texts
         FROM org o ORDER BY o.name, o.id"
    );
}

impl Store {
    /// All organizations in numbers, by name: texts since `since`, invitations that work at `now`.
    pub async fn overview(&self, now: i64, since: i64) -> Result<Vec<OrgOverview>> {
        let mut conn = self.reader().await?;
        let rows: Vec<RawOverview> = rows!(conn, OVERVIEW, now, since);
        Ok(rows.into_iter().map(RawOverview::read).collect())
    }

    /// Adds an organization, with a line in its audit.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when another has this address name.
    pub async fn found_org(&self, org: &NewOrg<'_>, line: &NewAudit<'_>) -> Result<()> {
        let mut tx = self.begin(org.id).await?;
        tx.insert_org(org).await?;
        tx.append_audit(line).await?;
        tx.commit().await
    }

    /// Invites somebody into an organization, with a line in its audit.
    pub async fn invite_into(
        &self,
        org: OrgId,
        invitation: &NewInvitation<'_>,
        line: &NewAudit<'_>,
    ) -> Result<()> {
        let mut tx = self.begin(org).await?;
        tx.insert_invitation(invitation).await?;
        tx.append_audit(line).await?;
        tx.commit().await
    }
}
