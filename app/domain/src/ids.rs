//! Identifiers: UUIDv7 made by the server, one type for each kind of thing so that none stands in for another.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// An organization: the wall that nothing crosses.
    OrgId
);
id!(
    /// A member of staff.
    StaffId
);
id!(
    /// A client.
    ClientId
);
id!(
    /// A case.
    CaseId
);
id!(
    /// A text. Stands in the address that Twilio calls back.
    TextId
);
id!(
    /// A quick entry.
    QuickEntryId
);
id!(
    /// What makes one press of "Send Message" one text: the same key never makes a second.
    FormKey
);
id!(
    /// A text that came in.
    IncomingId
);
id!(
    /// The carrier's block of a number, from when it stood to when it was lifted.
    BlockId
);
id!(
    /// A text that reads as a withdrawal, before staff to decide.
    ReviewId
);
id!(
    /// Somebody of the host, who belongs to no organization.
    HostId
);
id!(
    /// An invitation, or a link to set a new password.
    InvitationId
);
