//! Clients and their cases, as they are shown and as they are typed.

use crate::{
    case_number::CaseNumber,
    client_list::ClientsAsked,
    consent::{BlockView, ConsentLine, WhyNot},
    ids::{CaseId, ClientId, ReviewId},
    number_flag::FlagView,
    phone::Phone,
    text::TextRow,
    when::When,
};
use serde::{Deserialize, Serialize};

/// The language in which a client is written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "es")]
    Spanish,
}

impl Language {
    /// The languages there are, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The BCP 47 tag, under which it is stored too.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The language of that tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// A client's row in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientItem {
    pub id: ClientId,
    pub name: String,
    pub phone: Option<Phone>,
    pub okay: bool,
    pub cases: Vec<CaseNumber>,
    /// When their last text was written, if they had one.
    pub last_text: Option<When>,
}

/// A page of the list of clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientList {
    pub asked: ClientsAsked,
    pub items: Vec<ClientItem>,
    /// Where the next page begins, if there is one: put it into `after`.
    pub next: Option<String>,
    /// The organization has no client at all yet.
    pub none_yet: bool,
}

/// A client as shown on their page and, shortened, on each of their cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientView {
    pub id: ClientId,
    pub name: String,
    pub phone: Option<Phone>,
    /// What our texts to that number say of it.
    #[serde(default)]
    pub flag: Option<FlagView>,
    pub language: Language,
    /// IANA name.
    pub zone: String,
    /// The client's own time now, if it differs from the reader's.
    pub local_now: Option<When>,
    /// When and by whom texting this number was last permitted, unless withdrawn.
    pub okay: Option<ConsentLine>,
    pub cases: Vec<CaseItem>,
    /// The last lines of the consent ledger, newest first.
    pub ledger: Vec<ConsentLine>,
    /// Other clients of the organization who have the same number: a shared or recycled phone.
    pub shared_with: Vec<String>,
    /// The carrier's block of this number, while it stands: another fact than the office's permission.
    pub block: Option<BlockView>,
    /// The card that pauses sending to this number, if one is open.
    pub paused: Option<ReviewId>,
    /// The office's own number, to which a client texts START.
    pub our_number: Option<Phone>,
    /// The newest live event that this page knows.
    #[serde(default)]
    pub event: i64,
}

/// What stands where one looks for "Okay to Text".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Okay {
    /// The office has permission for the number.
    Yes,
    /// It has, but the client wrote what may take it back, and nobody has decided.
    Paused,
    /// It has none.
    No,
}

impl From<bool> for Okay {
    fn from(okay: bool) -> Self {
        if okay { Self::Yes } else { Self::No }
    }
}

impl ClientView {
    /// What is known of permission, in one word.
    pub fn okay_now(&self) -> Okay {
        match (&self.okay, self.paused) {
            (None, _) => Okay::No,
            (Some(_), Some(_)) => Okay::Paused,
            (Some(_), None) => Okay::Yes,
        }
    }
}

/// A case of a client, with how many texts it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseItem {
    pub id: CaseId,
    pub number: CaseNumber,
    pub texts: i64,
}

/// A case with the client whose it is: the head of the case page, the composer and the texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    pub id: CaseId,
    pub number: CaseNumber,
    pub client: ClientView,
    pub texts: i64,
    /// Why this client cannot be texted now, if so.
    pub why_not: Option<WhyNot>,
    /// The newest texts of the case, at most three.
    pub last_texts: Vec<TextRow>,
}

/// The form of a client, as it is typed. Boxes that are not ticked are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientForm {
    pub name: String,
    pub cell: String,
    /// "on" when "Okay to Text" is ticked.
    pub okay: Option<String>,
    /// The number beside which the box was shown (E.164, or empty).
    pub okay_for: String,
    /// The number that the client had when the form was opened (E.164, or empty).
    pub cell_was: String,
    /// "on" when that number might be texted then.
    pub okay_was: String,
    pub language: String,
    /// IANA name; empty means the organization's.
    pub zone: String,
    /// Only when a client is added, or a case is added to a client.
    pub case_number: String,
}

/// The form that adds a case to a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseForm {
    pub case_number: String,
}

/// What the form of a client shows before anything is typed: the values, and the time zones to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientFormView {
    pub form: ClientForm,
    /// Whose form; nothing for a new client.
    pub client: Option<ClientId>,
    /// The organization's time zone.
    pub office_zone: String,
    /// The zones offered: those of the United States and its neighbours first, then all.
    pub zones: Vec<String>,
}
