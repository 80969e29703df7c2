//! The host's page: organizations.

use super::count;

pub const TITLE: &str = "Organizations";
pub const LEAD: &str = "Each has its own staff, clients, texts and account at Twilio. You see how many there are, never who or what.";
pub const CAPTION: &str = "Organizations, by name";
pub const NAME: &str = "Name";
pub const ADDRESS: &str = "Address name";
pub const ADDRESS_HINT: &str =
    "Short, for the console and for you. Leave it empty, and it is made of the name.";
pub const ZONE: &str = "Time zone";
pub const STAFF: &str = "Staff";
pub const TEXTING: &str = "Texting";
pub const TEXTS: &str = "Texts, last 30 days";
pub const CONNECTED: &str = "Connected";
pub const NOT_CONNECTED: &str = "Not set up yet";
pub const ACTIONS: &str = "Actions";
pub const NONE: &str = "No organization yet";
pub const NONE_MORE: &str = "Create the first one, then invite its administrator.";

pub const CREATE_HEADING: &str = "Create an organization";
pub const CREATE: &str = "Create organization";
pub const ORG_NAME: &str = "Name of the organization";

pub const INVITE: &str = "Invite administrator";
pub const INVITE_EMAIL: &str = "Administrator’s e-mail address";
pub const INVITE_HINT: &str = "They set their own password, and then invite their staff.";
pub const MAKE_LINK: &str = "Make the invitation link";

/// Beside "Invite administrator", for those who hear the page.
pub fn of(name: &str) -> String {
    format!(" of {name}")
}

/// The heading of the form that invites.
pub fn invite_heading(name: &str) -> String {
    format!("Invite an administrator of {name}")
}

/// "3 can sign in", "2 can sign in, 1 invited"
pub fn staff(staff: i64, invited: i64) -> String {
    let can = format!("{} can sign in", super::thousands(staff));
    match invited {
        0 => can,
        _ => format!("{can}, {}", count(invited, "invited", "invited")),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn who_can_sign_in_and_who_was_invited_are_told_apart() {
        assert_eq!(super::staff(0, 1), "0 can sign in, 1 invited");
        assert_eq!(super::staff(1200, 0), "1,200 can sign in");
    }
}
