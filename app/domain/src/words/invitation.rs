//! Invitations and links to set a new password.

use crate::{invitation::Over, role::Role};

pub const JOIN: &str = "Join and sign in";
pub const SET_PASSWORD: &str = "Set password and sign in";
pub const NEW_PASSWORD: &str = "Set a new password";
pub const NEW_PASSWORD_LEAD: &str =
    "Afterwards you are signed out everywhere else, and the old password no longer works.";

pub const LINK: &str = "Invitation link";
pub const PASSWORD_LINK: &str = "Link to set a new password";
pub const SHOWN_ONCE: &str = "This link is shown once. Copy it now and send it yourself, by e-mail or however you reach them: Oktext sends no e-mail.";
pub const GOOD_FOR: &str = "It works once, for 7 days. A new link makes it useless.";

/// Over a link: what it is and for whom.
pub fn link_for(label: &str, email: &str) -> String {
    format!("{label} for {email}")
}

/// The heading of the page that an invitation leads to.
pub fn heading(office: &str) -> String {
    format!("Join {office}")
}

/// Under it: as what, and until when.
pub fn lead(role: Role, until: &str) -> String {
    let role = match role {
        Role::Administrator => "an administrator",
        Role::Staff => "a member of staff",
    };
    format!("You were invited as {role}. The link works once, until {until}.")
}

/// Why a link does not work, and what to do.
pub fn over(over: Over) -> &'static str {
    match over {
        Over::Unknown => {
            "There is no invitation with this address. Copy the whole link again, or ask whoever sent it for a new one."
        }
        Over::Expired => {
            "A link works for 7 days, and this one is older. Ask whoever sent it for a new one."
        }
        Over::Used => {
            "This link was used already, and each works once. If it was you, sign in; if not, ask whoever sent it for a new one."
        }
        Over::Withdrawn => {
            "This link was taken back, or a newer one replaced it. Ask whoever sent it for a new one."
        }
    }
}
