//! The addresses that Twilio calls, all under one public address.

use serde::{Deserialize, Serialize};

/// Our addresses, as Twilio must know them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    /// The public address itself, without a slash at the end.
    pub base: String,
    /// Where Twilio reports what became of a text.
    pub status: String,
    /// What Twilio asks when a client texts.
    pub text: String,
    /// What Twilio asks when a client calls.
    pub voice: String,
    /// The addresses for texts that organizations may have in Twilio today.
    pub older_text: Vec<String>,
    /// The addresses for calls that organizations may have in Twilio today.
    pub older_voice: Vec<String>,
}

impl Addresses {
    /// Those under a public address, which has no slash at its end.
    pub fn under(base: &str) -> Self {
        let older = |file| {
            ["twilio", "text"]
                .map(|folder| format!("{base}/{folder}/{file}"))
                .to_vec()
        };
        Self {
            status: format!("{base}/twilio/status"),
            text: format!("{base}/twilio/text"),
            voice: format!("{base}/twilio/voice"),
            older_text: older("TextHandler.ashx"),
            older_voice: older("VoiceMessage.ashx"),
            base: base.to_owned(),
        }
    }
}
