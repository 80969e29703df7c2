//! Texts to an administrator's own phone. They climb by the same rule as clients' texts, and touch nothing of them.

use crate::{
    NewTestText, Result, TestTextRow, Tx,
    link::{execute, one, optional},
    rows::RawTestText,
    sql::sql,
};
use domain::status::{FINAL, Status};
use uuid::Uuid;

sql! {
    INSERT_TEST = same(
        "INSERT INTO test_text (org_id, id, staff_id, to_phone, status, rank, created_at, status_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING"
    );
    /// The rule of `domain::status::advance`, as for clients' texts.
    ADVANCE_TEST = same(
        "UPDATE test_text SET status = $3, rank = $4, error = COALESCE($5, error), sid = COALESCE(sid, $6),
             status_at = $7
         WHERE org_id = $1 AND id = $2 AND rank < $4"
    );
    LEARN_TEST_SID = same(
        "UPDATE test_text SET sid = $3, error = COALESCE(error, $4) WHERE org_id = $1 AND id = $2 AND sid IS NULL"
    );
    HAS_TEST = same("SELECT count(*) FROM test_text WHERE org_id = $1 AND id = $2");
    LAST_TEST = same(
        "SELECT id, to_phone, status, error, sid, created_at, status_at FROM test_text
         WHERE org_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    FORGOTTEN_TESTS = same(
        "UPDATE test_text SET status = 'unknown', rank = 3 WHERE org_id = $1 AND status = 'posting' AND status_at < $2"
    );
}

impl Tx {
    /// Keeps a test text as `posting`: committed before the first byte leaves. `false`: it is there already.
    pub async fn insert_test(&mut self, test: &NewTestText<'_>) -> Result<bool> {
        let status = Status::Posting;
        let kept = execute!(
            self.conn,
            INSERT_TEST,
            self.org.0,
            test.id,
            test.staff.0,
            test.to.as_str(),
            status.as_str(),
            i64::from(status.rank()),
            test.at
        );
        Ok(kept == 1)
    }

    /// Raises a test text to a status, and learns Twilio's SID and error. Only upwards; answers whether it moved.
    pub async fn advance_test(
        &mut self,
        id: Uuid,
        status: Status,
        sid: Option<&str>,
        error: Option<i64>,
        at: i64,
    ) -> Result<bool> {
        debug_assert!(status.rank() <= FINAL + 10, "a rung of the ladder");
        let moved = execute!(
            self.conn,
            ADVANCE_TEST,
            self.org.0,
            id,
            status.as_str(),
            i64::from(status.rank()),
            error,
            sid,
            at
        );
        if let Some(sid) = sid {
            execute!(self.conn, LEARN_TEST_SID, self.org.0, id, sid, error);
        }
        Ok(moved == 1)
    }

    /// Whether this is one of the organization's test texts.
    pub async fn has_test(&mut self, id: Uuid) -> Result<bool> {
        let (found,): (i64,) = one!(self.conn, HAS_TEST, self.org.0, id);
        Ok(found == 1)
    }

    /// The last test text.
    pub async fn last_test(&mut self) -> Result<Option<TestTextRow>> {
        let row: Option<RawTestText> = optional!(self.conn, LAST_TEST, self.org.0);
        row.map(RawTestText::read).transpose()
    }

    /// What a run of the program that ended was sending before `before`: nobody knows what became of it.
    pub async fn forget_tests(&mut self, before: i64) -> Result<u64> {
        Ok(execute!(self.conn, FORGOTTEN_TESTS, self.org.0, before))
    }
}
