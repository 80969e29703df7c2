//! The audit ledger: who did what to what, when. Only ever added to; never bodies, never full numbers.

use crate::{Service, error::OrProblem};
use domain::{problem::Problem, role::Actor};
use std::fmt::Display;
use store::{Tx, rows::NewAudit};

/// What is recorded.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    SignedIn,
    AddedClient,
    EditedClient,
    AddedCase,
    SentText,
    AskedStatus,
    TookAsSent,
    SentAgain,
    ReleasedQueue,
    SaidRegistered,
    SavedQuickEntry,
    SavedSetup,
    ChangedToken,
    ConnectedNumber,
    CheckedSetup,
    SentTest,
    ChangedConsent,
    DecidedReview,
    DecidedOptOuts,
    SavedIncoming,
    FoundedOrganization,
    Invited,
    WithdrewInvitation,
    Joined,
    ChangedRole,
    DisabledStaff,
    EnabledStaff,
    MadePasswordLink,
    SetPassword,
}

impl Deed {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::AddedClient => "added_client",
            Self::EditedClient => "edited_client",
            Self::AddedCase => "added_case",
            Self::SentText => "sent_text",
            Self::AskedStatus => "asked_status",
            Self::TookAsSent => "took_as_sent",
            Self::SentAgain => "sent_again",
            Self::ReleasedQueue => "released_queue",
            Self::SaidRegistered => "said_registered",
            Self::SavedQuickEntry => "saved_quick_entry",
            Self::SavedSetup => "saved_setup",
            Self::ChangedToken => "changed_token",
            Self::ConnectedNumber => "connected_number",
            Self::CheckedSetup => "checked_setup",
            Self::SentTest => "sent_test",
            Self::ChangedConsent => "changed_consent",
            Self::DecidedReview => "decided_review",
            Self::DecidedOptOuts => "decided_opt_outs",
            Self::SavedIncoming => "saved_incoming",
            Self::FoundedOrganization => "founded_organization",
            Self::Invited => "invited",
            Self::WithdrewInvitation => "withdrew_invitation",
            Self::Joined => "joined",
            Self::ChangedRole => "changed_role",
            Self::DisabledStaff => "disabled_staff",
            Self::EnabledStaff => "enabled_staff",
            Self::MadePasswordLink => "made_password_link",
            Self::SetPassword => "set_password",
        }
    }
}

impl Service {
    /// Records a deed in the transaction that does it.
    pub(crate) async fn record(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        deed: Deed,
        subject: impl Display,
    ) -> Result<(), Problem> {
        tx.append_audit(&NewAudit {
            id: self.0.clock.id(),
            staff: Some(actor.staff),
            at: self.now(),
            what: deed.name(),
            subject: &subject.to_string(),
        })
        .await
        .or_problem()
    }
}
