//! The list of clients: what can be asked of it, and how the address of its page says so.

use crate::ids::ClientId;
use serde::{Deserialize, Serialize};

/// In which order clients stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientOrder {
    #[default]
    Name,
    /// Those with the newest text first, those who never had one last.
    LastText,
}

impl ClientOrder {
    /// As the address says it; the usual order is not said.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Name => None,
            Self::LastText => Some("last"),
        }
    }

    /// What the address says; what nobody understands is the usual.
    pub fn from_address(said: Option<&str>) -> Self {
        match said {
            Some("last") => Self::LastText,
            _ => Self::Name,
        }
    }
}

/// Whom a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whom {
    #[default]
    Everybody,
    /// Who may be texted at their number of today.
    Okay,
    /// Who may not, be it for want of a number or of permission.
    NotOkay,
}

impl Whom {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Everybody, Self::Okay, Self::NotOkay];

    /// As the address says it.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Everybody => None,
            Self::Okay => Some("yes"),
            Self::NotOkay => Some("no"),
        }
    }

    /// What the address says; what nobody understands is everybody.
    pub fn from_address(said: Option<&str>) -> Self {
        match said {
            Some("yes") => Self::Okay,
            Some("no") => Self::NotOkay,
            _ => Self::Everybody,
        }
    }

    /// Whether they may be texted, if that is asked.
    pub fn okay(self) -> Option<bool> {
        match self {
            Self::Everybody => None,
            Self::Okay => Some(true),
            Self::NotOkay => Some(false),
        }
    }
}

/// What is asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientsAsked {
    /// What is searched for, as typed.
    pub query: String,
    pub whom: Whom,
    pub order: ClientOrder,
}

/// Where a page of the list ends. It fits its own order only, and the id tells clients of one name apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientPlace {
    /// The name as it is sorted.
    Name(String, ClientId),
    /// The time of the last text, in milliseconds; 0 for never.
    LastText(i64, ClientId),
}

impl ClientPlace {
    /// As the address says it.
    pub fn write(&self) -> String {
        match self {
            Self::Name(name, id) => format!("{id}~{name}"),
            Self::LastText(at, id) => format!("{id}~{at}"),
        }
    }

    /// A place in this order; `None` is the beginning.
    pub fn read(said: &str, order: ClientOrder) -> Option<Self> {
        let (id, rest) = said.split_once('~')?;
        let id = id.parse().ok()?;
        match order {
            ClientOrder::Name => Some(Self::Name(rest.to_owned(), id)),
            ClientOrder::LastText => Some(Self::LastText(rest.parse().ok()?, id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_address_says_what_is_asked_and_nothing_of_what_is_usual() {
        for order in [ClientOrder::Name, ClientOrder::LastText] {
            assert_eq!(ClientOrder::from_address(order.as_str()), order);
        }
        for whom in Whom::ALL {
            assert_eq!(Whom::from_address(whom.as_str()), whom);
        }
        assert_eq!(Whom::from_address(Some("maybe")), Whom::Everybody);
        assert_eq!(ClientOrder::from_address(Some("")), ClientOrder::Name);
    }

    #[test]
    fn a_place_is_read_as_it_was_written_and_in_its_own_order_only() {
        let id = ClientId(Uuid::from_u128(7));
        let name = ClientPlace::Name("ana~maria".into(), id);
        let last = ClientPlace::LastText(1_700_000_000_000, id);
        assert_eq!(
            ClientPlace::read(&name.write(), ClientOrder::Name),
            Some(name.clone())
        );
        assert_eq!(
            ClientPlace::read(&last.write(), ClientOrder::LastText),
            Some(last)
        );
        assert_eq!(
            ClientPlace::read(&name.write(), ClientOrder::LastText),
            None
        );
        for odd in ["", "~", "x~ana", "\0"] {
            assert_eq!(ClientPlace::read(odd, ClientOrder::Name), None, "{odd}");
        }
    }
}
