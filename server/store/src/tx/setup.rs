//! The organization itself, and its Texting Setup.

use crate::{
    NewOrg, OrgRow, Result, SetupRow, Tx,
    link::{execute, one, optional},
    rows::{RawOrg, RawSetup},
    sql::sql,
};
use domain::phone::Phone;

sql! {
    INSERT_ORG = same(
        "INSERT INTO org (id, name, slug, zone, created_at) VALUES ($1, $2, $3, $4, $5)"
    );
    INSERT_SENDER = same("INSERT INTO sender (org_id) VALUES ($1)");
    ORG = same("SELECT id, name, slug, zone FROM org WHERE id = $1");
    SETUP = same(
        "SELECT number, account_sid, sealed_token, token_set_at, text_response, call_response, status_callback,
                max_parts, checked_at, check_json
         FROM texting_setup WHERE org_id = $1"
    );
    SAVE_SETUP = same(
        "INSERT INTO texting_setup (org_id, number, account_sid, sealed_token, token_set_at, text_response,
                                    call_response, status_callback, max_parts, checked_at, check_json)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (org_id) DO UPDATE SET number = excluded.number, account_sid = excluded.account_sid,
             sealed_token = excluded.sealed_token, token_set_at = excluded.token_set_at,
             text_response = excluded.text_response, call_response = excluded.call_response,
             status_callback = excluded.status_callback, max_parts = excluded.max_parts,
             checked_at = excluded.checked_at, check_json = excluded.check_json"
    );
}

impl Tx {
    /// Adds the organization itself, whose id this transaction has.
    pub(crate) async fn insert_org(&mut self, org: &NewOrg<'_>) -> Result<()> {
        let o = org;
        execute!(
            self.conn, INSERT_ORG, self.org.0, o.name, o.slug, o.zone, o.at
        );
        execute!(self.conn, INSERT_SENDER, self.org.0);
        Ok(())
    }

    /// The organization.
    pub async fn org(&mut self) -> Result<OrgRow> {
        let row: RawOrg = one!(self.conn, ORG, self.org.0);
        Ok(row.read())
    }

    /// Texting Setup, if it was ever saved.
    pub async fn setup(&mut self) -> Result<Option<SetupRow>> {
        let row: Option<RawSetup> = optional!(self.conn, SETUP, self.org.0);
        row.map(RawSetup::read).transpose()
    }

    /// Replaces Texting Setup.
    pub async fn save_setup(&mut self, setup: &SetupRow) -> Result<()> {
        let s = setup;
        execute!(
            self.conn,
            SAVE_SETUP,
            self.org.0,
            s.number.as_ref().map(Phone::as_str),
            s.account_sid.as_deref(),
            s.sealed_token.as_deref(),
            s.token_set_at,
            &s.text_response,
            &s.call_response,
            &s.status_callback,
            s.max_parts,
            s.checked_at,
            s.check_json.as_deref()
        );
        Ok(())
    }
}
