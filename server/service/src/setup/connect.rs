//! The step "Connect": Twilio is told to ask our addresses about what comes in.

use crate::{
    Service,
    audit::Deed,
    carrier::{Account, NumberFacts},
    error::OrProblem,
};
use domain::{
    check::{Finding, Line, Standing, Topic, number_lines, other_fallbacks},
    phone::Phone,
    problem::{Complaint, Problem},
    role::{Actor, Operation},
    setup::{Addresses, ConnectForm, Connection},
    words::{check as said, setup as words},
};

/// What is known before Twilio is asked about the number.
struct Known {
    account: Account,
    number: Phone,
    addresses: Addresses,
}

impl Service {
    /// What Twilio does now with what comes in for the number, beside what it should do.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn connection(&self, actor: &Actor) -> Result<Connection, Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let why_not = |finding: &Finding| Connection {
            why_not: Some(said::said(finding, |_| String::new())),
            ..Connection::default()
        };
        let known = match self.known(actor).await? {
            Ok(known) => known,
            Err(finding) => return Ok(why_not(&finding)),
        };
        let answer = self.ask_number(&known.account, &known.number).await;
        let lines = number_lines(true, Some(&answer), &known.addresses);
        Ok(match answer {
            Err(unanswered) => why_not(&unanswered.finding()),
            Ok(None) => why_not(&Finding::NotOurs),
            Ok(Some(number)) => Connection {
                lines: lines[1..]
                    .iter()
                    .map(|line| self.line_view(&actor.zone, line))
                    .collect(),
                others: others(&lines, &number, &known.addresses),
                done: lines[1..]
                    .iter()
                    .all(|line| line.finding.standing() == Standing::Good),
                why_not: None,
                seen: seen(&others(&lines, &number, &known.addresses)),
            },
        })
    }

    /// Writes our addresses to Twilio. What is there now is overwritten only if it was shown and may be.
    ///
    /// # Errors
    /// [`Complaint::WouldOverwrite`]: other addresses are there than were shown, or the box is not ticked.
    pub async fn connect(&self, actor: &Actor, form: ConnectForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let about = |complaint| Problem::field("overwrite", complaint);
        let known = match self.known(actor).await? {
            Ok(known) => known,
            Err(Finding::NoNumber) => return Err(about(Complaint::NoNumberYet)),
            Err(_) => return Err(about(Complaint::NoAccountYet)),
        };
        let unanswered = |unanswered: crate::carrier::Unanswered| {
            tracing::warn!(%unanswered, "Twilio did not connect the number");
            match unanswered.finding() {
                Finding::Refused { code } => Problem::TwilioRefused { code },
                Finding::CredentialsRefused => Problem::TwilioRefused { code: 20003 },
                _ => Problem::TwilioSilent,
            }
        };
        let found = self.ask_number(&known.account, &known.number).await;
        let found = found.map_err(unanswered)?;
        let number = found.ok_or_else(|| about(Complaint::NumberNotInAccount))?;
        let lines = number_lines(true, Some(&Ok(Some(number.clone()))), &known.addresses);
        let others = others(&lines, &number, &known.addresses);
        if !others.is_empty() && (form.overwrite.is_empty() || form.seen != seen(&others)) {
            return Err(about(Complaint::WouldOverwrite));
        }
        let Known {
            account,
            number: chosen,
            addresses,
        } = &known;
        self.0
            .carrier
            .connect(account, &number, addresses)
            .await
            .map_err(unanswered)?;
        // What is shown afterwards is what Twilio says, not what it was told.
        let after = self.ask_number(account, chosen).await;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        self.merge_lines(&mut tx, number_lines(true, Some(&after), addresses))
            .await?;
        self.record(&mut tx, actor, Deed::ConnectedNumber, "")
            .await?;
        tx.commit().await.or_problem()
    }

    async fn known(&self, actor: &Actor) -> Result<Result<Known, Finding>, Problem> {
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let account = self.account(&mut tx).await?;
        let number = tx.setup().await.or_problem()?.and_then(|row| row.number);
        let addresses = self.addresses(&mut tx).await?;
        Ok(match (account, number) {
            (None, _) => Err(Finding::NoAccount),
            (_, None) => Err(Finding::NoNumber),
            (Some(account), Some(number)) => Ok(Known {
                account,
                number,
                addresses,
            }),
        })
    }

    /// Asks Twilio about one number.
    pub(crate) async fn ask_number(
        &self,
        account: &Account,
        number: &Phone,
    ) -> Result<Option<NumberFacts>, crate::carrier::Unanswered> {
        let found = self.0.carrier.numbers(account, Some(number)).await?;
        Ok(found.into_iter().next())
    }
}

/// What would be overwritten, each with what it is for.
fn others(lines: &[Line; 3], number: &NumberFacts, ours: &Addresses) -> Vec<(String, String)> {
    let other = |line: &Line| {
        let what = match line.topic {
            Topic::IncomingCalls => words::FOR_CALLS,
            _ => words::FOR_TEXTS,
        };
        let there = match &line.finding {
            Finding::OtherAddress { now, .. } => now.clone(),
            Finding::Application { sid } | Finding::Trunk { sid } => sid.clone(),
            _ => return None,
        };
        Some((what.to_owned(), there))
    };
    let [texts, calls] = other_fallbacks(number, ours);
    let second = |what: &str, there: Option<String>| there.map(|there| (what.to_owned(), there));
    let seconds = [
        second(words::SECOND_FOR_TEXTS, texts),
        second(words::SECOND_FOR_CALLS, calls),
    ];
    let firsts = lines.iter().filter_map(other);
    firsts.chain(seconds.into_iter().flatten()).collect()
}

/// What was shown, as one text that comes back with the form.
fn seen(others: &[(String, String)]) -> String {
    let all: Vec<&str> = others.iter().map(|(_, there)| there.as_str()).collect();
    all.join(" ")
}
