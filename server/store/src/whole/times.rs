//! Times that a wrong clock wrote: what lies further ahead than the program ever puts off is due now, or it would wait for
//! years after the clock is right again.

use crate::{Result, Store, link::execute, sql::sql};

/// No question about a text is put off for longer (`domain::follow_up`): two days, in milliseconds.
const LONGEST_QUESTION: i64 = 2 * 24 * 60 * 60 * 1000;
/// Nothing else is put off for longer than minutes: an hour, in milliseconds.
const LONGEST_PAUSE: i64 = 60 * 60 * 1000;
/// Texts that are nearly too old to be looked for in Twilio's list (`domain::unclear`): four days, in milliseconds.
const OLDEST: i64 = 4 * 24 * 60 * 60 * 1000;

sql! {
    MEND_ASKS = same(
        "UPDATE message SET ask_at = $1 WHERE ask_at > $2 AND ask_at IS NOT NULL AND rank >= 10 AND rank < 100"
    );
    MEND_WAITING = same("UPDATE outbox SET not_before = $1 WHERE posting_at IS NULL AND not_before > $2");
    /// When it was handed over nobody knows: before that time, so long ago that all of Twilio's list since counts.
    MEND_UNCLEAR = same(
        "UPDATE outbox SET posting_at = $1, look_at = NULL
         WHERE posting_at IS NOT NULL AND posting_at > $2 AND claim_token IS NULL"
    );
    MEND_LOOKS = same(
        "UPDATE outbox SET look_at = NULL
         WHERE posting_at IS NOT NULL AND claim_token IS NULL AND look_at IS NOT NULL AND look_at > $1"
    );
    MEND_HALTS = same("UPDATE halt SET ask_at = $1 WHERE ask_at IS NOT NULL AND ask_at > $2");
}

impl Store {
    /// Makes due what lies too far ahead; answers how many rows that were.
    pub async fn mend_times(&self, now: i64) -> Result<u64> {
        let soon = now + LONGEST_PAUSE;
        let mut conn = self.writer().await?;
        let mut mended = execute!(conn, MEND_ASKS, now, now + LONGEST_QUESTION);
        mended += execute!(conn, MEND_WAITING, now, soon);
        mended += execute!(conn, MEND_UNCLEAR, now - OLDEST, soon);
        mended += execute!(conn, MEND_LOOKS, now + LONGEST_QUESTION);
        mended += execute!(conn, MEND_HALTS, now, soon);
        conn.commit().await?;
        Ok(mended)
    }
}
