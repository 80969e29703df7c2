//! What went wrong, and what to do. Never "invalid", never "oops".

use super::{count, list, thousands};
use crate::problem::{Complaint, Problem};

pub const HEADING: &str = "There is a problem";
/// Stands before an error for those who hear the page.
pub const ERROR: &str = "Error: ";

/// The words for a problem as a whole. Complaints about fields have their own words.
pub fn sentence(problem: &Problem) -> String {
    match problem {
        Problem::SignedOut => "You are signed out. Sign in to go on; what you typed is kept.".into(),
        Problem::OtherPerson => "Somebody else signed in with this browser since you began. Sign in to go on; what you typed is kept.".into(),
        Problem::CannotKeep => "You are signed out, and this text can’t be kept for you. Copy it from below before you sign in.".into(),
        Problem::TooMuch { shown: true } => "This is more than the page can take at once, so nothing was saved. What you typed is still here: shorten it, or copy it to keep it.".into(),
        Problem::TooMuch { shown: false } => "This is far more than the page can take, so nothing was saved. Your browser’s Back button leads to what you typed: shorten it there, or copy it to keep it.".into(),
        Problem::Forbidden => "Only an administrator can do this.".into(),
        Problem::NotForHosts => "You are signed in for the host. Clients, texts and settings belong to each organization alone, and only its own staff can open them.".into(),
        Problem::Invitation(over) => super::invitation::over(*over).into(),
        Problem::NotFound => "This is not here. It may have been moved, or the address may be mistyped.".into(),
        Problem::Fields(fields) => {
            fields.first().map(|f| complaint(&f.field, &f.complaint)).unwrap_or_default()
        }
        Problem::MayNotText(why) => super::consent::heading(*why).into(),
        Problem::AlreadyDecided => "Somebody has decided this already. Nothing was changed.".into(),
        Problem::OtherTextSent => "Another text was sent from this form a moment ago, perhaps in another tab. This one has not gone out: press Send Message again to send it too.".into(),
        Problem::TooManyTries { minutes } => {
            format!("Too many tries. Wait {} and try again.", count(i64::from(*minutes), "minute", "minutes"))
        }
        Problem::Unavailable => "The database cannot be reached. Nothing was saved; try again in a moment.".into(),
        Problem::Unreachable => "The server cannot be reached. Check your connection, and try again.".into(),
        Problem::TwilioSilent => "Twilio could not be reached, or did not answer clearly. Try again in a moment.".into(),
        Problem::TwilioRefused { code } => format!("{} (Twilio’s code {code})", super::codes::meaning(*code)),
        Problem::Internal => "Something went wrong on our side, and it is in the server’s log. Nothing was sent.".into(),
    }
}

