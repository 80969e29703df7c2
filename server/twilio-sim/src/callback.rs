//! Status callbacks: signed posts to the address that came with the text.
//! Source: twilio.com/docs/messaging/guides/track-outbound-message-status.

use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use twilio::signature;
use url::{Url, form_urlencoded};

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
            Some(url) if allowed(shared, url) => self.post(shared, url).await,
            _ => None,
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
        let params = self.params();
        let signature = signature::sign(&token, url, &params);
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&params)
            .finish();
        let retry_token = clock::new_token();
        for _ in 0..2 {
            let request = shared
                .http
                .post(url)
                .header(
                    CONTENT_TYPE,
                    "application/x-www-form-urlencoded; charset=UTF-8",
                )
                .header(signature::HEADER, &signature)
                .header("I-Twilio-Idempotency-Token", &retry_token)
                .body(body.clone());
            match request.send().await {
                Ok(response) => return Some(response.status().as_u16()),
                Err(error) if error.is_connect() => continue,
                Err(_) => return None,
            }
        }
        tracing::warn!(sid = %self.text.sid, status = self.status, "a status report of the simulator reached nobody");
        None
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

fn allowed(shared: &Shared, url: &str) -> bool {
    match &shared.callback_origin {
        Some(origin) => Url::parse(url).is_ok_and(|url| url.origin() == *origin),
        None => true,
    }
}
