//! Posting to a webhook as Twilio does, so that whoever runs one can try it: signed, once, with no redirect followed.

use secrecy::{ExposeSecret, SecretString};

use super::Client;
use super::answer::{BODY_LIMIT, body};
use crate::signature;

/// A webhook's request.
pub struct WebhookPost<'a> {
    pub url: &'a str,
    /// What it is signed with.
    pub token: &'a SecretString,
    pub params: &'a [(String, String)],
    /// A header besides Twilio's own: name and value.
    pub header: (&'static str, &'a str),
}

/// What answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub status: u16,
    /// At most 256 kB; of a longer answer nothing.
    pub body: Vec<u8>,
}

/// Why nothing answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPosted {
    /// No such host, refused, or no TLS.
    #[error("no connection")]
    NoConnection,
    /// Not within 5 seconds to connect and 15 in all.
    #[error("no answer in time")]
    TooSlow,
}

impl Client {
    /// Posts to a webhook as Twilio does.
    pub async fn post_webhook(&self, post: &WebhookPost<'_>) -> Result<Posted, NotPosted> {
        let signature = signature::sign(post.token.expose_secret(), post.url, post.params);
        let request = self
            .writing
            .post(post.url)
            .form(post.params)
            .header(signature::HEADER, signature)
            .header(post.header.0, post.header.1);
        let response = request.send().await.map_err(|error| {
            if error.is_timeout() {
                NotPosted::TooSlow
            } else {
                NotPosted::NoConnection
            }
        })?;
        let status = response.status().as_u16();
        Ok(Posted {
            status,
            body: body(response, BODY_LIMIT).await.unwrap_or_default(),
        })
    }
}
