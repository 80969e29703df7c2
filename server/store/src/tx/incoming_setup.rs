//! How incoming texts are handled, and under which address Twilio reaches the organization.

use crate::{
    IncomingSetup, Result, Tx,
    link::{execute, optional},
    sql::sql,
};

sql! {
    INCOMING_SETUP = same("SELECT show_incoming, answer_limit, opt_out_limit FROM texting_setup WHERE org_id = $1");
    SAVE_INCOMING_SETUP = same(
        "UPDATE texting_setup SET show_incoming = $2, answer_limit = $3, opt_out_limit = $4 WHERE org_id = $1"
    );
    PUBLIC_URL = same("SELECT public_url FROM texting_setup WHERE org_id = $1");
    SET_PUBLIC_URL = same("UPDATE texting_setup SET public_url = $2 WHERE org_id = $1");
}

impl Tx {
    /// How incoming texts are handled; `None` before texting was ever set up.
    pub async fn incoming_setup(&mut self) -> Result<Option<IncomingSetup>> {
        let row: Option<(i64, i64, i64)> = optional!(self.conn, INCOMING_SETUP, self.org.0);
        Ok(
            row.map(|(shown, answer_limit, opt_out_limit)| IncomingSetup {
                shown: shown != 0,
                answer_limit,
                opt_out_limit,
            }),
        )
    }

    /// Replaces it. `false`: texting was never set up.
    pub async fn save_incoming_setup(&mut self, setup: &IncomingSetup) -> Result<bool> {
        let changed = execute!(
            self.conn,
            SAVE_INCOMING_SETUP,
            self.org.0,
            i64::from(setup.shown),
            setup.answer_limit,
            setup.opt_out_limit
        );
        Ok(changed == 1)
    }

    /// Where Twilio reaches this organization; `None`: where it reaches the program.
    pub async fn public_url(&mut self) -> Result<Option<String>> {
        let row: Option<(Option<String>,)> = optional!(self.conn, PUBLIC_URL, self.org.0);
        Ok(row.and_then(|(url,)| url))
    }

    /// Sets it. `false`: texting was never set up.
    pub async fn set_public_url(&mut self, url: Option<&str>) -> Result<bool> {
        Ok(execute!(self.conn, SET_PUBLIC_URL, self.org.0, url) == 1)
    }
}
