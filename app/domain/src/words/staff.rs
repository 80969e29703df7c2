//! The page of staff.

use crate::role::Role;

pub const TITLE: &str = "Staff";
pub const LEAD: &str = "Who can sign in for this office, and as what.";
pub const MANAGE: &str = "Manage staff";
pub const WAY_LEAD: &str = "Who can sign in: invite, change roles, reset passwords.";
pub const CAPTION: &str = "Staff, by name";
pub const NAME: &str = "Name";
pub const ROLE: &str = "Role";
pub const SINCE: &str = "Since";
pub const ACCESS: &str = "Can sign in";
pub const ENABLED: &str = "Yes";
pub const DISABLED: &str = "Disabled";
pub const YOU: &str = "you";
pub const ADMINISTRATOR: &str = "Administrator";
pub const STAFF: &str = "Staff";

pub const INVITE_HEADING: &str = "Invite somebody";
pub const INVITE_LEAD: &str = "They get a link from you, and set name and password themselves.";
pub const EMAIL: &str = "E-mail address";
pub const ROLE_HINT: &str = "Administrators also change quick entries, texting and staff.";
pub const MAKE_LINK: &str = "Make the invitation link";

pub const INVITED: &str = "Invited";
pub const INVITED_LEAD: &str = "Who has a link and has not used it yet.";
pub const INVITED_CAPTION: &str = "Invitations, the newest first";
pub const WORKS_UNTIL: &str = "Works until";
pub const EXPIRED: &str = "Expired";
pub const WITHDRAW: &str = "Take back";
pub const ACTIONS: &str = "Actions";

pub const SAVE_ROLE: &str = "Save role";
pub const PASSWORD: &str = "Password";
pub const PASSWORD_LEAD: &str = "For somebody who forgot theirs: a link by which they set a new one. Until they do, the old one works.";
pub const RESET: &str = "Make a password link";
pub const DISABLE_HEADING: &str = "Take access away";
pub const DISABLE_LEAD: &str =
    "They are signed out at once and cannot sign in. What they wrote stays.";
pub const DISABLE: &str = "Disable";
pub const ENABLE_HEADING: &str = "Give access back";
pub const ENABLE_LEAD: &str = "They sign in with the password that they had.";
pub const ENABLE: &str = "Enable";
pub const CONFIRM: &str = "Yes, disable my own account";
pub const CONFIRM_HINT: &str =
    "You are signed out at once. Another administrator can enable you again.";

/// What somebody's role is called.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Administrator => ADMINISTRATOR,
        Role::Staff => STAFF,
    }
}

/// Beside a button, for those who hear the page.
pub fn of(name: &str) -> String {
    format!(" {name}")
}

/// Beside the button that makes a link, for those who hear the page.
pub fn link_of(name: &str) -> String {
    format!(" for {name}")
}

/// The heading of the form that changes somebody.
pub fn modify(name: &str) -> String {
    format!("Change {name}")
}
