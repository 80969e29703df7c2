//! Where a change of permission came from. Permission may be withdrawn by any reasonable means (47 CFR 64.1200(a)(10)),
//! so staff record how they learned of it.

use serde::{Deserialize, Serialize};

/// Where a line of the ledger came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentSource {
    /// Said face to face.
    InPerson,
    /// Said on the phone.
    ByPhone,
    /// In a letter or an e-mail.
    InWriting,
    /// On a form of the office.
    Form,
    /// The box on the client's record, without saying how.
    Record,
    /// The client texted a word that Twilio takes for it.
    Keyword,
    /// Twilio's error code 21610.
    Code,
    /// A text that reads as a withdrawal, and somebody decided that it is one.
    Review,
    /// The administrator decided about many opt-outs at once.
    Administrator,
}

impl ConsentSource {
    /// What staff choose from, in the order in which it is offered.
    pub const OFFERED: [Self; 4] = [Self::InPerson, Self::ByPhone, Self::InWriting, Self::Form];

    /// Every source.
    pub const ALL: [Self; 9] = [
        Self::InPerson,
        Self::ByPhone,
        Self::InWriting,
        Self::Form,
        Self::Record,
        Self::Keyword,
        Self::Code,
        Self::Review,
        Self::Administrator,
    ];

    /// The name under which it is stored and posted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::ByPhone => "by_phone",
            Self::InWriting => "in_writing",
            Self::Form => "form",
            Self::Record => "record",
            Self::Keyword => "keyword",
            Self::Code => "code",
            Self::Review => "review",
            Self::Administrator => "administrator",
        }
    }

    /// The source of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == name)
    }

    /// The source of that name, if it is one that staff may choose.
    pub fn offered(name: &str) -> Option<Self> {
        Self::OFFERED
            .into_iter()
            .find(|source| source.as_str() == name)
    }
}

/// The form by which staff record that permission was given or withdrawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConsentForm {
    /// The number of which it speaks (E.164): the one that the page showed.
    pub number: String,
    /// "given" or "withdrawn".
    pub event: String,
    /// One of [`ConsentSource::OFFERED`].
    pub source: String,
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_do_not_speak_for_the_client_or_for_twilio() {
        assert_eq!(
            ConsentSource::offered("by_phone"),
            Some(ConsentSource::ByPhone)
        );
        for name in ["keyword", "code", "review", "record", "", "In person"] {
            assert_eq!(ConsentSource::offered(name), None, "{name}");
        }
        for source in ConsentSource::ALL {
            assert_eq!(ConsentSource::from_name(source.as_str()), Some(source));
        }
    }
}
