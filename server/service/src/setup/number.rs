//! The step "Twilio #": one of the account's numbers.

use crate::{Service, audit::Deed, carrier::Unanswered, error::OrProblem, phones};
use domain::{
    check::number_lines,
    problem::{Complaint, Problem},
    role::{Actor, Operation},
    setup::{NumberChoice, NumberChoices, NumberForm},
    words::check as words,
};

impl Service {
    /// The numbers of the account, as Twilio has them now.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn numbers(&self, actor: &Actor) -> Result<NumberChoices, Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let account = self.account(&mut tx).await?;
        drop(tx);
        let why_not = |finding| NumberChoices {
            why_not: Some(words::said(&finding, |_| String::new())),
            ..NumberChoices::default()
        };
        let Some(account) = account else {
            return Ok(why_not(domain::check::Finding::NoAccount));
        };
        Ok(match self.0.carrier.numbers(&account, None).await {
            Err(unanswered) => why_not(unanswered.finding()),
            Ok(numbers) => NumberChoices {
                numbers: numbers
                    .into_iter()
                    .map(|n| NumberChoice {
                        number: n.number,
                        texts: n.texts,
                        voice: n.voice,
                    })
                    .collect(),
                why_not: None,
            },
        })
    }

    /// Saves the number, after Twilio said that it is the account's and can text.
    ///
    /// # Errors
    /// Complaints about the form, also those that are Twilio's answer.
    pub async fn save_number(&self, actor: &Actor, form: NumberForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let about = |complaint| Problem::field("number", complaint);
        let number = phones::parse(&form.number)
            .and_then(|number| number.ok_or(Complaint::Missing))
            .map_err(about)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let account = self.account(&mut tx).await?;
        let addresses = self.addresses(&mut tx).await?;
        drop(tx);
        let account = account.ok_or_else(|| about(Complaint::NoAccountYet))?;
        let found = self.0.carrier.numbers(&account, Some(&number)).await;
        let found = found.map_err(|unanswered| match unanswered {
            Unanswered::Silent(why) => {
                tracing::warn!(why, "Twilio did not answer about a number");
                about(Complaint::NotChecked)
            }
            Unanswered::Credentials => about(Complaint::CredentialsRefused),
            Unanswered::Refused { code } => Problem::TwilioRefused { code },
        })?;
        let ours = found
            .into_iter()
            .next()
            .ok_or_else(|| about(Complaint::NumberNotInAccount))?;
        if !ours.texts {
            return Err(about(Complaint::NumberCannotText));
        }
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        tx.save_number(&number).await.or_problem()?;
        if tx.shares_number().await.or_problem()? {
            return Err(about(Complaint::NumberElsewhere));
        }
        let lines = number_lines(true, Some(&Ok(Some(ours))), &addresses);
        self.merge_lines(&mut tx, lines).await?;
        self.record(&mut tx, actor, Deed::SavedSetup, "number")
            .await?;
        tx.commit().await.or_problem()?;
        self.0.wake.notify_one();
        Ok(())
    }
}
