//! Links, found by the hash of their token before it is known whose they are.

use crate::{FollowedInvitation, Result, Store, link::optional, rows::RawFollowed, sql::sql};

sql! {
    INVITATION = same(
        "SELECT i.org_id, o.name AS office, o.zone, s.name AS known,
                i.id, i.email, i.role, i.staff_id, i.expires_at, i.used_at, i.withdrawn_at
         FROM invitation i
         JOIN org o ON o.id = i.org_id
         LEFT JOIN staff s ON s.org_id = i.org_id AND s.id = i.staff_id
         WHERE i.token_hash = $1"
    );
}

impl Store {
    /// The link with this token, still good or not.
    pub async fn invitation(&self, token_hash: &[u8]) -> Result<Option<FollowedInvitation>> {
        let mut conn = self.reader().await?;
        let row: Option<RawFollowed> = optional!(conn, INVITATION, token_hash);
        row.map(RawFollowed::read).transpose()
    }
}
