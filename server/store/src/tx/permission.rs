//! Permission of everybody who has a number, at once.

use crate::{
    Holder, Result, Tx,
    link::{Link, execute, rows},
    rows::RawHolder,
    sql::sql,
};
use domain::{
    ids::{BlockId, ClientId, OrgId, StaffId},
    phone::Phone,
};

sql! {
    HOLDERS = same(
        "SELECT id, name, okay_phone FROM client WHERE org_id = $1 AND phone = $2 ORDER BY name_key, id"
    );
    /// Always in the same order, so that no two transactions wait for each other. NO KEY: a text that is linked to a
    /// client at this moment holds the key, and changes nothing of what is changed here.
    HOLDERS_TO_CHANGE = two(
        "SELECT id, name, okay_phone FROM client WHERE org_id = $1 AND phone = $2 ORDER BY id",
        "SELECT id, name, okay_phone FROM client WHERE org_id = $1 AND phone = $2 ORDER BY id FOR NO KEY UPDATE",
    );
    /// Keys of two halves are apart from those of one, which events use.
    HOLD_NUMBER = two("SELECT 1", "SELECT pg_advisory_xact_lock($1, $2)");
    LOCK_CLIENT = two("SELECT 1", "SELECT 1 FROM client WHERE org_id = $1 AND id = $2 FOR NO KEY UPDATE");
    UNTICK = same(
        "UPDATE client SET okay_phone = NULL, okay_at = NULL, okay_by = NULL, updated_at = $4
         WHERE org_id = $1 AND id = $2 AND okay_phone = $3"
    );
    TICK = same(
        "UPDATE client SET okay_phone = $3, okay_at = $4, okay_by = $5, updated_at = $4
         WHERE org_id = $1 AND id = $2 AND phone = $3 AND (okay_phone IS NULL OR okay_phone <> $3)"
    );
    /// Nothing else was said about permission since the block took it away.
    UNTICKED_BY = same(
        "SELECT c.id, c.name, c.okay_phone FROM client c
         WHERE c.org_id = $1 AND c.phone = $2 AND c.okay_phone IS NULL AND $3 = (
             SELECT x.block_id FROM consent x
             WHERE x.org_id = c.org_id AND x.client_id = c.id AND x.phone = $2
               AND x.event IN ('given', 'withdrawn', 'number_changed')
             ORDER BY x.at DESC, x.id DESC LIMIT 1)
         ORDER BY c.id"
    );
}

impl Tx {
    /// Nobody else takes a text of this number, nor begins or lifts its block, until the transaction ends. Call it
    /// before anything is written. SQLite has one writer anyway.
    pub async fn hold_number(&mut self, phone: &Phone) -> Result<()> {
        let (high, low) = lock_of(self.org, phone);
        if let Link::Postgres(conn) = self.conn.link() {
            sqlx::query(HOLD_NUMBER.postgres)
                .bind(high)
                .bind(low)
                .execute(conn)
                .await?;
        }
        Ok(())
    }

    /// The clients who have this number, by name.
    pub async fn holders(&mut self, phone: &Phone) -> Result<Vec<Holder>> {
        let rows: Vec<RawHolder> = rows!(self.conn, HOLDERS, self.org.0, phone.as_str());
        rows.into_iter().map(RawHolder::read).collect()
    }

    /// The clients who have this number; nobody else changes them until the transaction ends.
    pub async fn holders_to_change(&mut self, phone: &Phone) -> Result<Vec<Holder>> {
        let rows: Vec<RawHolder> = rows!(self.conn, HOLDERS_TO_CHANGE, self.org.0, phone.as_str());
        rows.into_iter().map(RawHolder::read).collect()
    }

    /// Nobody else changes this client until the transaction ends.
    pub async fn lock_client(&mut self, client: ClientId) -> Result<()> {
        if let Link::Postgres(conn) = self.conn.link() {
            sqlx::query(LOCK_CLIENT.postgres)
                .bind(self.org.0)
                .bind(client.0)
                .execute(conn)
                .await?;
        }
        Ok(())
    }

    /// Permission for this number ends. `false`: there was none.
    pub async fn untick(&mut self, client: ClientId, phone: &Phone, at: i64) -> Result<bool> {
        Ok(execute!(self.conn, UNTICK, self.org.0, client.0, phone.as_str(), at) == 1)
    }

    /// Permission for this number, which is the client's, begins. `false`: it stands already.
    pub async fn tick(
        &mut self,
        client: ClientId,
        phone: &Phone,
        by: Option<StaffId>,
        at: i64,
    ) -> Result<bool> {
        let (org, by) = (self.org.0, by.map(|staff| staff.0));
        Ok(execute!(self.conn, TICK, org, client.0, phone.as_str(), at, by) == 1)
    }

    /// The clients who lost permission by this block and by nothing since.
    pub async fn unticked_by(&mut self, block: BlockId, phone: &Phone) -> Result<Vec<Holder>> {
        let rows: Vec<RawHolder> =
            rows!(self.conn, UNTICKED_BY, self.org.0, phone.as_str(), block.0);
        rows.into_iter().map(RawHolder::read).collect()
    }
}

/// The lock of a number: two that share one by chance merely wait for each other (FNV-1a).
pub(crate) fn lock_of(org: OrgId, phone: &Phone) -> (i32, i32) {
    let bytes = org.0.as_bytes().iter().chain(phone.as_str().as_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    let [a, b, c, d, e, f, g, h] = hash.to_be_bytes();
    (
        i32::from_be_bytes([a, b, c, d]),
        i32::from_be_bytes([e, f, g, h]),
    )
}
