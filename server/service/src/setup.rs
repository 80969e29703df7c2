//! Texting Setup as it is shown. Each of its steps is saved for itself: see the files of this folder.

mod account;
mod address;
mod connect;
mod number;
mod responses;

use crate::{
    Service, callers::secondary_of, carrier::Account, error::OrProblem, seal::Sealer, zones,
};
use domain::{
    check::Line,
    clocks::Trust,
    ids::OrgId,
    phone::Phone,
    problem::Problem,
    role::{Actor, Operation},
    setup::{
        AccountForm, AddressForm, Addresses, ResponsesForm, SetupView, Step, StepView, standing,
    },
    status::Status,
    voice::{self, CallResponse, VOICES},
    words::setup as words,
};
use secrecy::ExposeSecret;
use store::{Tx, rows::SetupRow};

impl Service {
    /// Texting Setup as the administrator sees it. No token is in it.
    ///
    /// # Errors
    /// [`Problem::Forbidden`].
    pub async fn setup(&self, actor: &Actor) -> Result<SetupView, Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let row = tx.setup().await.or_problem()?.unwrap_or_default();
        let own = tx.public_url().await.or_problem()?;
        let addresses = self.addresses(&mut tx).await?;
        let lines = last_lines(&mut tx).await?;
        let now = self.now();
        let when = |at: i64| zones::when(at, &actor.zone, now);
        let secondary = tx.secondary().await.or_problem()?;
        let spoken = tx.call_response().await.or_problem()?.unwrap_or_default();
        let last_test = tx.last_test().await.or_problem()?;
        let test_status = last_test.as_ref().map(|test| test.status);
        let test = last_test.map(|test| self.test_view(actor, test));
        let check = self.check_view(actor, tx.setup_check().await.or_problem()?);
        let halts = self.halt_views(&mut tx, actor).await?;
        let pace = tx.bucket().await.or_problem()?.pace;
        Ok(SetupView {
            steps: steps(&row, &addresses, test_status, &lines),
            token_set: row.token_set_at.map(when),
            secondary_set: secondary.map(|row| when(row.set_at)),
            number: row.number.as_ref().map(Phone::display).unwrap_or_default(),
            address: AddressForm {
                public_url: own.unwrap_or_default(),
                status_callback: match row.status_callback.as_str() {
                    "" => addresses.status.clone(),
                    set => set.to_owned(),
                },
            },
            responses: responses_form(&row, spoken, pace),
            account: AccountForm {
                sid: row.account_sid.unwrap_or_default(),
                ..AccountForm::default()
            },
            addresses,
            servers: self.0.config.public_url.clone(),
            test,
            test_key: self.test_key(),
            check,
            halts,
            clock_off: match self.trust() {
                Trust::Off { seconds } => Some(seconds),
                Trust::Agreed | Trust::Alone => None,
            },
        })
    }

    /// The addresses under which Twilio reaches this organization.
    pub(crate) async fn addresses(&self, tx: &mut Tx) -> Result<Addresses, Problem> {
        let own = tx.public_url().await.or_problem()?;
        Ok(own.map_or_else(|| self.0.config.addresses(), |own| Addresses::under(&own)))
    }

    /// The account with its token opened, if it is set and opens.
    pub(crate) async fn account(&self, tx: &mut Tx) -> Result<Option<Account>, Problem> {
        let setup = tx.setup().await.or_problem()?;
        Ok(account_of(&self.0.sealer, tx.org_id(), setup.as_ref()))
    }
}

/// What the check last said.
pub(crate) async fn last_lines(tx: &mut Tx) -> Result<Vec<Line>, Problem> {
    let check = tx.setup_check().await.or_problem()?;
    Ok(check
        .map(|row| crate::checks::read(&row.lines_json))
        .unwrap_or_default())
}

fn steps(
    row: &SetupRow,
    addresses: &Addresses,
    test: Option<Status>,
    lines: &[Line],
) -> Vec<StepView> {
    let entered = |step| match step {
        Step::Account => row.account_sid.is_some() && row.sealed_token.is_some(),
        Step::Number | Step::Connect => row.number.is_some(),
        Step::Responses => written(&row.text_response) && written(&row.call_response),
        Step::Address => true,
        Step::Test => test.is_some(),
    };
    let said = |step| match step {
        Step::Account => words::account_said(row.account_sid.as_deref()),
        Step::Number => words::number_said(row.number.as_ref()),
        Step::Responses => {
            words::responses_said(written(&row.text_response), written(&row.call_response))
        }
        Step::Address => addresses.base.clone(),
        Step::Connect => words::connect_said(row.number.as_ref()),
        Step::Test => words::test_said(test),
    };
    let view = |step| StepView {
        step,
        standing: match step {
            Step::Test => domain::setup::test_standing(test),
            _ => standing(step, entered(step), lines),
        },
        said: said(step),
    };
    Step::ALL.into_iter().map(view).collect()
}

fn written(text: &str) -> bool {
    !text.trim().is_empty()
}

fn responses_form(row: &SetupRow, spoken: CallResponse, pace: i64) -> ResponsesForm {
    let chosen = |voice: &str, language: &str, else_one: usize| match voice {
        "" => VOICES[else_one].key(),
        _ => voice::key(voice, language),
    };
    ResponsesForm {
        text_response: row.text_response.clone(),
        call_response: row.call_response.clone(),
        call_voice: chosen(&spoken.first.voice, &spoken.first.language, 0),
        second_voice: chosen(
            &spoken.second.voice,
            &spoken.second.language,
            voice::SPANISH,
        ),
        second_response: spoken.second.text,
        max_parts: row.max_parts.max(1).to_string(),
        pace: pace.to_string(),
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
