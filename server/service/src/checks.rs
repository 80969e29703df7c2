//! The check of Texting Setup: Twilio and our own public address are asked, line by line, and each line is kept as
//! soon as it is known. What the answers mean is [`domain::check`]'s to say.

mod nightly;
mod probe;
mod shown;

pub use probe::{Challenge, Echo};

use crate::{
    Service,
    audit::Deed,
    carrier::{Account, AccountFacts, Unanswered},
    error::OrProblem,
};
use domain::{
    check::{
        Finding, Line, Standing, Topic, UNREGISTERED, account_lines, carriers_line, clock_line,
        merge, number_lines, reach_lines, refusals_from, reports_line,
    },
    halt::{Halt, Reason},
    ids::OrgId,
    phone::Phone,
    problem::Problem,
    role::{Actor, Operation},
    setup::{Addresses, CheckView, LineView},
};
use serde::{Deserialize, Serialize};
use store::{Tx, rows::CheckRow};
use uuid::Uuid;

/// A check that has not ended after this time was cut off with the program: 3 minutes, in milliseconds.
const CUT_OFF: i64 = 3 * 60 * 1000;

/// The lines as they are stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    lines: Vec<Line>,
    /// What was looked at since the check began.
    fresh: Vec<Topic>,
}

/// What is known before anything is asked.
struct Subject {
    account: Option<Account>,
    number: Option<Phone>,
    addresses: Addresses,
    last_report: Option<i64>,
    last_taken: Option<i64>,
    unregistered: i64,
    /// The halt for want of registration, over or not.
    registration: Option<Halt>,
}

