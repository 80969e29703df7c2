//! Invitations into this organization, and links by which its staff set new passwords.

use crate::{
    By, InvitationRow, NewInvitation, Result, Tx,
    link::{execute, rows},
    rows::RawInvitation,
    sql::sql,
};
use domain::ids::InvitationId;

sql! {
    INSERT_INVITATION = same(
        "INSERT INTO invitation (org_id, id, token_hash, email, email_key, role, staff_id, by_staff, by_host,
                                 created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    WITHDRAW_LINKS_TO = same(
        "UPDATE invitation SET withdrawn_at = $3
         WHERE org_id = $1 AND email_key = $2 AND used_at IS NULL AND withdrawn_at IS NULL"
    );
    OPEN_INVITATIONS = same(
        "SELECT id, email, role, staff_id, expires_at, used_at, withdrawn_at FROM invitation
         WHERE org_id = $1 AND staff_id IS NULL AND used_at IS NULL AND withdrawn_at IS NULL
         ORDER BY created_at DESC, id DESC LIMIT $2"
    );
    WITHDRAW_INVITATION = same(
        "UPDATE invitation SET withdrawn_at = $3
         WHERE org_id = $1 AND id = $2 AND used_at IS NULL AND withdrawn_at IS NULL"
    );
    USE_INVITATION = same(
        "UPDATE invitation SET used_at = $3
         WHERE org_id = $1 AND id = $2 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3"
    );
}

impl Tx {
    /// Adds a link; those that went to the same address before are withdrawn, also one that is made at this moment.
    pub async fn insert_invitation(&mut self, invitation: &NewInvitation<'_>) -> Result<()> {
        let i = invitation;
        self.lock_staff().await?;
        self.withdraw_links_to(i.email_key, i.at).await?;
        let (by_staff, by_host) = match i.by {
            By::Staff(staff) => (Some(staff.0), None),
            By::Host(host) => (None, Some(host.0)),
        };
        let staff = i.staff.map(|staff| staff.0);
        execute!(
            self.conn,
            INSERT_INVITATION,
            self.org.0,
            i.id.0,
            i.token_hash,
            i.email,
            i.email_key,
            i.role.as_str(),
            staff,
            by_staff,
            by_host,
            i.at,
            i.expires_at
        );
        Ok(())
    }

    /// Withdraws every link that went to this address (folded) and was not used.
    pub async fn withdraw_links_to(&mut self, email_key: &str, at: i64) -> Result<u64> {
        Ok(execute!(
            self.conn,
            WITHDRAW_LINKS_TO,
            self.org.0,
            email_key,
            at
        ))
    }

    /// Invitations that nobody followed yet, also those whose time is over; the newest first.
    pub async fn open_invitations(&mut self, limit: i64) -> Result<Vec<InvitationRow>> {
        let rows: Vec<RawInvitation> = rows!(self.conn, OPEN_INVITATIONS, self.org.0, limit);
        rows.into_iter().map(RawInvitation::read).collect()
    }

    /// Takes a link back. Answers whether there was one to take back.
    pub async fn withdraw_invitation(&mut self, id: InvitationId, at: i64) -> Result<bool> {
        Ok(execute!(self.conn, WITHDRAW_INVITATION, self.org.0, id.0, at) == 1)
    }

    /// Uses a link. Answers whether it was still good: of two at once one is answered yes.
    pub async fn use_invitation(&mut self, id: InvitationId, at: i64) -> Result<bool> {
        Ok(execute!(self.conn, USE_INVITATION, self.org.0, id.0, at) == 1)
    }
}
