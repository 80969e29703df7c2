//! A text to the administrator's own phone, to try the setup. It is saved before it leaves, leaves once, and climbs by
//! Twilio's reports as every text does; but it stands apart from clients, cases and their texts.

use crate::{
    Service,
    audit::Deed,
    carrier::{Account, Outgoing, SendOutcome},
    error::OrProblem,
    phones,
    reports::Report,
    zones,
};
use domain::{
    ids::{ClientId, OrgId},
    problem::{Complaint, Problem},
    role::{Actor, Operation},
    setup::{TestForm, TestView},
    status::{Source, Status},
    words::setup as words,
};
use std::time::Duration;
use store::{
    Tx,
    rows::{NewTestText, TestTextRow},
};
use uuid::Uuid;

/// How long to wait between tries to record an outcome (the database is away).
const RECORD_AGAIN: Duration = Duration::from_millis(500);
/// A test text that is still leaving after this time left with a run of the program that ended, in milliseconds.
const LEFT_BEHIND: i64 = 60_000;

impl Service {
    /// Sends a test text. The form's key makes one press one text, however often it arrives.
    ///
    /// # Errors
    /// Complaints about the number; texting is not set up.
    pub async fn send_test(&self, actor: &Actor, form: TestForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let about = |complaint| Problem::field("phone", complaint);
        let to = phones::parse(&form.phone)
            .and_then(|phone| phone.ok_or(Complaint::Missing))
            .map_err(about)?;
        let id: Uuid = form.key.parse().map_err(|_| Problem::NotFound)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let setup = tx.setup().await.or_problem()?;
        let account = self.account(&mut tx).await?;
        let (Some(account), Some(setup)) = (account, setup) else {
            return Err(about(Complaint::NoAccountYet));
        };
        let from = setup.number.ok_or_else(|| about(Complaint::NoNumberYet))?;
        if to == from {
            return Err(about(Complaint::OwnTwilioNumber));
        }
        // A client's phone is texted from the client's case, with permission.
        let clients = tx
            .clients_with_phone(&to, ClientId(Uuid::nil()))
            .await
            .or_problem()?;
        if !clients.is_empty() {
            return Err(about(Complaint::ClientsNumber));
        }
        let office = tx.org().await.or_problem()?.name;
        let new = NewTestText {
            id,
            staff: actor.staff,
            to: &to,
            at: self.now(),
        };
        if !tx.insert_test(&new).await.or_problem()? {
            return Ok(());
        }
        self.record(&mut tx, actor, Deed::SentTest, id).await?;
        tx.commit().await.or_problem()?;
        let outgoing = Outgoing {
            from,
            to,
            body: words::test_body(&office),
            status_callback: test_callback_for(&setup.status_callback, id),
        };
        let (service, org) = (self.clone(), actor.org);
        // Its own task: whoever closes the page does not cut the text off.
        tokio::spawn(async move { service.deliver_test(org, id, account, outgoing).await });
        Ok(())
    }

    async fn deliver_test(&self, org: OrgId, id: Uuid, account: Account, outgoing: Outgoing) {
        let outcome = self.0.carrier.send(&account, &outgoing).await;
        while let Err(problem) = self.record_test(org, id, &outcome).await {
            tracing::error!(test = %id, ?problem, "an outcome could not be recorded; trying again");
            tokio::time::sleep(RECORD_AGAIN).await;
        }
    }

    async fn record_test(
        &self,
        org: OrgId,
        id: Uuid,
        outcome: &SendOutcome,
    ) -> Result<(), Problem> {
        let (status, sid, error) = match outcome {
            SendOutcome::Accepted(word) => {
                // A word that is new to us still means that Twilio has it.
                let status = Status::from_twilio(&word.status).unwrap_or(Status::Accepted);
                (status, Some(word.sid.as_str()), word.error)
            }
            SendOutcome::Refused { code } => (Status::Refused, None, *code),
            SendOutcome::NotSent {
                code: Some(code), ..
            } => (Status::Refused, None, Some(*code)),
            SendOutcome::NotSent { why, .. } => {
                tracing::warn!(test = %id, why, "a test text did not reach Twilio");
                (Status::Stopped, None, None)
            }
            SendOutcome::Unclear { why, .. } => {
                tracing::warn!(test = %id, why, "whether a test text reached Twilio is not known");
                (Status::Unknown, None, None)
            }
        };
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        tx.advance_test(id, status, sid, error.map(i64::from), self.now())
            .await
            .or_problem()?;
        tx.commit().await.or_problem()
    }

    /// Keeps Twilio's report on a test text, as every report is kept, and lets the test text climb.
    pub(crate) async fn note_test(
        &self,
        tx: &mut Tx,
        id: Uuid,
        report: &Report,
    ) -> Result<(), Problem> {
        self.keep(tx, None, report).await?;
        let status = Status::from_twilio(&report.word);
        if let (Some(status), Source::Callback) = (status, report.source) {
            let error = report.error.map(i64::from);
            tx.advance_test(id, status, Some(&report.sid), error, self.now())
                .await
                .or_problem()?;
        }
        Ok(())
    }

    /// The last test text, if there was one.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn test_text(&self, actor: &Actor) -> Result<Option<TestView>, Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let last = tx.last_test().await.or_problem()?;
        Ok(last.map(|test| self.test_view(actor, test)))
    }

    pub(crate) fn test_view(&self, actor: &Actor, test: TestTextRow) -> TestView {
        let now = self.now();
        let when = |at| zones::when(at, &actor.zone, now);
        TestView {
            ended: test.status.is_final() || test.status == Status::Unknown,
            status: test.status,
            error: test.error.and_then(|code| u32::try_from(code).ok()),
            at: when(test.created_at),
            status_at: when(test.status_at),
            to: test.to,
        }
    }

    /// The key of the next test text.
    pub(crate) fn test_key(&self) -> String {
        self.0.clock.id().to_string()
    }

    /// What ended runs of the program were sending: nobody knows what became of it, and it is not sent again.
    pub(crate) async fn adopt_tests(&self) -> Result<(), Problem> {
        let before = self.now() - LEFT_BEHIND;
        for org in self.0.store.orgs().await.or_problem()? {
            let mut tx = self.0.store.begin(org.id).await.or_problem()?;
            tx.forget_tests(before).await.or_problem()?;
            tx.commit().await.or_problem()?;
        }
        Ok(())
    }
}

/// The address that learns of a test text's status.
pub fn test_callback_for(status_callback: &str, id: Uuid) -> String {
    let mark = if status_callback.contains('?') {
        '&'
    } else {
        '?'
    };
    format!("{status_callback}{mark}test={id}")
}
