//! A phone number, stored as E.164 and shown the way people read it.
//!
//! What people type is parsed on the server, where the numbering plans are; this is the result.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A phone number in E.164: `+`, then 7 to 15 digits, of which the first is not 0 (ITU-T E.164).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// What was given is not a number in E.164.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number in E.164")]
pub struct NotE164;

impl Phone {
    /// Takes a number that is E.164 already, to the letter: no spaces, no punctuation.
    #[must_use]
    pub fn from_e164(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let strict = (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        strict.then(|| Self(text.to_owned()))
    }

    /// The number in E.164, as Twilio takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits with the country code, without `+`.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }

    /// The number for people: `(661) 555-0142` in North America, `+52 55 1234 5678` elsewhere.
    #[must_use]
    pub fn display(&self) -> String {
        let (country, rest) = self.digits().split_at(country_code_length(self.digits()));
        if country == "1" && rest.len() == 10 {
            return format!("({}) {}-{}", &rest[..3], &rest[3..6], &rest[6..]);
        }
        if country.is_empty() {
            return format!("+{}", in_threes(rest));
        }
        format!("+{country} {}", in_groups(rest))
    }

    /// The number for logs: country code and last four digits, the rest hidden with its length.
    #[must_use]
    pub fn masked(&self) -> String {
        const SHOWN: usize = 4;
        // In a short number even the country code would give too much away.
        const HIDDEN: usize = 4;
        let (country, rest) = self.digits().split_at(country_code_length(self.digits()));
        let country = if rest.len() >= SHOWN + HIDDEN {
            country
        } else {
            ""
        };
        let last = &self.digits()[self.digits().len() - SHOWN..];
        format!("+{country}•••••••{last}")
    }
}

/// Masked, so that a number never reaches a log by way of a larger value.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

impl TryFrom<String> for Phone {
    type Error = NotE164;

    fn try_from(text: String) -> Result<Self, NotE164> {
        Self::from_e164(&text).ok_or(NotE164)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// Digits of the country code (ITU-T E.164, list of assigned codes); 0 in zones not assigned.
fn country_code_length(digits: &str) -> usize {
    let mut first = digits.bytes().map(|byte| byte - b'0');
    match (first.next().unwrap_or(0), first.next().unwrap_or(0)) {
        (1 | 7, _) => 1,
        (2, 8) | (8, 3 | 9) => 0,
        (2, 0 | 7) => 2,
        (3, 5 | 7 | 8) | (4, 2) | (5, 0 | 9) | (6, 7..=9) => 3,
        (8, 1 | 2 | 4 | 6) => 2,
        (9, 6 | 7 | 9) => 3,
        (2 | 8, _) => 3,
        _ => 2,
    }
}

/// `55 1234 5678`: groups of four from the right; threes where a digit would stand alone.
fn in_groups(digits: &str) -> String {
    match digits.len() {
        5 => in_threes(digits),
        length if length % 4 == 1 && length > 9 => {
            format!("{} {}", in_threes(&digits[..9]), by(&digits[9..], 0, 4))
        }
        length if length % 4 == 1 => in_threes(digits),
        length => by(digits, length % 4, 4),
    }
}

fn in_threes(digits: &str) -> String {
    by(digits, digits.len() % 3, 3)
}

/// A first group of `first` digits when that is not 0, then groups of `size`.
fn by(digits: &str, first: usize, size: usize) -> String {
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at >= first && (at - first).is_multiple_of(size) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}
