//! Accounts that were not right: Twilio is asked whether they are again, so that what waits goes on by itself.

use crate::{Service, error::OrProblem};
use domain::{check::account_lines, halt::ASK_AGAIN, problem::Problem};

/// Organizations at a time.
const AT_ONCE: i64 = 5;

impl Service {
    /// Asks about the accounts whose turn it is.
    pub(super) async fn ask_about_accounts(&self) -> Result<(), Problem> {
        let now = self.now();
        let due = self.0.store.due_accounts(now, AT_ONCE).await;
        for org in due.or_problem()? {
            let taken = self.0.store.take_account(org, now, now + ASK_AGAIN).await;
            if !taken.or_problem()? {
                continue;
            }
            let Some(account) = self.account_for(org).await? else {
                continue;
            };
            let (answer, balance) = self.ask_account(&account).await;
            let mut tx = self.0.store.begin(org).await.or_problem()?;
            self.heed_account(&mut tx, &answer).await?;
            self.merge_lines(&mut tx, account_lines(Some(&answer), balance))
                .await?;
            tx.commit().await.or_problem()?;
            self.0.wake.notify_one();
        }
        Ok(())
    }
}
