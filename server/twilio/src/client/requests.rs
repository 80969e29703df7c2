//! What a call may say, as form parameters with Twilio's names.

/// Form or query parameters in order.
pub(super) type Params = Vec<(&'static str, String)>;

/// A text to send. Source: twilio.com/docs/messaging/api/message-resource.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewMessage {
    /// E.164.
    pub to: String,
    /// E.164, a number of the account.
    pub from: String,
    /// At most 1600 characters.
    pub body: String,
    /// Where Twilio reports the status of this text; its host has no underscore.
    pub status_callback: Option<String>,
    /// How long Twilio may hold the text before it gives up, 1 to 36000 seconds.
    pub validity_seconds: Option<u32>,
}

impl NewMessage {
    pub(super) fn params(&self) -> Params {
        let mut params = vec![
            ("To", self.to.clone()),
            ("From", self.from.clone()),
            ("Body", self.body.clone()),
        ];
        params.extend(
            self.status_callback
                .clone()
                .map(|url| ("StatusCallback", url)),
        );
        params.extend(
            self.validity_seconds
                .map(|seconds| ("ValidityPeriod", seconds.to_string())),
        );
        params
    }
}

/// Which texts to list; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// E.164.
    pub to: Option<String>,
    /// E.164.
    pub from: Option<String>,
    /// Sent on this day, `YYYY-MM-DD` in GMT.
    pub sent_on: Option<String>,
    /// Sent at this time or later, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SSZ`.
    pub sent_from: Option<String>,
    /// Sent at this time or earlier, in the same forms.
    pub sent_to: Option<String>,
}

impl MessageFilter {
    pub(super) fn params(&self, page_size: u32) -> Params {
        let given = [
            ("To", &self.to),
            ("From", &self.from),
            ("DateSent", &self.sent_on),
            // The name of the parameter ends in the sign, as in `DateSent>=2019-05-24`.
            ("DateSent>", &self.sent_from),
            ("DateSent<", &self.sent_to),
        ];
        let mut params: Params = given
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.clone()?)))
            .collect();
        params.push(("PageSize", page_size.clamp(1, 1000).to_string()));
        params
    }
}

/// What to change on a phone number; what is `None` stays as it is, an empty text clears.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberUpdate {
    pub sms_url: Option<String>,
    /// `POST` or `GET`.
    pub sms_method: Option<String>,
    pub sms_fallback_url: Option<String>,
    pub sms_application_sid: Option<String>,
    pub voice_url: Option<String>,
    /// `POST` or `GET`.
    pub voice_method: Option<String>,
    pub voice_fallback_url: Option<String>,
    pub voice_application_sid: Option<String>,
    pub trunk_sid: Option<String>,
}

impl NumberUpdate {
    pub(super) fn params(&self) -> Params {
        let given = [
            ("SmsUrl", &self.sms_url),
            ("SmsMethod", &self.sms_method),
            ("SmsFallbackUrl", &self.sms_fallback_url),
            ("SmsApplicationSid", &self.sms_application_sid),
            ("VoiceUrl", &self.voice_url),
            ("VoiceMethod", &self.voice_method),
            ("VoiceFallbackUrl", &self.voice_fallback_url),
            ("VoiceApplicationSid", &self.voice_application_sid),
            ("TrunkSid", &self.trunk_sid),
        ];
        given
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.clone()?)))
            .collect()
    }
}