/// The words for a complaint about a field: what is the matter and what to do.
pub fn complaint(field: &str, complaint: &Complaint) -> String {
    match complaint {
        Complaint::Missing => missing(field).into(),
        Complaint::TooLong { max } => {
            format!("Use {} characters or fewer", thousands(i64::try_from(*max).unwrap_or(i64::MAX)))
        }
        Complaint::TooShort { min } => format!("Use {min} characters or more"),
        Complaint::Unstorable => "Take out the hidden character (NUL) that came with what was pasted".into(),
        Complaint::NotAPhone => "Enter a phone number with its area code, like (661) 555-0142, or with + and the country".into(),
        Complaint::NotAnEmail => "Enter an e-mail address, like name@example.org, without spaces or characters that nobody sees".into(),
        Complaint::EmailTaken => "Somebody has this e-mail address already; use another".into(),
        Complaint::NotACaseNumber => "Use letters, digits and - . _ # for a case number, 40 characters or fewer".into(),
        Complaint::CaseNumberTaken => "This case number belongs to a case already; look it up under Clients".into(),
        Complaint::NotAnAddressName => "Use 2 to 40 letters a to z, digits and hyphens, beginning with a letter, like cedar-valley".into(),
        Complaint::AddressNameTaken => "Another organization has this address name; choose one of its own".into(),
        Complaint::LastAdministrator => "This is the last administrator; make somebody else an administrator first".into(),
        Complaint::DisablesOneself => "This is your own account: tick the box if you mean it. You will be signed out at once".into(),
        Complaint::NameTaken => "Another quick entry has this name; give this one a name of its own".into(),
        Complaint::NotAChoice => "Choose one of the list".into(),
        Complaint::NotAZone => "Choose a time zone of the list".into(),
        Complaint::OkayWithoutNumber => "Enter the cell number that it is okay to text".into(),
        Complaint::AskConsentAnew => "The number is new: ask the client whether you may text it, and tick the box once they said yes".into(),
        Complaint::PermissionChanged { number, okay } => super::consent::changed_meanwhile(number.as_ref(), *okay),
        Complaint::BlockedByCarrier { ours } => super::consent::only_the_client(ours.as_ref()),
        Complaint::NumberIsAnother => "The client’s number was changed meanwhile; load this page again and look at the number".into(),
        Complaint::AlreadySo => "This is recorded already; nothing was changed".into(),
        Complaint::NotBetween { min, max } => format!("Enter a number from {min} to {max}"),
        Complaint::WrongSignIn => "E-mail and password do not fit together; check both".into(),
        Complaint::WrongSetupToken => "This is not the token that the server printed when it started; copy it from there".into(),
        Complaint::QueueFull => "More texts wait than go out in ten hours, so this one was not taken. It is still here: send it later, or call".into(),
        Complaint::TooManyParts { parts, allowed } => too_many_parts(*parts, *allowed),
        Complaint::UnfilledBlanks { blanks } => unfilled(blanks),
        Complaint::NoQuickEntryChosen => "Choose a phrase to insert".into(),
        Complaint::NotASid => "Copy the Account SID from Twilio’s console: AC and 32 letters and digits".into(),
        Complaint::NotAnAuthToken => "Copy the Auth Token from Twilio’s console: 32 letters and digits".into(),
        Complaint::NotAUrl => "Enter an address that begins with https://, whose host has no underscore, and without spaces or < and >".into(),
        Complaint::CredentialsRefused => "Twilio does not accept this SID with this Auth Token; copy both again".into(),
        Complaint::NumberElsewhere => "Another organization on this server has this number of this account; a number belongs to one".into(),
        Complaint::NumberNotInAccount => "This number is not one of the account’s; choose one under Phone Numbers in Twilio’s console".into(),
        Complaint::NumberCannotText => "This number cannot send texts; buy one that can".into(),
        Complaint::NoAccountYet => "Enter the account first: SID and Auth Token".into(),
        Complaint::NoNumberYet => "Choose the Twilio number first".into(),
        Complaint::NoTokenYet => "Enter the account with its Auth Token first".into(),
        Complaint::SameToken => "This is the Auth Token that is set; copy the new one, which Twilio calls secondary".into(),
        Complaint::NotPromotedYet => "Twilio does not accept this token as the main one yet; promote it in Twilio’s console first, then here".into(),
        Complaint::WouldOverwrite => "Twilio has something else in place of our addresses; look at what it is, and tick the box if it may go".into(),
        Complaint::OwnTwilioNumber => "This is the number that sends; enter the number of your own phone".into(),
        Complaint::ClientsNumber => "This is a client’s number; text clients from their case, and enter the number of your own phone here".into(),
        Complaint::NotAPublicAddress => "Enter https:// and the name under which Twilio reaches this server, like https://text.example.org".into(),
        Complaint::NotChecked => "Twilio did not answer, so this could not be checked. Nothing was saved; try again in a moment".into(),
    }
}

fn missing(field: &str) -> &'static str {
    match field {
        "name" => "Enter a name",
        "source" => "Choose how you learned of it",
        "event" => "Choose whether permission was given or withdrawn",
        "decision" => "Choose what the client meant",
        "choice" => "Choose whether it went out or is to be sent again",
        "sure" => "Tick the box if the text is to be sent although the client may get it twice",
        "meant" => "Tick the box if texts are to leave again",
        "verdict" => "Choose what is to become of them",
        "email" => "Enter the e-mail address",
        "password" => "Enter a password",
        "case_number" => "Enter the case number",
        "cell" => "Enter the cell number",
        "body" => "Write the text first",
        "number" => "Choose the Twilio number",
        "sid" => "Enter the SID",
        "token" => "Enter the Auth Token",
        "secondary" => "Enter the new Auth Token",
        "phone" => "Enter the number of your own phone",
        "office" => "Enter the office’s name",
        "setup_token" => "Enter the token that the server printed",
        "text_response" => "Enter what clients who text get as an answer",
        "call_response" => "Enter what clients who call are told",
        "status_callback" => "Enter the Status Callback",
        _ => "Fill this in",
    }
}

fn too_many_parts(parts: u32, allowed: u32) -> String {
    let goes = count(i64::from(parts), "text", "texts");
    match allowed {
        1 => format!("This is too long: it would go out as {goes}. Shorten it to fit in one"),
        _ => format!(
            "This is too long: it would go out as {goes}. Shorten it to {allowed} texts or fewer"
        ),
    }
}

fn unfilled(blanks: &[String]) -> String {
    match blanks {
        [one] => format!("Fill in the blank {one}, or take it out"),
        _ => format!("Fill in the blanks {}, or take them out", list(blanks)),
    }
}
