//! Organizations and whose they are.

use crate::{
    AccountRow, NewOrg, OrgRow, Result, StaffLogin, Store, Tx,
    link::{execute, one, optional, rows},
    rows::{RawAccount, RawLogin, RawOrg},
    sql::sql,
};
use domain::ids::OrgId;
use uuid::Uuid;

sql! {
    ORGS = same("SELECT id, name, slug, zone FROM org ORDER BY created_at, id");
    /// Held until the transaction ends: of two servers that are both new, one founds the first office.
    FIRST_ALONE = two("SELECT 1", "SELECT pg_advisory_xact_lock(6801347025)");
    COUNT_PEOPLE = same("SELECT (SELECT count(*) FROM staff) + (SELECT count(*) FROM host_admin)");
    COUNT_STAFF = same("SELECT count(*) FROM staff");
    STAFF_BY_EMAIL = same(
        "SELECT id, org_id, name, email, role, password_hash, disabled_at FROM staff WHERE email_key = $1"
    );
    PUBLIC_URL_OF = same("SELECT public_url FROM texting_setup WHERE org_id = $1");
    ACCOUNTS_BY_SID = same(
        "SELECT org_id, number, sealed_token, sealed_secondary, public_url, status_callback, call_response,
                call_voice, call_language, second_response, second_voice, second_language
         FROM texting_setup WHERE account_sid = $1 AND sealed_token IS NOT NULL ORDER BY org_id"
    );
    FORGET_TOKENS = same(
        "UPDATE texting_setup SET sealed_token = NULL, token_set_at = NULL, sealed_secondary = NULL, secondary_set_at = NULL
         WHERE sealed_token IS NOT NULL OR sealed_secondary IS NOT NULL"
    );
    SEALED_TOKEN = same(
        "SELECT org_id, sealed_token FROM texting_setup WHERE sealed_token IS NOT NULL ORDER BY org_id LIMIT 1"
    );
}

impl Store {
    /// Forgets every token, sealed under a key that is lost; answers of how many organizations.
    pub async fn forget_tokens(&self) -> Result<u64> {
        let mut conn = self.writer().await?;
        let forgotten = execute!(conn, FORGET_TOKENS);
        conn.commit().await?;
        Ok(forgotten)
    }

    /// Any token that is sealed, with its organization.
    pub async fn sealed_token(&self) -> Result<Option<(OrgId, Vec<u8>)>> {
        let mut conn = self.reader().await?;
        let row: Option<(Uuid, Vec<u8>)> = optional!(conn, SEALED_TOKEN);
        Ok(row.map(|(org, sealed)| (OrgId(org), sealed)))
    }

    /// Adds an organization.
    ///
    /// # Errors
    /// [`crate::StoreError::Taken`] when another has this address name.
    pub async fn create_org(&self, org: &NewOrg<'_>) -> Result<()> {
        self.begin_org(org).await?.commit().await
    }

    /// Adds an organization in a transaction that goes on: what belongs to it is there with it, or not at all.
    pub async fn begin_org(&self, org: &NewOrg<'_>) -> Result<Tx> {
        let mut tx = self.begin(org.id).await?;
        tx.insert_org(org).await?;
        Ok(tx)
    }

    /// As [`Self::begin_org`], if nobody can sign in yet. `None`: somebody can, at whichever server they were added.
    pub async fn begin_first_org(&self, org: &NewOrg<'_>) -> Result<Option<Tx>> {
        let mut conn = self.writer().await?;
        execute!(conn, FIRST_ALONE);
        let (people,): (i64,) = one!(conn, COUNT_PEOPLE);
        if people > 0 {
            return Ok(None);
        }
        let mut tx = Tx::new(org.id, conn);
        tx.insert_org(org).await?;
        Ok(Some(tx))
    }

    /// All organizations, the oldest first.
    pub async fn orgs(&self) -> Result<Vec<OrgRow>> {
        let mut conn = self.reader().await?;
        let rows: Vec<RawOrg> = rows!(conn, ORGS);
        Ok(rows.into_iter().map(RawOrg::read).collect())
    }

    /// How many members of staff there are, in all organizations.
    pub async fn count_staff(&self) -> Result<i64> {
        let mut conn = self.reader().await?;
        let (count,): (i64,) = one!(conn, COUNT_STAFF);
        Ok(count)
    }

    /// The member of staff who signs in with this address (folded).
    pub async fn staff_by_email(&self, email_key: &str) -> Result<Option<StaffLogin>> {
        let mut conn = self.reader().await?;
        let row: Option<RawLogin> = optional!(conn, STAFF_BY_EMAIL, email_key);
        row.map(RawLogin::read).transpose()
    }

    /// The organization's own public address, if it has one.
    pub async fn public_url_of(&self, org: OrgId) -> Result<Option<String>> {
        let mut conn = self.reader().await?;
        let row: Option<(Option<String>,)> = optional!(conn, PUBLIC_URL_OF, org.0);
        Ok(row.and_then(|(url,)| url))
    }

    /// For each of these accounts of Twilio the organizations that use it and have its token: whose webhook it may be.
    pub async fn accounts_by_sids(&self, account_sids: &[&str]) -> Result<Vec<Vec<AccountRow>>> {
        let mut conn = self.reader().await?;
        let mut found = vec![];
        for sid in account_sids {
            let rows: Vec<RawAccount> = rows!(conn, ACCOUNTS_BY_SID, *sid);
            found.push(
                rows.into_iter()
                    .map(RawAccount::read)
                    .collect::<Result<_>>()?,
            );
        }
        Ok(found)
    }
}
