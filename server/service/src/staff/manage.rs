//! The page of staff: invite, change roles, take access away and give it back, reset passwords.

use crate::{
    Service,
    audit::Deed,
    error::OrProblem,
    invitations::{Address, Link},
    zones,
};
use domain::{
    ids::{InvitationId, StaffId},
    limits,
    problem::{Complaint, Problem},
    role::{Actor, Operation, Role},
    sign_in::email_key,
    staff::{
        Change, InvitedLine, StaffForm, StaffLine, StaffTable, keeps_an_administrator, means_it,
    },
};
use store::rows::{By, InvitationRow, StaffRow};

/// How many open invitations are listed.
const INVITED: i64 = limits::PAGE as i64;

impl Service {
    /// Who can sign in, and who was invited.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn staff_table(&self, actor: &Actor) -> Result<StaffTable, Problem> {
        Self::allow(actor, Operation::ManageStaff)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let people = tx.all_staff().await.or_problem()?;
        let invited = tx.open_invitations(INVITED).await.or_problem()?;
        let now = self.now();
        let person = |row| as_line(row, &actor.zone, now);
        let invitation = |row| as_invited(row, &actor.zone, now);
        Ok(StaffTable {
            people: people.into_iter().map(person).collect(),
            invited: invited.into_iter().map(invitation).collect(),
            me: actor.staff,
        })
    }

    /// Invites somebody: the link, which is shown once.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; complaints about the form.
    pub async fn invite_staff(&self, actor: &Actor, form: &StaffForm) -> Result<Link, Problem> {
        Self::allow(actor, Operation::ManageStaff)?;
        let address = self.free_address(&form.email).await?;
        let new = self.new_link(address, read_role(form)?, None, By::Staff(actor.staff));
        let door = self.door_of(actor.org).await?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        tx.insert_invitation(&new.row()).await.or_problem()?;
        self.record(&mut tx, actor, Deed::Invited, new.id()).await?;
        tx.commit().await.or_problem()?;
        Ok(new.at(&door))
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; [`Problem::NotFound`], also when it was used already.
    pub async fn withdraw_invitation(
        &self,
        actor: &Actor,
        form: &StaffForm,
    ) -> Result<(), Problem> {
        Self::allow(actor, Operation::ManageStaff)?;
        let id: InvitationId = form.id.parse().map_err(|_| Problem::NotFound)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let there = tx.withdraw_invitation(id, self.now()).await.or_problem()?;
        if !there {
            return Err(Problem::NotFound);
        }
        let deed = Deed::WithdrewInvitation;
        self.record(&mut tx, actor, deed, id).await?;
        tx.commit().await.or_problem()
    }

    /// Makes a link by which somebody sets a new password; it is shown once.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; [`Problem::NotFound`], also for who cannot sign in.
    pub async fn password_link(&self, actor: &Actor, form: &StaffForm) -> Result<Link, Problem> {
        Self::allow(actor, Operation::ManageStaff)?;
        let id: StaffId = form.id.parse().map_err(|_| Problem::NotFound)?;
        let door = self.door_of(actor.org).await?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let person = tx.staff(id).await.or_problem()?;
        let person = person.filter(|person| person.disabled_at.is_none());
        let person = person.ok_or(Problem::NotFound)?;
        let address = Address {
            key: email_key(&person.email).ok_or(Problem::Internal)?,
            email: person.email,
        };
        let new = self.new_link(address, person.role, Some(id), By::Staff(actor.staff));
        tx.insert_invitation(&new.row()).await.or_problem()?;
        let deed = Deed::MadePasswordLink;
        self.record(&mut tx, actor, deed, id).await?;
        tx.commit().await.or_problem()?;
        Ok(new.at(&door))
    }

    /// Changes somebody's role, takes their access away, or gives it back.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; [`Problem::NotFound`]; the last administrator stays one; nobody disables themselves
    /// by accident.
    pub async fn change_staff(&self, actor: &Actor, form: &StaffForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::ManageStaff)?;
        let id: StaffId = form.id.parse().map_err(|_| Problem::NotFound)?;
        let (change, field) = match form.press.as_str() {
            "disable" => (Change::Disable, "confirm"),
            "enable" => (Change::Enable, "confirm"),
            _ => (Change::Role(read_role(form)?), "role"),
        };
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let administrators = tx.lock_staff().await.or_problem()?;
        let person = tx.staff(id).await.or_problem()?.ok_or(Problem::NotFound)?;
        let disabled = person.disabled_at.is_some();
        keeps_an_administrator(change, person.role, disabled, administrators)
            .and_then(|()| means_it(change, id == actor.staff, form.confirm.is_some()))
            .map_err(|complaint| Problem::field(field, complaint))?;
        let deed = match change {
            Change::Role(role) => {
                tx.set_role(id, role).await.or_problem()?;
                Deed::ChangedRole
            }
            Change::Enable => {
                tx.set_disabled(id, None).await.or_problem()?;
                Deed::EnabledStaff
            }
            Change::Disable => {
                let at = self.now();
                tx.set_disabled(id, Some(at)).await.or_problem()?;
                tx.delete_sessions_of(id).await.or_problem()?;
                // A link to set a new password would be a way back in.
                let key = email_key(&person.email).unwrap_or_default();
                tx.withdraw_links_to(&key, at).await.or_problem()?;
                Deed::DisabledStaff
            }
        };
        self.record(&mut tx, actor, deed, id).await?;
        tx.commit().await.or_problem()
    }
}

fn read_role(form: &StaffForm) -> Result<Role, Problem> {
    Role::from_name(&form.role).ok_or_else(|| Problem::field("role", Complaint::NotAChoice))
}

fn as_line(row: StaffRow, zone: &str, now: i64) -> StaffLine {
    StaffLine {
        id: row.id,
        name: row.name,
        email: row.email,
        role: row.role,
        since: zones::when(row.created_at, zone, now),
        disabled: row.disabled_at.map(|at| zones::when(at, zone, now)),
    }
}

fn as_invited(row: InvitationRow, zone: &str, now: i64) -> InvitedLine {
    let expires_at = row.course.expires_at;
    InvitedLine {
        id: row.id,
        email: row.email,
        role: row.role,
        expires: zones::when(expires_at, zone, now),
        expired: expires_at <= now,
    }
}
