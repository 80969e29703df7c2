//! Signing in: sessions of our own, of which only the hash of the token is stored.

use crate::{Service, audit::Deed, error::OrProblem, passwords, zones};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    ids::{OrgId, StaffId},
    limits,
    problem::{Complaint, Complaints, Problem, line},
    role::{Actor, Role},
    sign_in::{FirstAdminForm, SignInForm, email_key},
};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use store::rows::{NewOrg, NewSession, NewStaff};
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;

/// A session ends after this long without a page (12 hours), in milliseconds.
const IDLE: i64 = 12 * 60 * 60 * 1000;
/// How often use of a session is written down (5 minutes), in milliseconds.
const TOUCH: i64 = 5 * 60 * 1000;

/// The one-time token that lets somebody create the first administrator; known to this process only.
pub struct SetupToken {
    token: SecretString,
    /// Held while it is used: pressed twice, the button makes one office all the same.
    in_use: Mutex<()>,
}

impl SetupToken {
    pub(crate) fn new() -> Self {
        Self {
            token: random_token(),
            in_use: Mutex::new(()),
        }
    }

    fn is(&self, typed: &str) -> bool {
        self.token
            .expose_secret()
            .as_bytes()
            .ct_eq(typed.trim().as_bytes())
            .into()
    }
}

