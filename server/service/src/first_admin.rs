//! The first administrator: whoever holds the token that the server printed creates the office.

use crate::{Service, error::OrProblem, passwords, sign_in::place, zones};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    address_name::AddressName,
    ids::{OrgId, StaffId},
    limits,
    problem::{Complaint, Complaints, Problem, line},
    role::Role,
    sign_in::{FirstAdminForm, check_password, email_key, read_email},
};
use secrecy::SecretString;
use std::net::IpAddr;
use store::rows::{NewOrg, NewStaff};

/// What a token is sealed for. Whatever server of the same key sealed it, each opens it: somebody's browser may reach
/// another than the one that printed it.
const MARK: &[u8] = b"the first administrator";

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

    /// The token that lets somebody create the first administrator, for the console of whoever started the server. It
    /// is good for nothing once there is staff.
    pub fn setup_token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.sealer.seal("", MARK))
    }

    fn is_setup_token(&self, typed: &str) -> bool {
        let sealed = URL_SAFE_NO_PAD.decode(typed.trim());
        sealed.is_ok_and(|sealed| self.0.sealer.open(&sealed, MARK).is_ok())
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
        if !self.needs_first_admin().await? {
            return Err(Problem::NotFound);
        }
        self.take_try(&[&place(from)]).await?;
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
        let begun = self.0.store.begin_first_org(&office).await.or_problem()?;
        let mut tx = begun.ok_or(Problem::NotFound)?;
        tx.insert_staff(&first).await.or_problem()?;
        tx.commit().await.or_problem()?;
        Ok((org, staff))
    }

    fn check_first_admin(&self, form: &FirstAdminForm) -> Result<FirstAdmin, Problem> {
        let mut complaints = Complaints::default();
        if !self.is_setup_token(&form.setup_token) {
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
