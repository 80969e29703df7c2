//! The step "Account": SID and auth token, and the token that takes over.

use super::{ExposeSecret, account_of, secondary_of};
use crate::{Service, audit::Deed, carrier::Account, error::OrProblem};
use domain::{
    check::{Unanswered, account_lines},
    limits,
    problem::{Complaint, Complaints, Problem, line},
    role::{Actor, Operation},
    setup::{AccountForm, is_account_sid, is_auth_token},
};
use secrecy::SecretString;
use store::rows::{SecondaryRow, SetupRow};

impl Service {
    /// Saves the account after asking Twilio, or does what was pressed about the token that takes over.
    ///
    /// # Errors
    /// Complaints about the form, also those that are Twilio's answer.
    pub async fn save_account(&self, actor: &Actor, form: AccountForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        match form.press.as_str() {
            "add" => self.add_secondary(actor, &form.secondary).await,
            "promote" => self.promote_secondary(actor).await,
            "remove" => self.remove_secondary(actor).await,
            _ => self.save_sid_and_token(actor, &form).await,
        }
    }

    async fn save_sid_and_token(&self, actor: &Actor, form: &AccountForm) -> Result<(), Problem> {
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let before = tx.setup().await.or_problem()?;
        let addresses = self.addresses(&mut tx).await?;
        drop(tx);
        let mut complaints = Complaints::default();
        let sid = complaints.take("sid", read_sid(&form.sid));
        let token = complaints.take(
            "token",
            read_token(&form.token, before.as_ref(), form.sid.trim()),
        );
        complaints.finish()?;
        // With no complaint both were read.
        let (sid, token) = sid.zip(token).ok_or(Problem::Internal)?;
        let kept =
            || account_of(&self.0.sealer, actor.org, before.as_ref()).map(|account| account.token);
        let account = Account {
            sid,
            token: token
                .clone()
                .or_else(kept)
                .ok_or_else(|| Problem::field("token", Complaint::Missing))?,
        };
        // Never a transaction open over an HTTP call: Twilio is asked between the two.
        let (answer, balance) = self.ask_account(&account).await;
        if let Err(unanswered) = &answer {
            return Err(refused_account(unanswered));
        }
        let now = self.now();
        let sealed = token.map(|token| {
            self.0
                .sealer
                .seal(token.expose_secret(), actor.org.0.as_bytes())
        });
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        tx.ensure_setup(&addresses.status).await.or_problem()?;
        tx.save_account(&account.sid, sealed.as_deref(), now)
            .await
            .or_problem()?;
        if tx.shares_number().await.or_problem()? {
            return Err(Problem::field("sid", Complaint::NumberElsewhere));
        }
        self.merge_lines(&mut tx, account_lines(Some(&answer), balance))
            .await?;
        self.heed_account(&mut tx, &answer).await?;
        self.record(&mut tx, actor, Deed::SavedSetup, "account")
            .await?;
        tx.commit().await.or_problem()?;
        self.0.wake.notify_one();
        Ok(())
    }

    /// Sets the token that takes over: from now on signatures by either are right.
    async fn add_secondary(&self, actor: &Actor, typed: &str) -> Result<(), Problem> {
        let typed = typed.trim();
        let complaint = match typed {
            "" => Some(Complaint::Missing),
            _ if !is_auth_token(typed) => Some(Complaint::NotAnAuthToken),
            _ => None,
        };
        if let Some(complaint) = complaint {
            return Err(Problem::field("secondary", complaint));
        }
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let account = self.account(&mut tx).await?;
        let account = account.ok_or_else(|| Problem::field("secondary", Complaint::NoTokenYet))?;
        if account.token.expose_secret() == typed {
            return Err(Problem::field("secondary", Complaint::SameToken));
        }
        let secondary = SecondaryRow {
            sealed: self.0.sealer.seal(typed, &secondary_of(actor.org)),
            set_at: self.now(),
        };
        tx.save_secondary(Some(&secondary)).await.or_problem()?;
        self.record(&mut tx, actor, Deed::ChangedToken, "added")
            .await?;
        tx.commit().await.or_problem()
    }

    /// Makes the token that takes over the one that sends. Twilio is asked first whether it takes it by now.
    async fn promote_secondary(&self, actor: &Actor) -> Result<(), Problem> {
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let account = self.account(&mut tx).await?;
        let secondary = tx.secondary().await.or_problem()?;
        drop(tx);
        let (Some(account), Some(secondary)) = (account, secondary) else {
            return Err(Problem::field("secondary", Complaint::Missing));
        };
        let token = self
            .0
            .sealer
            .open(&secondary.sealed, &secondary_of(actor.org));
        let token = token.map_err(|_| Problem::field("secondary", Complaint::Missing))?;
        let account = Account { token, ..account };
        let (answer, balance) = self.ask_account(&account).await;
        if let Err(unanswered) = &answer {
            return Err(match unanswered {
                Unanswered::Silent(_) => Problem::field("secondary", Complaint::NotChecked),
                _ => Problem::field("secondary", Complaint::NotPromotedYet),
            });
        }
        let sealed = self
            .0
            .sealer
            .seal(account.token.expose_secret(), actor.org.0.as_bytes());
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        tx.promote_secondary(&sealed, self.now())
            .await
            .or_problem()?;
        self.merge_lines(&mut tx, account_lines(Some(&answer), balance))
            .await?;
        self.heed_account(&mut tx, &answer).await?;
        self.record(&mut tx, actor, Deed::ChangedToken, "promoted")
            .await?;
        tx.commit().await.or_problem()?;
        self.0.wake.notify_one();
        Ok(())
    }

    async fn remove_secondary(&self, actor: &Actor) -> Result<(), Problem> {
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        tx.save_secondary(None).await.or_problem()?;
        self.record(&mut tx, actor, Deed::ChangedToken, "removed")
            .await?;
        tx.commit().await.or_problem()
    }
}

fn read_sid(typed: &str) -> Result<String, Complaint> {
    let sid = line(typed, limits::NAME)?;
    if is_account_sid(&sid) {
        Ok(sid)
    } else {
        Err(Complaint::NotASid)
    }
}

/// Empty keeps the token that is set, but only for the account for which it was set.
fn read_token(
    typed: &str,
    before: Option<&SetupRow>,
    sid: &str,
) -> Result<Option<SecretString>, Complaint> {
    let typed = typed.trim();
    let kept =
        before.is_some_and(|b| b.sealed_token.is_some() && b.account_sid.as_deref() == Some(sid));
    match typed {
        "" if kept => Ok(None),
        "" => Err(Complaint::Missing),
        _ if is_auth_token(typed) => Ok(Some(typed.into())),
        _ => Err(Complaint::NotAnAuthToken),
    }
}

/// Twilio's refusal as a complaint about the form.
pub(super) fn refused_account(unanswered: &Unanswered) -> Problem {
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
