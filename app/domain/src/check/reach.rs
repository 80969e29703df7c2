//! Whether Twilio can reach us, judged by a request that we send to our own public address as Twilio would.

use super::{Finding, Line, Topic};
use serde::{Deserialize, Serialize};

/// What arrived of our own request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Path and query as they were sent, as far as they are ours to see.
    pub sent: String,
    /// Path and query as they arrived.
    pub arrived: String,
    /// The signature's header arrived.
    pub has_signature: bool,
    /// The form arrived as it was sent.
    pub same_form: bool,
    /// The signature fits.
    pub signed: bool,
}

/// Why our own request did not arrive here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotReached {
    /// Nothing answers under this address: no such host, refused, or not the certificate of this host.
    NoConnection { address: String },
    /// No answer in time.
    TooSlow { address: String },
    /// The answer sends elsewhere; Twilio would lose the form.
    Redirects { address: String },
    /// Something answers, and it is not this program.
    NotUs { address: String, status: u16 },
}

/// What became of our own request.
pub fn reach_lines(address: &str, outcome: &Result<Arrived, NotReached>) -> [Line; 2] {
    let (reachable, signature) = match outcome {
        Err(why) => (Finding::NotReached(why.clone()), Finding::After),
        Ok(arrived) => (
            Finding::Reached {
                address: address.to_owned(),
            },
            signature(arrived),
        ),
    };
    [
        Line::new(Topic::Reachable, reachable),
        Line::new(Topic::Signature, signature),
    ]
}

fn signature(arrived: &Arrived) -> Finding {
    match arrived {
        a if a.signed => Finding::Signed,
        a if !a.has_signature => Finding::SignatureLost,
        a if a.sent != a.arrived => Finding::AddressChanged {
            sent: a.sent.clone(),
            arrived: a.arrived.clone(),
        },
        a if !a.same_form => Finding::FormChanged,
        _ => Finding::SignatureWrong,
    }
}
