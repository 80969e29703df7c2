//! Texting Setup step by step: each is saved for itself.

use crate::{
    Result, SecondaryRow, Tx,
    link::{Link, execute, one, optional},
    rows::RawAnswers,
    sql::sql,
};
use domain::{phone::Phone, voice::CallResponse};

sql! {
    ENSURE_SETUP = same(
        "INSERT INTO texting_setup (org_id, text_response, call_response, status_callback, max_parts)
         VALUES ($1, '', '', $2, 1) ON CONFLICT DO NOTHING"
    );
    /// A token that takes over belongs to the account for which it was entered.
    SAVE_ACCOUNT = same(
        "UPDATE texting_setup SET account_sid = $2, sealed_token = COALESCE($3, sealed_token),
             token_set_at = COALESCE($4, token_set_at),
             sid_since = CASE WHEN account_sid = $2 THEN COALESCE(sid_since, token_set_at) ELSE $5 END,
             sealed_secondary = CASE WHEN account_sid = $2 THEN sealed_secondary END,
             secondary_set_at = CASE WHEN account_sid = $2 THEN secondary_set_at END
         WHERE org_id = $1"
    );
    SAVE_NUMBER = same("UPDATE texting_setup SET number = $2 WHERE org_id = $1");
    /// Of two who enter the same number at once the second waits for the first, and then sees it. SQLite has one writer
    /// anyway.
    ONE_AT_A_TIME = two("SELECT 1", "SELECT pg_advisory_xact_lock(hashtextextended('a number of an account', 0))");
    SHARES_NUMBER = same(
        "SELECT count(*) FROM texting_setup a
         JOIN texting_setup b ON b.account_sid = a.account_sid AND b.number = a.number AND b.org_id <> a.org_id
         WHERE a.org_id = $1"
    );
    SAVE_RESPONSES = same(
        "UPDATE texting_setup SET text_response = $2, call_response = $3, call_voice = $4, call_language = $5,
             second_response = $6, second_voice = $7, second_language = $8, max_parts = $9
         WHERE org_id = $1"
    );
    SAVE_STATUS_CALLBACK = same("UPDATE texting_setup SET status_callback = $2 WHERE org_id = $1");
    CALL_RESPONSE = same(
        "SELECT call_response, call_voice, call_language, second_response, second_voice, second_language
         FROM texting_setup WHERE org_id = $1"
    );
    SECONDARY = same("SELECT sealed_secondary, secondary_set_at FROM texting_setup WHERE org_id = $1");
    SAVE_SECONDARY = same(
        "UPDATE texting_setup SET sealed_secondary = $2, secondary_set_at = $3 WHERE org_id = $1"
    );
    PROMOTE_SECONDARY = same(
        "UPDATE texting_setup SET sealed_token = $2, token_set_at = $3, sealed_secondary = NULL, secondary_set_at = NULL
         WHERE org_id = $1 AND sealed_secondary IS NOT NULL"
    );
}

impl Tx {
    /// Begins Texting Setup, if nothing of it was saved yet.
    pub async fn ensure_setup(&mut self, status_callback: &str) -> Result<()> {
        execute!(self.conn, ENSURE_SETUP, self.org.0, status_callback);
        Ok(())
    }

    /// Saves the account, and its token if a new one is given. What came to the number of another account before `now` is
    /// not ours.
    pub async fn save_account(
        &mut self,
        sid: &str,
        sealed_token: Option<&[u8]>,
        now: i64,
    ) -> Result<()> {
        let token_set_at = sealed_token.map(|_| now);
        execute!(
            self.conn,
            SAVE_ACCOUNT,
            self.org.0,
            sid,
            sealed_token,
            token_set_at,
            now
        );
        Ok(())
    }

    /// Saves the number.
    pub async fn save_number(&mut self, number: &Phone) -> Result<()> {
        execute!(self.conn, SAVE_NUMBER, self.org.0, number.as_str());
        Ok(())
    }

    /// Whether another organization has the number of the account that this one has. Asked after saving: nobody else
    /// enters it until the transaction ends.
    pub async fn shares_number(&mut self) -> Result<bool> {
        if let Link::Postgres(conn) = self.conn.link() {
            sqlx::query(ONE_AT_A_TIME.postgres).execute(conn).await?;
        }
        let (others,): (i64,) = one!(self.conn, SHARES_NUMBER, self.org.0);
        Ok(others > 0)
    }

    /// Saves what clients hear back, and how long a text may be.
    pub async fn save_responses(
        &mut self,
        text_response: &str,
        spoken: &CallResponse,
        max_parts: i64,
    ) -> Result<()> {
        let (first, second) = (&spoken.first, &spoken.second);
        execute!(
            self.conn,
            SAVE_RESPONSES,
            self.org.0,
            text_response,
            &first.text,
            &first.voice,
            &first.language,
            &second.text,
            &second.voice,
            &second.language,
            max_parts
        );
        Ok(())
    }

    /// Saves the address that Twilio is given for status callbacks.
    pub async fn save_status_callback(&mut self, url: &str) -> Result<()> {
        execute!(self.conn, SAVE_STATUS_CALLBACK, self.org.0, url);
        Ok(())
    }

    /// What callers hear, if Texting Setup was begun.
    pub async fn call_response(&mut self) -> Result<Option<CallResponse>> {
        let row: Option<RawAnswers> = optional!(self.conn, CALL_RESPONSE, self.org.0);
        Ok(row.map(RawAnswers::read))
    }

    /// The token that takes over, if one is set.
    pub async fn secondary(&mut self) -> Result<Option<SecondaryRow>> {
        let row: Option<(Option<Vec<u8>>, Option<i64>)> =
            optional!(self.conn, SECONDARY, self.org.0);
        Ok(row.and_then(|(sealed, set_at)| {
            Some(SecondaryRow {
                sealed: sealed?,
                set_at: set_at?,
            })
        }))
    }

    /// Sets the token that takes over, or takes it away.
    pub async fn save_secondary(&mut self, secondary: Option<&SecondaryRow>) -> Result<()> {
        let sealed = secondary.map(|row| row.sealed.as_slice());
        let set_at = secondary.map(|row| row.set_at);
        execute!(self.conn, SAVE_SECONDARY, self.org.0, sealed, set_at);
        Ok(())
    }

    /// Makes the token that takes over, sealed anew, the auth token. `false`: there is none.
    pub async fn promote_secondary(&mut self, sealed: &[u8], at: i64) -> Result<bool> {
        Ok(execute!(self.conn, PROMOTE_SECONDARY, self.org.0, sealed, at) == 1)
    }
}
