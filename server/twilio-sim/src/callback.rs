//! Status callbacks: signed posts to the address that came with the text.
//! Source: twilio.com/docs/messaging/guides/track-outbound-message-status.

use serde::Serialize;

use crate::post::Request;
use crate::state::Text;
use crate::{Shared, clock};

/// A report that went out, and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// When, UTC, as `2019-05-24T17:18:27.123Z`.
    pub at: String,
    pub sid: String,
    /// Whose text it is (E.164).
    pub to: String,
    pub status: String,
    pub error_code: Option<u32>,
    /// Where it was to go; absent when the text named no address.
    pub url: Option<String>,
    /// The HTTP status that came back; absent when none did.
    pub answer: Option<u16>,
}

/// One report about one text.
pub(crate) struct Report {
    text: Text,
    status: &'static str,
}

impl Report {
    pub fn of(text: &Text, status: &'static str) -> Self {
        Self {
            text: text.clone(),
            status,
        }
    }

    /// Posts the report, once more when no connection came about, and writes down what came of it.
    pub async fn send(self, shared: &Shared) {
        let at = format!("{:.3}", clock::now());
        let answer = match &self.text.status_callback {
            Some(url) => self.post(shared, url).await,
            None => None,
        };
        let delivery = Delivery {
            at,
            sid: self.text.sid.clone(),
            to: self.text.to.clone(),
            status: self.status.to_owned(),
            error_code: self.error_code(),
            url: self.text.status_callback.clone(),
            answer,
        };
        shared.state().deliveries.push(delivery);
        shared.changed();
    }

    async fn post(&self, shared: &Shared, url: &str) -> Option<u16> {
        let token = shared
            .state()
            .account(&self.text.account_sid)?
            .auth_token
            .clone();
        let request = Request {
            url,
            method: "POST",
            token: &token,
            params: &self.params(),
        };
        let answer = request.send(shared).await;
        if answer.is_none() {
            tracing::warn!(sid = %self.text.sid, status = self.status, "a status report of the simulator reached nobody");
        }
        answer.map(|answer| answer.status)
    }

    fn params(&self) -> Vec<(String, String)> {
        let text = &self.text;
        let mut params = vec![
            ("SmsSid", text.sid.clone()),
            ("SmsStatus", self.status.to_owned()),
            ("MessageStatus", self.status.to_owned()),
            ("To", text.to.clone()),
            ("MessageSid", text.sid.clone()),
            ("AccountSid", text.account_sid.clone()),
            ("From", text.from.clone()),
            ("ApiVersion", "2010-04-01".to_owned()),
        ];
        params.extend(
            self.error_code()
                .map(|code| ("ErrorCode", code.to_string())),
        );
        if is_final(self.status) {
            params.push((
                "RawDlrDoneDate",
                text.updated.strftime("%y%m%d%H%M").to_string(),
            ));
        }
        params
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    fn error_code(&self) -> Option<u32> {
        self.text.error_code.filter(|_| is_final(self.status))
    }
}

fn is_final(status: &str) -> bool {
    matches!(status, "delivered" | "undelivered" | "failed")
}
