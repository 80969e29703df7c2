//! What can go wrong for a person, as data. The words for it stand in [`crate::words::problem`].

use crate::{consent::WhyNot, invitation::Over, phone::Phone};
use serde::{Deserialize, Serialize};

/// A failure with a face for people. The cause, if there is one, went to the log where it was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{self:?}")]
pub enum Problem {
    /// Nobody is signed in, or the session ended.
    SignedOut,
    /// Somebody else signed in with this browser since the page was opened. What was typed is its author's.
    OtherPerson,
    /// Nobody is signed in, and the text cannot wait for its author: it can only be shown for copying.
    CannotKeep,
    /// More was posted than a form may bring. `shown`: what was typed stands in the page again.
    TooMuch { shown: bool },
    /// Signed in, but this is not for this role.
    Forbidden,
    /// Signed in as somebody of the host, who opens no organization.
    NotForHosts,
    /// The link of an invitation is good for nothing, or for nothing any more.
    Invitation(Over),
    /// Not there, or another organization's: the two must look alike.
    NotFound,
    /// What was typed cannot be taken as it is. Everything typed is kept.
    Fields(Vec<FieldProblem>),
    /// Texting this client is not allowed now.
    MayNotText(WhyNot),
    /// Somebody was faster: it is decided already.
    AlreadyDecided,
    /// The same form was sent before with another text: this one has not gone out.
    OtherTextSent,
    /// Too many tries; wait this many minutes.
    TooManyTries { minutes: u32 },
    /// The database cannot be reached; nothing was saved.
    Unavailable,
    /// The server cannot be reached from the browser.
    Unreachable,
    /// Twilio could not be reached, or did not give a clear answer.
    TwilioSilent,
    /// Twilio refused, with its error code.
    TwilioRefused { code: u32 },
    /// Our mistake. It is in the log.
    Internal,
}

/// A complaint about one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The name of the form's field.
    pub field: String,
    /// What is the matter with it.
    pub complaint: Complaint,
}

/// What can be the matter with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Complaint {
    /// Nothing was typed.
    Missing,
    /// More than `max` characters.
    TooLong {
        max: usize,
    },
    /// Fewer than `min` characters.
    TooShort {
        min: usize,
    },
    /// Holds a character that cannot be stored (NUL).
    Unstorable,
    /// Not a phone number of any country.
    NotAPhone,
    /// Not an e-mail address.
    NotAnEmail,
    /// Somebody has this e-mail address already.
    EmailTaken,
    /// Not a case number.
    NotACaseNumber,
    /// Not an address name.
    NotAnAddressName,
    /// The address name belongs to an organization already.
    AddressNameTaken,
    /// Without this person nobody could administer the organization.
    LastAdministrator,
    /// Whoever disables their own account has to say that they mean it.
    DisablesOneself,
    /// The case number belongs to a case already.
    CaseNumberTaken,
    /// The name belongs to a quick entry already.
    NameTaken,
    /// Not one of the choices.
    NotAChoice,
    /// Not a time zone.
    NotAZone,
    /// "Okay to Text" without a number.
    OkayWithoutNumber,
    /// The number changed, so the client must be asked again.
    AskConsentAnew,
    /// Number or permission were changed by somebody since the form was opened: this is how they stand now.
    PermissionChanged {
        number: Option<Phone>,
        okay: bool,
    },
    /// The carrier blocks the number, and only its owner can lift that, by texting START to `ours`.
    BlockedByCarrier {
        ours: Option<Phone>,
    },
    /// The client's number is another one by now than the page showed.
    NumberIsAnother,
    /// Permission is given (or withdrawn) already.
    AlreadySo,
    /// Not a number between `min` and `max`.
    NotBetween {
        min: i64,
        max: i64,
    },
    /// E-mail and password do not fit together.
    WrongSignIn,
    /// The one-time token is not the one that the server printed.
    WrongSetupToken,
    /// So much waits already that it would take more than ten hours.
    QueueFull,
    /// Needs more parts than the organization allows.
    TooManyParts {
        parts: u32,
        allowed: u32,
    },
    /// Blanks that nobody filled in.
    UnfilledBlanks {
        blanks: Vec<String>,
    },
    /// A quick entry was to be inserted, but none was chosen.
    NoQuickEntryChosen,
    /// Not of the form of an account SID.
    NotASid,
    /// An auth token is 32 characters.
    NotAnAuthToken,
    /// Not an address that Twilio can call.
    NotAUrl,
    /// Twilio does not know these credentials.
    CredentialsRefused,
    /// The number is not one of the account's.
    NumberNotInAccount,
    NumberElsewhere,
    /// The number cannot send texts.
    NumberCannotText,
    /// Twilio did not answer, so this could not be checked.
    NotChecked,
    /// There is no account yet that could be asked.
    NoAccountYet,
    /// There is no number yet that could be connected.
    NoNumberYet,
    /// A token that takes over needs one to take over from.
    NoTokenYet,
    /// The token that takes over is the one that is set.
    SameToken,
    /// Twilio does not accept the token that takes over yet.
    NotPromotedYet,
    /// Twilio has other addresses, and nobody said that they may be overwritten.
    WouldOverwrite,
    /// The organization's own number at Twilio.
    OwnTwilioNumber,
    /// The number of a client, who is texted from the case.
    ClientsNumber,
    /// An own public address needs https and a name.
    NotAPublicAddress,
}

impl Problem {
    /// One complaint about one field.
    pub fn field(field: &str, complaint: Complaint) -> Self {
        Self::Fields(vec![FieldProblem::new(field, complaint)])
    }

    /// The complaint about `field`, if there is one.
    pub fn about(&self, field: &str) -> Option<&Complaint> {
        let Self::Fields(fields) = self else {
            return None;
        };
        fields
            .iter()
            .find(|f| f.field == field)
            .map(|f| &f.complaint)
    }
}

impl FieldProblem {
    /// A complaint about a field.
    pub fn new(field: &str, complaint: Complaint) -> Self {
        Self {
            field: field.to_owned(),
            complaint,
        }
    }
}

/// Collects complaints while a form is read, so that a person sees all of them at once.
#[derive(Default)]
pub struct Complaints(Vec<FieldProblem>);

impl Complaints {
    /// Notes a complaint about a field.
    pub fn add(&mut self, field: &str, complaint: Complaint) {
        self.0.push(FieldProblem::new(field, complaint));
    }

    /// The value, or the complaint noted and `None`.
    pub fn take<T>(&mut self, field: &str, read: Result<T, Complaint>) -> Option<T> {
        read.map_err(|complaint| self.add(field, complaint)).ok()
    }

    /// Ends the reading: all complaints as one problem, if there are any.
    ///
    /// # Errors
    /// [`Problem::Fields`] with every complaint.
    pub fn finish(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Problem::Fields(self.0))
        }
    }
}

/// A line of text from a form: trimmed, not empty, at most `max` characters, without NUL (PostgreSQL cannot store it).
///
/// # Errors
/// The complaint to show beside the field.
pub fn line(typed: &str, max: usize) -> Result<String, Complaint> {
    let text = typed.trim();
    match text {
        "" => Err(Complaint::Missing),
        _ => bounded(text, max),
    }
}

/// Text of at most `max` characters without NUL, as it was typed; may be empty.
///
/// # Errors
/// The complaint to show beside the field.
pub fn bounded(text: &str, max: usize) -> Result<String, Complaint> {
    if text.chars().count() > max {
        Err(Complaint::TooLong { max })
    } else if text.contains('\0') {
        Err(Complaint::Unstorable)
    } else {
        Ok(text.to_owned())
    }
}
