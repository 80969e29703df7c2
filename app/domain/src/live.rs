//! What an open page is told while it is open. Never a body, never a full number: the page asks for what it may see.

use crate::ids::{CaseId, ClientId, IncomingId, TextId};
use serde::{Deserialize, Serialize};

/// Something happened: on a case, to a client, or in the office as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveEvent {
    /// Counts upwards; a page goes on after the last one it saw.
    pub id: i64,
    /// A text of ours is on this case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// A text of ours is new or has changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextId>,
    /// A client wrote, or what is known of their permission changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// The text that came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
}

/// Which events a page follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Following {
    /// Those of a case and of the client whose it is.
    Case(CaseId, ClientId),
    /// Those of a client.
    Client(ClientId),
    /// All but those of texts going out: what comes in, and what is to be decided.
    Office,
}

/// The kinds of events, under the names by which a page listens for them.
pub const TEXT: &str = "text";
/// A text came in.
pub const INCOMING: &str = "incoming";
/// What is known of a client's permission changed, or something is to be decided.
pub const CONSENT: &str = "consent";
/// What concerns the office, and not what the page itself follows: what waits for somebody may be another number.
pub const OFFICE: &str = "office";
/// The page was away for so long that events were tidied away: it has to read everything anew.
pub const ANEW: &str = "anew";

impl LiveEvent {
    /// The name of its kind.
    pub fn kind(&self) -> &'static str {
        match (self.text, self.incoming) {
            (Some(_), _) => TEXT,
            (None, Some(_)) => INCOMING,
            (None, None) => CONSENT,
        }
    }
}

impl Following {
    /// Whether a page that follows these is told of the event.
    pub fn wants(self, event: &LiveEvent) -> bool {
        match self {
            Self::Case(case, client) => event.case == Some(case) || event.client == Some(client),
            Self::Client(client) => event.client == Some(client),
            Self::Office => event.text.is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const CASE: CaseId = CaseId(Uuid::from_u128(1));
    const CLIENT: ClientId = ClientId(Uuid::from_u128(2));
    const OTHER: ClientId = ClientId(Uuid::from_u128(3));

    #[test]
    fn a_case_hears_of_its_texts_and_of_its_client() {
        let follows = Following::Case(CASE, CLIENT);
        let text = LiveEvent {
            id: 1,
            case: Some(CASE),
            text: Some(TextId(Uuid::nil())),
            ..LiveEvent::default()
        };
        let came = LiveEvent {
            id: 2,
            client: Some(CLIENT),
            incoming: Some(IncomingId(Uuid::nil())),
            ..LiveEvent::default()
        };
        let elsewhere = LiveEvent {
            client: Some(OTHER),
            ..came
        };
        assert!(follows.wants(&text) && follows.wants(&came) && !follows.wants(&elsewhere));
        assert!(!Following::Office.wants(&text) && Following::Office.wants(&elsewhere));
        assert_eq!(
            (text.kind(), came.kind(), LiveEvent::default().kind()),
            (TEXT, INCOMING, CONSENT)
        );
    }

    #[test]
    fn an_event_of_a_text_says_case_and_text_and_nothing_more() {
        let text = LiveEvent {
            id: 1,
            case: Some(CASE),
            text: Some(TextId(Uuid::nil())),
            ..LiveEvent::default()
        };
        let json = serde_json::to_value(text).expect("JSON");
        let keys: Vec<_> = json.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["case", "id", "text"]);
    }
}
