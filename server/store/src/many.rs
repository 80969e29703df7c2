//! One transaction for what many ask at once: rows of several organizations, reached one organization after another.

use crate::{
    Result, Store, Tx,
    link::{Link, execute},
    sql::sql,
    tx::lock_of,
};
use domain::{ids::OrgId, phone::Phone};
use uuid::Uuid;

sql! {
    SAVE = same("SAVEPOINT one_of_many");
    KEEP = same("RELEASE SAVEPOINT one_of_many");
    UNDO = same("ROLLBACK TO SAVEPOINT one_of_many");
    /// In the order in which they are given: always the same, so that no two transactions wait for each other.
    HOLD_NUMBERS = two(
        "SELECT 1",
        "SELECT pg_advisory_xact_lock(k.high, k.low)
         FROM unnest(CAST($1 AS INTEGER[]), CAST($2 AS INTEGER[])) AS k (high, low)",
    );
}

/// A transaction that is nobody's until it is told [whose](Self::of). Dropped, it is rolled back.
pub struct Many(Tx);

impl Store {
    /// Begins a transaction over rows of several organizations.
    ///
    /// # Errors
    /// When no connection is free in time.
    pub async fn begin_many(&self) -> Result<Many> {
        Ok(Many(Tx::new(OrgId(Uuid::nil()), self.writer().await?)))
    }
}

impl Many {
    /// The same transaction, within this organization.
    pub fn of(&mut self, org: OrgId) -> &mut Tx {
        self.0.org = org;
        &mut self.0
    }

    /// Marks where the work for one of the many begins.
    pub async fn save(&mut self) -> Result<()> {
        execute!(self.0.conn, SAVE);
        Ok(())
    }

    /// Keeps what was done since [`Self::save`], as far as the whole is kept.
    pub async fn keep(&mut self) -> Result<()> {
        execute!(self.0.conn, KEEP);
        Ok(())
    }

    /// Takes back what was done since [`Self::save`].
    ///
    /// # Errors
    /// When the database gave up the whole transaction, as it does when it is full or away.
    pub async fn undo(&mut self) -> Result<()> {
        execute!(self.0.conn, UNDO);
        self.keep().await
    }

    /// As [`Tx::hold_number`], for all numbers of the many. Call it before anything is written.
    pub async fn hold_numbers(
        &mut self,
        numbers: impl Iterator<Item = (OrgId, &Phone)>,
    ) -> Result<()> {
        let Link::Postgres(conn) = self.0.conn.link() else {
            return Ok(());
        };
        let mut locks: Vec<(i32, i32)> = numbers.map(|(org, phone)| lock_of(org, phone)).collect();
        locks.sort_unstable();
        locks.dedup();
        let (high, low): (Vec<i32>, Vec<i32>) = locks.into_iter().unzip();
        sqlx::query(HOLD_NUMBERS.postgres)
            .bind(high)
            .bind(low)
            .execute(conn)
            .await?;
        Ok(())
    }

    /// Makes everything written durable.
    ///
    /// # Errors
    /// When it is not known to be durable.
    pub async fn commit(self) -> Result<()> {
        self.0.commit().await
    }
}
