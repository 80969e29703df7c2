//! What somebody of the host does: create organizations, and invite their administrators. Nothing here opens an
//! organization: the store's door for hosts hands out numbers and takes what is new.

use crate::{Service, audit::Deed, error::OrProblem, invitations::Link, passwords, zones};
use domain::{
    address_name::AddressName,
    host::{HostForm, HostView, OrgLine},
    ids::{HostId, OrgId},
    limits,
    problem::{Complaint, Complaints, Problem, line},
    role::{HostActor, Operation, Role},
    sign_in::check_password,
};
use store::{
    StoreError,
    rows::{By, NewAudit, NewHost, NewOrg, OrgOverview},
};

/// Texts are counted over this long (30 days), in milliseconds.
const LATELY: i64 = 30 * 24 * 60 * 60 * 1000;

impl Service {
    /// The host's page.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn organizations(&self, host: &HostActor) -> Result<HostView, Problem> {
        Self::allow_host(host, Operation::ManageOrganizations)?;
        let now = self.now();
        let orgs = self.0.store.overview(now, now - LATELY).await;
        let orgs = orgs.or_problem()?;
        let orgs = orgs.into_iter().map(as_line).collect::<Result<_, _>>()?;
        Ok(HostView { orgs })
    }

    /// Creates an organization.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; complaints about the form.
    pub async fn create_organization(
        &self,
        host: &HostActor,
        form: &HostForm,
    ) -> Result<OrgId, Problem> {
        Self::allow_host(host, Operation::ManageOrganizations)?;
        self.found(form, &host.host.to_string()).await
    }

    /// Creates an organization for whoever is at the console.
    ///
    /// # Errors
    /// Complaints about the form.
    pub async fn add_organization(&self, form: &HostForm) -> Result<OrgId, Problem> {
        self.found(form, "console").await
    }

    async fn found(&self, form: &HostForm, by: &str) -> Result<OrgId, Problem> {
        let mut complaints = Complaints::default();
        let name = complaints.take("name", line(&form.name, limits::NAME));
        let address = match form.address.trim() {
            "" => Some(AddressName::of(&form.name)),
            typed => complaints.take("address", AddressName::parse(typed)),
        };
        if !zones::exists(&form.zone) {
            complaints.add("zone", Complaint::NotAZone);
        }
        complaints.finish()?;
        let (Some(name), Some(address)) = (name, address) else {
            return Err(Problem::Internal);
        };
        let org = OrgId(self.0.clock.id());
        let new = NewOrg {
            id: org,
            name: &name,
            slug: address.as_str(),
            zone: &form.zone,
            at: self.now(),
        };
        let deed = self.host_deed(Deed::FoundedOrganization, by);
        match self.0.store.found_org(&new, &deed).await {
            Err(StoreError::Taken) => Err(Problem::field("address", Complaint::AddressNameTaken)),
            other => other.map(|()| org).or_problem(),
        }
    }

    /// Invites an administrator of an organization: the link, which is shown once.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; [`Problem::NotFound`]; complaints about the form.
    pub async fn invite_administrator(
        &self,
        host: &HostActor,
        form: &HostForm,
    ) -> Result<Link, Problem> {
        Self::allow_host(host, Operation::ManageOrganizations)?;
        let org = form.org.parse::<OrgId>().map_err(|_| Problem::NotFound)?;
        let orgs = self.0.store.orgs().await.or_problem()?;
        if !orgs.iter().any(|row| row.id == org) {
            return Err(Problem::NotFound);
        }
        let address = self.free_address(&form.email).await?;
        let new = self.new_link(address, Role::Administrator, None, By::Host(host.host));
        let by = host.host.to_string();
        let deed = self.host_deed(Deed::Invited, &by);
        let door = self.door_of(org).await?;
        let added = self.0.store.invite_into(org, &new.row(), &deed).await;
        added.or_problem()?;
        Ok(new.at(&door))
    }

    /// Adds somebody of the host.
    ///
    /// # Errors
    /// The address is none or taken; the password is too short.
    pub async fn add_host(
        &self,
        name: &str,
        email: &str,
        password: &str,
    ) -> Result<HostId, Problem> {
        let mut complaints = Complaints::default();
        let name = complaints.take("name", line(name, limits::NAME));
        complaints.take("password", check_password(password));
        complaints.finish()?;
        let address = self.free_address(email).await?;
        let id = HostId(self.0.clock.id());
        let hash = passwords::hash(password.into()).await;
        let new = NewHost {
            id,
            email: &address.email,
            email_key: &address.key,
            name: &name.unwrap_or_default(),
            password_hash: &hash,
            at: self.now(),
        };
        match self.0.store.insert_host(&new).await {
            Err(StoreError::Taken) => Err(Problem::field("email", Complaint::EmailTaken)),
            other => other.map(|()| id).or_problem(),
        }
    }

    /// What the host did stands in the audit of the organization, under nobody of its staff.
    fn host_deed<'a>(&self, deed: Deed, by: &'a str) -> NewAudit<'a> {
        NewAudit {
            id: self.0.clock.id(),
            staff: None,
            at: self.now(),
            what: deed.name(),
            subject: by,
        }
    }
}

fn as_line(row: OrgOverview) -> Result<OrgLine, Problem> {
    let address = AddressName::parse(&row.slug).map_err(|_| {
        tracing::error!(org = %row.id, "an organization's address name was changed by another hand");
        Problem::Internal
    })?;
    Ok(OrgLine {
        id: row.id,
        name: row.name,
        address,
        zone: row.zone,
        staff: row.staff,
        invited: row.invited,
        connected: row.connected,
        texts: row.texts,
    })
}

#[cfg(test)]
mod tests {
    /// Whoever adds to this file must not open an organization for the host.
    #[test]
    fn nothing_that_the_host_does_opens_an_organization() {
        let source = include_str!("host.rs");
        let code = source.split("mod tests").next().expect("the code");
        for door in ["begin(", ".read(", "&Actor", "Tx"] {
            assert!(!code.contains(door), "{door}");
        }
    }
}
