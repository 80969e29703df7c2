//! Signing in: sessions of our own, of which only the hash of the token is stored.

use crate::{Service, audit::Deed, error::OrProblem, passwords};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    ids::{OrgId, StaffId},
    incoming::Waiting,
    problem::{Complaint, Complaints, Problem},
    role::{Actor, HostActor},
    sign_in::{SignInForm, read_email},
};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use store::rows::{HostLogin, NewHostSession, NewSession, StaffLogin};

/// A session ends after this long without a page (12 hours), in milliseconds.
const IDLE: i64 = 12 * 60 * 60 * 1000;
/// How often use of a session is written down (5 minutes), in milliseconds.
const TOUCH: i64 = 5 * 60 * 1000;

/// A session that begins.
pub struct SignedIn {
    pub token: SecretString,
    /// Somebody of the host signed in, who belongs to no organization.
    pub of_host: bool,
}

/// Somebody whose address is known.
enum Known {
    Staff(StaffLogin),
    Host(HostLogin),
}

impl Known {
    fn hash(&self) -> String {
        match self {
            Self::Staff(staff) => staff.password_hash.clone(),
            Self::Host(host) => host.password_hash.clone(),
        }
    }
}

impl Service {
    /// Signs somebody in: the new session's token.
    ///
    /// # Errors
    /// Complaints about the form; the two do not fit together; too many tries.
    pub async fn sign_in(
        &self,
        form: SignInForm,
        from: Option<IpAddr>,
    ) -> Result<SignedIn, Problem> {
        let mut complaints = Complaints::default();
        let email = complaints.take("email", read_email(&form.email));
        if form.password.is_empty() {
            complaints.add("password", Complaint::Missing);
        }
        complaints.finish()?;
        let email = email.unwrap_or_default();
        let place = place(from);
        let keys = [email.as_str(), place.as_str()];
        self.take_try(&keys).await?;
        let known = self.known_by(&email).await?;
        let hash = known.as_ref().map(Known::hash);
        let fits = passwords::verify(form.password.into(), hash).await;
        match known.filter(|_| fits) {
            Some(known) => {
                self.give_try_back(&keys).await?;
                self.welcome(known).await
            }
            None => Err(Problem::field("password", Complaint::WrongSignIn)),
        }
    }

    /// Who signs in with this address: staff who were not disabled, or somebody of the host.
    async fn known_by(&self, email_key: &str) -> Result<Option<Known>, Problem> {
        let store = &self.0.store;
        if let Some(staff) = store.staff_by_email(email_key).await.or_problem()? {
            return Ok(Some(staff).filter(|s| !s.disabled).map(Known::Staff));
        }
        let host = store.host_by_email(email_key).await.or_problem()?;
        Ok(host.map(Known::Host))
    }

    async fn welcome(&self, known: Known) -> Result<SignedIn, Problem> {
        Ok(match known {
            Known::Staff(staff) => SignedIn {
                token: self.start_session(staff.org, staff.id).await?,
                of_host: false,
            },
            Known::Host(host) => SignedIn {
                token: self.start_host_session(&host).await?,
                of_host: true,
            },
        })
    }

    async fn start_host_session(&self, host: &HostLogin) -> Result<SecretString, Problem> {
        let token = random_token();
        let at = self.now();
        let session = NewHostSession {
            token_hash: &hashed(token.expose_secret()),
            host: host.id,
            at,
            expires_at: at + IDLE,
        };
        self.0
            .store
            .insert_host_session(&session)
            .await
            .or_problem()?;
        tracing::info!(host = %host.id, "somebody of the host signed in");
        Ok(token)
    }

    pub(crate) async fn start_session(
        &self,
        org: OrgId,
        staff: StaffId,
    ) -> Result<SecretString, Problem> {
        let token = random_token();
        let at = self.now();
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let session = NewSession {
            token_hash: &hashed(token.expose_secret()),
            staff,
            at,
            expires_at: at + IDLE,
        };
        tx.insert_session(&session).await.or_problem()?;
        tx.append_audit(&store::rows::NewAudit {
            id: self.0.clock.id(),
            staff: Some(staff),
            at,
            what: Deed::SignedIn.name(),
            subject: "",
        })
        .await
        .or_problem()?;
        tx.commit().await.or_problem()?;
        Ok(token)
    }

    /// Whose session this token is, if it is one, and what waits for them; keeps it alive.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn arrive(&self, token: &str) -> Result<Option<(Actor, Waiting)>, Problem> {
        let hash = hashed(token);
        let now = self.now();
        let Some((row, waiting)) = self.0.store.arrival(&hash, now).await.or_problem()? else {
            return Ok(None);
        };
        if row.expires_at - now < IDLE - TOUCH {
            self.0
                .store
                .touch_session(&hash, now, now + IDLE)
                .await
                .or_problem()?;
        }
        let actor = Actor {
            staff: row.staff,
            org: row.org,
            role: row.role,
            name: row.name,
            email: row.email,
            office: row.office,
            zone: row.zone,
            theme: row.theme,
        };
        let waiting = waiting.shown_to(actor.role);
        Ok(Some((actor, waiting)))
    }

    /// Who of the host has this session, if it is one; keeps it alive.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn host_actor(&self, token: &str) -> Result<Option<HostActor>, Problem> {
        let hash = hashed(token);
        let now = self.now();
        let store = &self.0.store;
        let Some(row) = store.host_session(&hash, now).await.or_problem()? else {
            return Ok(None);
        };
        if row.expires_at - now < IDLE - TOUCH {
            let touched = store.touch_host_session(&hash, now, now + IDLE).await;
            touched.or_problem()?;
        }
        Ok(Some(HostActor {
            host: row.host,
            name: row.name,
            email: row.email,
        }))
    }

    /// Whether this token's session still stands; unlike [`Service::arrive`], asking does not keep it alive.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn stands(&self, token: &str) -> Result<bool, Problem> {
        let session = self.0.store.session(&hashed(token), self.now()).await;
        Ok(session.or_problem()?.is_some())
    }

    /// Ends a session. Its row stays for a few days, so that what was being written in another tab finds its owner.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn sign_out(&self, token: &str) -> Result<(), Problem> {
        let (hash, now) = (hashed(token), self.now());
        let store = &self.0.store;
        store.touch_session(&hash, now, now).await.or_problem()?;
        store.touch_host_session(&hash, now, now).await.or_problem()
    }
}

pub(crate) fn place(from: Option<IpAddr>) -> String {
    from.map_or_else(|| "somewhere".to_owned(), |ip| ip.to_string())
}

pub(crate) fn random_token() -> SecretString {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()).into()
}

pub(crate) fn hashed(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
