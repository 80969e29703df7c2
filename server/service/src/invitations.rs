//! Links by which somebody joins an organization or sets a new password: made, followed, used once.

use crate::{
    Service,
    audit::Deed,
    error::OrProblem,
    passwords,
    sign_in::{hashed, place, random_token},
    zones,
};
use domain::{
    ids::{InvitationId, OrgId, StaffId},
    invitation::{AcceptForm, GOOD_FOR, InvitationView, Over},
    limits,
    problem::{Complaint, Complaints, Problem, line},
    role::Role,
    sign_in::{check_password, read_email},
};
use secrecy::{ExposeSecret, SecretString};
use std::net::IpAddr;
use store::{
    StoreError, Tx,
    rows::{By, FollowedInvitation, NewAudit, NewInvitation, NewStaff},
};

/// A link, to be shown once: whoever has it can follow it.
pub struct Link {
    url: SecretString,
    to: String,
}

impl Link {
    /// The whole address.
    pub fn reveal(&self) -> &str {
        self.url.expose_secret()
    }

    /// The e-mail address of whoever is to get it.
    pub fn to(&self) -> &str {
        &self.to
    }
}

/// An address as it was typed, with its folded form.
pub(crate) struct Address {
    pub email: String,
    pub key: String,
}

/// A link that is about to be saved.
pub(crate) struct NewLink {
    id: InvitationId,
    token: SecretString,
    hash: [u8; 32],
    address: Address,
    role: Role,
    staff: Option<StaffId>,
    by: By,
    at: i64,
}

impl NewLink {
    pub(crate) fn id(&self) -> InvitationId {
        self.id
    }

    /// The address of this link, once it is saved, at the door of its organization.
    pub(crate) fn at(self, door: &str) -> Link {
        Link {
            url: format!("{door}/invite/{}", self.token.expose_secret()).into(),
            to: self.address.email,
        }
    }

    pub(crate) fn row(&self) -> NewInvitation<'_> {
        NewInvitation {
            id: self.id,
            token_hash: &self.hash,
            email: &self.address.email,
            email_key: &self.address.key,
            role: self.role,
            staff: self.staff,
            by: self.by,
            at: self.at,
            expires_at: self.at + GOOD_FOR,
        }
    }
}

impl Service {
    /// An address that nobody signs in with yet.
    pub(crate) async fn free_address(&self, typed: &str) -> Result<Address, Problem> {
        let key = read_email(typed).map_err(|complaint| Problem::field("email", complaint))?;
        let store = &self.0.store;
        let taken = store.staff_by_email(&key).await.or_problem()?.is_some()
            || store.host_by_email(&key).await.or_problem()?.is_some();
        if taken {
            return Err(Problem::field("email", Complaint::EmailTaken));
        }
        Ok(Address {
            email: typed.trim().to_owned(),
            key,
        })
    }

    pub(crate) fn new_link(
        &self,
        address: Address,
        role: Role,
        staff: Option<StaffId>,
        by: By,
    ) -> NewLink {
        let token = random_token();
        NewLink {
            id: InvitationId(self.0.clock.id()),
            hash: hashed(token.expose_secret()),
            token,
            address,
            role,
            staff,
            by,
            at: self.now(),
        }
    }

    /// Where people of an organization reach it: at its own public address, if it has one, or at the program's.
    pub(crate) async fn door_of(&self, org: OrgId) -> Result<String, Problem> {
        let own = self.0.store.public_url_of(org).await.or_problem()?;
        Ok(own.unwrap_or_else(|| self.0.config.public_url.clone()))
    }

    /// What somebody who follows a link sees.
    ///
    /// # Errors
    /// [`Problem::Invitation`]; too many wrong links.
    pub async fn invitation(
        &self,
        token: &str,
        from: Option<IpAddr>,
    ) -> Result<InvitationView, Problem> {
        let found = self.follow(token, from).await?;
        let expires = found.row.course.expires_at;
        Ok(InvitationView {
            expires: zones::when(expires, &found.zone, self.now()),
            office: found.office,
            email: found.row.email,
            role: found.row.role,
            known: found.known,
        })
    }

    /// Uses a link: somebody joins and is signed in, or has a new password and is signed in with it.
    ///
    /// # Errors
    /// [`Problem::Invitation`]; complaints about the form; too many wrong links.
    pub async fn accept(
        &self,
        token: &str,
        form: AcceptForm,
        from: Option<IpAddr>,
    ) -> Result<SecretString, Problem> {
        let found = self.follow(token, from).await?;
        let mut complaints = Complaints::default();
        let name = match found.row.staff {
            Some(_) => None,
            None => complaints.take("name", line(&form.name, limits::NAME)),
        };
        complaints.take("password", check_password(&form.password));
        complaints.finish()?;
        let hash = passwords::hash(form.password.into()).await;
        let mut tx = self.0.store.begin(found.org).await.or_problem()?;
        // Of two who press at once one comes first.
        let good = tx.use_invitation(found.row.id, self.now()).await;
        if !good.or_problem()? {
            return Err(Problem::Invitation(Over::Used));
        }
        let (staff, deed) = match found.row.staff {
            Some(staff) => {
                tx.set_password(staff, &hash).await.or_problem()?;
                tx.delete_sessions_of(staff).await.or_problem()?;
                (staff, Deed::SetPassword)
            }
            None => {
                let name = name.unwrap_or_default();
                (
                    self.join(&mut tx, &found, &name, &hash).await?,
                    Deed::Joined,
                )
            }
        };
        let line = NewAudit {
            id: self.0.clock.id(),
            staff: Some(staff),
            at: self.now(),
            what: deed.name(),
            subject: &found.row.id.to_string(),
        };
        tx.append_audit(&line).await.or_problem()?;
        tx.commit().await.or_problem()?;
        self.start_session(found.org, staff).await
    }

    async fn join(
        &self,
        tx: &mut Tx,
        found: &FollowedInvitation,
        name: &str,
        hash: &str,
    ) -> Result<StaffId, Problem> {
        let staff = StaffId(self.0.clock.id());
        let email = found.row.email.as_str();
        let new = NewStaff {
            id: staff,
            email,
            email_key: &read_email(email)
                .map_err(|complaint| Problem::field("email", complaint))?,
            name,
            role: found.row.role,
            password_hash: hash,
            at: self.now(),
        };
        match tx.insert_staff(&new).await {
            Err(StoreError::Taken) => Err(Problem::field("email", Complaint::EmailTaken)),
            other => other.map(|()| staff).or_problem(),
        }
    }

    /// The link, if it is good. A try is taken before it is looked for, and given back if there is such a link:
    /// nobody finds one by trying.
    async fn follow(
        &self,
        token: &str,
        from: Option<IpAddr>,
    ) -> Result<FollowedInvitation, Problem> {
        let key = format!("invitation {}", place(from));
        self.take_try(&[&key]).await?;
        let found = self.0.store.invitation(&hashed(token)).await.or_problem()?;
        let found = found.ok_or(Problem::Invitation(Over::Unknown))?;
        self.give_try_back(&[&key]).await?;
        found
            .row
            .course
            .check(self.now())
            .map_err(Problem::Invitation)?;
        Ok(found)
    }
}
