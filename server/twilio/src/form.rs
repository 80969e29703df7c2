//! `application/x-www-form-urlencoded` bodies, as webhooks post them: order and repeated names kept, bytes kept.

use std::borrow::Cow;

use crate::signature;

/// Most pairs that a body may hold; Twilio's webhooks have some 30.
pub const MAX_PAIRS: usize = 200;

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// More than [`MAX_PAIRS`] pairs.
    #[error("the form has more than {MAX_PAIRS} pairs")]
    TooManyPairs,
}

/// A decoded body. Names and values are bytes, since the signature is computed over what came, readable or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    pairs: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Form {
    /// Decodes a body: `+` is a blank, `%XX` a byte, a `%` that starts no such group is itself.
    pub fn parse(body: &[u8]) -> Result<Self, FormError> {
        let mut pairs = Vec::new();
        for piece in body.split(|&b| b == b'&').filter(|piece| !piece.is_empty()) {
            if pairs.len() == MAX_PAIRS {
                return Err(FormError::TooManyPairs);
            }
            let (name, value) = match piece.iter().position(|&b| b == b'=') {
                Some(at) => (&piece[..at], &piece[at + 1..]),
                None => (piece, &piece[..0]),
            };
            pairs.push((decode(name), decode(value)));
        }
        Ok(Self { pairs })
    }

    /// The first value of a name, bytes that are not UTF-8 shown as U+FFFD.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.get_bytes(name).map(String::from_utf8_lossy)
    }

    /// The first value of a name, as it came.
    pub fn get_bytes(&self, name: &str) -> Option<&[u8]> {
        self.pairs
            .iter()
            .find(|(found, _)| found == name.as_bytes())
            .map(|(_, value)| value.as_slice())
    }

    /// True when a name comes more than once: Twilio does not do that, so it is worth a flag.
    pub fn repeats_a_name(&self) -> bool {
        let mut names: Vec<_> = self.pairs.iter().map(|(name, _)| name).collect();
        names.sort();
        names.windows(2).any(|two| two[0] == two[1])
    }

    /// All pairs in the order they came, bytes that are not UTF-8 shown as U+FFFD.
    pub fn to_text(&self) -> Vec<(String, String)> {
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        self.pairs
            .iter()
            .map(|(name, value)| (text(name), text(value)))
            .collect()
    }

    /// All pairs in the order they came, as bytes.
    pub fn pairs(&self) -> &[(Vec<u8>, Vec<u8>)] {
        &self.pairs
    }

    /// Verifies the signature over the bytes that came; see [`signature::verify`].
    pub fn is_signed(&self, tokens: &[&str], url: &str, header: Option<&str>) -> bool {
        signature::verify_bytes(tokens, url, &self.pairs, header)
    }
}

/// [`Form::parse`] and [`Form::to_text`] in one. For signatures prefer [`Form`]: it keeps bytes that are not UTF-8.
pub fn parse(body: &[u8]) -> Result<Vec<(String, String)>, FormError> {
    Ok(Form::parse(body)?.to_text())
}

fn decode(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let [first, after @ ..] = rest {
        let (byte, left) = match (*first, after) {
            (b'+', _) => (b' ', after),
            (b'%', [high, low, left @ ..]) => match (nibble(*high), nibble(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, left),
                _ => (b'%', after),
            },
            (byte, _) => (byte, after),
        };
        out.push(byte);
        rest = left;
    }
    out
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}
