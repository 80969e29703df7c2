//! The short name under which an organization is addressed: at the console and on the host's page.

use crate::{limits::ADDRESS_NAME, problem::Complaint, search::fold};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Lower-case letters a to z, digits and single hyphens; begins with a letter. Unique among all organizations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddressName(String);

impl AddressName {
    /// Reads what was typed; capital letters are taken as small ones.
    ///
    /// # Errors
    /// The complaint to show beside the field.
    pub fn parse(typed: &str) -> Result<Self, Complaint> {
        let name = typed.trim().to_ascii_lowercase();
        let (min, max) = ADDRESS_NAME;
        let plain = name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let shaped = name.starts_with(|c: char| c.is_ascii_lowercase())
            && !name.ends_with('-')
            && !name.contains("--");
        if name.is_empty() {
            Err(Complaint::Missing)
        } else if plain && shaped && (min..=max).contains(&name.len()) {
            Ok(Self(name))
        } else {
            Err(Complaint::NotAnAddressName)
        }
    }

    /// The address name that suggests itself for an organization of this name; "office" where none does.
    pub fn of(name: &str) -> Self {
        let words = fold(name);
        let words = words
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty());
        let mut made = String::new();
        for word in words {
            let joined = if made.is_empty() {
                word.to_owned()
            } else {
                format!("{made}-{word}")
            };
            if joined.len() > ADDRESS_NAME.1 {
                break;
            }
            made = joined;
        }
        Self::parse(&made).unwrap_or_else(|_| Self("office".into()))
    }

    /// As it is stored and typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AddressName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_name_is_short_and_can_be_typed_anywhere() {
        for typed in ["cedar-valley", " Cedar-Valley ", "x2", &"a".repeat(40)] {
            assert!(AddressName::parse(typed).is_ok(), "{typed}");
        }
        for typed in [
            "a",
            &"a".repeat(41),
            "2nd-street",
            "-cedar",
            "cedar-",
            "cedar--valley",
            "cedar valley",
            "cedar_valley",
            "пример",
            "cedar\0",
            "cedar\u{202e}valley",
            "../etc",
        ] {
            assert_eq!(
                AddressName::parse(typed),
                Err(Complaint::NotAnAddressName),
                "{typed:?}"
            );
        }
        assert_eq!(AddressName::parse("  "), Err(Complaint::Missing));
    }

    #[test]
    fn a_name_suggests_its_address_name() {
        for (name, address) in [
            ("Cedar Valley Legal Aid", "cedar-valley-legal-aid"),
            ("Niños y Familias, Inc.", "ninos-y-familias-inc"),
            ("法律援助", "office"),
            ("1st Street Tenants", "office"),
            ("", "office"),
        ] {
            assert_eq!(AddressName::of(name).as_str(), address, "{name}");
        }
        let long = AddressName::of("The Very Long Association of Legal Aid Offices of the County");
        assert_eq!(long.as_str(), "the-very-long-association-of-legal-aid");
    }
}
