//! Whose page a composer is. Another person may sign in with the same browser while it is open: what stands in it
//! is still its author's.

use crate::{
    ids::{OrgId, StaffId},
    role::Actor,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A person in an office, as a composer carries them. No secret: it says whose a text is, and proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Author {
    pub org: OrgId,
    pub staff: StaffId,
}

/// Not an author as [`Author`] writes itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an author")]
pub struct NotAnAuthor;

impl Actor {
    /// This person, as author of what they type.
    pub fn author(&self) -> Author {
        Author {
            org: self.org,
            staff: self.staff,
        }
    }
}

impl Author {
    /// What is sealed for this author opens for nobody else, and in no other office.
    pub fn seal_mark(&self) -> [u8; 32] {
        let mut mark = [0; 32];
        mark[..16].copy_from_slice(self.org.0.as_bytes());
        mark[16..].copy_from_slice(self.staff.0.as_bytes());
        mark
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.org, self.staff)
    }
}

impl FromStr for Author {
    type Err = NotAnAuthor;

    fn from_str(text: &str) -> Result<Self, NotAnAuthor> {
        let (org, staff) = text.split_once('.').ok_or(NotAnAuthor)?;
        match (org.parse(), staff.parse()) {
            (Ok(org), Ok(staff)) => Ok(Self { org, staff }),
            _ => Err(NotAnAuthor),
        }
    }
}

impl TryFrom<String> for Author {
    type Error = NotAnAuthor;

    fn try_from(text: String) -> Result<Self, NotAnAuthor> {
        text.parse()
    }
}

impl From<Author> for String {
    fn from(author: Author) -> Self {
        author.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn author(org: u128, staff: u128) -> Author {
        Author {
            org: OrgId(Uuid::from_u128(org)),
            staff: StaffId(Uuid::from_u128(staff)),
        }
    }

    #[test]
    fn an_author_is_read_as_it_was_written() {
        assert_eq!(author(1, 2).to_string().parse(), Ok(author(1, 2)));
        for odd in ["", ".", "a.b", "00000000-0000-0000-0000-000000000001"] {
            assert_eq!(odd.parse::<Author>(), Err(NotAnAuthor), "{odd}");
        }
    }

    #[test]
    fn no_two_authors_have_the_same_mark() {
        assert_ne!(author(1, 2).seal_mark(), author(2, 1).seal_mark());
        assert_ne!(author(1, 2).seal_mark(), author(1, 3).seal_mark());
    }
}