impl Service {
    /// Whether there is no staff yet, so that the first administrator must be created.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn needs_first_admin(&self) -> Result<bool, Problem> {
        Ok(self.0.store.count_staff().await.or_problem()? == 0)
    }

    /// The one-time token, for the console of whoever started the server.
    pub fn setup_token(&self) -> &str {
        self.0.setup_token.token.expose_secret()
    }

    /// Creates the organization and its first administrator, and signs them in.
    ///
    /// # Errors
    /// Staff exist already; or complaints about the form.
    pub async fn create_first_admin(
        &self,
        form: FirstAdminForm,
        from: Option<IpAddr>,
    ) -> Result<SecretString, Problem> {
        let _in_use = self.0.setup_token.in_use.lock().await;
        if !self.needs_first_admin().await? {
            return Err(Problem::NotFound);
        }
        self.take_try(&[&place(from)])?;
        let fields = self.check_first_admin(&form)?;
        let org = OrgId(self.0.clock.id());
        let at = self.now();
        self.0
            .store
            .create_org(&NewOrg {
                id: org,
                name: &fields.office,
                zone: &fields.zone,
                at,
            })
            .await
            .or_problem()?;
        let role = Role::Administrator;
        let staff = self
            .add_staff(org, &fields.name, &fields.email, role, form.password.into())
            .await?;
        self.start_session(org, staff).await
    }

    fn check_first_admin(&self, form: &FirstAdminForm) -> Result<FirstAdmin, Problem> {
        let mut complaints = Complaints::default();
        if !self.0.setup_token.is(&form.setup_token) {
            let missing = form.setup_token.trim().is_empty();
            complaints.add(
                "setup_token",
                if missing {
                    Complaint::Missing
                } else {
                    Complaint::WrongSetupToken
                },
            );
        }
        let office = complaints.take("office", line(&form.office, limits::NAME));
        let name = complaints.take("name", line(&form.name, limits::NAME));
        let email = complaints.take("email", check_email(&form.email));
        complaints.take("password", check_password(&form.password));
        if !zones::exists(&form.zone) {
            complaints.add("zone", Complaint::NotAZone);
        }
        complaints.finish()?;
        Ok(FirstAdmin {
            office: office.unwrap_or_default(),
            name: name.unwrap_or_default(),
            email: email.unwrap_or_default(),
            zone: form.zone.clone(),
        })
    }

    /// Adds a member of staff; an e-mail address belongs to one person of one organization.
    ///
    /// # Errors
    /// The address is taken.
    pub async fn add_staff(
        &self,
        org: OrgId,
        name: &str,
        email: &str,
        role: Role,
        password: SecretString,
    ) -> Result<StaffId, Problem> {
        let key = email_key(email).ok_or_else(|| Problem::field("email", Complaint::NotAnEmail))?;
        let staff = StaffId(self.0.clock.id());
        let hash = passwords::hash(password).await;
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let new = NewStaff {
            id: staff,
            email: email.trim(),
            email_key: &key,
            name,
            role,
            password_hash: &hash,
            at: self.now(),
        };
        tx.insert_staff(&new).await.or_problem()?;
        tx.commit().await.or_problem()?;
        Ok(staff)
    }

    /// Signs somebody in: the new session's token.
    ///
    /// # Errors
    /// Complaints about the form; the two do not fit together; too many tries.
    pub async fn sign_in(
        &self,
        form: SignInForm,
        from: Option<IpAddr>,
    ) -> Result<SecretString, Problem> {
        let mut complaints = Complaints::default();
        let email = complaints.take("email", check_email(&form.email));
        if form.password.is_empty() {
            complaints.add("password", Complaint::Missing);
        }
        complaints.finish()?;
        let email = email.unwrap_or_default();
        let place = place(from);
        let keys = [email.as_str(), place.as_str()];
        self.take_try(&keys)?;
        let known = self
            .0
            .store
            .staff_by_email(&email)
            .await
            .or_problem()?
            .filter(|staff| !staff.disabled);
        let hash = known.as_ref().map(|staff| staff.password_hash.clone());
        let fits = passwords::verify(form.password.into(), hash).await;
        match known {
            Some(staff) if fits => {
                self.0.throttle.give_back(&keys);
                self.start_session(staff.org, staff.id).await
            }
            _ => Err(Problem::field("password", Complaint::WrongSignIn)),
        }
    }

    fn take_try(&self, keys: &[&str]) -> Result<(), Problem> {
        self.0
            .throttle
            .take(keys, self.now())
            .map_err(|minutes| Problem::TooManyTries { minutes })
    }

    async fn start_session(&self, org: OrgId, staff: StaffId) -> Result<SecretString, Problem> {
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

    /// Whose session this token is, if it is one; keeps it alive.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn actor(&self, token: &str) -> Result<Option<Actor>, Problem> {
        let hash = hashed(token);
        let now = self.now();
        let Some(row) = self.0.store.session(&hash, now).await.or_problem()? else {
            return Ok(None);
        };
        if row.expires_at - now < IDLE - TOUCH {
            self.0
                .store
                .touch_session(&hash, now, now + IDLE)
                .await
                .or_problem()?;
        }
        Ok(Some(Actor {
            staff: row.staff,
            org: row.org,
            role: row.role,
            name: row.name,
            email: row.email,
            office: row.office,
            zone: row.zone,
            theme: row.theme,
        }))
    }

    /// Whether this token's session still stands; unlike [`Service::actor`], asking does not keep it alive.
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
        let now = self.now();
        self.0
            .store
            .touch_session(&hashed(token), now, now)
            .await
            .or_problem()
    }
}

struct FirstAdmin {
    office: String,
    name: String,
    email: String,
    zone: String,
}

fn check_email(typed: &str) -> Result<String, Complaint> {
    let typed = line(typed, limits::EMAIL)?;
    email_key(&typed).ok_or(Complaint::NotAnEmail)
}

/// A new password is long enough, and not so long that hashing it would be an attack.
///
/// # Errors
/// The complaint to show.
pub fn check_password(typed: &str) -> Result<(), Complaint> {
    let (min, max) = limits::PASSWORD;
    match typed.chars().count() {
        0 => Err(Complaint::Missing),
        n if n < min => Err(Complaint::TooShort { min }),
        n if n > max => Err(Complaint::TooLong { max }),
        _ => Ok(()),
    }
}

fn place(from: Option<IpAddr>) -> String {
    from.map_or_else(|| "somewhere".to_owned(), |ip| ip.to_string())
}

fn random_token() -> SecretString {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()).into()
}

pub(crate) fn hashed(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
