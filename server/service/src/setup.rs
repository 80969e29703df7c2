//! Texting Setup: what is typed is checked by asking Twilio before it is saved.

mod typed;

use crate::{
    Service,
    audit::Deed,
    carrier::{Account, Unanswered},
    error::OrProblem,
    seal::Sealer,
    zones,
};
use domain::{
    ids::OrgId,
    phone::Phone,
    problem::{Complaint, Problem},
    role::{Actor, Operation},
    setup::{AccountCheck, NumberCheck, SetupCheck, SetupForm, SetupView},
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use store::rows::SetupRow;
use typed::Typed;

/// What Twilio said when the setup was saved, as it is stored.
#[derive(Serialize, Deserialize)]
struct Checked {
    account: AccountCheck,
    number: NumberCheck,
}

impl Service {
    /// Texting Setup as the administrator sees it. The token is not in it.
    ///
    /// # Errors
    /// [`Problem::Forbidden`].
    pub async fn setup(&self, actor: &Actor) -> Result<SetupView, Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let row = tx.setup().await.or_problem()?;
        let addresses = self.0.config.addresses();
        let now = self.now();
        let when = |at: i64| zones::when(at, &actor.zone, now);
        let Some(row) = row else {
            let form = SetupForm {
                status_callback: addresses.status.clone(),
                max_parts: "1".into(),
                ..SetupForm::default()
            };
            return Ok(SetupView {
                form,
                addresses,
                ..SetupView::default()
            });
        };
        let checked = row
            .check_json
            .as_deref()
            .and_then(|json| serde_json::from_str::<Checked>(json).ok());
        let check = row.checked_at.zip(checked).map(|(at, said)| SetupCheck {
            at: when(at),
            account: said.account,
            number: said.number,
        });
        Ok(SetupView {
            token_set: row.token_set_at.map(when),
            check,
            addresses,
            form: as_form(row),
        })
    }

    /// Saves Texting Setup, after Twilio said that account and number fit.
    ///
    /// # Errors
    /// Complaints about the form, also those that are Twilio's answer.
    pub async fn save_setup(&self, actor: &Actor, form: SetupForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let before = tx.setup().await.or_problem()?;
        drop(tx);
        let typed = Typed::read(&form, before.as_ref())?;
        let token = match typed.token.clone() {
            Some(token) => token,
            None => {
                account_of(&self.0.sealer, actor.org, before.as_ref())
                    .ok_or_else(|| Problem::field("token", Complaint::Missing))?
                    .token
            }
        };
        // Never a transaction open over an HTTP call: Twilio is asked between the two.
        let checked = self.check(&typed, &token).await?;
        let row = self.row_of(actor.org, typed, before.as_ref(), &checked);
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        tx.save_setup(&row).await.or_problem()?;
        self.record(&mut tx, actor, Deed::SavedSetup, "").await?;
        tx.commit().await.or_problem()?;
        self.0.wake.notify_one();
        Ok(())
    }

    async fn check(&self, typed: &Typed, token: &SecretString) -> Result<Checked, Problem> {
        let account = Account {
            sid: typed.sid.clone(),
            token: token.clone(),
        };
        let facts = self
            .0
            .carrier
            .account(&account)
            .await
            .map_err(|unanswered| refused_account(&unanswered))?;
        let number = self
            .0
            .carrier
            .number(&account, &typed.number)
            .await
            .map_err(|unanswered| refused_account(&unanswered))?
            .ok_or_else(|| Problem::field("number", Complaint::NumberNotInAccount))?;
        if !number.texts {
            return Err(Problem::field("number", Complaint::NumberCannotText));
        }
        let name = facts.name;
        let account = match (facts.status.as_str(), facts.trial) {
            ("active", false) => AccountCheck::Active { name },
            ("active", true) => AccountCheck::Trial { name },
            (status, _) => AccountCheck::NotActive {
                name,
                status: status.to_owned(),
            },
        };
        Ok(Checked {
            account,
            number: NumberCheck::Ours {
                number: number.number,
                voice: number.voice,
            },
        })
    }

    fn row_of(
        &self,
        org: OrgId,
        typed: Typed,
        before: Option<&SetupRow>,
        checked: &Checked,
    ) -> SetupRow {
        let now = self.now();
        let sealed = typed
            .token
            .map(|token| self.0.sealer.seal(token.expose_secret(), org.0.as_bytes()));
        SetupRow {
            number: Some(typed.number),
            account_sid: Some(typed.sid),
            token_set_at: if sealed.is_some() {
                Some(now)
            } else {
                before.and_then(|b| b.token_set_at)
            },
            sealed_token: sealed.or_else(|| before.and_then(|b| b.sealed_token.clone())),
            text_response: typed.text_response,
            call_response: typed.call_response,
            status_callback: typed.status_callback,
            max_parts: i64::from(typed.max_parts),
            checked_at: Some(now),
            check_json: serde_json::to_string(checked).ok(),
        }
    }
}

/// The account with its token opened, if it is there and opens.
pub(crate) fn account_of(sealer: &Sealer, org: OrgId, setup: Option<&SetupRow>) -> Option<Account> {
    let setup = setup?;
    let token = sealer.open(setup.sealed_token.as_deref()?, org.0.as_bytes());
    let token = token
        .inspect_err(|_| tracing::error!(%org, "the auth token does not open with this key"))
        .ok()?;
    Some(Account {
        sid: setup.account_sid.clone()?,
        token,
    })
}

fn refused_account(unanswered: &Unanswered) -> Problem {
    match unanswered {
        Unanswered::Credentials
        | Unanswered::Refused {
            code: 20003 | 20404,
        } => Problem::field("token", Complaint::CredentialsRefused),
        Unanswered::Refused { code } => Problem::TwilioRefused { code: *code },
        Unanswered::Silent(why) => {
            tracing::warn!(why, "Twilio did not answer about the account");
            Problem::field("sid", Complaint::NotChecked)
        }
    }
}

fn as_form(row: SetupRow) -> SetupForm {
    SetupForm {
        number: row.number.as_ref().map(Phone::display).unwrap_or_default(),
        sid: row.account_sid.unwrap_or_default(),
        token: String::new(),
        text_response: row.text_response,
        call_response: row.call_response,
        status_callback: row.status_callback,
        max_parts: row.max_parts.to_string(),
    }
}

impl Service {
    /// Asks Twilio about every organization's account; `None` where texting is not set up.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn check_accounts(&self) -> Result<Vec<(String, AccountAnswer)>, Problem> {
        let mut answers = vec![];
        for org in self.0.store.orgs().await.or_problem()? {
            let mut tx = self.0.store.read(org.id).await.or_problem()?;
            let setup = tx.setup().await.or_problem()?;
            drop(tx);
            let answer = match account_of(&self.0.sealer, org.id, setup.as_ref()) {
                Some(account) => Some(self.0.carrier.account(&account).await),
                None => None,
            };
            answers.push((org.name, answer));
        }
        Ok(answers)
    }
}

/// What Twilio said of an account, if there is one.
pub type AccountAnswer = Option<Result<crate::carrier::AccountFacts, Unanswered>>;
