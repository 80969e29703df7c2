//! The number of a case, as the office writes it, unique in the organization.

use serde::{Deserialize, Serialize};

/// The most characters in a case number.
pub const MAX_LENGTH: usize = 40;

/// A case number: 1 to 40 letters, digits and `- . _ #` with single spaces between them, at least one
/// of them a letter or digit. No `/`, since the number stands in addresses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber(String);

/// Why something can't be a case number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseNumberError {
    /// Nothing, or only spaces.
    #[error("the case number is empty")]
    Empty,
    /// More than [`MAX_LENGTH`] characters.
    #[error("the case number is too long")]
    TooLong,
    /// A character that has no place in a case number.
    #[error("a case number can't hold {0:?}")]
    Character(char),
    /// Only punctuation.
    #[error("the case number has neither a letter nor a digit")]
    NoLetterOrDigit,
}

impl CaseNumber {
    /// Takes what a person typed: spaces around it go, and each run of spaces within becomes one.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, CaseNumberError> {
        let number = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if number.is_empty() {
            return Err(CaseNumberError::Empty);
        }
        if let Some(c) = number.chars().find(|c| !allowed(*c)) {
            return Err(CaseNumberError::Character(c));
        }
        if number.chars().nth(MAX_LENGTH).is_some() {
            return Err(CaseNumberError::TooLong);
        }
        if !number.chars().any(char::is_alphanumeric) {
            return Err(CaseNumberError::NoLetterOrDigit);
        }
        Ok(Self(number))
    }

    /// The number as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one number share: "25-a1" and "25-A1" are the same case.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_uppercase()
    }

    /// The number as one segment of an address, percent-encoded (RFC 3986, unreserved characters stay).
    #[must_use]
    pub fn path(&self) -> String {
        self.0.bytes().fold(String::new(), |mut path, byte| {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    path.push(char::from(byte));
                }
                _ => path.push_str(&format!("%{byte:02X}")),
            }
            path
        })
    }

    /// The last three digits, wherever they stand, for the colored labels; missing ones lead as `None`.
    #[must_use]
    pub fn label_digits(&self) -> [Option<u8>; 3] {
        let mut labels = [None; 3];
        let digits = self.0.chars().rev().filter_map(digit);
        for (label, digit) in labels.iter_mut().rev().zip(digits) {
            *label = Some(digit);
        }
        labels
    }

    /// The number in two pieces for showing: what comes before, and up to three digits at its very
    /// end, which wear the labels ("25-1040417" is "25-1040" and 4, 1, 7).
    #[must_use]
    pub fn split_for_labels(&self) -> (String, Vec<(char, u8)>) {
        let tail = self.0.chars().rev().map_while(|c| Some((c, digit(c)?)));
        let mut tail: Vec<_> = tail.take(3).collect();
        tail.reverse();
        // Labels stand on ASCII digits, one byte each.
        let head = self.0[..self.0.len() - tail.len()].to_owned();
        (head, tail)
    }
}

impl std::fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = CaseNumberError;

    fn try_from(text: String) -> Result<Self, CaseNumberError> {
        Self::parse(&text)
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.0
    }
}

fn allowed(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '#' | ' ')
}

fn digit(c: char) -> Option<u8> {
    c.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
}
