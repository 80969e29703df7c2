//! The REST client: one call, one HTTP request. It never sends a request a second time, follows no redirect and
//! reads at most 256 kB, because Twilio has no idempotency key: what is unclear is told to the caller as unclear.

mod answer;
mod create;
mod heard;
mod outcome;
mod reads;
mod requests;
mod webhook;

use std::time::Duration;

use reqwest::redirect;
use secrecy::SecretString;
use url::Url;

use heard::Heard;

pub use outcome::{ApiError, CreateOutcome, NotSent};
pub use requests::{MessageFilter, NewMessage, NumberUpdate};
pub use webhook::{NotPosted, Posted, WebhookPost};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(15);
const API_VERSION: &str = "2010-04-01";
const USER_AGENT: &str = concat!("oktext/", env!("CARGO_PKG_VERSION"));

/// Who asks: an account with its auth token, or with an API key.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// `AC…`, whose messages and numbers are meant.
    pub account_sid: String,
    /// The account's SID again, or an API key's `SK…`.
    pub username: String,
    /// The auth token, or the API key's secret.
    pub password: SecretString,
}

impl Credentials {
    /// Credentials by auth token.
    pub fn of_account(account_sid: impl Into<String>, auth_token: SecretString) -> Self {
        let account_sid = account_sid.into();
        Self {
            username: account_sid.clone(),
            account_sid,
            password: auth_token,
        }
    }
}

/// Why no client could be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Not `http://host…` or `https://host…`, or it carries a user name, a query or a fragment.
    #[error(
        "the address of Twilio's API must be https://host or http://host, with no user, query or fragment"
    )]
    BaseUrl,
    /// The HTTP library refused, for example for want of TLS.
    #[error("the HTTP client did not start")]
    Http(#[from] reqwest::Error),
}

/// Speaks to Twilio, or to a program that speaks like it. Cheap to clone; serves many accounts.
#[derive(Debug, Clone)]
pub struct Client {
    base: Url,
    reading: reqwest::Client,
    writing: reqwest::Client,
    heard: Heard,
}

impl Client {
    /// A client for an API under `base_url`, such as `https://api.twilio.com` or `http://127.0.0.1:3000/sim`.
    pub fn new(base_url: Url) -> Result<Self, BuildError> {
        Self::with_timeouts(base_url, CONNECT_TIMEOUT, TOTAL_TIMEOUT)
    }

    /// As [`Client::new`], with other limits than 5 s to connect and 15 s in all.
    pub fn with_timeouts(
        base_url: Url,
        connect: Duration,
        total: Duration,
    ) -> Result<Self, BuildError> {
        let plain = base_url.username().is_empty() && base_url.password().is_none();
        let bare = base_url.query().is_none() && base_url.fragment().is_none();
        if !matches!(base_url.scheme(), "http" | "https") || !base_url.has_host() || !plain || !bare
        {
            return Err(BuildError::BaseUrl);
        }
        let local = is_local(&base_url);
        // A POST on a reused connection may be repeated by the HTTP library when the connection turns out dead.
        let writing = http(connect, total, local)
            .pool_max_idle_per_host(0)
            .build()?;
        let reading = http(connect, total, local).build()?;
        Ok(Self {
            base: base_url,
            reading,
            writing,
            heard: Heard::default(),
        })
    }

    /// Twilio's time in milliseconds UTC: as the `Date` of its last answer told, counted on since by the clock that
    /// nobody sets. `None`: no answer told yet.
    pub fn time(&self) -> Option<i64> {
        self.heard.now()
    }

    /// The address of a resource of the account, `path` without the account and with `.json`.
    fn url(&self, credentials: &Credentials, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend([API_VERSION, "Accounts"]);
            match path {
                [] => segments.push(&format!("{}.json", credentials.account_sid)),
                path => segments.push(&credentials.account_sid).extend(path),
            };
        }
        url
    }
}

fn http(connect: Duration, total: Duration, local: bool) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .http1_only()
        .retry(reqwest::retry::never())
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(connect)
        .timeout(total);
    if local { builder.no_proxy() } else { builder }
}

fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
