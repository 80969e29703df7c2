//! The first administrator: whoever holds the token that the server printed creates the office.

use crate::{
    Service,
    error::OrProblem,
    passwords,
    sign_in::{place, random_token},
    zones,
};
use domain::{
    address_name::AddressName,
    ids::{OrgId, StaffId},
    limits,
    problem::{Complaint, Complaints, Problem, line},
    role::Role,
    sign_in::{FirstAdminForm, check_password, email_key, read_email},
};
use secrecy::{ExposeSecret, SecretString};
use std::net::IpAddr;
use store::rows::{NewOrg, NewStaff};
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;

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
    /// Whether nobody can sign in yet, neither staff nor somebody of the host, so that the first administrator must
    /// be created.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn needs_first_admin(&self) -> Result<bool, Problem> {
        let store = &self.0.store;
        Ok(store.count_staff().await.or_problem()? == 0
            && store.count_hosts().await.or_problem()? == 0)
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
        let hash = passwords::hash(form.password.into()).await;
        let (org, staff) = self.found_office(&fields, &hash).await?;
        self.start_session(org, staff).await
    }

    /// Office and administrator at once: an office without one could not be entered, and this page is gone with the
    /// first member of staff.
    async fn found_office(
        &self,
        fields: &FirstAdmin,
        password_hash: &str,
    ) -> Result<(OrgId, StaffId), Problem> {
        let (org, staff) = (OrgId(self.0.clock.id()), StaffId(self.0.clock.id()));
        let (at, slug) = (self.now(), AddressName::of(&fields.office));
        let office = NewOrg {
            id: org,
            name: &fields.office,
            slug: slug.as_str(),
            zone: &fields.zone,
            at,
        };
        let first = NewStaff {
            id: staff,
            email: &fields.email,
            email_key: &email_key(&fields.email).ok_or(Problem::Internal)?,
            name: &fields.name,
            role: Role::Administrator,
            password_hash,
            at,
        };
        let mut tx = self.0.store.begin_org(&office).await.or_problem()?;
        tx.insert_staff(&first).await.or_problem()?;
        tx.commit().await.or_problem()?;
        Ok((org, staff))
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
        let email = complaints.take("email", read_email(&form.email));
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
}

struct FirstAdmin {
    office: String,
    name: String,
    email: String,
    zone: String,
}