impl Service {
    /// Starts a check, unless one runs. It goes on by itself; [`Self::check_view`] shows how far it is.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn start_check(&self, actor: &Actor) -> Result<(), Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let before = tx.setup_check().await.or_problem()?;
        if before.as_ref().is_some_and(|row| self.is_running(row)) {
            return Ok(());
        }
        let (id, stored) = self.begin_check(&mut tx, before).await?;
        self.record(&mut tx, actor, Deed::CheckedSetup, "").await?;
        tx.commit().await.or_problem()?;
        let (service, org) = (self.clone(), actor.org);
        tokio::spawn(async move {
            if let Err(problem) = service.look(org, id, stored).await {
                tracing::warn!(%org, ?problem, "a check of Texting Setup was cut off");
            }
        });
        Ok(())
    }

    /// The check as far as it is.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn check(&self, actor: &Actor) -> Result<CheckView, Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        Ok(self.check_view(actor, tx.setup_check().await.or_problem()?))
    }

    /// Checks an organization from beginning to end: for the console and the night.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn check_now(&self, org: OrgId) -> Result<Vec<Line>, Problem> {
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let before = tx.setup_check().await.or_problem()?;
        let (id, stored) = self.begin_check(&mut tx, before).await?;
        tx.commit().await.or_problem()?;
        self.look(org, id, stored).await
    }

    /// Checks every organization, for the console: the lines of each in words, times in its own zone.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn check_all(&self) -> Result<Vec<(String, Vec<LineView>)>, Problem> {
        let mut all = vec![];
        for org in self.0.store.orgs().await.or_problem()? {
            let lines = self.check_now(org.id).await?;
            let views = lines.iter().map(|line| self.line_view(&org.zone, line));
            all.push((org.name, views.collect()));
        }
        Ok(all)
    }

    async fn begin_check(
        &self,
        tx: &mut Tx,
        before: Option<CheckRow>,
    ) -> Result<(Uuid, Stored), Problem> {
        let id = self.0.clock.id();
        let stored = Stored {
            lines: before.map(|row| read(&row.lines_json)).unwrap_or_default(),
            fresh: vec![],
        };
        tx.begin_check(id, self.now(), &write(&stored))
            .await
            .or_problem()?;
        Ok((id, stored))
    }

    /// Asks everything in order. Never a transaction open over an HTTP call.
    async fn look(&self, org: OrgId, id: Uuid, mut stored: Stored) -> Result<Vec<Line>, Problem> {
        let subject = self.subject(org).await?;
        let (account, balance) = match &subject.account {
            None => (None, None),
            Some(account) => {
                let (answer, balance) = self.ask_account(account).await;
                let mut tx = self.0.store.begin(org).await.or_problem()?;
                self.heed_account(&mut tx, &answer).await?;
                tx.commit().await.or_problem()?;
                self.0.wake.notify_one();
                (Some(answer), balance)
            }
        };
        let twilios_time = account
            .as_ref()
            .and_then(|answer| answer.as_ref().ok())
            .and_then(|facts| facts.at);
        let clock = clock_line(self.0.clock.machine(), twilios_time);
        let lines = account_lines(account.as_ref(), balance);
        self.keep_lines(org, id, &mut stored, lines, false).await?;
        // Credentials that were refused are not tried a second time.
        let known = account.as_ref().is_some_and(Result::is_ok);
        let number = match (&subject.account, &subject.number) {
            (Some(account), Some(number)) if known => Some(self.ask_number(account, number).await),
            _ => None,
        };
        let lines = number_lines(
            subject.number.is_some(),
            number.as_ref(),
            &subject.addresses,
        );
        self.keep_lines(org, id, &mut stored, lines, false).await?;
        let lines = self.look_at_address(org, &subject).await;
        self.keep_lines(org, id, &mut stored, lines, false).await?;
        let lines = [
            clock,
            reports_line(self.now(), subject.last_report, subject.last_taken),
            carriers_line(
                subject.unregistered,
                subject.registration.as_ref(),
                self.now(),
            ),
        ];
        self.keep_lines(org, id, &mut stored, lines, true).await?;
        Ok(stored.lines)
    }

    async fn look_at_address(&self, org: OrgId, subject: &Subject) -> [Line; 2] {
        match &subject.account {
            Some(account) => {
                let outcome = self.knock(org, account, subject).await;
                reach_lines(&subject.addresses.base, &outcome)
            }
            None => [Topic::Reachable, Topic::Signature].map(|t| Line::new(t, Finding::After)),
        }
    }

    /// Looks at the public address alone, after it was saved. `false`: something has to be put right.
    pub(crate) async fn check_address(&self, org: OrgId) -> Result<bool, Problem> {
        let subject = self.subject(org).await?;
        let lines = self.look_at_address(org, &subject).await;
        let right = lines
            .iter()
            .all(|line| line.finding.standing() != Standing::Bad);
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        self.merge_lines(&mut tx, lines).await?;
        tx.commit().await.or_problem()?;
        Ok(right)
    }

    async fn subject(&self, org: OrgId) -> Result<Subject, Problem> {
        let mut tx = self.0.store.read(org).await.or_problem()?;
        let registration = tx.halt(Reason::Unregistered).await.or_problem()?;
        let from = refusals_from(registration.as_ref(), self.now());
        Ok(Subject {
            account: self.account(&mut tx).await?,
            number: tx.setup().await.or_problem()?.and_then(|row| row.number),
            addresses: self.addresses(&mut tx).await?,
            last_report: tx.last_report().await.or_problem()?,
            last_taken: tx.last_taken().await.or_problem()?,
            unregistered: tx
                .count_errors(id_at(from), UNREGISTERED)
                .await
                .or_problem()?,
            registration,
        })
    }

    async fn keep_lines(
        &self,
        org: OrgId,
        id: Uuid,
        stored: &mut Stored,
        lines: impl IntoIterator<Item = Line>,
        ended: bool,
    ) -> Result<(), Problem> {
        let lines: Vec<Line> = lines.into_iter().collect();
        stored.fresh.extend(lines.iter().map(|line| line.topic));
        stored.lines = merge(std::mem::take(&mut stored.lines), lines);
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let ended_at = ended.then(|| self.now());
        // Another check that began meanwhile has the row; this one's lines are its to find again.
        tx.save_lines(id, &write(stored), ended_at)
            .await
            .or_problem()?;
        tx.commit().await.or_problem()
    }

    /// Keeps lines that were found by saving a step.
    pub(crate) async fn merge_lines(
        &self,
        tx: &mut Tx,
        lines: impl IntoIterator<Item = Line>,
    ) -> Result<(), Problem> {
        let row = match tx.setup_check().await.or_problem()? {
            Some(row) => row,
            None => {
                let (id, now) = (self.0.clock.id(), self.now());
                tx.begin_check(id, now, "{}").await.or_problem()?;
                CheckRow {
                    id,
                    started_at: now,
                    ended_at: Some(now),
                    lines_json: String::new(),
                }
            }
        };
        let mut stored = parse(&row.lines_json);
        stored.lines = merge(stored.lines, lines);
        tx.save_lines(row.id, &write(&stored), row.ended_at)
            .await
            .or_problem()?;
        Ok(())
    }

    /// Asks Twilio about the account, and what is left on it.
    pub(crate) async fn ask_account(
        &self,
        account: &Account,
    ) -> (Result<AccountFacts, Unanswered>, Option<String>) {
        let answer = self.0.carrier.account(account).await;
        let balance = match &answer {
            Ok(_) => self.0.carrier.balance(account).await.ok(),
            Err(_) => None,
        };
        (answer, balance)
    }

    fn is_running(&self, row: &CheckRow) -> bool {
        row.ended_at.is_none() && self.now() - row.started_at < CUT_OFF
    }
}

/// The lines that were stored.
pub(crate) fn read(json: &str) -> Vec<Line> {
    parse(json).lines
}

/// Lines of another version of the program are simply looked at anew.
fn parse(json: &str) -> Stored {
    serde_json::from_str(json).unwrap_or_default()
}

fn write(stored: &Stored) -> String {
    serde_json::to_string(stored).unwrap_or_default()
}

/// The smallest id that something made at this time can have: UUIDv7 begins with the time.
fn id_at(at: i64) -> Uuid {
    let millis = u64::try_from(at).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}
