//! What the address of the list asks for. It holds everything, so that Back, Reload and a link to a colleague keep it.

use domain::client_list::{ClientOrder, ClientsAsked, Whom};
use leptos_router::params::ParamsMap;

/// What is asked of the list, and after which place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub asked: ClientsAsked,
    pub after: Option<String>,
}

impl Address {
    /// What the query of the address says.
    pub fn read(query: &ParamsMap) -> Self {
        Self {
            asked: ClientsAsked {
                query: query.get("q").unwrap_or_default(),
                whom: Whom::from_address(query.get("okay").as_deref()),
                order: ClientOrder::from_address(query.get("sort").as_deref()),
            },
            after: query.get("after"),
        }
    }

    /// The beginning of what is asked.
    pub fn of(asked: &ClientsAsked) -> Self {
        Self {
            asked: asked.clone(),
            after: None,
        }
    }

    /// The same, after a place.
    pub fn after(self, place: String) -> Self {
        Self {
            after: Some(place),
            ..self
        }
    }

    /// The link.
    pub fn href(&self) -> String {
        let asked = &self.asked;
        let mut query = ParamsMap::new();
        let parts = [
            ("q", Some(asked.query.as_str()).filter(|q| !q.is_empty())),
            ("okay", asked.whom.as_str()),
            ("sort", asked.order.as_str()),
            ("after", self.after.as_deref()),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                query.insert(name, value.to_owned());
            }
        }
        format!("/{}", query.to_query_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_not_in_the_address() {
        assert_eq!(Address::of(&ClientsAsked::default()).href(), "/");
    }

    #[test]
    fn an_address_asks_for_what_it_was_made_of() {
        let asked = ClientsAsked {
            query: "peña & co".into(),
            whom: Whom::NotOkay,
            order: ClientOrder::LastText,
        };
        let href = Address::of(&asked).after("7~a b".into()).href();
        assert!(href.starts_with("/?") && href.contains("okay=no") && href.contains("sort=last"));
        let query = href.trim_start_matches("/?").split('&');
        let mut map = ParamsMap::new();
        for pair in query {
            let (name, value) = pair.split_once('=').expect("a pair");
            let value = value.replace("%20", " ").replace("%26", "&");
            let value = value.replace("%C3%B1", "ñ").replace("%7E", "~");
            map.insert(name.to_owned(), value);
        }
        assert_eq!(
            Address::read(&map),
            Address::of(&asked).after("7~a b".into())
        );
    }
}
