//! Signing in, and the first administrator.

pub const SIGN_IN: &str = "Sign in";
pub const EMAIL: &str = "E-mail address";
pub const PASSWORD: &str = "Password";
pub const FORGOTTEN: &str = "Forgot your password? Ask your administrator for a new one.";
pub const RECORDED: &str = "What you read here is part of a client’s case file. Sign out when you leave a shared computer.";
pub const KEPT: &str =
    "You were signed out before your text was sent. It is kept: sign in, and it is there again.";
pub const WRITTEN: &str = "What you wrote";
pub const WRITTEN_HINT: &str = "It was not sent, and is not kept when you leave this page.";
pub const SHELF: &str = "The last digits of a case number are colored labels, as on a shelf of case files. They follow the case wherever a text could leave.";

pub const FIRST: &str = "Create the first administrator";
pub const FIRST_LEAD: &str = "Nobody can sign in yet. This page makes the office and the account of its administrator, once.";
pub const SETUP_TOKEN: &str = "Setup token";
pub const SETUP_TOKEN_HINT: &str = "The server printed it when it started. It works once.";
pub const OFFICE: &str = "Name of the office";
pub const YOUR_NAME: &str = "Your name";
pub const YOUR_NAME_HINT: &str = "Stands beside every text that you send.";
pub const ZONE: &str = "Time zone of the office";
pub const CREATE: &str = "Create and sign in";

/// The time zones of the United States (IANA names) with what people call them, from east to west.
pub const ZONES: [(&str, &str); 10] = [
    ("America/Puerto_Rico", "Atlantic (Puerto Rico)"),
    ("America/New_York", "Eastern (New York)"),
    ("America/Chicago", "Central (Chicago)"),
    ("America/Denver", "Mountain (Denver)"),
    ("America/Phoenix", "Arizona (Phoenix)"),
    ("America/Los_Angeles", "Pacific (Los Angeles)"),
    ("America/Anchorage", "Alaska (Anchorage)"),
    ("Pacific/Honolulu", "Hawaii (Honolulu)"),
    ("Pacific/Pago_Pago", "Samoa (Pago Pago)"),
    ("Pacific/Guam", "Chamorro (Guam)"),
];

/// How long a password must be.
pub fn password_hint() -> String {
    format!(
        "{} characters or more. Several words are easy to remember and hard to guess.",
        crate::limits::PASSWORD.0
    )
}
