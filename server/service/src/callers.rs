//! Whose webhook it is: the organizations that use an account of Twilio, with what their signatures are checked with.

use crate::{Service, error::OrProblem};
use domain::{ids::OrgId, phone::Phone, problem::Problem, voice::CallResponse};
use secrecy::SecretString;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};
use store::rows::AccountRow;

/// Who may have sent a webhook: an organization whose account it names.
#[derive(Clone)]
pub struct Caller {
    pub org: OrgId,
    pub number: Option<Phone>,
    /// What signatures are checked with: the auth token, and while tokens are changed the one that takes over.
    pub tokens: Vec<SecretString>,
    /// Under which address Twilio reaches this organization, without a slash at the end.
    pub public_url: String,
    /// The address that Twilio was given for status callbacks, without our text id.
    pub status_callback: String,
    /// What callers hear.
    pub spoken: CallResponse,
}

/// The callers of each account as last read, for calls that come while the database is away.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<HashMap<String, Arc<[Caller]>>>);

impl Remembered {
    fn keep(&self, account_sid: &str, callers: &Arc<[Caller]>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if callers.is_empty() {
            all.remove(account_sid);
        } else {
            all.insert(account_sid.to_owned(), Arc::clone(callers));
        }
    }

    fn get(&self, account_sid: &str) -> Option<Arc<[Caller]>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(account_sid).cloned()
    }
}

impl Service {
    /// The organizations that have this account. The one whose token fits the signature is the caller. Read anew each time,
    /// together for all who ask at once: a token that was taken away fits no longer.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn callers(&self, account_sid: &str) -> Result<Arc<[Caller]>, Problem> {
        let service = self.clone();
        let work = move |asked: Vec<String>| {
            let service = service.clone();
            async move {
                let found = service.callers_of(&asked).await;
                let answer = |sid: &String| match &found {
                    Ok(found) => Ok(found.get(sid).cloned().unwrap_or_default()),
                    Err(problem) => Err(problem.clone()),
                };
                asked.iter().map(answer).collect()
            }
        };
        let gathered = &self.0.gathered.callers;
        gathered.ask(account_sid.to_owned(), work).await
    }

    async fn callers_of(
        &self,
        asked: &[String],
    ) -> Result<HashMap<String, Arc<[Caller]>>, Problem> {
        let sids: BTreeSet<&str> = asked.iter().map(String::as_str).collect();
        let sids: Vec<&str> = sids.into_iter().collect();
        let rows = self.0.store.accounts_by_sids(&sids).await.or_problem()?;
        let mut found = HashMap::new();
        for (sid, rows) in sids.into_iter().zip(rows) {
            let callers: Arc<[Caller]> = rows
                .into_iter()
                .filter_map(|row| self.caller(row))
                .collect();
            self.0.remembered.keep(sid, &callers);
            found.insert(sid.to_owned(), callers);
        }
        Ok(found)
    }

    /// Whether this server's key is the one under which the database's tokens are sealed. Without any token it is.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn key_fits(&self) -> Result<bool, Problem> {
        let sealed = self.0.store.sealed_token().await.or_problem()?;
        Ok(sealed.is_none_or(|(org, token)| self.0.sealer.open(&token, org.0.as_bytes()).is_ok()))
    }

    /// As [`Self::callers`]; while the database is away, those that it last named.
    ///
    /// # Errors
    /// The database cannot be reached, and this account is not remembered.
    pub async fn callers_or_remembered(&self, account_sid: &str) -> Result<Arc<[Caller]>, Problem> {
        match self.callers(account_sid).await {
            Ok(callers) => Ok(callers),
            Err(problem) => self.0.remembered.get(account_sid).ok_or(problem),
        }
    }

    fn caller(&self, row: AccountRow) -> Option<Caller> {
        let token = self.0.sealer.open(&row.sealed_token, row.org.0.as_bytes());
        let token = token.inspect_err(
            |_| tracing::error!(org = %row.org, "the auth token does not open with this key"),
        );
        let secondary = row.sealed_secondary.and_then(|sealed| {
            let opened = self.0.sealer.open(&sealed, &secondary_of(row.org));
            opened.ok()
        });
        Some(Caller {
            org: row.org,
            number: row.number,
            tokens: [token.ok()?].into_iter().chain(secondary).collect(),
            public_url: row
                .public_url
                .unwrap_or_else(|| self.0.config.public_url.clone()),
            status_callback: row.status_callback,
            spoken: row.spoken,
        })
    }
}

/// What the sealed secondary token is bound to: it opens neither for another organization nor as the first token.
pub(crate) fn secondary_of(org: OrgId) -> Vec<u8> {
    [org.0.as_bytes().as_slice(), b"secondary"].concat()
}
