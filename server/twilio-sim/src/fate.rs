//! What becomes of the texts to one phone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What becomes of a text. Written as `delivered`, `undelivered:30003`, `refused:21610`, `slow:8` and so on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Fate {
    /// Queued, sent, delivered.
    #[default]
    Delivered,
    /// Queued, sent, undelivered with this code.
    Undelivered(u32),
    /// Refused at once with this code; no text is made.
    Refused(u32),
    /// Stays sent for ever: the carrier never reports.
    Silent,
    /// Delivered, and reported in the wrong order and twice.
    Disorder,
    /// Delivered, but the answer to the request takes this many seconds.
    Slow(u64),
    /// Not looked at until the phone has another fate, which is then the text's. Whoever hangs up meanwhile has the text
    /// made all the same. For tests: nothing depends on how fast the machine is.
    Held,
    /// Accepted and delivered, but the request is not answered in any time that a client waits.
    Timeout,
    /// Accepted and delivered, but the answer to the request is HTTP 500.
    AnswerLost,
    /// HTTP 500; no text is made.
    ServerError,
    /// HTTP 429; no text is made.
    TooManyRequests,
}

/// What the owner of such a phone can do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Means {
    Everything,
    /// A landline.
    CallsOnly,
    /// It is off, or there is none.
    Nothing,
}

/// Text that names no fate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is not a fate, such as 'delivered', 'undelivered:30003', 'refused:21610' or 'timeout'"
)]
pub struct UnknownFate(String);

/// Fates with a number of their own: the last four digits of the phone number.
const BY_NUMBER: [(&str, Fate); 15] = [
    ("0003", Fate::Undelivered(30003)),
    ("0005", Fate::Undelivered(30005)),
    ("0006", Fate::Undelivered(30006)),
    ("0007", Fate::Undelivered(30007)),
    ("0008", Fate::Undelivered(30008)),
    ("0010", Fate::Refused(21610)),
    ("0011", Fate::Refused(21211)),
    ("0014", Fate::Refused(21614)),
    ("0020", Fate::Timeout),
    ("0021", Fate::Silent),
    ("0022", Fate::Slow(8)),
    ("0023", Fate::Disorder),
    ("0029", Fate::TooManyRequests),
    ("0034", Fate::Refused(30034)),
    ("0050", Fate::ServerError),
];

impl Fate {
    /// Fates that can be chosen on the screen, in its order.
    pub const CHOICES: [Self; 19] = [
        Self::Delivered,
        Self::Undelivered(30003),
        Self::Undelivered(30005),
        Self::Undelivered(30006),
        Self::Undelivered(30007),
        Self::Undelivered(30008),
        Self::Refused(21610),
        Self::Refused(21211),
        Self::Refused(21614),
        Self::Refused(30034),
        Self::Silent,
        Self::Disorder,
        Self::Slow(8),
        Self::Held,
        Self::Timeout,
        Self::AnswerLost,
        Self::ServerError,
        Self::TooManyRequests,
        Self::Refused(20003),
    ];

    /// What happens to texts for a number when nobody chose otherwise. The last four digits decide:
    ///
    /// | digits | what happens |
    /// |---|---|
    /// | 0003 | undelivered 30003, the phone is off |
    /// | 0005 | undelivered 30005, the number no longer exists |
    /// | 0006 | undelivered 30006, a landline |
    /// | 0007 | undelivered 30007, held as spam |
    /// | 0008 | undelivered 30008, no reason given |
    /// | 0010 | refused 21610, texted STOP |
    /// | 0011 | refused 21211, not a phone number |
    /// | 0014 | refused 21614, not a mobile |
    /// | 0020 | accepted and delivered, but the request gets no answer |
    /// | 0021 | stays sent |
    /// | 0022 | the answer takes 8 seconds |
    /// | 0023 | reports come out of order and twice |
    /// | 0029 | HTTP 429 |
    /// | 0034 | refused 30034, our number is not registered |
    /// | 0050 | HTTP 500 |
    ///
    /// All others are delivered; so are the 555-01xx numbers of sample data.
    pub fn of_number(phone_number: &str) -> Self {
        let found = BY_NUMBER
            .iter()
            .find(|(digits, _)| phone_number.ends_with(digits));
        found.map_or(Self::Delivered, |(_, fate)| *fate)
    }
}

impl Fate {
    pub(crate) fn means(self) -> Means {
        match self {
            Self::Undelivered(30006) | Self::Refused(21614) => Means::CallsOnly,
            Self::Undelivered(30003 | 30005) | Self::Refused(21211) => Means::Nothing,
            _ => Means::Everything,
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delivered => to.write_str("delivered"),
            Self::Undelivered(code) => write!(to, "undelivered:{code}"),
            Self::Refused(code) => write!(to, "refused:{code}"),
            Self::Silent => to.write_str("silent"),
            Self::Disorder => to.write_str("disorder"),
            Self::Slow(seconds) => write!(to, "slow:{seconds}"),
            Self::Held => to.write_str("held"),
            Self::Timeout => to.write_str("timeout"),
            Self::AnswerLost => to.write_str("answer-lost"),
            Self::ServerError => to.write_str("500"),
            Self::TooManyRequests => to.write_str("429"),
        }
    }
}

impl FromStr for Fate {
    type Err = UnknownFate;

    fn from_str(text: &str) -> Result<Self, UnknownFate> {
        let unknown = || UnknownFate(text.to_owned());
        let (name, number) = text
            .split_once(':')
            .map_or((text, None), |(name, number)| (name, Some(number)));
        let code = || {
            number
                .and_then(|number| number.parse().ok())
                .ok_or_else(unknown)
        };
        match (name, number) {
            ("undelivered", _) => Ok(Self::Undelivered(code()?)),
            ("refused", _) => Ok(Self::Refused(code()?)),
            ("slow", _) => Ok(Self::Slow(code()?.into())),
            ("delivered", None) => Ok(Self::Delivered),
            ("silent", None) => Ok(Self::Silent),
            ("disorder", None) => Ok(Self::Disorder),
            ("held", None) => Ok(Self::Held),
            ("timeout", None) => Ok(Self::Timeout),
            ("answer-lost", None) => Ok(Self::AnswerLost),
            ("500", None) => Ok(Self::ServerError),
            ("429", None) => Ok(Self::TooManyRequests),
            _ => Err(unknown()),
        }
    }
}

impl TryFrom<String> for Fate {
    type Error = UnknownFate;

    fn try_from(text: String) -> Result<Self, UnknownFate> {
        text.parse()
    }
}

impl From<Fate> for String {
    fn from(fate: Fate) -> Self {
        fate.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fate_is_read_as_it_is_written() {
        for fate in Fate::CHOICES
            .into_iter()
            .chain(BY_NUMBER.map(|(_, fate)| fate))
        {
            assert_eq!(fate.to_string().parse(), Ok(fate));
        }
    }

    #[test]
    fn other_words_are_no_fate() {
        for wrong in [
            "",
            "lost",
            "refused",
            "refused:",
            "refused:x",
            "delivered:1",
            "held:1",
            "500:1",
        ] {
            assert!(wrong.parse::<Fate>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn sample_numbers_are_delivered() {
        for number in 100..200 {
            assert_eq!(
                Fate::of_number(&format!("+1661555{number:04}")),
                Fate::Delivered
            );
        }
        assert_eq!(Fate::of_number("+16615550003"), Fate::Undelivered(30003));
    }
}
