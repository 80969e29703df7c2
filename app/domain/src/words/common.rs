//! Words of every page: the frame, the fields, times, what stands where nothing is.

use crate::when::When;

pub const PROGRAM: &str = "Oktext";
pub const SKIP: &str = "Skip to the main part";
pub const PLACES: &str = "Main";
pub const CLIENTS: &str = "Clients";
pub const SETUP_FUNCTIONS: &str = "Setup Functions";
pub const TEXTING_SETUP: &str = "Texting Setup";
pub const SIGN_OUT: &str = "Sign out";

pub const TRAINING: &str = "Training";
pub const TRAINING_BANNER: &str = "Training: no real texts are sent";
pub const TRAINING_MORE: &str = "The clients and their phones are made up.";
pub const TRAINING_LINK: &str = "See what arrives on the training phone";

pub const CELL_NUMBER: &str = "Cell number";
pub const CASE_NUMBER: &str = "Case number";
pub const CLIENT: &str = "Client";
pub const NO_CELL: &str = "No cell number";

pub const CASE: &str = "Case";
pub const SEND_TEXT: &str = "Send Text";
pub const TEXTS: &str = "Texts";
pub const CANCEL_CLOSE: &str = "Cancel/Close";
pub const EDIT: &str = "Edit";
pub const SAVE: &str = "Save";

pub const LOADING: &str = "Loading";
pub const TRY_AGAIN: &str = "Try again";
pub const TO_CLIENTS: &str = "Go to Clients";
pub const TO_ORGANIZATIONS: &str = "Go to Organizations";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const SIGN_IN_AGAIN: &str = "Sign in";

/// The title of a page: the page, then whose program this is.
pub fn title(page: &str, office: Option<&str>, bad: bool) -> String {
    let error = if bad { super::problem::ERROR } else { "" };
    format!("{error}{page} – {}", office.unwrap_or(PROGRAM))
}

/// A moment within a sentence: "today at 2:14 PM PST".
pub fn moment(at: &When) -> String {
    let day = match at.day.as_str() {
        day @ ("Today" | "Yesterday" | "Tomorrow") => day.to_lowercase(),
        day => day.to_owned(),
    };
    format!("{day} at {} {}", at.time, at.zone)
}

/// "Today, 2:14 PM PST"
pub fn when(when: &When) -> String {
    format!("{}, {} {}", when.day, when.time, when.zone)
}

/// The heading of a page that could not be shown.
pub fn problem_heading(problem: &crate::problem::Problem) -> &'static str {
    use crate::problem::Problem;
    match problem {
        Problem::SignedOut | Problem::OtherPerson | Problem::CannotKeep => "You are signed out",
        Problem::Forbidden => "This is for administrators",
        Problem::NotForHosts => "This is for an organization’s staff",
        Problem::Invitation(_) => "This link does not work",
        Problem::NotFound => "Not found",
        Problem::Unavailable | Problem::Unreachable => "Not available right now",
        Problem::TooManyTries { .. } => "Too many tries",
        Problem::TwilioSilent | Problem::TwilioRefused { .. } => "Twilio could not do this",
        Problem::Fields(_)
        | Problem::MayNotText(_)
        | Problem::OtherTextSent
        | Problem::AlreadyDecided
        | Problem::TooMuch { .. }
        | Problem::Internal => super::problem::HEADING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_tells_of_an_error_before_it_tells_the_page() {
        assert_eq!(
            title("Clients", Some("Cedar Valley"), false),
            "Clients – Cedar Valley"
        );
        assert_eq!(title("Sign in", None, true), "Error: Sign in – Oktext");
    }
}
